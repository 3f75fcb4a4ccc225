using Bursar.Core.Time;
using Bursar.Manage.Reconciliation.Invoices;
using Bursar.Understand.Records.Periods;
using Bursar.Understand.Reporting;
using Bursar.Workspaces;

namespace Bursar.Manage.Reconciliation.Bridges;

/// <summary>The bridges of a month, and what else can be asked.</summary>
/// <param name="Month">The month.</param>
/// <param name="Bridges">One per billing currency.</param>
/// <param name="Months">The newest months with charges, the newest first.</param>
/// <param name="Sources">Where the charges come from.</param>
/// <param name="Issuers">Whose invoices are known.</param>
/// <param name="Open">Who says that the month is still open.</param>
internal sealed record BridgeReview(
    BillingPeriod Month,
    IReadOnlyList<Bridge> Bridges,
    IReadOnlyList<BillingPeriod> Months,
    IReadOnlyList<string> Sources,
    IReadOnlyList<string> Issuers,
    IReadOnlyList<string> Open
)
{
    private const int MonthsShown = 6;

    /// <summary>Null when the books hold no charges.</summary>
    public static BridgeReview? Of(BooksView view, BridgeQuestion question, CancellationToken cancel)
    {
        if (view.Deliveries.Count == 0)
            return null;
        var month = question.Month ?? ReportSubject.NewestWholeMonth(view);
        var deliveries = view.Deliveries.Select(booked => booked.Delivery).ToList();
        return new BridgeReview(
            month,
            [
                .. BuildBridge
                    .Of(view, question with { Month = month }, cancel)
                    .OrderByDescending(bridge => bridge.Currency.Code == view.Rulebook.ReportingCurrency)
                    .ThenBy(bridge => bridge.Currency),
            ],
            [.. deliveries.Select(one => one.BillingPeriod).Distinct().OrderDescending().Take(MonthsShown)],
            [.. deliveries.Select(one => one.Source).Distinct().Order(StringComparer.Ordinal)],
            [
                .. TieInvoices
                    .Of(view, cancel)
                    .Invoices.Where(tie => tie.Invoice is not null)
                    .Select(tie => tie.Issuer)
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ],
            [
                .. StatedPeriods
                    .Of(view, cancel)
                    .All.Where(period => period.Month == month && period.Status == PeriodStatus.Open)
                    .Select(period => period.Issuer)
                    .OfType<string>(),
            ]
        );
    }
}

/// <summary>Builds the bridges of a month for a page.</summary>
internal delegate Task<BridgeReview?> ReadBridge(
    string? asOf,
    BridgeQuestion question,
    CancellationToken cancellationToken
);
