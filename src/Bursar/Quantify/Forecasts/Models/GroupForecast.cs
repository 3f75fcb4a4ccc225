using Bursar.Core.Amounts;
using Bursar.Core.Time;

namespace Bursar.Quantify.Forecasts.Models;

/// <summary>Strands added up: what a group, or everything, is expected to bring, and how sure that is.</summary>
/// <param name="Forecast">What is to come yet of each period, with its band.</param>
/// <param name="Runs">The strands.</param>
/// <param name="Backtest">How good it would have been.</param>
internal sealed record GroupForecast(SeriesForecast Forecast, IReadOnlyList<StrandRun> Runs, ForecastBacktest Backtest)
{
    private const double Tenth = 0.1;
    private const int OriginsToTellApart = 5;
    private const int DaysToLearnFrom = 56;

    /// <param name="runs">The strands of the group.</param>
    /// <param name="origins">The earlier days of the backtest.</param>
    /// <param name="count">How many periods are ahead.</param>
    /// <param name="past">What is known of the group by period, oldest first: how long it is known, and its
    /// size.</param>
    /// <param name="whole">How many periods of each origin are whole today.</param>
    public static GroupForecast Of(
        IReadOnlyList<StrandRun> runs,
        IReadOnlyList<BacktestOrigin> origins,
        int count,
        IReadOnlyList<Amount> past,
        DateOnly whole
    )
    {
        var point = new double[count];
        for (var k = 0; k < count; k++)
            point[k] = runs.Sum(run => run.Rest[k]);
        var misses = origins
            .Select((origin, i) => Miss(runs, origin, i, whole))
            .Where(one => one.Came.Length > 0)
            .ToList();
        var level =
            past.Count == 0
                ? point.DefaultIfEmpty().Average(Math.Abs)
                : past.Average(amount => Math.Abs((double)amount.ToDecimal()));
        var positive = runs.All(run => Array.TrueForAll(run.Strand.Days, value => !(value < 0)));
        var relative =
            positive
            && Array.TrueForAll(point, value => value > 0)
            && misses.All(origin => Array.TrueForAll(origin.Expected, value => value > 0));
        Spread Of(IReadOnlyList<Origin> from, int steps)
        {
            // Eight weeks of days are enough to learn from, whatever they are added up to.
            var learned = runs.Any(run => !run.Strand.IsByMonth && run.Strand.Days.Length >= DaysToLearnFrom);
            var known = Math.Max(Math.Max(past.Count, from.Count), learned ? Spread.KnownMin : 0);
            var all = Spread.OfMisses(from, relative, known, level, steps, positive);
            // What is assumed of a whole period holds for the rest of one in proportion.
            if (Spread.IsAssumed(from, known) && level > 0 && point[0] < level)
                all.Scale[0] *= Math.Max(0, point[0]) / level;
            // The period that has begun is partly known: its misses are of another size than those of whole ones.
            var first = Spread.OfMisses([.. from.Select(FirstOf)], relative, known, level, 1, positive);
            var whole = Spread.OfMisses(
                [.. from.Select(AfterFirst)],
                relative,
                known,
                level,
                Math.Max(1, steps - 1),
                positive
            );
            return from.Count < OriginsToTellApart || steps < 2
                ? all
                : all with
                {
                    Scale = [first.Scale[0], .. whole.Scale],
                };
        }
        var spread = Of(misses, count);
        var forecast = new SeriesForecast(point, spread, Reason(runs), [], new Backtest([], [], [], misses));
        return new GroupForecast(forecast, runs, Judge(misses, origins, runs, Of));
    }

    /// <summary>What days of a period that have passed still lack.</summary>
    public Amount Missing(int period, int decimals) =>
        Amount.From((decimal)Runs.Sum(run => run.Missing[period])).RoundedTo(decimals);

    /// <summary>The days of a period that are ahead, each times a factor.</summary>
    public decimal Weighed(DateRange period, Func<DateOnly, decimal> factor)
    {
        var sum = 0m;
        for (var day = period.Start; day < period.End; day = day.AddDays(1))
        {
            var value = Runs.Sum(run => run.On(day));
            if (value != 0)
                sum += (decimal)value * factor(day);
        }
        return sum;
    }

    /// <summary>Who took part, weighed by the size of the strands; the heaviest first.</summary>
    public IReadOnlyList<ForecastModel> Models()
    {
        var made = Runs.Where(run => run.Ahead.Models is not null)
            .Select(run => (run.Ahead.Models!, Size: Math.Abs(run.Strand.Mean(90)) + 1e-12))
            .ToList();
        var all = made.Sum(one => one.Size);
        return
        [
            .. made.SelectMany(one =>
                    one.Item1.Names.Select(
                        (name, i) => (name, Weight: one.Item1.Weights[i] * one.Size / all, Miss: one.Item1.Misses[i])
                    )
                )
                .GroupBy(one => one.name)
                .Select(same => new ForecastModel(
                    same.Key,
                    Rounded(same.Sum(one => one.Weight)),
                    Rounded(same.Sum(one => one.Miss))
                ))
                .OrderByDescending(model => model.Weight)
                .ThenBy(model => model.Name, StringComparer.Ordinal),
        ];
    }

