using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Web;

namespace Bursar.Quantify.Forecasts;

/// <summary>Frozen forecasts and how they did, as commands and programs read them.</summary>
internal static class AccuracyTables
{
    private const int PerUnitDecimals = 4;

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
                new("pinball", ColumnKind.Figure, "Pinball", Decimals(scored), Spare: true),
                new("driftPercent", ColumnKind.Figure, "Drift, %"),
                new("level"),
                new("assumptions", Spare: true),
                new("reason", Spare: true),
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
                new("forecast", ColumnKind.Figure, Decimals: Decimals(scored)),
                new("actual", ColumnKind.Figure, Decimals: Decimals(scored)),
                new("variancePercent", ColumnKind.Figure, "Variance, %"),
                new("p10", ColumnKind.Figure, "P10", Decimals(scored), Spare: true),
                new("p90", ColumnKind.Figure, "P90", Decimals(scored), Spare: true),
                new("held", Heading: "Within"),
                new("pinball", ColumnKind.Figure, Decimals: Decimals(scored)),
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
                                Loss(one, period.Pinball),
                            ]
                    )
                ),
            ]
        )
        {
            Caption = string.Join('\n', scored.Select(Version).Prepend(Sentence(scored))),
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

    /// <summary>"Version 2, frozen on 2026-08-01 by anna, known through …: for the board. Assumes: …"</summary>
    public static string Version(ForecastScored one)
    {
        var (fact, drift) = (
            one.Booked.Fact,
            one.Drift is null ? "" : $" {Display.Percent(one.Drift)} from the one before (drift)."
        );
        var pinball = one.Pinball is null
            ? ""
            : $" Mean pinball {CellText.Figure(Loss(one, one.Pinball)!.Value, Decimals([one]))} {fact.Currency}.";
        var assumes = fact.Assumptions.Count == 0 ? "nothing beside the books" : string.Join("; ", fact.Assumptions);
        return $"Version {one.Booked.Version}, frozen on {one.Booked.At.UtcDateTime:yyyy-MM-dd} by {one.Booked.Actor}, known through "
            + $"{fact.CompleteThrough:yyyy-MM-dd}. Reason: {fact.Reason.TrimEnd('.')}.{drift}{pinball} Assumes: {assumes.TrimEnd('.')}.";
    }

    /// <summary>What one unit costs needs more decimals than money has.</summary>
    private static int Decimals(IReadOnlyList<ForecastScored> scored) =>
        scored.Any(one => one.Booked.Fact.IsPerUnit) ? PerUnitDecimals : 2;

    private static Amount? Loss(ForecastScored one, decimal? loss) =>
        loss is { } known
            ? Amount.From(decimal.Round(known, one.Booked.Fact.IsPerUnit ? 10 : 4, MidpointRounding.ToEven))
            : null;

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
            Loss(one, one.Pinball),
            Percent(one.Drift),
            one.Level,
            string.Join("; ", one.Booked.Fact.Assumptions),
            one.Booked.Fact.Reason,
        ];

    private static object In(ForecastScored one, Amount amount) =>
        one.Booked.Fact.IsPerUnit
            ? amount
            : new Money(amount, new Currency(one.Booked.Fact.Currency) { IsUnit = one.Booked.Fact.IsQuantity });

    private static Amount? Percent(decimal? ratio) =>
        ForecastTables.Percent(ratio) is { } percent ? Amount.From(percent) : null;
}
