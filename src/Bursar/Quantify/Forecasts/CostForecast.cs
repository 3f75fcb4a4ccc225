using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Quantify.Forecasts.Models;
using Bursar.Warehouse.Queries;

namespace Bursar.Quantify.Forecasts;

/// <summary>What is expected of the periods ahead, how sure that is, why, and how good it would have been.</summary>
/// <param name="Question">The question, every default filled in.</param>
/// <param name="Currency">The currency, or the unit of a quantity or series.</param>
/// <param name="DataThrough">The newest day with data.</param>
/// <param name="CompleteThrough">Up to this day, every provider has delivered.</param>
/// <param name="Past">What came before, oldest first.</param>
/// <param name="Periods">The periods ahead; the first may be partly known.</param>
/// <param name="Parts">The same by group; they sum to it, at the point and at every quantile.</param>
/// <param name="Reason">Why this forecast, in one plain sentence.</param>
/// <param name="Backtest">How good it would have been.</param>
/// <param name="Models">Which models made it; champion first.</param>
/// <param name="Events">What is planned, and what it adds.</param>
/// <param name="Notes">What was done, assumed or left out, a sentence each.</param>
internal sealed record CostForecast(
    ForecastQuestion Question,
    Currency Currency,
    DateOnly DataThrough,
    DateOnly CompleteThrough,
    IReadOnlyList<PastPeriod> Past,
    IReadOnlyList<ForecastPeriod> Periods,
    IReadOnlyList<ForecastPart> Parts,
    string Reason,
    ForecastBacktest Backtest,
    IReadOnlyList<ForecastModel> Models,
    IReadOnlyList<AppliedEvent> Events,
    IReadOnlyList<string> Notes
)
{
    /// <summary>Whether rules that nobody has published shaped it.</summary>
    public bool IsDraft { get; init; }

    /// <summary>The question that its figures answer, to open their rows.</summary>
    public CostQuery Asked { get; init; } = new();

    /// <summary>The period that the last complete day is in, or the one that begins after it.</summary>
    public ForecastPeriod Landing => Periods[0];

    /// <summary>The forecast period that begins on this day.</summary>
    /// <exception cref="RefusedException">It is not among them.</exception>
    public ForecastPeriod At(DateOnly start) =>
        Periods.FirstOrDefault(period => period.Start == start)
        ?? throw new RefusedException(
            "forecasts/not-forecast",
            $"{start:yyyy-MM-dd} begins no period of this forecast.",
            $"It has {Periods[0].Start:yyyy-MM-dd} to {Periods[^1].End.AddDays(-1):yyyy-MM-dd}."
        );

    /// <summary>How probable it is that a period comes to more than an amount.</summary>
    public decimal ProbabilityAbove(DateOnly start, Amount amount) => At(start).ProbabilityAbove(amount);

    /// <summary>
    /// The periods that lie in a range as one: bands are added up, as if all went high or low together, which is never
    /// too narrow.
    /// </summary>
    /// <remarks>Only whole periods count; null when none lies in it.</remarks>
    public ForecastPeriod? Over(DateRange range)
    {
        var within = Periods.Where(period => period.Start >= range.Start && period.End <= range.End).ToList();
        return within.Count == 0 ? null : ForecastPeriod.Sum(within);
    }
}

/// <summary>A period that is over.</summary>
internal sealed record PastPeriod(DateOnly Start, DateOnly End, Amount Actual);

/// <summary>A group of a forecast.</summary>
/// <param name="Keys">The values of the By columns.</param>
/// <param name="Periods">Its periods, those of the whole.</param>
/// <param name="Past">What came before.</param>
/// <param name="Reason">Why this forecast of it.</param>
/// <param name="Backtest">How good it would have been.</param>
internal sealed record ForecastPart(
    IReadOnlyList<string?> Keys,
    IReadOnlyList<ForecastPeriod> Periods,
    IReadOnlyList<PastPeriod> Past,
    string Reason,
    ForecastBacktest Backtest
)
{
    /// <summary>Σ|F − A| / ΣA of its backtest; null where there is none.</summary>
    public decimal? Wape => Backtest.Wape;
}

/// <summary>A model that took part, its weight, and its mean miss in the backtest.</summary>
internal sealed record ForecastModel(string Name, decimal Weight, decimal Miss);

/// <summary>A planned event and what it adds to each period that it touches.</summary>
/// <param name="Name">Its name.</param>
/// <param name="What">What is planned, in words.</param>
/// <param name="Effect">Its effect in words.</param>
/// <param name="Adds">What it adds, by the start of the period.</param>
internal sealed record AppliedEvent(
    string Name,
    string What,
    string Effect,
    IReadOnlyDictionary<DateOnly, Amount> Adds
);

