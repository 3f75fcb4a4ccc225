namespace Bursar.Demo.Company;

/// <summary>On which days of a month a resource costs money, and how much of it on each.</summary>
internal enum Rhythm
{
    /// <summary>Every day, busier on working days and at the month's end.</summary>
    Daily,

    /// <summary>As Daily, and delivered hour by hour.</summary>
    Hourly,

    /// <summary>A weekly job: Sundays only.</summary>
    Sundays,

    /// <summary>The closing run: the last two days of the month.</summary>
    MonthEnd,
}

/// <summary>The weights of days and hours.</summary>
internal static class RhythmWeights
{
    /// <summary>The weight of a day for a business that writes most policies from Monday to Friday.</summary>
    public static long OfDay(Rhythm rhythm, DateOnly day, ref DemoRandom random)
    {
        var daysLeft = DateTime.DaysInMonth(day.Year, day.Month) - day.Day;
        if (rhythm == Rhythm.Sundays)
            return day.DayOfWeek == DayOfWeek.Sunday ? random.Around(1000, 90) : 0;
        if (rhythm == Rhythm.MonthEnd)
            return daysLeft < 2 ? random.Around(1000, 150) : 0;
        var weight = day.DayOfWeek switch
        {
            DayOfWeek.Saturday => 790,
            DayOfWeek.Sunday => 730,
            DayOfWeek.Monday => 1040,
            _ => 1000,
        };
        if (daysLeft < 2)
            weight += 140;
        return random.Around(weight, 35);
    }

    /// <summary>The weight of an hour (UTC): offices in London, Frankfurt and Boston.</summary>
    public static long OfHour(int hour) =>
        hour switch
        {
            < 6 => 30,
            < 8 => 42,
            < 18 => 56,
            < 21 => 46,
            _ => 34,
        };
}
