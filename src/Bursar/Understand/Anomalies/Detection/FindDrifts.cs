namespace Bursar.Understand.Anomalies.Detection;

/// <summary>
/// Finds slow rises: the last three days lie 15 % above the weeks before, they rose to it by steps, and the last
/// week is above by far more than weeks of this series usually are.
/// </summary>
internal static class FindDrifts
{
    private const int DaysNow = 3;
    private const int DaysRising = 14;
    private const int FewestDays = 120;
    private const int FewestWeeks = 60;
    private const int LongestHistory = 365;
    private const int LongestRise = 28;
    private const int LongestDrift = 60;
    private const double SmallestChange = 0.15;
    private const double SmallestRise = 0.03;
    private const double HalfWay = 0.4; // a step is all there at once
    private const double Spreads = 4;
    private const double AboveMost = 1.1;
    private const double Most = 0.97;
    private const double SmallestSpread = 0.015;
    private const double Normal = 1.4826;
    private const decimal StillAbove = 0.1m;

    public static IEnumerable<Oddity> In(DaySeries series, Bar bar, int through)
    {
        for (var day = Math.Max(bar.From, FewestDays); day < through; day++)
        {
            if (Rise(series.Above, day) is not { } score)
                continue;
            var start = Start(series.Above, day);
            var usual = series.ExpectFrom(start);
            var end = day + 1;
            while (end < through && end < start + LongestDrift && IsAbove(end))
                end++;
            var drift = new Oddity(series, AnomalyKind.Drift, start, end, day, score);
            if (start >= bar.From && bar.ToldOn(drift) is not null)
            {
                yield return drift;
                day = end;
            }

            bool IsAbove(int at) => series.Figures[at] - usual.On(at) >= StillAbove * usual.On(at);
        }
    }

    /// <summary>How far the last week is above, in usual differences of weeks; null when it is no drift.</summary>
    private static double? Rise(DaysAbove above, int day)
    {
        var week = above.Weeks[day];
        if (!(week >= SmallestChange / 2))
            return null;
        var reference = above.Reference(day, DaysRising);
        var now = above.Mean(day + 1 - DaysNow, day + 1) - reference;
        var before = above.Mean(day + 1 - (2 * DaysNow), day + 1 - DaysNow) - reference;
        var earlier = above.Mean(day + 1 - (3 * DaysNow), day + 1 - (2 * DaysNow)) - reference;
        var isRising = now > before && before > earlier && before >= HalfWay * now;
        if (!(reference > -1 && isRising && now >= SmallestChange * (1 + reference)))
            return null;
        var sizes = new List<double>(LongestHistory);
        for (var old = Math.Max(0, day - LongestHistory); old <= day - DaysRising; old++)
            if (double.IsFinite(above.Weeks[old]))
                sizes.Add(Math.Abs(above.Weeks[old]));
        if (sizes.Count < FewestWeeks)
            return null;
        sizes.Sort();
        var spread = Math.Max(Normal * sizes[sizes.Count / 2], SmallestSpread);
        var most = sizes[(int)(Most * (sizes.Count - 1))];
        return week >= Spreads * spread && week >= AboveMost * most ? week / spread : null;
    }

    /// <summary>The day on which it began to rise.</summary>
    private static int Start(DaysAbove above, int day)
    {
        var reference = above.Reference(day, DaysRising);
        var start = day;
        while (start > Math.Max(1, day - LongestRise) && above.Mean(start - DaysNow, start) - reference >= SmallestRise)
            start--;
        return start;
    }
}
