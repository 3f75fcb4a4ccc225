using System.Globalization;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Deliveries;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Reconciliation.Invoices;

/// <summary>
/// How much of what the suppliers invoiced for a part of the cost nobody can explain. An invoice counts by the share of
/// its charges that belongs to the part; cost without an invoice is named, and never taken for tied.
/// </summary>
internal static class MeasureGap
{
    /// <summary>Null where no invoice of these charges is here to compare with.</summary>
    public static ReconciliationGap? Of(
        BooksView view,
        DateRange period,
        IReadOnlyList<CostFilter> where,
        CancellationToken cancel
    )
    {
        var ask = new AskCosts(view);
        var ties = new TieInvoices(view, ask).All(cancel);
        if (!ties.HasInvoices)
            return null;
        var rows = ask.Answer(
            new CostQuery
            {
                Measure = CostMeasure.BilledCost,
                Time = TimeBasis.Billing,
                By = TieInvoices.Columns,
                Where = where,
                From = period.Start,
                To = period.End,
            },
            cancel
        ).Rows;
        var main = ReportSubject.MainCurrency(view, rows);
        var parts = rows.Where(row => row.Currency == main)
            .GroupBy(ties.TieOf)
            .Select(same => (Tie: same.Key, Cost: same.Aggregate(Amount.Zero, (sum, row) => sum + row.Total)))
            .ToList();
        var (invoiced, unexplained) = (0m, 0m);
        var compared = parts.Where(part => IsCompared(part.Tie)).ToList();
        foreach (var (tie, cost) in compared)
        {
            // Of the invoice, and of what is unknown on it, the part that goes with this cost.
            var here = Math.Abs(cost.ToDecimal());
            invoiced += here * Math.Abs(tie!.Total!.Value.ShareOf(tie.Billed)!.Value);
            unexplained += here * Math.Abs(tie.Unknown!.Value.ShareOf(tie.Billed)!.Value);
        }
        if (invoiced == 0)
            return null;
        var open = parts.Where(part => !IsCompared(part.Tie)).Sum(part => Math.Abs(part.Cost.ToDecimal()));
        var all = open + compared.Sum(part => Math.Abs(part.Cost.ToDecimal()));
        return new ReconciliationGap(
            unexplained / invoiced,
            $"Of {Figure(invoiced, main)} {main} invoiced, {Figure(unexplained, main)} {main} have no reason "
                + $"({(compared.Count == 1 ? "1 invoice" : $"{compared.Count} invoices")})."
                + (open == 0 ? "" : $" {Share(open / all)} % of the billed cost has no invoice to compare with yet.")
        );
    }

    private static bool IsCompared(InvoiceTie? tie) =>
        tie is { Unknown: not null, Total.IsZero: false, Billed.IsZero: false };

    private static string Share(decimal share) =>
        (share * 100).ToString(share < 0.1m ? "0.#" : "0", CultureInfo.InvariantCulture);

    private static string Figure(decimal amount, Currency currency) =>
        CellText.Figure(
            Amount.From(decimal.Round(amount, currency.Decimals, MidpointRounding.AwayFromZero)),
            currency.Decimals
        );
}
