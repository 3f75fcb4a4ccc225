using Bursar.Cli;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Allocation;

/// <summary>Which month and which cost suggestions are about, and by which currency they are ordered.</summary>
internal static class SuggestionSubject
{
    /// <exception cref="RefusedException">The text is no month, or nothing has been delivered.</exception>
    public static (DateRange Period, Currency Main, CostMeasure Measure) Of(
        BooksView view,
        string? month,
        CancellationToken cancel
    )
    {
        var measure = view.Deliveries.Any(booked => booked.Delivery.Columns.Contains(nameof(CostMeasure.EffectiveCost)))
            ? CostMeasure.EffectiveCost
            : CostMeasure.BilledCost;
        var period = DateRange.Of(Month(view, month));
        using var session = view.Engine.Connect();
        var rows = AskCost
            .Of(
                new CostQuery
                {
                    Measure = measure,
                    From = period.Start,
                    To = period.End,
                },
                view.Star(cancel),
                session,
                cancel
            )
            .Rows;
        var reporting = new Currency(view.Rulebook.ReportingCurrency ?? "");
        var main = rows.Any(row => row.Currency == reporting)
            ? reporting
            : rows.OrderByDescending(row => row.Charges)
                .ThenBy(row => row.Currency)
                .Select(row => row.Currency)
                .FirstOrDefault(reporting);
        return (period, main, measure);
    }

    private static BillingPeriod Month(BooksView view, string? text)
    {
        if (TimeText.Month(text) is { } asked)
            return asked;
        if (view.Deliveries.Count == 0)
            throw new RefusedException(
                "suggest/no-data",
                "Nothing has been delivered yet, so no rule can be suggested.",
                "Take in a provider's export: bursar ingest FILE."
            );
        var newest = view.Deliveries.Max(booked => booked.Delivery.BillingPeriod);
        if (view.DataThrough is not { } last)
            return newest;
        var month = BillingPeriod.Containing(last);
        var hasEarlier = view.Deliveries.Any(booked => booked.Delivery.BillingPeriod < month);
        return last.AddDays(1) == month.End || !hasEarlier ? month : month.Previous;
    }
}
