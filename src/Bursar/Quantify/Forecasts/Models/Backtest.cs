namespace Bursar.Quantify.Forecasts.Models;

/// <summary>
/// How the models would have done: each is settled on the history up to a day, and continues it from there and from
/// later days.
/// </summary>
/// <remarks>Rolling origins: Tashman, "Out-of-sample tests of forecasting accuracy", IJF 16 (2000).</remarks>
/// <param name="Names">The members.</param>
/// <param name="Weights">Their weights in the combination; they sum to 1.</param>
/// <param name="Misses">The mean absolute miss of each member.</param>
/// <param name="Origins">The combination's forecasts, one per origin.</param>
internal sealed record Backtest(string[] Names, double[] Weights, double[] Misses, IReadOnlyList<Origin> Origins)
{
    /// <summary>Members count by the inverse of their mean miss to this power.</summary>
    private const double Sharpness = 2;

    /// <summary>The place in the list of the member that did best, and of the next.</summary>
    public (int Champion, int Challenger) Best()
    {
        var order = Enumerable.Range(0, Names.Length).OrderBy(k => Misses[k]).ThenBy(k => k).ToArray();
        return (order[0], order[Math.Min(1, order.Length - 1)]);
    }

    /// <param name="values">The history, whole.</param>
    /// <param name="known">What of it is known, and not filled.</param>
    /// <param name="period">Values in a season.</param>
    /// <param name="horizon">How many steps ahead.</param>
    /// <param name="members">The models.</param>
    /// <param name="positive">Whether no value is below zero.</param>
    /// <param name="originsMax">From how many days at most, after the settling day and before it.</param>
    /// <param name="forBand">
    /// Whether a band is learned from it: the misses of one season of origins before the settling day say how wide
    /// outcomes lie, though not which model is best.
    /// </param>
    public static Backtest Run(
        double[] values,
        bool[] known,
        int period,
        int horizon,
        IReadOnlyList<Member> members,
        bool positive,
        int originsMax,
        bool forBand = true
    )
    {
        var n = values.Length;
        var window = Math.Min(horizon + Math.Max(period, horizon / 2), n / 3);
        var settled = n - window;
        var fits = members.Select(member => member.Fit(values[..settled])).ToArray();
        var step = Math.Max(1, (window + originsMax - 1) / originsMax);
        var ahead = new List<double[][]>();
        var starts = new List<int>();
        var earliest = forBand ? Math.Max(Math.Max(1, n / 2), settled - (originsMax * step)) : settled;
        for (var origin = settled - ((settled - earliest) / step * step); origin < n; origin += step)
        {
            var before = values[..origin];
            starts.Add(origin);
            ahead.Add([
                .. fits.Select(fit => Sound(fit.Continue(before, Math.Min(horizon, n - origin)), before, positive)),
            ]);
        }
        var misses = members.Select((_, k) => Miss(values, known, starts, ahead, settled, k)).ToArray();
        var weights = Weigh(misses, members);
        var origins = starts
            .Select((start, i) => Combine(values, known, start, ahead[i], weights, period, start >= settled))
            .ToList();
        return new Backtest([.. members.Select(member => member.Name)], weights, misses, origins);
    }

    /// <summary>A model that runs away counts as one that says "as now".</summary>
    public static double[] Sound(double[] ahead, double[] history, bool positive)
    {
        var (low, high) = (history.Min(), history.Max());
        var room = 10 * Math.Max(high - low, Math.Abs(high));
        for (var h = 0; h < ahead.Length; h++)
        {
            if (!double.IsFinite(ahead[h]) || ahead[h] > high + room || ahead[h] < low - room)
                ahead[h] = history[^1];
            if (positive && ahead[h] < 0)
                ahead[h] = 0;
        }
        return ahead;
    }

    private static double Miss(
        double[] values,
        bool[] known,
        List<int> starts,
        List<double[][]> ahead,
        int settled,
        int k
    )
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < starts.Count; i++)
        {
            if (starts[i] < settled)
                continue;
            var path = ahead[i][k];
            for (var h = 0; h < path.Length; h++)
            {
                if (!known[starts[i] + h])
                    continue;
                sum += Math.Abs(values[starts[i] + h] - path[h]);
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private static double[] Weigh(double[] misses, IReadOnlyList<Member> members)
    {
        var least = misses.Min();
        var floor = 1e-9 * (misses.Max() + 1e-300);
        var weights = misses
            .Select((miss, k) => members[k].Share * Math.Pow((least + floor) / (miss + floor), Sharpness))
            .ToArray();
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    private static Origin Combine(
        double[] values,
        bool[] known,
        int start,
        double[][] ahead,
        double[] weights,
        int period,
        bool unseen
    )
    {
        var expected = new double[ahead[0].Length];
        for (var k = 0; k < ahead.Length; k++)
        {
            for (var h = 0; h < expected.Length; h++)
                expected[h] += weights[k] * ahead[k][h];
        }
        LastYear.Apply(expected, values[..start], period);
        return new Origin(
            start,
            expected,
            values[start..(start + expected.Length)],
            known[start..(start + expected.Length)],
            unseen
        );
    }
}

/// <summary>A forecast of the past: from where, what was expected, and what came.</summary>
/// <param name="Start">The place of the first value that was forecast.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Came">What came.</param>
/// <param name="Known">Whether what came was known, or filled.</param>
/// <param name="Unseen">Whether the models were settled without the values that were forecast.</param>
internal sealed record Origin(int Start, double[] Expected, double[] Came, bool[] Known, bool Unseen);
