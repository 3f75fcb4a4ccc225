namespace Bursar.Understand.Anomalies.Detection;

/// <summary>Hours one after the other that cost far more than such hours do.</summary>
/// <param name="Start">The index of the first.</param>
/// <param name="End">The index after the last.</param>
/// <param name="Score">How odd the first was, in median distances.</param>
internal sealed record FastSpan(int Start, int End, decimal Score);

/// <summary>
/// Tells a runaway by its first hour: set against the same hour of the week (of the day, where there are no three weeks
/// yet), and against the hour before, so that what grows step by step is none. It looks at nothing later.
/// </summary>
internal sealed class FindFastHours(IReadOnlyList<decimal> figures)
{
    private const int HoursOfDay = 24;
    private const int HoursOfWeek = 168;
    private const int Weeks = 8;
    private const int FewestWeeks = 3;
    private const int Days = 14;
    private const int FewestDays = 5;
    private const decimal TimesUsual = 3;
    private const decimal TimesStill = 2;
    private const decimal Odd = 8;

    // A key that costs the same to the cent every hour has no distance from its median.
    private const decimal LeastDistance = 0.05m;
    private const decimal Normal = 0.67449m;
    private const decimal MostOdd = 99;

    private readonly decimal[] expected = new decimal[figures.Count];

    /// <summary>What each hour may be expected to cost, by those before it.</summary>
    public IReadOnlyList<decimal> Expected => expected;

    /// <param name="floor">Less than this in an hour beyond what is expected is not told.</param>
    public IReadOnlyList<FastSpan> Over(decimal floor)
    {
        var found = new List<FastSpan>();
        var before = 0m;
        for (var hour = 0; hour < figures.Count; hour++)
        {
            var isStill = found.Count > 0 && found[^1].End == hour;
            expected[hour] = Math.Max(Usual(hour), before);
            var excess = figures[hour] - expected[hour];
            if (hour < HoursOfDay)
                before = figures[hour];
            else if (isStill && figures[hour] > TimesStill * expected[hour] && excess >= floor / 2)
                found[^1] = found[^1] with { End = hour + 1 };
            else if (
                !isStill
                && figures[hour] > TimesUsual * expected[hour]
                && excess >= floor
                && Score(hour, excess) is var score
                && score >= Odd
            )
                found.Add(new FastSpan(hour, hour + 1, score));
            else
                // The hour before a runaway stays what it is measured by for as long as it runs.
                before = figures[hour];
        }
        return found;
    }

    /// <summary>The median of the same hour of the weeks before; of the days before; of the last day.</summary>
    private decimal Usual(int hour)
    {
        var same = Before(hour, HoursOfWeek, Weeks);
        if (same.Count < FewestWeeks)
            same = Before(hour, HoursOfDay, Days);
        if (same.Count < FewestDays && same.Count < FewestWeeks)
            same = Before(hour, 1, HoursOfDay);
        return AnomalyMath.Median(same);
    }

    private List<decimal> Before(int hour, int step, int most)
    {
        var values = new List<decimal>(most);
        for (var back = hour - step; back >= 0 && values.Count < most; back -= step)
            values.Add(figures[back]);
        return values;
    }

    private decimal Score(int hour, decimal excess)
    {
        var first = Math.Max(HoursOfDay, hour - HoursOfWeek);
        var misses = new List<decimal>();
        for (var back = first; back < hour; back++)
            misses.Add(Math.Abs(figures[back] - expected[back]));
        var distance = Math.Max(AnomalyMath.Median(misses), LeastDistance * expected[hour]);
        return distance == 0 ? MostOdd : Math.Min(MostOdd, Normal * excess / distance);
    }
}
