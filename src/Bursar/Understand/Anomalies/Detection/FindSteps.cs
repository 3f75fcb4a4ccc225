namespace Bursar.Understand.Anomalies.Detection;

/// <summary>
/// Says whether a day stands apart beyond doubt from the weeks before it, whatever a series did on single days long
/// ago: by half on one day, or by two fifths to the same side on two, and by far more than its days usually do.
/// </summary>
internal static class FindSteps
{
    private const int DaysBefore = 2;
    private const double OfOneDay = 0.5;
    private const double OfTwoDays = 0.4;
    private const double SpreadsOfOneDay = 10;
    private const double SpreadsOfTwoDays = 6;
    private const double SmallestSpread = 0.03;

    public static bool Is(DaySeries series, int day)
    {
        var above = series.Above;
        if (day < DaysBefore || !(Math.Abs(above.On(day)) >= OfTwoDays / 2))
            return false;
        var reference = above.Reference(day, DaysBefore);
        if (!(reference > -1))
            return false;
        var line = 1 + reference;
        var now = (above.On(day) - reference) / line;
        var last = (above.On(day - 1) - reference) / line;
        var least = now * last > 0 ? Math.Min(Math.Abs(now), Math.Abs(last)) : 0;
        if (Math.Abs(now) < OfOneDay && least < OfTwoDays)
            return false;
        var spread = Math.Max(SmallestSpread, above.Spread(day - DaysBefore, reference) / line);
        return (Math.Abs(now) >= OfOneDay && Math.Abs(now) >= SpreadsOfOneDay * spread)
            || (least >= OfTwoDays && least >= SpreadsOfTwoDays * spread);
    }
}
