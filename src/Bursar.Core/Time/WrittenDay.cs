using System.Globalization;
using System.Text.RegularExpressions;

namespace Bursar.Core.Time;

/// <summary>How long a time is that a text names.</summary>
public enum DayGrain
{
    Day,
    Week,
    Month,
    Quarter,
}

/// <summary>
/// Reads days, weeks, months and quarters as people write them: "Sept-26", "1. März 2026", "2026-W36", "2026年9月".
/// </summary>
/// <remarks>
/// Days of three numbers whose year stands last are not read here: whether the day or the month comes first is for
/// others to say.
/// </remarks>
public static partial class WrittenDay
{
    private const int LengthMax = 40;

    /// <summary>The beginnings of the months' names in English, German, French, Spanish, Italian, Dutch and Portuguese.
    /// Longer ones stand first where a shorter one would take them for another month.</summary>
    private static readonly (string Begins, int Month)[] Names =
    [
        ("janv", 1),
        ("jan", 1),
        ("jän", 1),
        ("ene", 1),
        ("gen", 1),
        ("feb", 2),
        ("fév", 2),
        ("fev", 2),
        ("mar", 3),
        ("mär", 3),
        ("maer", 3),
        ("maart", 3),
        ("apr", 4),
        ("avr", 4),
        ("abr", 4),
        ("may", 5),
        ("mai", 5),
        ("mag", 5),
        ("mei", 5),
        ("juin", 6),
        ("jun", 6),
        ("giu", 6),
        ("juil", 7),
        ("jul", 7),
        ("lug", 7),
        ("aug", 8),
        ("aoû", 8),
        ("aou", 8),
        ("ago", 8),
        ("sep", 9),
        ("set", 9),
        ("oct", 10),
        ("okt", 10),
        ("ott", 10),
        ("out", 10),
        ("nov", 11),
        ("dec", 12),
        ("dez", 12),
        ("déc", 12),
        ("dic", 12),
    ];

    /// <summary>The first day of the time that a text names.</summary>
    public static bool TryRead(string text, out DateOnly day, out DayGrain grain)
    {
        (day, grain) = (default, DayGrain.Day);
        text = text.Trim();
        return text.Length is >= 5 and <= LengthMax
            && (
                TryReadNumbers(text, out day, out grain)
                || TryReadWeek(text, out day, out grain)
                || TryReadQuarter(text, out day, out grain)
                || TryReadName(text, out day, out grain)
            );
    }

    private static bool TryReadNumbers(string text, out DateOnly day, out DayGrain grain)
    {
        var found = YearFirst.Match(text) is { Success: true } first ? first : YearLast.Match(text);
        grain = found.Groups["day"].Success ? DayGrain.Day : DayGrain.Month;
        day = default;
        return found.Success
            && TryMake(Number(found, "year"), Number(found, "month"), Number(found, "day", 1), out day);
    }

    private static bool TryReadWeek(string text, out DateOnly day, out DayGrain grain)
    {
        var found = Week.Match(text) is { Success: true } first ? first : WeekFirst.Match(text);
        (day, grain) = (default, DayGrain.Week);
        if (!found.Success)
            return false;
        var (year, week) = (Number(found, "year"), Number(found, "week"));
        if (week < 1 || week > ISOWeek.GetWeeksInYear(year))
            return false;
        day = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Monday));
        return true;
    }

    private static bool TryReadQuarter(string text, out DateOnly day, out DayGrain grain)
    {
        var found = Quarter.Match(text) is { Success: true } first ? first : QuarterLast.Match(text);
        grain = DayGrain.Quarter;
        day = default;
        return found.Success && TryMake(Number(found, "year"), (Number(found, "quarter") * 3) - 2, 1, out day);
    }

    /// <summary>A month's name with a year, and perhaps a day: a year of two digits stands last.</summary>
    private static bool TryReadName(string text, out DateOnly day, out DayGrain grain)
    {
        (day, grain) = (default, DayGrain.Month);
        if (Named.Match(text) is not { Success: true } found)
            return false;
        var month = MonthOf(found.Groups["name"].Value);
        var (before, after) = (found.Groups["before"].Value, found.Groups["after"].Value);
        var year = found.Groups["year"] is { Success: true } last ? last.Value : null;
        if (year is null && before.Length == 4)
            (year, before) = (before, "");
        else if (year is null && after.Length is 2 or 4)
            (year, after) = (after, "");
        if (month is null || year is null || (before.Length > 0 && after.Length > 0) || before.Length == 4)
            return false;
        var written = before.Length > 0 ? before : after;
        grain = written.Length == 0 ? DayGrain.Month : DayGrain.Day;
        return TryMake(
            int.Parse(year.Length == 2 ? "20" + year : year, CultureInfo.InvariantCulture),
            month.Value,
            written.Length == 0 ? 1 : int.Parse(written, CultureInfo.InvariantCulture),
            out day
        );
    }

    private static int? MonthOf(string name)
    {
        var small = name.ToLowerInvariant();
        var found = Array.Find(Names, known => small.StartsWith(known.Begins, StringComparison.Ordinal));
        return found.Begins is null || small.Length > 10 ? null : found.Month;
    }

    private static int Number(Match found, string group, int otherwise = 0) =>
        found.Groups[group] is { Success: true } part
            ? int.Parse(part.ValueSpan, CultureInfo.InvariantCulture)
            : otherwise;

    private static bool TryMake(int year, int month, int number, out DateOnly day)
    {
        day = default;
        if (
            year is < 2000 or > 2100
            || month is < 1 or > 12
            || number < 1
            || number > DateTime.DaysInMonth(year, month)
        )
            return false;
        day = new DateOnly(year, month, number);
        return true;
    }

    [GeneratedRegex(@"\A(?<year>20[0-9]{2})[-/.年](?<month>[0-9]{1,2})(月|[-/.月](?<day>[0-9]{1,2})日?)?\z")]
    private static partial Regex YearFirst { get; }

    [GeneratedRegex(@"\A(?<month>[0-9]{1,2})[-/.](?<year>20[0-9]{2})\z")]
    private static partial Regex YearLast { get; }

    [GeneratedRegex(@"\A(?<year>20[0-9]{2})[-/ ]?(W|KW|CW)[- ]?(?<week>[0-9]{1,2})\z", RegexOptions.IgnoreCase)]
    private static partial Regex Week { get; }

    [GeneratedRegex(
        @"\A(W|KW|CW|Week|Woche)[- ]?(?<week>[0-9]{1,2})[-/ ]+(?<year>20[0-9]{2})\z",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex WeekFirst { get; }

    [GeneratedRegex(@"\A(?<year>20[0-9]{2})[-/ ]?Q[- ]?(?<quarter>[1-4])\z", RegexOptions.IgnoreCase)]
    private static partial Regex Quarter { get; }

    [GeneratedRegex(@"\AQ[- ]?(?<quarter>[1-4])[-/ ]*(?<year>20[0-9]{2})\z", RegexOptions.IgnoreCase)]
    private static partial Regex QuarterLast { get; }

    [GeneratedRegex(
        @"\A((?<before>[0-9]{4}|[0-9]{1,2})(st|nd|rd|th|er|º)?\.?[-/ ]*(de |of )?)?(?<name>\p{L}{3,10})\.?"
            + @"([-/, ']*(de )?(?<after>[0-9]{4}|[0-9]{1,2})(st|nd|rd|th)?)?(,?[-/ ]+(de )?(?<year>20[0-9]{2}))?\z",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Named { get; }
}
