using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Web;

namespace Bursar.Quantify.Forecasts;

/// <summary>Frozen forecasts and how they did, as commands and programs read them.</summary>
internal static class AccuracyTables
{
    /// <summary>One line for each frozen forecast.</summary>
    public static ResultTable List(IReadOnlyList<ForecastScored> scored) =>
        new(
            [
                new("forecast"),
                new("version", ColumnKind.Figure, Decimals: 0),
                new("frozenOn", ColumnKind.Whole, "Frozen"),
                new("author", Spare: true),
                new("knownThrough", ColumnKind.Whole, "Known through", Spare: true),
                new("over", Spare: true),
                new("scored", ColumnKind.Figure, "Scored", 0),
                new("variancePercent", ColumnKind.Figure, "Variance, %"),
                new("wapePercent", ColumnKind.Figure, "WAPE, %"),
                new("biasPercent", ColumnKind.Figure, "Bias, %", Spare: true),
                new("coveragePercent", ColumnKind.Figure, "In P10–P90, %"),
                new("pinball", ColumnKind.Figure, "Pinball", Spare: true),
                new("driftPercent", ColumnKind.Figure, "Drift, %"),
                new("level"),
            ],
            [.. scored.Select(Line)]
        )
        {
            Caption = Sentence(scored),
            WhenEmpty =
                "No forecast is frozen yet. Freeze one: `bursar forecast freeze NAME --reason WHY`; `bursar forecast` shows its backtest.",
        };

    /// <summary>One line for each period that is over.</summary>
    public static ResultTable Periods(IReadOnlyList<ForecastScored> scored) =>
        new(
            [
                new("version", ColumnKind.Figure, Decimals: 0),
                new("start", ColumnKind.Whole),
                new("forecast", ColumnKind.Figure),
                new("actual", ColumnKind.Figure),
                new("variancePercent", ColumnKind.Figure, "Variance, %"),
                new("p10", ColumnKind.Figure, "P10"),
                new("p90", ColumnKind.Figure, "P90"),
                new("held", Heading: "Within"),
                new("pinball", ColumnKind.Figure, Spare: true),
            ],
            [
                .. scored.SelectMany(one =>
                    one.Periods.Select(period =>
                        (IReadOnlyList<object?>)
                            [
                                one.Booked.Version,
                                period.Forecast.Start,
                                In(one, period.Forecast.Point),
                                In(one, period.Actual),
                                Percent(period.Outcome.SignedVariance),
                                In(one, period.Forecast.P10),
                                In(one, period.Forecast.P90),
                                period.Forecast.P10 <= period.Actual && period.Actual <= period.Forecast.P90
                                    ? "yes"
                                    : "no",
                                Amount.From(decimal.Round(period.Pinball, 4, MidpointRounding.ToEven)),
                            ]
                    )
                ),
            ]
        )
        {
            Caption = Sentence(scored),
            WhenEmpty = "None of its periods is over yet. Days that may still change are never scored.",
        };

    /// <summary>One line for each part of each version (FCT-04: accuracy by scope).</summary>
    public static ResultTable Parts(IReadOnlyList<(ForecastScored Whole, ScoredPart Part)> scored) =>
        new(
            [
                new("forecast", Spare: true),
                new("version", ColumnKind.Figure, Decimals: 0),
                new("part"),
                new("scored", ColumnKind.Figure, "Scored", 0),
                new("forecastTotal", ColumnKind.Figure, "Forecast", Spare: true),
                new("actualTotal", ColumnKind.Figure, "Actual", Spare: true),
                new("variancePercent", ColumnKind.Figure, "Variance, %"),
                new("wapePercent", ColumnKind.Figure, "WAPE, %"),
                new("biasPercent", ColumnKind.Figure, "Bias, %", Spare: true),
                new("coveragePercent", ColumnKind.Figure, "In P10–P90, %", Spare: true),
                new("level"),
            ],
            [
                .. scored.Select(one =>
                    (IReadOnlyList<object?>)
                        [
                            one.Whole.Booked.Fact.Name,
                            one.Whole.Booked.Version,
                            Part(one.Part),
                            one.Part.Periods.Count,
                            In(one.Whole, Total(one.Part, period => period.Forecast.Point)),
                            In(one.Whole, Total(one.Part, period => period.Actual)),
                            Percent(one.Part.Variance),
                            Percent(one.Part.Wape),
                            Percent(one.Part.Bias),
                            Percent(one.Part.Coverage),
                            one.Part.Level,
                        ]
                ),
            ]
        )
        {
            WhenEmpty = "It was frozen without parts. `bursar forecast freeze NAME --by COLUMN` keeps them.",
        };

