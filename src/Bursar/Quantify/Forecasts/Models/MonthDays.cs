namespace Bursar.Quantify.Forecasts.Models;

/// <summary>Charges that come on the same day of every month: a fee, a tax, a purchase. They are forecast
/// apart.</summary>
/// <param name="Sizes">How much more that day has than its neighbours, by day of the month; −1 is the last day,
/// −2 the one before.</param>
internal sealed record MonthDays(IReadOnlyDictionary<int, double> Sizes)
{
    /// <summary>The first days of a month are counted from its beginning, the last three from its end.</summary>
    private static readonly int[] Places = [-3, -2, -1, .. Enumerable.Range(1, 25)];

    private const int Neighbours = 5;
    private const int MonthsMin = 3;
    private const int MonthsLooked = 12;
    private const double OftenShare = 0.75;
    private const double StandsOut = 0.5;

    public static MonthDays Find(double[] days, DateOnly first)
    {
        var found = new Dictionary<int, double>();
        foreach (var place in Places)
        {
            var sizes = new List<double>();
            var odd = 0;
            for (var t = days.Length - 1; t >= 0 && sizes.Count < MonthsLooked; t--)
            {
                if (!Is(first.AddDays(t), place) || !double.IsFinite(days[t]))
                    continue;
                var around = Around(days, t);
                sizes.Add(days[t] - around.Median);
                if (Math.Abs(sizes[^1]) > (StandsOut * Math.Abs(around.Median)) + (4 * around.Noise))
                    odd++;
            }
            if (sizes.Count >= MonthsMin && odd >= OftenShare * sizes.Count)
                found[place] = Median([.. sizes.Take(MonthsMin)]);
        }
        return new MonthDays(found);
    }

    /// <summary>What was found, a sentence each.</summary>
    public IEnumerable<string> Notes =>
        Sizes.Keys.Order().Select(place => $"What comes on {Words(place)} of every month is forecast apart.");

    /// <summary>The history with these days as their neighbours are.</summary>
    public double[] Without(double[] days, DateOnly first)
    {
        if (Sizes.Count == 0)
            return days;
        var result = (double[])days.Clone();
        for (var t = 0; t < days.Length; t++)
        {
            if (Sizes.Keys.Any(place => Is(first.AddDays(t), place)))
                result[t] = Around(days, t).Median;
        }
        return result;
    }

    /// <summary>Adds them to the days ahead.</summary>
    public void AddTo(double[] path, DateOnly start)
    {
        foreach (var (place, size) in Sizes)
        {
            for (var t = 0; t < path.Length; t++)
                path[t] += Is(start.AddDays(t), place) ? size : 0;
        }
    }

    private static string Words(int place) =>
        place switch
        {
            -1 => "the last day",
            < 0 => $"the last day but {-place - 1}",
            _ => $"day {place}",
        };

    private static bool Is(DateOnly day, int place) => place > 0 ? day.Day == place : day.AddDays(-place).Day == 1;

    private static (double Median, double Noise) Around(double[] days, int t)
    {
        var near = Enumerable
            .Range(
                Math.Max(0, t - Neighbours),
                Math.Min(days.Length - 1, t + Neighbours) - Math.Max(0, t - Neighbours) + 1
            )
            .Where(i => i != t && double.IsFinite(days[i]))
            .Select(i => days[i])
            .ToArray();
        if (near.Length == 0)
            return (days[t], 0);
        var median = Median(near);
        return (median, Median([.. near.Select(value => Math.Abs(value - median))]));
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        var half = values.Length / 2;
        return values.Length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }
}
