using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Web;

namespace Bursar.Quantify.Forecasts.Drivers;

/// <summary>Driver forecasts as commands and programs read them.</summary>
internal static class DriverTables
{
    private const int PriceDecimals = 6;

    /// <summary>One line for each: all of its months.</summary>
    public static ResultTable List(IReadOnlyList<DriverCase> cases) =>
        new(
            [new("forecast"), new("from", ColumnKind.Whole), new("months", ColumnKind.Figure, Decimals: 0), .. Figures],
            [
                .. cases.Select(one =>
                    (IReadOnlyList<object?>)
                        [
                            one.Forecast.Name,
                            one.Months[0].Month,
                            one.Months.Count,
                            .. Row(one.Total, one.Forecast.Currency),
                        ]
                ),
            ]
        )
        {
            WhenEmpty =
                "No driver forecast is declared. Write kind: DriverForecast into the rulebook, then `bursar publish`.",
        };

    /// <summary>One line for each month.</summary>
    public static ResultTable Months(DriverCase one) =>
        new(
            [new("month", ColumnKind.Whole), .. Figures],
            [.. one.Months.Select(month => (IReadOnlyList<object?>)[month.Month, .. Row(month, one.Forecast.Currency)])]
        )
        {
            Caption = Sentence(one),
            Totals =
            [
                ["All", .. Row(one.Total, one.Forecast.Currency)],
            ],
        };

    /// <summary>Everything, for programs.</summary>
    public static ResultRecord Record(DriverCase one) =>
        ResultRecord.Of(
            ("sentence", Sentence(one)),
            ("forecast", one.Forecast.Name),
            ("currency", one.Forecast.Currency),
            ("seed", one.Seed),
            ("draws", one.Draws),
            ("months", Months(one).Records()),
            ("total", List([one]).Records().First()),
            ("notes", one.Notes)
        );

    /// <summary>"Claims assistant is expected to cost $236,554.61 from November 2026 to October 2027 …"</summary>
    public static string Sentence(DriverCase one)
    {
        var currency = new Currency(one.Forecast.Currency);
        var total = one.Total;
        var full =
            total.Full == total.Base ? "" : $" If everything in the pipeline comes true, it is {Short(total.Full)}.";
        return $"{one.Forecast.Title} is expected to cost {Short(total.Base)} from {Display.Month(one.Months[0].Month)} to "
            + $"{Display.Month(one.Months[^1].Month)}; of {Display.Count(one.Draws)} draws, 80 % lie between {Short(total.P10)} and {Short(total.P90)}."
            + full;

        string Short(Amount amount) => Display.Short(new Money(amount, currency));
    }

    private static IEnumerable<ResultColumn> Figures =>
        [
            new("volume", ColumnKind.Figure, "Volume", 0, Spare: true),
            new("price", ColumnKind.Figure, "Per unit", PriceDecimals, Spare: true),
            new("expected", ColumnKind.Figure),
            new("low", ColumnKind.Figure),
            new("high", ColumnKind.Figure),
            new("full", ColumnKind.Figure, "Pipeline in full", Spare: true),
            new("p10", ColumnKind.Figure, "P10", Spare: true),
            new("p50", ColumnKind.Figure, "P50", Spare: true),
            new("p90", ColumnKind.Figure, "P90", Spare: true),
        ];

    private static IEnumerable<object?> Row(DriverMonth month, string code)
    {
        var currency = new Currency(code);
        return
        [
            Amount.From(month.Volume),
            month.Price is { } price ? Amount.From(price) : null,
            new Money(month.Base, currency),
            new Money(month.Low, currency),
            new Money(month.High, currency),
            new Money(month.Full, currency),
            new Money(month.P10, currency),
            new Money(month.P50, currency),
            new Money(month.P90, currency),
        ];
    }
}
