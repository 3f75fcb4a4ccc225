namespace Bursar.Understand.Anomalies.Detection;

/// <summary>
/// How far each day of a series lies above the same days of the weeks before (the last two left out), as a part of
/// them, without what the last days of a month always do; each day is told by those before it alone.
/// </summary>
internal sealed class DaysAbove
{
    private const int WeekDays = 7;
    private const int FirstWeekBefore = 3;
    private const int LastWeekBefore = 8;
    private const int FewestWeeks = 4;
    private const int FewestOfWeek = 5;
    private const int DaysOfTurn = 2;
    private const int MonthsOfTurn = 4;
    private const int DaysOfReference = 21;
    private const int DaysOfSpread = 180;
    private const int FewestOfSpread = 60;
    private const double Normal = 1.4826;

    private readonly double[] figures;
    private readonly double[] above;

    public DaysAbove(IReadOnlyList<decimal> costs, DateOnly first)
    {
        figures = [.. costs.Select(decimal.ToDouble)];
        var usual = new double[figures.Length];
        above = new double[figures.Length];
        Span<double> same = stackalloc double[LastWeekBefore];
        for (var day = 0; day < figures.Length; day++)
        {
            var found = 0;
            for (var week = FirstWeekBefore; week <= LastWeekBefore && day - (week * WeekDays) >= 0; week++)
                same[found++] = figures[day - (week * WeekDays)];
            usual[day] = found >= FewestWeeks ? Median(same[..found]) : 0;
            above[day] = usual[day] > 0 ? (figures[day] / usual[day]) - 1 : double.NaN;
        }
        Apart = [.. figures.Select((figure, day) => Math.Abs(figure - usual[day]))];
        WithoutTurns(first);
        Weeks = [.. figures.Select((_, day) => LastWeek(day))];
    }

    /// <summary>By how much each day differs from the same days of the weeks before.</summary>
    public IReadOnlyList<double> Apart { get; }

    /// <summary>How far the last week is above three weeks before the last two; later days weigh more.</summary>
    public IReadOnlyList<double> Weeks { get; }

    public double On(int day) => above[day];

    /// <summary>The median of three weeks that end so many days before a day.</summary>
    public double Reference(int day, int before)
    {
        Span<double> known = stackalloc double[DaysOfReference];
        var count = 0;
        for (var at = Math.Max(0, day - before - DaysOfReference + 1); at <= day - before; at++)
            if (double.IsFinite(above[at]))
                known[count++] = above[at];
        return count < DaysOfReference / 2 ? double.NaN : Median(known[..count]);
    }

    public double Mean(int from, int to)
    {
        var (sum, count) = (0.0, 0);
        for (var day = Math.Max(0, from); day < to; day++)
        {
            if (!double.IsFinite(above[day]))
                continue;
            sum += above[day];
            count++;
        }
        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>By how much a usual day of the half year before differs from a level; not a number where too few are
    /// known.</summary>
    public double Spread(int day, double level)
    {
        Span<double> sizes = stackalloc double[DaysOfSpread];
        var count = 0;
        for (var at = Math.Max(0, day - DaysOfSpread); at < day; at++)
            if (double.IsFinite(above[at]))
                sizes[count++] = Math.Abs(above[at] - level);
        return count < FewestOfSpread ? double.NaN : Normal * Median(sizes[..count]);
    }

    private double LastWeek(int day)
    {
        var (sum, weights, count) = (0.0, 0.0, 0);
        for (var back = 0; back < WeekDays && day - back >= 0; back++)
        {
            if (!double.IsFinite(above[day - back]))
                continue;
            sum += (WeekDays - back) * above[day - back];
            weights += WeekDays - back;
            count++;
        }
        return count < FewestOfWeek ? double.NaN : (sum / weights) - Reference(day, 2 * WeekDays);
    }

    private void WithoutTurns(DateOnly first)
    {
        var raw = (double[])above.Clone();
        Span<double> before = stackalloc double[MonthsOfTurn];
        for (var day = 0; day < raw.Length; day++)
        {
            var date = first.AddDays(day);
            var left = DateTime.DaysInMonth(date.Year, date.Month) - date.Day;
            if (left >= DaysOfTurn)
                continue;
            var found = 0;
            for (var back = 1; back <= MonthsOfTurn; back++)
            {
                var at = new DateOnly(date.Year, date.Month, 1).AddMonths(1 - back).AddDays(-1 - left);
                var index = at.DayNumber - first.DayNumber;
                if (index >= 0 && double.IsFinite(raw[index]))
                    before[found++] = raw[index];
            }
            above[day] = found > 1 ? ((1 + raw[day]) / (1 + Median(before[..found]))) - 1 : double.NaN;
        }
    }

    private static double Median(Span<double> some)
    {
        some.Sort();
        var middle = some.Length / 2;
        return some.Length % 2 == 1 ? some[middle] : (some[middle - 1] + some[middle]) / 2;
    }
}