    private static Origin FirstOf(Origin origin) =>
        origin with
        {
            Expected = origin.Expected[..1],
            Came = origin.Came[..1],
            Known = origin.Known[..1],
        };

    private static Origin AfterFirst(Origin origin) =>
        origin with
        {
            Expected = origin.Expected[1..],
            Came = origin.Came[1..],
            Known = origin.Known[1..],
        };

    private static Origin Miss(IReadOnlyList<StrandRun> runs, BacktestOrigin origin, int i, DateOnly whole)
    {
        var steps = origin.Periods.Count(period => period.End <= whole.AddDays(1));
        var (expected, came) = (new double[steps], new double[steps]);
        for (var k = 0; k < steps; k++)
        {
            expected[k] = runs.Sum(run => run.Then[i].Expected[k]);
            came[k] = runs.Sum(run => run.Then[i].Came[k]);
        }
        return new Origin(i, expected, came, [.. Enumerable.Repeat(true, steps)], true);
    }

    /// <summary>Compares whole periods, what was known of them then included; each band is learned from the other
    /// origins only.</summary>
    private static ForecastBacktest Judge(
        List<Origin> misses,
        IReadOnlyList<BacktestOrigin> origins,
        IReadOnlyList<StrandRun> runs,
        Func<IReadOnlyList<Origin>, int, Spread> spreadOf
    )
    {
        var all = new List<BacktestOutcome>();
        var naive = 0.0;
        var held = 0;
        var byDistance = new List<(double Miss, double Actual, int Held, int Count)>();
        foreach (var origin in misses)
        {
            var then = origins[origin.Start];
            var others = misses.Where(other => other != origin).ToList();
            var spread = spreadOf(others, origin.Expected.Length);
            var (low, high) = (spread.Quantile(origin.Expected, Tenth), spread.Quantile(origin.Expected, 1 - Tenth));
            for (var k = 0; k < origin.Expected.Length; k++)
            {
                var period = then.Periods[k];
                var before = runs.Sum(run => Before(run.Strand, then, period));
                var (expected, came) = (before + origin.Expected[k], before + origin.Came[k]);
                all.Add(new BacktestOutcome(then.Day, period.Start, Rounded(expected), Rounded(came)));
                naive += Math.Abs(runs.Sum(run => run.Then[origin.Start].Naive[k]) - origin.Came[k]);
                var isHeld = Holds(low[k], origin.Came[k], high[k]) ? 1 : 0;
                held += isHeld;
                if (byDistance.Count <= k)
                    byDistance.Add((0, 0, 0, 0));
                var (miss, all_, kept, count) = byDistance[k];
                byDistance[k] = (miss + Math.Abs(expected - came), all_ + came, kept + isHeld, count + 1);
            }
        }
        var outcomes = all.Select(one => new ForecastOutcome(one.Forecast, one.Actual)).ToList();
        var actual = all.Sum(one => (double)one.Actual);
        return new ForecastBacktest(
            misses.Count,
            all.Count,
            ForecastMath.Wape(outcomes),
            ForecastMath.Bias(outcomes),
            all.Count == 0 ? null : Rounded((double)held / all.Count),
            actual == 0 ? null : Rounded(naive / actual),
            [.. byDistance.Select(one => one.Actual == 0 ? (decimal?)null : Rounded(one.Miss / one.Actual))]
        )
        {
            All = all,
            CoverageByDistance = [.. byDistance.Select(one => (decimal?)Rounded((double)one.Held / one.Count))],
        };
    }

    /// <summary>Whether an outcome lies within its band; what was told for sure need not be to the last bit.</summary>
    private static bool Holds(double low, double came, double high)
    {
        var bit = 1e-9 * (Math.Abs(low) + Math.Abs(high));
        return low - bit <= came && came <= high + bit;
    }

    /// <summary>What was known of a period then.</summary>
    private static double Before(Strand strand, BacktestOrigin origin, DateRange period)
    {
        var known = strand.KnownAt(origin.Through, origin.Day).AddDays(1);
        var end = known < period.End ? known : period.End;
        return period.Start < end ? strand.Booked(period.Start, end) : 0;
    }

    private static string Reason(IReadOnlyList<StrandRun> runs)
    {
        var largest = runs.OrderByDescending(run => Math.Abs(run.Strand.Mean(90))).First();
        if (runs.Count == 1)
            return largest.Ahead.Reason;
        var providers = runs.Select(run => run.Strand.Provider).Distinct().Count();
        var (what, name) =
            runs.Select(run => run.Strand.Part).Distinct().Count() == 1 ? ("providers", largest.Strand.Provider)
            : providers == 1 ? ("parts", largest.Strand.Part)
            : ("parts, each of one provider,", $"{largest.Strand.Part} of {largest.Strand.Provider}");
        return $"{runs.Count} {what} are forecast day by day and added up. The largest, {name}: {largest.Ahead.Reason}";
    }

    private static decimal Rounded(double value) => decimal.Round((decimal)value, 6, MidpointRounding.ToEven);
}
