using System.Globalization;
using Bursar.Core.Time;

namespace Bursar.Quantify.Budgets;

/// <summary>A period of a budget: a month, a period of a fiscal calendar, or several of them.</summary>
/// <param name="Name">"2026-03", "FY2026-P01".</param>
/// <param name="Days">Its days.</param>
internal sealed record BudgetPeriod(string Name, DateRange Days);

/// <summary>A fiscal year and the periods it is made of.</summary>
internal sealed record FiscalYear(string Name, IReadOnlyList<BudgetPeriod> Periods)
{
    public DateRange Days => new(Periods[0].Days.Start, Periods[^1].Days.End);
}

/// <summary>Which days a fiscal year, quarter or period has.</summary>
/// <param name="calendar">The calendar; null for months.</param>
/// <param name="startMonth">The month in which a year of months starts, unless the calendar says so.</param>
internal sealed class FiscalPeriods(FiscalCalendar? calendar, int startMonth)
{
    private const int PeriodsOfYear = 12;

    private readonly int first = calendar?.StartMonth ?? startMonth;

    /// <summary>Whether periods are calendar months.</summary>
    public bool IsMonths => calendar is null or { Pattern: "months" };

    /// <summary>The year that holds a day; null when the calendar does not reach so far.</summary>
    public FiscalYear? YearOf(DateOnly day)
    {
        if (!IsMonths)
            return Declared().FirstOrDefault(year => year.Days.Contains(day));
        var start = new DateOnly(day.Month >= first ? day.Year : day.Year - 1, first, 1);
        return OfMonths(start);
    }

    /// <summary>
    /// The parts, as fine as the calendar has them, of a period by its name: "2026-03", "2026-Q1", "2026", "FY2026",
    /// "FY2026-Q1", "FY2026-P01"; none when the text is no period.
    /// </summary>
    public IReadOnlyList<BudgetPeriod> PartsOf(string name)
    {
        if (!name.StartsWith("FY", StringComparison.Ordinal))
            return [.. BudgetMath.MonthsOf(name).Select(Month)];
        var year = Named(name.Split('-')[0]);
        if (year is null)
            return [];
        if (name == year.Name)
            return year.Periods;
        var part = name[(year.Name.Length + 1)..];
        var quarter = year.Periods.Count / 4;
        if (part is ['Q', >= '1' and <= '4'] && quarter > 0)
            return [.. year.Periods.Skip((part[1] - '1') * quarter).Take(quarter)];
        return [.. year.Periods.Where((one, i) => one.Name == name || part == $"P{i + 1:00}")];
    }

    private static BudgetPeriod Month(BillingPeriod month) => new(month.ToString(), DateRange.Of(month));

    private FiscalYear? Named(string name)
    {
        if (!IsMonths)
            return Declared().FirstOrDefault(year => year.Name == name);
        if (
            name.Length != 6
            || !int.TryParse(name[2..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number is < 1990 or > 2200
        )
            return null;
        var byEnd = first > 1 && (calendar?.NamedBy ?? FiscalYearName.End) == FiscalYearName.End;
        return OfMonths(new DateOnly(byEnd ? number - 1 : number, first, 1));
    }

    private FiscalYear OfMonths(DateOnly start)
    {
        var byEnd = (calendar?.NamedBy ?? FiscalYearName.End) == FiscalYearName.End;
        var number = byEnd ? start.AddMonths(11).Year : start.Year;
        var month = BillingPeriod.Containing(start);
        return new FiscalYear($"FY{number}", [.. Enumerable.Range(0, PeriodsOfYear).Select(i => Month(month.Plus(i)))]);
    }

    private IEnumerable<FiscalYear> Declared()
    {
        if (calendar!.Pattern == "listed")
            return calendar
                .Periods.GroupBy(period => period.Year)
                .Select(year => new FiscalYear(
                    year.Key,
                    [
                        .. year.Select(period => new BudgetPeriod(
                            $"{period.Year}-{period.Name}",
                            new DateRange(period.From, period.To)
                        )),
                    ]
                ));
        var starts = calendar.Years.OrderBy(year => year.Value).ToList();
        return starts.Select(
            (year, i) =>
                OfWeeks(year.Key, year.Value, i + 1 < starts.Count ? starts[i + 1].Value : year.Value.AddDays(364))
        );
    }

    private FiscalYear OfWeeks(string name, DateOnly start, DateOnly end)
    {
        var weeks = calendar!.Pattern.Split('-').Select(part => part[0] - '0').ToList();
        var periods = new List<BudgetPeriod>();
        var from = start;
        for (var i = 0; i < PeriodsOfYear; i++)
        {
            var to = i == PeriodsOfYear - 1 ? end : from.AddDays(weeks[i % weeks.Count] * 7);
            periods.Add(new BudgetPeriod($"{name}-P{i + 1:00}", new DateRange(from, to)));
            from = to;
        }
        return new FiscalYear(name, periods);
    }
}
