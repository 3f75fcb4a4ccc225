using Bursar.Core.Time;

namespace Bursar.Manage.Chargeback.Digests;

/// <summary>Which week or month a digest is about.</summary>
internal static class DigestPeriods
{
    private const int DaysOfWeek = 7;

    /// <summary>The newest period that the data covers to its last day.</summary>
    public static DateRange Newest(DigestCadence cadence, DateOnly dataThrough)
    {
        var end = dataThrough.AddDays(1);
        if (cadence == DigestCadence.Monthly)
        {
            var month = BillingPeriod.Containing(end).Previous;
            return DateRange.Of(month);
        }
        var monday = end.AddDays(-(((int)end.DayOfWeek + DaysOfWeek - 1) % DaysOfWeek));
        return new DateRange(monday.AddDays(-DaysOfWeek), monday);
    }

    /// <summary>"2026-W41", "2026-09".</summary>
    public static string Word(DigestCadence cadence, DateRange period) =>
        cadence == DigestCadence.Monthly
            ? BillingPeriod.Containing(period.Start).ToString()
            : StatementPeriod.Week(period.Start);
}
