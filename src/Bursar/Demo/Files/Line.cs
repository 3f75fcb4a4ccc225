using Bursar.Core.Time;

namespace Bursar.Demo.Files;

/// <summary>
/// What varies from line to line: the period, the four costs in pips, and the quantity in millionths.
/// </summary>
internal readonly record struct Line(
    DateTime Start,
    DateTime End,
    long Billed,
    long Effective,
    long List,
    long Contracted,
    long Quantity
)
{
    /// <summary>A line for one day, invoiced as it was used and without any discount.</summary>
    public static Line ForDay(DateOnly day, long cost) =>
        Plain(day.ToDateTime(default), day.AddDays(1).ToDateTime(default), cost);

    public static Line ForMonth(BillingPeriod month, long cost) =>
        Plain(month.Start.ToDateTime(default), month.End.ToDateTime(default), cost);

    public static Line Plain(DateTime start, DateTime end, long cost) =>
        new(start, end, cost, cost, cost, cost, Quantities.One);

    /// <summary>The same line with a quantity that fits a unit price, cut to six decimals.</summary>
    public Line AtPrice(long unitPrice) =>
        this with
        {
            Quantity = (long)((Int128)Contracted * Quantities.One / unitPrice),
        };
}
