using Bursar.Core.Time;

namespace Bursar.Manage.Limits;

/// <summary>The days of a limit's period.</summary>
internal static class LimitTimes
{
    private const int HoursOfDay = 24;
    private const int DaysOfWeek = 7;

    /// <summary>The period that holds a day.</summary>
    public static DateRange On(SpendLimit limit, DateOnly day) =>
        limit.Per switch
        {
            LimitPeriod.Day => new(day, day.AddDays(1)),
            LimitPeriod.Week => Week(day.AddDays(-(((int)day.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek))),
            LimitPeriod.Total => new(limit.From!.Value, limit.To!.Value),
            _ => DateRange.Of(BillingPeriod.Containing(day)),
        };

    public static int Hours(DateRange period) => period.Days * HoursOfDay;

    /// <summary>When a day begins.</summary>
    public static DateTime Midnight(DateOnly day) => day.ToDateTime(default, DateTimeKind.Utc);

    private static DateRange Week(DateOnly monday) => new(monday, monday.AddDays(DaysOfWeek));
}
