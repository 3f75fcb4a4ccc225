using Bursar.Core.Time;
using Bursar.Warehouse.Queries;

namespace Bursar.Quantify.Forecasts;

/// <summary>Days, weeks, months, fiscal quarters and fiscal years one after the other.</summary>
/// <param name="grain">Which.</param>
/// <param name="fiscalYearStart">The month in which the fiscal year starts.</param>
internal sealed class CalendarPeriods(TimeGrain grain, int fiscalYearStart)
{
    /// <summary>The period that a day is in.</summary>
    public DateRange Of(DateOnly day)
    {
        var start = grain switch
        {
            TimeGrain.Day => day,
            TimeGrain.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            TimeGrain.Month => new DateOnly(day.Year, day.Month, 1),
            TimeGrain.Quarter => Months(day, 3),
            _ => Months(day, 12),
        };
        return new DateRange(start, Next(start));
    }

    /// <summary>The periods from the one with a day to the one with another.</summary>
    public IReadOnlyList<DateRange> Between(DateOnly first, DateOnly last)
    {
        var periods = new List<DateRange>();
        for (var period = Of(first); period.Start <= last; period = Of(period.End))
            periods.Add(period);
        return periods;
    }

    private DateOnly Next(DateOnly start) =>
        grain switch
        {
            TimeGrain.Day => start.AddDays(1),
            TimeGrain.Week => start.AddDays(7),
            TimeGrain.Month => start.AddMonths(1),
            TimeGrain.Quarter => start.AddMonths(3),
            _ => start.AddMonths(12),
        };

    private DateOnly Months(DateOnly day, int length)
    {
        var into = (day.Month - fiscalYearStart + 12) % length;
        return new DateOnly(day.Year, day.Month, 1).AddMonths(-into);
    }
}