    /// <summary>"Compute · eu-1".</summary>
    public static string Part(ScoredPart part) => string.Join(" · ", part.Keys.Select(key => key ?? Display.NoValue));

    private static Amount Total(ScoredPart part, Func<ScoredPeriod, Amount> of) =>
        part.Periods.Aggregate(Amount.Zero, (sum, period) => sum + of(period));

    /// <summary>What was just frozen.</summary>
    public static ResultRecord Frozen(FrozenForecast frozen) =>
        ResultRecord.Of(
            ("forecast", frozen.Name),
            ("reason", frozen.Reason),
            ("question", frozen.Question),
            ("currency", frozen.Currency),
            ("knownThrough", frozen.CompleteThrough),
            ("engine", frozen.Engine),
            ("why", frozen.Why),
            ("backtestWapePercent", ForecastTables.Percent(frozen.Wape)),
            ("assumptions", frozen.Assumptions),
            (
                "periods",
                frozen.Periods.Select(period =>
                    ResultRecord.Of(
                        ("start", period.Start),
                        ("point", period.Point),
                        ("p10", period.P10),
                        ("p50", period.P50),
                        ("p90", period.P90)
                    )
                )
            )
        );

    /// <summary>"2 forecasts are frozen. board, version 1: off by 1.2 % in sum, by 3.4 % period by period (WAPE)
    /// …"</summary>
    public static string Sentence(IReadOnlyList<ForecastScored> scored)
    {
        var judged = scored.Where(one => one.Wape is not null).ToList();
        var count = Display.Count(scored.Count, "forecast is frozen", "forecasts are frozen");
        if (judged.Count == 0)
            return $"{count}; none has a period that is over.";
        var worst = judged.MaxBy(one => one.Wape)!;
        return $"{count}, {judged.Count} scored. The one farthest off, {worst.Booked.Fact.Name} version {worst.Booked.Version}, missed by "
            + $"{Display.Percent(worst.Wape)} (WAPE; {Display.Percent(worst.Variance)} in sum) over {Display.Count(worst.Periods.Count, "period", "periods")}: {worst.Level}.";
    }

    private static IReadOnlyList<object?> Line(ForecastScored one) =>
        [
            one.Booked.Fact.Name,
            one.Booked.Version,
            DateOnly.FromDateTime(one.Booked.At.UtcDateTime),
            one.Booked.Actor,
            one.Booked.Fact.CompleteThrough,
            one.Booked.Fact.Over,
            one.Periods.Count,
            Percent(one.Variance),
            Percent(one.Wape),
            Percent(one.Bias),
            Percent(one.Coverage),
            one.Pinball is { } pinball ? Amount.From(decimal.Round(pinball, 4, MidpointRounding.ToEven)) : null,
            Percent(one.Drift),
            one.Level,
        ];

    private static Money In(ForecastScored one, Amount amount) =>
        new(amount, new Currency(one.Booked.Fact.Currency) { IsUnit = one.Booked.Fact.IsQuantity });

    private static Amount? Percent(decimal? ratio) =>
        ForecastTables.Percent(ratio) is { } percent ? Amount.From(percent) : null;
}
