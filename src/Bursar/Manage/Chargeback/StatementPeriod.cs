using System.Globalization;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;

namespace Bursar.Manage.Chargeback;

/// <summary>
/// The period of a statement as people write it: a month, a quarter, a year, or from one month to another.
/// </summary>
internal static class StatementPeriod
{
    public const string Forms = "2026-09, 2026-Q3, 2026, 2026-W41 (Monday to Sunday) or 2026-07..2026-09";

    private const int DaysOfWeek = 7;

    /// <exception cref="RefusedException">The text is no period.</exception>
    public static DateRange? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var ends = text.Trim().Split("..");
        return ends.Length switch
            {
                1 => One(ends[0]),
                2 when One(ends[0]) is { } first && One(ends[1]) is { } last && first.Start < last.End => new DateRange(
                    first.Start,
                    last.End
                ),
                _ => null,
            }
            ?? throw new RefusedException(
                "showback/bad-period",
                $"\"{text}\" is no period.",
                $"Write {Forms}.",
                exitCode: 2
            );
    }

    /// <summary>The same as text that can be read again.</summary>
    public static string Write(DateRange period)
    {
        // A week that begins with its month is written like the begun month that it also is.
        if (period is { Days: DaysOfWeek, Start: { DayOfWeek: DayOfWeek.Monday, Day: > 1 } })
            return Week(period.Start);
        var (first, last) = (BillingPeriod.Containing(period.Start), BillingPeriod.Containing(period.End.AddDays(-1)));
        return first == last ? first.ToString() : $"{first}..{last}";
    }

    /// <summary>"2026-W41": the week that begins with a Monday.</summary>
    public static string Week(DateOnly monday)
    {
        var day = monday.ToDateTime(default);
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(day)}-W{ISOWeek.GetWeekOfYear(day):00}");
    }

    /// <summary>The period of the same length before it; of whole months, so many months.</summary>
    public static DateRange Before(DateRange period)
    {
        if (period is not { Start.Day: 1, End.Day: 1 })
            return new DateRange(period.Start.AddDays(-period.Days), period.Start);
        var months = ((period.End.Year - period.Start.Year) * 12) + period.End.Month - period.Start.Month;
        return new DateRange(period.Start.AddMonths(-months), period.Start);
    }

    private static DateRange? WeekOf(int year, string text)
    {
        if (
            text.Length != 8
            || text[4] != '-'
            || text[5] is not ('W' or 'w')
            || !int.TryParse(text.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out var week)
            || week < 1
            || week > ISOWeek.GetWeeksInYear(year)
        )
            return null;
        var monday = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday));
        return new DateRange(monday, monday.AddDays(DaysOfWeek));
    }

    private static DateRange? One(string text)
    {
        if (BillingPeriod.TryParse(text, out var month))
            return DateRange.Of(month);
        if (
            text.Length is not (4 or 7 or 8)
            || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || year is < 2000 or > 2100
        )
            return null;
        if (text.Length == 8)
            return WeekOf(year, text);
        if (text.Length == 4)
            return new DateRange(new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1));
        if (text[4] != '-' || text[5] is not ('Q' or 'q') || text[6] is < '1' or > '4')
            return null;
        var start = new DateOnly(year, ((text[6] - '1') * 3) + 1, 1);
        return new DateRange(start, start.AddMonths(3));
    }
}
