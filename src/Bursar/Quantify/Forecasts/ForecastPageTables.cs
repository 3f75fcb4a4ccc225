using Bursar.Core.Amounts;
using Bursar.Quantify.Forecasts.Commitments;
using Bursar.Quantify.Forecasts.Drivers;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Quantify.Forecasts;

/// <summary>Forecasts as a page sets them.</summary>
internal static class ForecastPageTables
{
    private const int PastShown = 6;

    /// <summary>What is ahead, after the last periods that are over; what is booked opens its rows.</summary>
    public static FigureTable Periods(CostForecast forecast, string? asOf)
    {
        var grain = forecast.Question.Over;
        var fine = grain is TimeGrain.Quarter or TimeGrain.Year;
        var decimals = Display.ColumnDecimals(forecast.Periods.Select(period => period.P90), forecast.Currency);
        return new FigureTable(
            $"{ForecastSentence.Subject(forecast)} by {grain.ToString().ToLowerInvariant()}, in {Display.Unit(forecast.Currency)}",
            [grain.ToString()],
            [
                new("Booked", "so far"),
                new("Not arrived", "estimated"),
                new("Planned", "events"),
                new("Expected", "point"),
                new("P10", "low"),
                new("P90", "high"),
            ],
            [
                .. (fine ? [] : forecast.Past.TakeLast(PastShown)).Select(period => new FigureRow(
                    [new(Display.Period(period.Start, grain))],
                    [
                        Cell(period.Actual, decimals, Rows(forecast, period.Start, period.End, asOf)),
                        new("–"),
                        new("–"),
                        new("–"),
                        new("–"),
                        new("–"),
                    ]
                )),
                .. forecast.Periods.Select(period => new FigureRow(
                    [new(Display.Period(period.Start, grain))],
                    [
                        Cell(
                            period.Actual,
                            decimals,
                            period.Actual.IsZero ? null : Rows(forecast, period.Start, period.End, asOf)
                        ),
                        Cell(period.Missing, decimals),
                        Cell(period.Planned, decimals),
                        Cell(period.Point, decimals, History(forecast, asOf)) with
                        {
                            Tone = CellTone.Sum,
                        },
                        Cell(period.P10, decimals),
                        Cell(period.P90, decimals),
                    ]
                )),
            ],
            []
        );
    }

    /// <summary>The parts, all periods together; they sum to the whole.</summary>
    public static FigureTable Parts(CostForecast forecast, string? asOf)
    {
        var decimals = Display.ColumnDecimals([forecast.Landing.P90], forecast.Currency);
        var first = ForecastSentence.Name(forecast.Landing, forecast.Question.Over);
        return new FigureTable(
            $"{first} by part, in {Display.Unit(forecast.Currency)}: parts sum to the whole, at the point and at P10 and P90",
            [.. forecast.Question.Cost.By.Select(Display.Column)],
            [
                new("Booked", "so far"),
                new("Expected", "point"),
                new("P10", "low"),
                new("P90", "high"),
                new("Missed by", "WAPE of the backtest"),
            ],
            [
                .. forecast.Parts.Select(part => new FigureRow(
                    [.. part.Keys.Select(key => new FigureCell(key ?? Display.NoValue))],
                    [
                        Cell(part.Periods[0].Actual, decimals, PartRows(forecast, part, asOf)),
                        Cell(part.Periods[0].Point, decimals),
                        Cell(part.Periods[0].P10, decimals),
                        Cell(part.Periods[0].P90, decimals),
                        new(Display.Percent(part.Wape)),
                    ]
                )),
            ],
            [
                new FigureRow(
                    [.. forecast.Question.Cost.By.Select((_, i) => new FigureCell(i == 0 ? "All" : ""))],
                    [
                        Cell(forecast.Landing.Actual, decimals) with
                        {
                            Tone = CellTone.Sum,
                        },
                        Cell(forecast.Landing.Point, decimals) with
                        {
                            Tone = CellTone.Sum,
                        },
                        Cell(forecast.Landing.P10, decimals) with
                        {
                            Tone = CellTone.Sum,
                        },
                        Cell(forecast.Landing.P90, decimals) with
                        {
                            Tone = CellTone.Sum,
                        },
                        new(Display.Percent(forecast.Backtest.Wape), Tone: CellTone.Sum),
                    ]
                ),
            ]
        );
    }

