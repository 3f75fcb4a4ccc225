using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Manage.Reconciliation.Bridges;

/// <summary>The bridge as a page sets it.</summary>
internal static class BridgePageTable
{
    /// <summary>Whether every difference has its reason, in a sentence.</summary>
    public static string Lead(BridgeReview review)
    {
        var during = Display.During(DateRange.Of(review.Month));
        var open = review.Bridges.Where(bridge => !bridge.IsClosed).ToList();
        if (open.Count > 0)
            return $"{during}, {string.Join(" and ", open.Select(Open))} between effective cost and the books of finance "
                + "has no reason yet.";
        if (review.Bridges.All(bridge => bridge.Invoices.Count == 0))
            return $"{during}, no charge is on an invoice yet.";
        var places = review.Bridges.All(bridge => bridge.Ledger is not null)
            ? "effective cost, bill, invoice and ledger"
            : "effective cost, bill and invoice";
        return $"{during}, every difference between {places} has its reason.";
    }

    public static FigureTable Of(Bridge bridge, BridgeQuestion question, int bridges, string? asOf) =>
        new(
            $"From effective cost to the ledger, {Display.Month(bridge.Month)}, {bridge.Currency}",
            ["Step"],
            [new("Amount", null), new("Currency", null), new("Why", null)],
            [.. BridgeSteps.Of(bridge).Select(step => Row(step, bridge, question, bridges, asOf))],
            []
        );

    /// <summary>What each invoice comes to before tax.</summary>
    public static FigureTable Invoices(Bridge bridge, string? asOf) =>
        new(
            $"Invoices of {Display.Month(bridge.Month)}, before tax",
            ["Invoice"],
            [new("Before tax", bridge.Currency.Code)],
            [
                .. bridge
                    .Invoices.OrderByDescending(one => one.Value)
                    .Select(one => new FigureRow(
                        [new(one.Key, InvoicesOf(bridge.Month, asOf))],
                        [new(Display.Figure(one.Value, bridge.Currency.Decimals), Exact: one.Value)]
                    )),
            ],
            []
        );

    private static FigureRow Row(BridgeStep step, Bridge bridge, BridgeQuestion question, int bridges, string? asOf)
    {
        var isTotal = step.Kind is not (StepKind.Difference or StepKind.Beside);
        var (amount, currency) = step.Amount;
        return new FigureRow(
            [new(step.Kind == StepKind.Difference ? Signed(step) : step.Words)],
            [
                new(
                    Display.Figure(amount, currency.Decimals),
                    Href(step.Kind, bridge, question, bridges, asOf),
                    amount,
                    isTotal ? CellTone.Sum : CellTone.Plain
                ),
                new(currency.Code, Tone: CellTone.Text),
                new(step.Why ?? "", Tone: CellTone.Prose),
            ]
        );
    }

    /// <summary>"+ tax", "− upfront purchase".</summary>
    private static string Signed(BridgeStep step) =>
        (step.Amount.Amount.IsNegative ? Display.Minus : "+") + "\u00a0" + step.Words;

    private static string? Href(StepKind kind, Bridge bridge, BridgeQuestion question, int bridges, string? asOf)
    {
        var rows = new CostQuery
        {
            From = bridge.Month.Start,
            To = bridge.Month.End,
            Where = bridges == 1 ? question.Where : [.. question.Where, new("BillingCurrency", [bridge.Currency.Code])],
        };
        return kind switch
        {
            StepKind.Effective => CostQueryUrl.Href("/rows", rows, asOf),
            StepKind.Billed => CostQueryUrl.Href(
                "/rows",
                rows with
                {
                    Measure = CostMeasure.BilledCost,
                    Time = TimeBasis.Billing,
                },
                asOf
            ),
            StepKind.Invoiced => InvoicesOf(bridge.Month, asOf),
            _ => null,
        };
    }

    private static string InvoicesOf(BillingPeriod month, string? asOf) =>
        WebAddress.With(WebAddress.With("/invoices", "period", month.ToString()), "asof", asOf);

    private static string Open(Bridge bridge)
    {
        var toInvoice = Display.Short(new Money(bridge.Unknown.Abs(), bridge.Currency));
        return bridge.Ledger is { Unknown.IsZero: false } ledger
            ? $"{Display.Short(new Money(ledger.Unknown.Abs(), ledger.Currency))}"
                + (bridge.Unknown.IsZero ? "" : $" and {toInvoice}")
            : toInvoice;
    }
}
