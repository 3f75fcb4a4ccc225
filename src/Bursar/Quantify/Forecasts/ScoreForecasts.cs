using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Reporting;
using Bursar.Workspaces;

namespace Bursar.Quantify.Forecasts;

/// <summary>Compares frozen forecasts with what came. Days that are provisional are never scored (FCT-04).</summary>
internal sealed class ScoreForecasts(BooksView view)
{
    private readonly Dictionary<string, IReadOnlyList<HistoryGroup>> actuals = [];
    private DateOnly? completeThrough;

    /// <summary>Each frozen forecast with its score; versions of a name in turn.</summary>
    /// <param name="name">Only of this name; null for all.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <exception cref="RefusedException">None has that name.</exception>
    public IReadOnlyList<ForecastScored> All(string? name, CancellationToken cancel)
    {
        var all = BookedForecast.Of(view.State);
        if (name is not null && all.All(one => one.Fact.Name != name))
            throw new RefusedException(
                "forecasts/unknown",
                $"No forecast \"{name}\" was frozen.{DidYouMean.Question(name, all.Select(one => one.Fact.Name).Distinct())}",
                "`bursar forecast accuracy` lists them; `bursar forecast freeze NAME --reason WHY` freezes one.",
                exitCode: 2
            );
        var known = view.Deliveries.Count == 0 ? (DateOnly?)null : CompleteThrough(cancel);
        var scored = new List<ForecastScored>();
        foreach (var booked in all.Where(one => name is null || one.Fact.Name == name))
        {
            var before = scored.LastOrDefault(one => one.Booked.Fact.Name == booked.Fact.Name)?.Booked;
            scored.Add(Score(booked, before, known, cancel));
        }
        return scored;
    }

    private DateOnly CompleteThrough(CancellationToken cancel) =>
        completeThrough ??= new ReadHistory(view).Of(new ForecastQuestion(), cancel).CompleteThrough;

    private ForecastScored Score(
        BookedForecast booked,
        BookedForecast? before,
        DateOnly? known,
        CancellationToken cancel
    )
    {
        var fact = booked.Fact;
        if (fact.IsDerived)
        {
            var came = new ReadActuals(view).Of(fact, cancel);
            var told = fact.Periods.Where(period => came.ContainsKey(period.Start)).ToList();
            return new ForecastScored(booked, Over(fact, told, known, came), Drift(fact, before?.Fact));
        }
        var groups = Groups(fact with { Parts = [] }, cancel);
        var actual = groups.Count == 0 ? new Dictionary<DateOnly, Amount>() : groups[0].Figures;
        return new ForecastScored(booked, Over(fact, fact.Periods, known, actual), Drift(fact, before?.Fact));
    }

    /// <summary>
    /// Each part of a frozen forecast against what came of it; "(other)" is what no other part has. Nothing of one
    /// whose parts can no longer be told apart.
    /// </summary>
    public IReadOnlyList<ScoredPart> Parts(ForecastScored scored, CancellationToken cancel)
    {
        var fact = scored.Booked.Fact;
        if (fact.Parts.Count == 0)
            return [];
        var known = CompleteThrough(cancel);
        var groups = Groups(fact, cancel);
        var named = fact.Parts.Where(part => part.Keys[0] != CostGroups.Other).Select(KeyOf).ToHashSet();
        return
        [
            .. fact.Parts.Select(part => new ScoredPart(
                part.Keys,
                Over(
                    fact,
                    part.Periods,
                    known,
                    Sum(
                        groups.Where(group =>
                            part.Keys[0] == CostGroups.Other
                                ? !named.Contains(Key(group.Keys))
                                : Key(group.Keys) == KeyOf(part)
                        )
                    )
                )
            )),
        ];

        static string KeyOf(FrozenPart part) => Key(part.Keys);
    }

    /// <summary>The parts of several, each with its whole.</summary>
    public IReadOnlyList<(ForecastScored Whole, ScoredPart Part)> PartsOf(
        IReadOnlyList<ForecastScored> scored,
        CancellationToken cancel
    ) => [.. scored.SelectMany(whole => Parts(whole, cancel).Select(part => (whole, part)))];

    private static string Key(IReadOnlyList<string?> keys) =>
        string.Join('\u001f', keys.Select(key => key ?? "\u0000"));

    private static Dictionary<DateOnly, Amount> Sum(IEnumerable<HistoryGroup> groups) =>
        groups
            .SelectMany(group => group.Figures)
            .GroupBy(figure => figure.Key)
            .ToDictionary(same => same.Key, same => same.Aggregate(Amount.Zero, (sum, figure) => sum + figure.Value));

    /// <summary>The periods that are over, each with what came.</summary>
    private static List<ScoredPeriod> Over(
        FrozenForecast fact,
        IReadOnlyList<FrozenPeriod> periods,
        DateOnly? known,
        IReadOnlyDictionary<DateOnly, Amount> actual
    ) =>
        [
            .. periods
                .Where(period => period.End.AddDays(-1) <= known && period.End.AddDays(-1) > fact.CompleteThrough)
                .Select(period => new ScoredPeriod(
                    period,
                    actual
                        .Where(pair => pair.Key >= period.Start && pair.Key < period.End)
                        .Aggregate(Amount.Zero, (sum, pair) => sum + pair.Value)
                )),
        ];

