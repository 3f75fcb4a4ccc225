namespace Bursar.Understand.Anomalies;

/// <summary>
/// What a day may be expected to cost: the median of the same day of the week in the eight weeks before a start, moved
/// on by the trend of these weeks where they have one, and by what the turn of the month always did.
/// </summary>
internal sealed class Expectation
{
    private const int Weeks = 8;
    private const int FewestWeeks = 3;
    private const int DaysWithoutWeeks = 28;
    private const int FewestAlike = 23; // of the 28 pairs of eight weeks: by chance once in a thousand
    private const decimal MostFall = -0.05m;
    private const decimal MostGrowth = 0.06m;
    private const decimal LongestReach = 8.5m;
    private const int DaysOfTurn = 2;
    private const int MonthsOfTurn = 4;
    private const int FewestTurns = 3;
    private const decimal SmallestTurn = 0.03m;
    private const decimal MostApart = 0.15m; // of their sum: three tenths of their mean
    private const decimal LargestPart = 1; // what more than doubles is work of its own, and does not grow with the rest

    private readonly decimal[] ofWeekday = new decimal[7];
    private readonly decimal usualWeekday;
    private readonly decimal growth;
    private readonly IReadOnlyList<decimal> figures;
    private readonly DateOnly first;
    private readonly int start;
    private readonly MonthTurn?[] ofTurn = new MonthTurn?[2 * DaysOfTurn];

    private Expectation(IReadOnlyList<decimal> figures, DateOnly first, int start)
    {
        this.figures = figures;
        this.first = first;
        this.start = start;
        Span<decimal> same = stackalloc decimal[Weeks];
        for (var weekday = 0; weekday < 7; weekday++)
        {
            var found = 0;
            for (var day = LastBefore(start, weekday); day >= 0 && found < Weeks; day -= 7)
                same[found++] = figures[day];
            ofWeekday[weekday] = found >= FewestWeeks ? Median(same[..found]) : Lately(figures, start);
        }
        ((ReadOnlySpan<decimal>)ofWeekday).CopyTo(same);
        usualWeekday = Median(same[..7]);
        growth = start >= Weeks * 7 ? Growth(figures, start) : 0;
    }

    public static Expectation Of(IReadOnlyList<decimal> figures, DateOnly first, int start) =>
        new(figures, first, Math.Max(0, start));

    public decimal On(int day)
    {
        var usual = ofWeekday[day % 7];
        usual += Turn(day) is { } turn ? turn.On(usual, usualWeekday) : 0;
        return growth == 0
            ? usual
            : usual * (1 + (growth * Math.Min(LongestReach, ((day - start) / 7m) + (Weeks / 2m))));
    }

    public decimal Sum(int from, int to)
    {
        var sum = 0m;
        for (var day = from; day < to; day++)
            sum += On(day);
        return sum;
    }

    /// <summary>What the last and first two days of a month usually have more; null on other days.</summary>
    private MonthTurn? Turn(int day)
    {
        var date = first.AddDays(day);
        var left = DateTime.DaysInMonth(date.Year, date.Month) - date.Day;
        var slot =
            left < DaysOfTurn ? left
            : date.Day <= DaysOfTurn ? DaysOfTurn + date.Day - 1
            : -1;
        return slot < 0 ? null : ofTurn[slot] ??= TurnAt(slot, date);
    }