    /// <summary>How wrong it would have been, by how far ahead.</summary>
    public static FigureTable Backtest(CostForecast forecast)
    {
        var word = forecast.Question.Over is TimeGrain.Day or TimeGrain.Week
            ? forecast.Question.Over.ToString().ToLowerInvariant()
            : "month";
        return new FigureTable(
            $"Misses of the same forecast made from {Display.Count(forecast.Backtest.Origins, "earlier day", "earlier days")}",
            ["How far ahead"],
            [new("Missed by", "WAPE")],
            [
                .. forecast.Backtest.ByDistance.Select(
                    (wape, i) =>
                        new FigureRow(
                            [
                                new(
                                    i == 0
                                        ? $"the {word} that has begun"
                                        : $"{Display.Count(i, word, word + "s")} later"
                                ),
                            ],
                            [new(Display.Percent(wape))]
                        )
                ),
            ],
            []
        );
    }

    public static FigureTable Models(CostForecast forecast) =>
        new(
            "Which models made it: the champion first, then its challengers",
            ["Model"],
            [new("Weight", "%")],
            [
                .. forecast.Models.Select(model => new FigureRow(
                    [new(model.Name)],
                    [new(Display.PercentFigure(model.Weight))]
                )),
            ],
            []
        );

    public static FigureTable Events(CostForecast forecast) =>
        new(
            $"What is planned, and what it adds in all periods shown, in {Display.Unit(forecast.Currency)}",
            ["No.", "Event"],
            [new("Effect", null), new("Adds", "expected")],
            [
                .. forecast
                    .Events.Index()
                    .Select(one => new FigureRow(
                        [new($"{one.Index + 1}"), new(one.Item.What)],
                        [
                            new(one.Item.Effect, Tone: CellTone.Text),
                            Cell(one.Item.Adds.Values.Aggregate(Amount.Zero, (sum, amount) => sum + amount), 0),
                        ]
                    )),
            ],
            []
        );

    public static FigureTable Accuracy(IReadOnlyList<ForecastScored> scored) =>
        new(
            "Frozen forecasts against what came; days that may still change are never scored",
            ["Forecast", "Version"],
            [
                new("Known through", null),
                new("Scored", "periods"),
                new("Variance", "in sum"),
                new("WAPE", "by period"),
                new("Bias", "to one side"),
                new("In P10–P90", "aim 80 %"),
                new("Drift", "from the version before"),
                new("Level", null),
            ],
            [
                .. scored.Select(one => new FigureRow(
                    [new(one.Booked.Fact.Name), new($"{one.Booked.Version}")],
                    [
                        new(Display.ShortDay(one.Booked.Fact.CompleteThrough), Tone: CellTone.Text),
                        new(Display.Count(one.Periods.Count)),
                        new(Display.Percent(one.Variance)),
                        new(Display.Percent(one.Wape)),
                        new(Display.Percent(one.Bias)),
                        new(Display.Percent(one.Coverage, 0)),
                        new(Display.Percent(one.Drift)),
                        new(one.Level, Tone: CellTone.Text),
                    ]
                )),
            ],
            []
        );

    public static FigureTable AccuracyOfParts(IReadOnlyList<(ForecastScored Whole, ScoredPart Part)> parts) =>
        new(
            "The parts of the newest of them, by themselves",
            ["Part", "Forecast", "Version"],
            [
                new("Scored", "periods"),
                new("Variance", "in sum"),
                new("WAPE", "by period"),
                new("Bias", "to one side"),
                new("In P10–P90", "aim 80 %"),
                new("Level", null),
            ],
            [
                .. parts.Select(one => new FigureRow(
                    [
                        new(AccuracyTables.Part(one.Part)),
                        new(one.Whole.Booked.Fact.Name),
                        new($"{one.Whole.Booked.Version}"),
                    ],
                    [
                        new(Display.Count(one.Part.Periods.Count)),
                        new(Display.Percent(one.Part.Variance)),
                        new(Display.Percent(one.Part.Wape)),
                        new(Display.Percent(one.Part.Bias)),
                        new(Display.Percent(one.Part.Coverage, 0)),
                        new(one.Part.Level, Tone: CellTone.Text),
                    ]
                )),
            ],
            []
        );