/// <summary>How good this forecast would have been: made again from earlier days, with what was known then.</summary>
/// <param name="Origins">From how many days it was made.</param>
/// <param name="Outcomes">How many periods could be compared.</param>
/// <param name="Wape">Σ|F − A| / ΣA of these; null when none could be compared.</param>
/// <param name="Bias">Σ(F − A) / ΣA.</param>
/// <param name="Coverage">The share of outcomes between P10 and P90.</param>
/// <param name="NaiveWape">The WAPE of saying "a day costs what it did in the last 28".</param>
/// <param name="ByDistance">The WAPE by how many periods ahead, the nearest first.</param>
internal sealed record ForecastBacktest(
    int Origins,
    int Outcomes,
    decimal? Wape,
    decimal? Bias,
    decimal? Coverage,
    decimal? NaiveWape,
    IReadOnlyList<decimal?> ByDistance
)
{
    /// <summary>The share of outcomes within P10 and P90, by how many periods ahead.</summary>
    public IReadOnlyList<decimal?> CoverageByDistance { get; init; } = [];

    /// <summary>Each comparison.</summary>
    public IReadOnlyList<BacktestOutcome> All { get; init; } = [];

    /// <summary>Of a history too short for one.</summary>
    public static ForecastBacktest None { get; } = new(0, 0, null, null, null, null, []);
}

/// <summary>One comparison of a backtest.</summary>
/// <param name="Known">The last day that was known.</param>
/// <param name="Start">The period.</param>
/// <param name="Forecast">What would have been expected of it.</param>
/// <param name="Actual">What came.</param>
internal sealed record BacktestOutcome(DateOnly Known, DateOnly Start, decimal Forecast, decimal Actual);

/// <summary>One period of a forecast.</summary>
/// <param name="Start">Its first day.</param>
/// <param name="End">The day after its last.</param>
/// <param name="Actual">What is in the books of it so far.</param>
/// <param name="Missing">The part of the point that days which have passed still lack: it has not arrived.</param>
/// <param name="Point">What is expected of the whole period: actual and the rest.</param>
/// <param name="Quantiles">What outcomes of the whole period stay below, by probability.</param>
internal sealed record ForecastPeriod(
    DateOnly Start,
    DateOnly End,
    Amount Actual,
    Amount Missing,
    Amount Point,
    IReadOnlyDictionary<decimal, Amount> Quantiles
)
{
    /// <summary>The part of the point that planned events add.</summary>
    public Amount Planned { get; init; }

    /// <summary>What is expected to come yet.</summary>
    public Amount Rest => Point - Actual;

    public Amount P10 => Quantiles[0.1m];

    public Amount P50 => Quantiles[0.5m];

    public Amount P90 => Quantiles[0.9m];

    /// <summary>How far outcomes lie around what is to come yet: its point and its band.</summary>
    internal IReadOnlyList<Band> Bands { get; init; } = [];

    /// <summary>How uncertain events may turn out, the same ways in every period of a forecast.</summary>
    internal IReadOnlyList<EventCase> Cases { get; init; } = [];

    /// <summary>How probable it is that the period comes to more than an amount, to a thousandth.</summary>
    public decimal ProbabilityAbove(Amount amount) => Band.ProbabilityAbove(Bands, Cases, amount - Point);

    /// <summary>Periods as one; bands are added.</summary>
    public static ForecastPeriod Sum(IReadOnlyList<ForecastPeriod> periods) =>
        new(
            periods[0].Start,
            periods[^1].End,
            Total(periods, period => period.Actual),
            Total(periods, period => period.Missing),
            Total(periods, period => period.Point),
            periods[0]
                .Quantiles.Keys.ToDictionary(
                    probability => probability,
                    probability => Total(periods, period => period.Quantiles[probability])
                )
        )
        {
            Planned = Total(periods, period => period.Planned),
            Bands = [.. periods.SelectMany(period => period.Bands)],
            Cases =
            [
                .. periods[0]
                    .Cases.Select((one, i) => one with { Shift = periods.Sum(period => period.Cases[i].Shift) }),
            ],
        };

    /// <summary>The same, with what is known for sure of the days before it.</summary>
    public ForecastPeriod After(DateOnly start, Amount known) =>
        this with
        {
            Start = start,
            Actual = Actual + known,
            Point = Point + known,
            Quantiles = Quantiles.ToDictionary(pair => pair.Key, pair => pair.Value + known),
        };

    private static Amount Total(IEnumerable<ForecastPeriod> periods, Func<ForecastPeriod, Amount> of) =>
        periods.Aggregate(Amount.Zero, (sum, period) => sum + of(period));
}