    private MonthTurn TurnAt(int slot, DateOnly date)
    {
        Span<decimal> more = stackalloc decimal[MonthsOfTurn];
        Span<decimal> parts = stackalloc decimal[MonthsOfTurn];
        Span<decimal> near = stackalloc decimal[4];
        var (found, up, down, recent, isPart) = (0, 0, 0, 0, true);
        for (var back = 1; back <= MonthsOfTurn; back++)
        {
            var month = new DateOnly(date.Year, date.Month, 1).AddMonths(-back);
            var at = slot < DaysOfTurn ? month.AddMonths(1).AddDays(-1 - slot) : month.AddDays(slot - DaysOfTurn);
            var index = at.DayNumber - first.DayNumber;
            if (index < 14 || index >= start)
                continue;
            var known = 0;
            foreach (var other in (ReadOnlySpan<int>)[-14, -7, 7, 14])
                if (index + other < start)
                    near[known++] = figures[index + other];
            var usual = Median(near[..known]);
            more[found] = figures[index] - usual;
            up += more[found] > SmallestTurn * usual ? 1 : 0;
            down += more[found] < -SmallestTurn * usual ? 1 : 0;
            isPart &= usual > 0 && more[found] <= LargestPart * usual;
            parts[found] = usual > 0 ? more[found] / usual : 0;
            found++;
            recent = found <= 2 ? Math.Max(up, down) : recent;
        }
        // What the last two months did alike is true although earlier ones did not.
        if (found >= 2 && IsAlike(more[0], more[1]) && recent == 2)
            return isPart ? new MonthTurn((parts[0] + parts[1]) / 2, 0) : new MonthTurn(0, (more[0] + more[1]) / 2);
        return found < FewestTurns || Math.Max(up, down) < found ? default
            : isPart ? new MonthTurn(Median(parts[..found]), 0)
            : new MonthTurn(0, Median(more[..found]));
    }

    /// <summary>What a day at the turn of the month has more: a part of its usual figure, or an amount.</summary>
    private readonly record struct MonthTurn(decimal Part, decimal Amount)
    {
        /// <param name="usual">The figure of that weekday.</param>
        /// <param name="usualWeekday">The figure of most weekdays: one on which much more is done than on the others
        /// has no more of the month's turn than they have.</param>
        public decimal On(decimal usual, decimal usualWeekday) =>
            Amount + (Part * (Part > 0 ? Math.Min(usual, usualWeekday) : usual));
    }

    private static bool IsAlike(decimal one, decimal other) =>
        one * other > 0 && Math.Abs(one - other) <= MostApart * Math.Abs(one + other);

    private static int LastBefore(int start, int weekday)
    {
        var last = start - 1;
        return last - ((((last - weekday) % 7) + 7) % 7);
    }

    private static decimal Lately(IReadOnlyList<decimal> figures, int start)
    {
        var days = new List<decimal>();
        for (var day = Math.Max(0, start - DaysWithoutWeeks); day < start; day++)
            days.Add(figures[day]);
        return AnomalyMath.Median(days);
    }

    /// <summary>The part by which a week exceeds the one before, where nearly all pairs of weeks agree on it.</summary>
    private static decimal Growth(IReadOnlyList<decimal> figures, int start)
    {
        Span<decimal> weeks = stackalloc decimal[Weeks];
        for (var week = 0; week < Weeks; week++)
        for (var day = 0; day < 7; day++)
            weeks[week] += figures[start - ((Weeks - week) * 7) + day];
        Span<decimal> slopes = stackalloc decimal[Weeks * (Weeks - 1) / 2];
        var (count, up, down) = (0, 0, 0);
        for (var later = 1; later < Weeks; later++)
        for (var earlier = 0; earlier < later; earlier++)
        {
            var slope = (weeks[later] - weeks[earlier]) / (later - earlier);
            up += slope > 0 ? 1 : 0;
            down += slope < 0 ? 1 : 0;
            slopes[count++] = slope;
        }
        var middle = Median(weeks);
        return middle <= 0 || Math.Max(up, down) < FewestAlike
            ? 0
            : Math.Clamp(Median(slopes) / middle, MostFall, MostGrowth);
    }

    private static decimal Median(Span<decimal> figures)
    {
        figures.Sort();
        var middle = figures.Length / 2;
        return figures.Length % 2 == 1 ? figures[middle] : (figures[middle - 1] + figures[middle]) / 2;
    }
}