    public static FigureTable Commitments(IReadOnlyList<ProjectedCommitment> all, string? asOf) =>
        new(
            "Promises that are running: what counts so far, and where the pace of the last three months leads",
            ["Commitment"],
            [
                new("Until", null),
                new("Promised", "for the year"),
                new("Used", "so far"),
                new("At this pace", "at its end"),
                new("Short", null),
                new("Needed", "a month"),
                new("Odds", "of a shortfall"),
            ],
            [
                .. all.Select(one => new FigureRow(
                    [new(one.Contract.Id, WebAddress.With("/contracts", "asof", asOf))],
                    [
                        new(Display.ShortDay(one.Year.To.AddDays(-1)), Tone: CellTone.Text),
                        Cell(one.Committed, 0),
                        Cell(one.Used, 0, CostQueryUrl.Href("/rows", one.Behind, asOf)),
                        Cell(Amount.From(one.Pace.Projected), 0),
                        Cell(Amount.From(one.Pace.Shortfall), 0),
                        one.Pace.NeededPerMonth is { } needed ? Cell(Amount.From(needed), 0) : new("–"),
                        new(Display.Percent(one.ShortProbability, 0)),
                    ]
                )),
            ],
            []
        );

    public static FigureTable Drivers(IReadOnlyList<DriverCase> cases) =>
        new(
            "Cost from its causes, all months together; P10 and P90 of seeded draws",
            ["Forecast"],
            [
                new("Months", null),
                new("Currency", null),
                new("Low", "all terms low"),
                new("Expected", "by how likely it is"),
                new("High", "all terms high"),
                new("Pipeline", "in full"),
                new("P10", "of the draws"),
                new("P90", "of the draws"),
            ],
            [
                .. cases.Select(one => new FigureRow(
                    [new(one.Forecast.Title)],
                    [
                        new($"{one.Months[0].Month} to {one.Months[^1].Month}", Tone: CellTone.Text),
                        new(one.Forecast.Currency, Tone: CellTone.Text),
                        Cell(one.Total.Low, 0),
                        Cell(one.Total.Base, 0),
                        Cell(one.Total.High, 0),
                        Cell(one.Total.Full, 0),
                        Cell(one.Total.P10, 0),
                        Cell(one.Total.P90, 0),
                    ]
                )),
            ],
            []
        );

    private static FigureCell Cell(Amount amount, int decimals, string? href = null) =>
        amount.IsZero && href is null ? new("–") : new(Display.Figure(amount, decimals), href, amount);

    private static string? Rows(CostForecast forecast, DateOnly start, DateOnly end, string? asOf) =>
        forecast.Question.Series is { } series
            ? WebAddress.With(WebAddress.With("/series", "name", series), "asof", asOf)
            : CostQueryUrl.Href("/rows", Plain(forecast) with { From = start, To = end }, asOf);

    private static string? PartRows(CostForecast forecast, ForecastPart part, string? asOf)
    {
        if (part.Keys[0] == "(other)" || forecast.Question.Series is not null)
            return null;
        var where = forecast.Asked.By.Select((column, i) => new CostFilter(column, [part.Keys[i]]));
        var period = part.Periods[0];
        return CostQueryUrl.Href(
            "/rows",
            Plain(forecast) with
            {
                Where = [.. forecast.Asked.Where, .. where],
                From = period.Start,
                To = period.End,
            },
            asOf
        );
    }

    /// <summary>A figure that is expected opens what it was learned from.</summary>
    private static string? History(CostForecast forecast, string? asOf) =>
        forecast.Question.Series is { } series
            ? WebAddress.With(WebAddress.With("/series", "name", series), "asof", asOf)
            : CostQueryUrl.Href("/explore", Plain(forecast) with { Over = TimeGrain.Month }, asOf);

    private static CostQuery Plain(CostForecast forecast) =>
        forecast.Asked with
        {
            By = [],
            Over = null,
            Top = null,
            From = null,
            To = null,
        };
}
