using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Manage.Reconciliation.Invoices;

/// <summary>The invoices as a page sets them.</summary>
internal static class InvoicePageTable
{
    private const int MonthsShown = 6;

    /// <summary>The newest months that have invoices or charges.</summary>
    public static IEnumerable<BillingPeriod> Months(TieOut ties) =>
        ties.Invoices.Select(tie => tie.Period).OfType<BillingPeriod>().Distinct().OrderDescending().Take(MonthsShown);

    /// <summary>"18 invoices: 17 tied, 1 open. The charges of 3 bills have no invoice here yet."</summary>
    public static string Lead(IReadOnlyList<InvoiceTie> ties)
    {
        var known = ties.Where(tie => tie.Invoice is not null).ToList();
        var states = Enum.GetValues<TieState>()
            .Select(state => (State: state, Count: known.Count(tie => tie.State == state)))
            .Where(one => one.Count > 0)
            .Select(one => $"{Display.Count(one.Count)} {one.State.ToString().ToLowerInvariant()}");
        var tied =
            known.Count == 0
                ? ""
                : $"{Display.Count(known.Count, "invoice", "invoices")}: {string.Join(", ", states)}.";
        var waiting = ties.Count - known.Count;
        return waiting == 0
            ? tied
            : $"{tied} The charges of {Display.Count(waiting, "bill has", "bills have")} no invoice here yet.".TrimStart();
    }

    public static FigureTable Of(IReadOnlyList<InvoiceTie> shown, string? period, string? asOf) =>
        new(
            period is null
                ? "Invoices that are not tied, and charges without one"
                : $"Invoices of {period} beside their billed cost",
            ["Issuer", "Number", "Month"],
            [
                new("Currency", null),
                new("Invoice", "total"),
                new("Charges", "billed cost"),
                new("Difference", "invoice − charges"),
                new("Unknown", "no reason"),
                new("State", null),
                new("Why", null),
            ],
            [.. shown.Select(tie => Row(tie, asOf))],
            []
        );

    private static FigureRow Row(InvoiceTie tie, string? asOf) =>
        new(
            [new(tie.Issuer), new(tie.Number ?? "–"), new(Month(tie))],
            [
                new(tie.Currency.Code, Tone: CellTone.Text),
                Cell(tie.Total, tie),
                Cell(tie.Billed, tie) with
                {
                    Href = CostQueryUrl.Href("/rows", tie.Behind, asOf),
                },
                Cell(tie.Difference, tie),
                Cell(tie.Unknown, tie),
                new(tie.State.ToString().ToLowerInvariant(), Tone: CellTone.Text),
                new(tie.Reason, Tone: CellTone.Prose),
            ]
        );

    /// <summary>"Oct 2026, open": the issuer says so; the month alone where it says nothing.</summary>
    private static string Month(InvoiceTie tie) =>
        tie.Period is not { } month ? "–"
        : InvoiceTables.StatusOf(tie) is { } status ? $"{Display.Period(month.Start, TimeGrain.Month)}, {status}"
        : Display.Period(month.Start, TimeGrain.Month);

    private static FigureCell Cell(Amount? amount, InvoiceTie tie) =>
        amount is { } given ? new(Display.Figure(given, tie.Currency.Decimals), Exact: given) : new("–");
}
