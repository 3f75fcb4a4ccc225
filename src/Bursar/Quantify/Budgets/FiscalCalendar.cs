using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Quantify.Budgets;

/// <summary>
/// The years and periods that an organisation budgets by: months from any month on, weeks in quarters of 4-4-5, or
/// periods
/// as they are listed.
/// </summary>
internal sealed record FiscalCalendar : Declaration
{
    [
        Description("months: twelve calendar months. 4-4-5, 4-5-4, 5-4-4: quarters of so many weeks. listed: periods."),
        OneOf<CalendarPatterns>
    ]
    public string Pattern { get; init; } = "months";

    [
        Description("With months: the month in which the year starts; without it, the organisation's fiscalYearStart."),
        Between(1, 12)
    ]
    public int? StartMonth { get; init; }

    [Description("With months: whether FY2027 starts or ends in 2027; ends unless given.")]
    public FiscalYearName NamedBy { get; init; } = FiscalYearName.End;

    [Description(
        "With weeks: year: its first day, as FY2026: 2026-02-01. A year ends where the next one starts; a 53rd week "
            + "is in the last period."
    )]
    public IReadOnlyDictionary<string, DateOnly> Years { get; init; } = new Dictionary<string, DateOnly>();

    [Description("With listed: the periods, one after the other.")]
    public IReadOnlyList<FiscalPeriodDays> Periods { get; init; } = [];

    public override void Check(RulebookCheck check) => FiscalCalendarCheck.Run(this, check);
}

/// <summary>Which calendar year names a fiscal year that lies in two.</summary>
internal enum FiscalYearName
{
    End,
    Start,
}

/// <summary>A period of a calendar that is listed.</summary>
internal sealed record FiscalPeriodDays : RulebookRecord
{
    [Description("The fiscal year: FY2026.")]
    public required string Year { get; init; }

    [Description("Its name in the year: P01.")]
    public required string Name { get; init; }

    [Description("Its first day.")]
    public required DateOnly From { get; init; }

    [Description("The day after its last.")]
    public required DateOnly To { get; init; }
}

/// <summary>The patterns of a year.</summary>
internal sealed class CalendarPatterns : IWordList
{
    public static IReadOnlyList<string> Words { get; } = ["months", "4-4-5", "4-5-4", "5-4-4", "listed"];
}

/// <summary>Looks for what the shape of a calendar does not show.</summary>
internal static class FiscalCalendarCheck
{
    public static void Run(FiscalCalendar calendar, RulebookCheck check)
    {
        var weeks = calendar.Pattern is not ("months" or "listed");
        if (weeks && calendar.Years.Count == 0)
            check.Error(
                calendar,
                "pattern",
                "calendar-without-years",
                $"A calendar of {calendar.Pattern} weeks does not say when its years start.",
                "Give years: {FY2026: 2026-02-01, FY2027: 2027-01-31}."
            );
        if (calendar.Pattern == "listed" && calendar.Periods.Count == 0)
            check.Error(
                calendar,
                "pattern",
                "calendar-without-years",
                "A listed calendar lists no period.",
                "Give periods, each with year, name, from and to."
            );
        var starts = calendar.Years.OrderBy(year => year.Value).ToList();
        foreach (var (one, next) in starts.Zip(starts.Skip(1)))
        {
            if (weeks && (next.Value.DayNumber - one.Value.DayNumber) is not (364 or 371))
                check.Error(
                    calendar,
                    "years",
                    "odd-fiscal-year",
                    $"{one.Key} has {next.Value.DayNumber - one.Value.DayNumber} days, which is neither 52 nor 53 weeks.",
                    "Mend the first day of one of the two years; a year between them may be missing."
                );
        }
        foreach (var (one, next) in calendar.Periods.Zip(calendar.Periods.Skip(1)))
        {
            if (next.From != one.To)
                check.Error(
                    next,
                    "from",
                    "periods-apart",
                    $"{next.Year} {next.Name} starts on {next.From:yyyy-MM-dd}, and the one before ends on {one.To:yyyy-MM-dd}.",
                    "Let each period start on the day on which the one before ends (to is the day after the last day)."
                );
        }
        foreach (var period in calendar.Periods.Where(period => period.To <= period.From))
            check.Error(
                period,
                "to",
                "empty-range",
                $"The period ends on {period.To:yyyy-MM-dd}, which is not after it starts.",
                "to is the day after the last day."
            );
    }
}
