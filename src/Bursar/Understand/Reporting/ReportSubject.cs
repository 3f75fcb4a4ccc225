using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting;

/// <summary>Which month, which cost and which currency a report is about when nobody says.</summary>
internal static class ReportSubject
{
    /// <summary>
    /// The newest month with charges on all its days; where there is none, the newest month with charges.
    /// </summary>
    /// <exception cref="RefusedException">Nothing has been delivered.</exception>
    public static BillingPeriod NewestWholeMonth(BooksView view)
    {
        if (DataThrough(view) is not { } last)
        {
            throw new RefusedException(
                "reporting/no-data",
                "Nothing has been delivered yet, so there is nothing to report.",
                "Take in a provider's export: bursar ingest FILE."
            );
        }
        var month = BillingPeriod.Containing(last);
        if (last.AddDays(1) == month.End)
            return month;
        var hasEarlier = view.Deliveries.Any(booked => booked.Delivery.BillingPeriod < month);
        return hasEarlier ? month.Previous : month;
    }

    /// <summary>
    /// The newest day with charges inside a billing period: a year paid ahead does not make the books newer.
    /// </summary>
    public static DateOnly? DataThrough(BooksView view) =>
        view.DataThrough ?? view.Deliveries.Select(booked => (DateOnly?)LastDay(booked.Delivery)).Max();

    /// <summary>Whether the books hold charges of a month up to its last day.</summary>
    public static bool IsWhole(BillingPeriod month, BooksView view) => DataThrough(view)?.AddDays(1) >= month.End;

    /// <summary>What things cost us; where no delivery says so, what is invoiced.</summary>
    public static CostMeasure Measure(BooksView view) =>
        view.Deliveries.Any(booked => booked.Delivery.Columns.Contains(nameof(CostMeasure.EffectiveCost)))
            ? CostMeasure.EffectiveCost
            : CostMeasure.BilledCost;

    /// <summary>
    /// The currency that the report is asked for in; the reporting currency where there is spend in it; else the
    /// currency of the most charges.
    /// </summary>
    /// <remarks>
    /// Amounts of two currencies cannot be compared, so their number decides; equal numbers by the code.
    /// </remarks>
    public static Currency MainCurrency(BooksView view, IEnumerable<CostRow> rows)
    {
        var charges = rows.GroupBy(row => row.Currency)
            .ToDictionary(same => same.Key, same => same.Sum(row => row.Charges));
        if (view.Lens.Conversion is { } conversion && charges.ContainsKey(conversion.Target))
            return conversion.Target;
        if (view.Rulebook.ReportingCurrency is { } code && charges.ContainsKey(new Currency(code)))
            return new Currency(code);
        return charges
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key)
            .Select(pair => pair.Key)
            .FirstOrDefault(new Currency(view.Rulebook.ReportingCurrency ?? ""));
    }

    private static DateOnly LastDay(Delivery delivery)
    {
        var end = delivery.ChargeTo is { } to && to < delivery.BillingPeriod.End ? to : delivery.BillingPeriod.End;
        return end.AddDays(-1);
    }
}
