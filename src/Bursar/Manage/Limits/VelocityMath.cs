namespace Bursar.Manage.Limits;

/// <summary>How fast money for AI is used up, beside how fast somebody can stop it.</summary>
internal static class VelocityMath
{
    /// <summary>What may be spent in an hour for a limit to last.</summary>
    public static decimal Pace(decimal limit, decimal hours) => limit / hours;

    /// <summary>The spend of an hour from which on somebody is woken: so many times the pace.</summary>
    public static decimal Tripwire(decimal limit, decimal hours, decimal factor) => limit * factor / hours;

    /// <summary>The hours until what remains is gone; null when nothing is spent.</summary>
    public static decimal? HoursLeft(decimal remaining, decimal lastHour) =>
        lastHour <= 0 ? null : Math.Max(0, remaining) / lastHour;

    /// <summary>What can be lost before anybody reacts.</summary>
    public static decimal Exposure(decimal peakPerHour, decimal responseHours) => peakPerHour * responseHours;

    /// <summary>The speed at which no more than the limit is lost before anybody reacts.</summary>
    public static decimal SafeSpeed(decimal limit, decimal responseHours) => limit / responseHours;
}
