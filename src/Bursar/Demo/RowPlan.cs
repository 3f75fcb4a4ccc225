using Bursar.Core.Time;

namespace Bursar.Demo;

/// <summary>
/// The months of the demo, and how many resources a cloud needs to come near the number of rows that was asked for.
/// </summary>
internal sealed class RowPlan
{
    // Lines a month that the stories and the small sources need whatever the size.
    private const int FixedRows = 2_700;

    // Resources come and go; on average two thirds of them are there.
    private const int LivingPerMille = 660;

    private const int OccasionalRowsTimesTen = 26;

    public RowPlan(DemoOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Months, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Rows, 1);
        var last = BillingPeriod.Containing(options.LastDay);
        Months = [.. Enumerable.Range(0, options.Months).Select(i => last.Plus(i - options.Months + 1))];
        var days = options.LastDay.DayNumber - Months[0].Start.DayNumber + 1;
        var rows = Math.Max(options.Rows * 30 / days - FixedRows, 300);
        OccasionalResources = (int)Math.Clamp(rows / 10, 40, 3_000);
        var steadyRows = rows - (OccasionalResources * OccasionalRowsTimesTen / 10);
        SteadyResources = (int)Math.Clamp(steadyRows / 30, 30, 6_000);
        var hourlyRows = steadyRows - (SteadyResources * 30L);
        HourlyResources = (int)Math.Clamp(hourlyRows / (23 * 30), 0, SteadyResources);
    }

    public IReadOnlyList<BillingPeriod> Months { get; }

    public int OccasionalResources { get; }

    public int SteadyResources { get; }

    /// <summary>How many of the steady resources deliver by the hour.</summary>
    public int HourlyResources { get; }

    /// <summary>
    /// So many of a count, for a part given in thousandths, made up for the resources that are not there.
    /// </summary>
    public static int Part(int count, long thousandths) => (int)(count * thousandths / LivingPerMille);
}
