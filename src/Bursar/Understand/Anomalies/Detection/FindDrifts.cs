namespace Bursar.Understand.Anomalies.Detection;

/// <summary>
/// Finds slow rises: three weeks, each further above the line of the ten weeks before, by more than that line ever
/// missed.
/// </summary>
internal static class FindDrifts
{
    private const int WeeksRising = 3;
    private const int WeeksBefore = 10;
    private const int LongestDrift = 60;
    private const double SmallestChange = 0.2;
    private const decimal StillAbove = 0.1m;
    private const double Spreads = 6;
    private const double AboveAll = 1.1;
    private const double SmallestSpread = 0.015;
    private const double Normal = 1.4826;

    public static IEnumerable<Oddity> In(DaySeries series, Bar bar, int through)
    {
        var weeks = new double[WeeksBefore + WeeksRising];
        var first = Math.Max(bar.From, weeks.Length * 7);
        for (var day = first; day < through; day++)
        {
            for (var week = 0; week < weeks.Length; week++)
                weeks[week] = decimal.ToDouble(
                    series.Sum(day + 1 - ((weeks.Length - week) * 7), day + 1 - ((weeks.Length - week - 1) * 7))
                );
            if (Rise(weeks) is not { } score)
                continue;
            var start = day + 1 - (WeeksRising * 7);
            var usual = series.ExpectFrom(start);
            var end = day + 1;
            while (end < through && end < start + LongestDrift && IsAbove(end))
                end++;
            var drift = new Oddity(series, AnomalyKind.Drift, start, end, day, score);
            if (start >= bar.From && bar.IsWorthTelling(drift))
            {
                yield return drift;
                day = end;
            }

            bool IsAbove(int at) => series.Figures[at] - usual.On(at) >= StillAbove * usual.On(at);
        }
    }

    /// <summary>How far above the line the last week is, in spreads about it; null when it is no drift.</summary>
    private static double? Rise(double[] weeks)
    {
        var slopes = new List<double>(WeeksBefore * (WeeksBefore - 1) / 2);
        for (var later = 1; later < WeeksBefore; later++)
        for (var earlier = 0; earlier < later; earlier++)
            slopes.Add((weeks[later] - weeks[earlier]) / (later - earlier));
        var slope = Median(slopes);
        var level = Median([.. Enumerable.Range(0, WeeksBefore).Select(week => weeks[week] - (slope * week))]);
        if (level <= 0)
            return null;
        var spread = Math.Max(
            Normal * Median([.. Enumerable.Range(0, WeeksBefore).Select(week => Math.Abs(Miss(week)))]),
            SmallestSpread * level
        );
        var last = weeks.Length - 1;
        var isRising = Miss(last) > Miss(last - 1) && Miss(last - 1) > Miss(last - 2) && Miss(last - 2) > 0;
        // Back to what it was before a fall is no rise.
        var most = weeks.Take(WeeksBefore).Max();
        // A line goes on by itself further than its trend is sure.
        var line = Math.Max(level + (slope * last), level);
        return
            isRising
            && Miss(last) >= SmallestChange * line
            && Miss(last) >= Spreads * spread
            && weeks[last] >= AboveAll * most
            ? Miss(last) / spread
            : null;

        double Miss(int week) => weeks[week] - level - (slope * week);
    }

    private static double Median(List<double> figures)
    {
        figures.Sort();
        var middle = figures.Count / 2;
        return figures.Count % 2 == 1 ? figures[middle] : (figures[middle - 1] + figures[middle]) / 2;
    }
}
