using Bursar.Core.Amounts;
using Bursar.Understand.Allocation;

namespace Bursar.Understand.Quality;

/// <summary>What a month of a source came to, for comparing: per day of the month that has data.</summary>
internal sealed record MonthVolume(long Rows, int Days, Amount Cost);

/// <summary>How a figure per day differs from the median of the months before.</summary>
/// <param name="Now">Per day now.</param>
/// <param name="Usual">The median of the months before, per day.</param>
/// <param name="Change">The difference as a share of the median; 0.5 is half more.</param>
internal sealed record ChangeFromUsual(decimal Now, decimal Usual, decimal Change);

/// <summary>The arithmetic of checks at delivery.</summary>
internal static class DeliveryCheckMath
{
    /// <summary>Fewer months are no history.</summary>
    public const int HistoryMin = 3;

    /// <summary>A month of which most days have charges is delivered by day; the others of it are missing.</summary>
    private const decimal DailyFrom = 2m / 3;

    /// <summary>The middle value; of two, the mean. Null of none.</summary>
    public static decimal? Median(IEnumerable<decimal> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count switch
        {
            0 => null,
            var count when count % 2 == 1 => sorted[count / 2],
            var count => (sorted[(count / 2) - 1] + sorted[count / 2]) / 2,
        };
    }

    /// <summary>The change of a figure per day; null without history, or where the usual is nothing.</summary>
    public static ChangeFromUsual? Change(
        MonthVolume now,
        IReadOnlyList<MonthVolume> history,
        Func<MonthVolume, decimal> figure
    )
    {
        if (history.Count < HistoryMin || now.Days == 0)
            return null;
        var usual = Median(history.Where(month => month.Days > 0).Select(month => figure(month) / month.Days));
        if (usual is not > 0)
            return null;
        var perDay = figure(now) / now.Days;
        return new ChangeFromUsual(perDay, usual.Value, (perDay - usual.Value) / usual.Value);
    }

    /// <summary>
    /// Days without a charge between the first and the last that have one, in a month delivered by day.
    /// </summary>
    public static IReadOnlyList<DateOnly> MissingDays(IReadOnlyList<ChargesOfDay> days, DateOnly start, DateOnly end)
    {
        var present = days.Select(day => day.Day).Where(day => day >= start && day < end).ToHashSet();
        if (present.Count == 0)
            return [];
        // A month may begin with a contract; it does not end before its newest charge.
        var span = Enumerable
            .Range(0, present.Max().DayNumber - present.Min().DayNumber + 1)
            .Select(present.Min().AddDays)
            .ToList();
        return present.Count < span.Count * DailyFrom ? [] : [.. span.Where(day => !present.Contains(day))];
    }

    /// <summary>Pairs of a column that went and one that came whose names are nearly the same.</summary>
    public static IReadOnlyList<(string Gone, string Came)> Renamed(
        IReadOnlyList<string> gone,
        IReadOnlyList<string> came
    ) =>
        [
            .. gone.SelectMany(old =>
                came.Where(now => TagKeys.AreLikelySame(old, now)).Take(1).Select(now => (old, now))
            ),
        ];
}