    /// <summary>How much this version differs from the one before, over the periods that both speak of.</summary>
    private static decimal? Drift(FrozenForecast fact, FrozenForecast? before)
    {
        if (before is null)
            return null;
        var both = fact
            .Periods.Join(before.Periods, now => now.Start, then => then.Start, (now, then) => (now, then))
            .ToList();
        return ForecastMath.Drift(
            both.Sum(pair => pair.then.Point.ToDecimal()),
            both.Sum(pair => pair.now.Point.ToDecimal())
        );
    }

    /// <summary>What came, by day or month, for the question of a forecast; by its parts where it has any.</summary>
    private IReadOnlyList<HistoryGroup> Groups(FrozenForecast fact, CancellationToken cancel)
    {
        var (read, _, diagnostics) = ForecastAddress.Read(fact.Question);
        if (read is null)
            throw new RefusedException(diagnostics[0]);
        var question = read with
        {
            KnownThrough = null,
            Cost = fact.Parts.Count == 0 ? read.Cost with { By = [] } : read.Cost with { Top = ReadHistory.GroupsMax },
        };
        var key = ForecastAddress.Write(question with { Through = null, Quantiles = [], WithEvents = true });
        return actuals.TryGetValue(key, out var found)
            ? found
            : actuals[key] = ForecastCosts.HistoryOf(view, question, cancel).Groups;
    }
}

/// <summary>A period that has come true, or not.</summary>
internal sealed record ScoredPeriod(FrozenPeriod Forecast, Amount Actual)
{
    public ForecastOutcome Outcome => new(Forecast.Point.ToDecimal(), Actual.ToDecimal());

    /// <summary>The mean pinball loss of P10, P50 and P90.</summary>
    public decimal Pinball =>
        (
            ForecastMath.Pinball(0.1m, Outcome with { Forecast = Forecast.P10.ToDecimal() })
            + ForecastMath.Pinball(0.5m, Outcome with { Forecast = Forecast.P50.ToDecimal() })
            + ForecastMath.Pinball(0.9m, Outcome with { Forecast = Forecast.P90.ToDecimal() })
        ) / 3;
}

/// <summary>How near a forecast came, over its periods that are over.</summary>
internal abstract record ForecastScore(IReadOnlyList<ScoredPeriod> Periods)
{
    private IReadOnlyList<ForecastOutcome> Outcomes => [.. Periods.Select(period => period.Outcome)];

    /// <summary>(ΣF − ΣA) / ΣF; never shown without the WAPE.</summary>
    public decimal? Variance => ForecastMath.AggregateVariance(Outcomes);

    public decimal? Wape => ForecastMath.Wape(Outcomes);

    public decimal? Bias => ForecastMath.Bias(Outcomes);

    public decimal? Coverage =>
        ForecastMath.Coverage([
            .. Periods.Select(period =>
                (period.Forecast.P10.ToDecimal(), period.Forecast.P90.ToDecimal(), period.Actual.ToDecimal())
            ),
        ]);

    public decimal? Pinball => Periods.Count == 0 ? null : Periods.Average(period => period.Pinball);

    /// <summary>The maturity that its WAPE reaches.</summary>
    public string Level => ForecastMaturity.Of(Wape);
}

/// <summary>A frozen forecast with what came of it.</summary>
/// <param name="Booked">The forecast.</param>
/// <param name="Periods">Its periods that are over.</param>
/// <param name="Drift">How much it differs from the version before; null of the first.</param>
internal sealed record ForecastScored(BookedForecast Booked, IReadOnlyList<ScoredPeriod> Periods, decimal? Drift)
    : ForecastScore(Periods);

/// <summary>One part of a frozen forecast with what came of it.</summary>
/// <param name="Keys">Which part: the values of the By columns.</param>
/// <param name="Periods">Its periods that are over.</param>
internal sealed record ScoredPart(IReadOnlyList<string?> Keys, IReadOnlyList<ScoredPeriod> Periods)
    : ForecastScore(Periods);

/// <summary>Thresholds of forecast accuracy by maturity, from the FinOps Framework's maturity model of 2026.</summary>
internal static class ForecastMaturity
{
    /// <summary>Which edition of the thresholds; the public ones differ by year.</summary>
    public const string Revision = "2026";

    private const decimal Crawl = 0.20m;
    private const decimal Walk = 0.10m;
    private const decimal Run = 0.05m;

    /// <summary>"run" below 5 %, "walk" below 10 %, "crawl" below 20 %.</summary>
    public static string Of(decimal? wape) =>
        wape switch
        {
            null => "not scored yet",
            < Run => "run",
            < Walk => "walk",
            < Crawl => "crawl",
            _ => "below crawl",
        };
}
