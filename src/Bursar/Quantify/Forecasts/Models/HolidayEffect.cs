namespace Bursar.Quantify.Forecasts.Models;

/// <summary>
/// What public holidays cost beside the same day of the weeks around them; learned from those that are over, and laid
/// over those ahead.
/// </summary>
/// <param name="Days">The holidays.</param>
/// <param name="Ratio">What such a day costs, of what its weekday does; 1 where nothing can be seen.</param>
/// <param name="Seen">From how many it was learned.</param>
/// <remarks>A holiday on a Saturday or Sunday changes nothing: few work on these anyway.</remarks>
internal sealed record HolidayEffect(IReadOnlySet<DateOnly> Days, double Ratio, int Seen)
{
    private const int Week = 7;
    private const int SeenMin = 3;
    private const double AgreeShare = 0.75;
    private const double EffectMin = 0.03;

    public static HolidayEffect None { get; } = new(new HashSet<DateOnly>(), 1, 0);

    private bool IsThere => Seen > 0;

    public static HolidayEffect Find(double[] values, DateOnly first, IReadOnlySet<DateOnly> days)
    {
        if (days.Count == 0 || Array.Exists(values, value => value < 0))
            return None;
        var odd = days.Select(day => day.DayNumber - first.DayNumber)
            .Where(t => t >= 0 && t < values.Length)
            .Select(t => Beside(values, first, days, t))
            .OfType<double>()
            .ToList();
        if (odd.Count < SeenMin)
            return None;
        var middle = Median(odd);
        var agree = odd.Count(ratio => Math.Sign(ratio - 1) == Math.Sign(middle - 1));
        return
            Math.Abs(middle - 1) >= EffectMin
            && agree >= AgreeShare * odd.Count
            && Math.Abs(middle - 1) * Math.Sqrt(odd.Count) > 2 * Noise(values, first, days)
            ? new HolidayEffect(days, middle, odd.Count)
            : None;
    }

    /// <summary>How far a usual workday lies from the same day of the weeks around it.</summary>
    private static double Noise(double[] values, DateOnly first, IReadOnlySet<DateOnly> days)
    {
        var usual = Enumerable
            .Range(0, values.Length)
            .Where(t => !days.Contains(first.AddDays(t)))
            .Select(t => Beside(values, first, days, t))
            .OfType<double>()
            .Select(ratio => Math.Abs(ratio - 1))
            .ToList();
        return usual.Count == 0 ? double.PositiveInfinity : Median(usual);
    }

    /// <summary>"On public holidays it is 40 % less than on their weekdays, as on 12 of them."</summary>
    public IEnumerable<string> Notes =>
        IsThere
            ?
            [
                FormattableString.Invariant(
                    $"On public holidays it is {Math.Abs(1 - Ratio) * 100:0} % {(Ratio < 1 ? "less" : "more")} than on their weekdays, as seen on {Seen}."
                ),
            ]
            : [];

    /// <summary>The history with holidays as their weekdays are.</summary>
    public double[] Without(double[] values, DateOnly first) =>
        IsThere && Ratio > 0 ? [.. values.Select((value, t) => Is(first.AddDays(t)) ? value / Ratio : value)] : values;

    /// <summary>Lays the effect over the days ahead.</summary>
    public void LayOver(double[] path, DateOnly start)
    {
        for (var t = 0; IsThere && t < path.Length; t++)
            path[t] *= Is(start.AddDays(t)) ? Ratio : 1;
    }

    private bool Is(DateOnly day) => IsWorkday(day) && Days.Contains(day);

    /// <summary>A workday beside the same day of the two weeks around; null where too few are known.</summary>
    private static double? Beside(double[] values, DateOnly first, IReadOnlySet<DateOnly> days, int t)
    {
        if (!IsWorkday(first.AddDays(t)) || !double.IsFinite(values[t]))
            return null;
        int[] places = [t - (2 * Week), t - Week, t + Week, t + (2 * Week)];
        double[] near =
        [
            .. places
                .Where(i => i >= 0 && i < values.Length && !days.Contains(first.AddDays(i)))
                .Select(i => values[i])
                .Where(double.IsFinite),
        ];
        return near.Length >= 2 && Median(near) is var median and > 0 ? values[t] / median : null;
    }

    private static bool IsWorkday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToArray();
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
