using Bursar.Core.Amounts;
using Bursar.Manage.Reconciliation.Invoices;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Reconciliation.Bridges;

/// <summary>From the billed cost of a period to its invoices before tax.</summary>
internal sealed class InvoicedSide
{
    private readonly BridgeQuestion question;
    private readonly List<Difference> differences = [];
    private readonly Amount billed;

    /// <param name="question">What is bridged.</param>
    /// <param name="ties">All invoices of the books.</param>
    /// <param name="rows">Billed cost by the columns that decide about the invoice, and ChargeCategory.</param>
    public InvoicedSide(BridgeQuestion question, TieOut ties, IReadOnlyList<CostRow> rows)
    {
        this.question = question;
        billed = BridgeMath.Sum(rows.Select(row => row.Total));
        var invoiced = rows.ToLookup(row => ties.ByCharge.GetValueOrDefault(ChargeKey.Of(row)));
        foreach (var group in invoiced)
            Put(group.Key, [.. group]);
        Differences = BridgeMath.Together(differences);
    }

    public IReadOnlyList<Difference> Differences { get; }

    /// <summary>The invoices before tax.</summary>
    public Amount Total => Differences.Aggregate(billed, (sum, one) => sum + one.Amount);

    /// <summary>What each invoice comes to before tax, by its number.</summary>
    public SortedDictionary<string, Amount> Invoices { get; } = new(StringComparer.OrdinalIgnoreCase);

    private static bool IsOf(InvoiceTie tie, string issuer) =>
        FindInvoices.IssuerKey(tie.Issuer) == FindInvoices.IssuerKey(issuer);

    private void Put(InvoiceTie? tie, List<CostRow> rows)
    {
        var cost = BridgeMath.Sum(rows.Select(row => row.Total));
        if (tie is null || (tie.Invoice is null && (question.Issuer is null || IsOf(tie, question.Issuer))))
            differences.Add(new(DifferenceType.Unbilled, -cost, "No invoice is here for it."));
        else if (question.Issuer is { } issuer && !IsOf(tie, issuer))
            differences.Add(new(DifferenceType.Marketplace, -cost, $"Invoiced by others than {issuer}."));
        else if (rows[0].Currency != tie.Currency)
            differences.Add(new(DifferenceType.Fx, -cost, $"Invoiced in {tie.Currency}."));
        else
            PutTied(tie, rows, cost);
    }

    /// <summary>
    /// The invoice's differences, tax aside; an invoice of which only a part is asked about has none.
    /// </summary>
    private void PutTied(InvoiceTie tie, List<CostRow> rows, Amount cost)
    {
        var tax = BridgeMath.Sum(rows.Where(row => row.Keys[^1] == "Tax").Select(row => row.Total));
        differences.Add(new(DifferenceType.Tax, -tax, "Tax is not cost of the invoice."));
        Invoices[tie.Number!] = cost - tax;
        if (cost != tie.Billed)
            return;
        Invoices[tie.Number!] = tie.Invoice!.Total - TaxOf(tie, tax);
        differences.AddRange(tie.Parts.Where(part => part.Type != DifferenceType.Tax));
        var explained = BridgeMath.Sum(
            tie.Parts.Where(part => part.Type != DifferenceType.Tax).Select(part => part.Amount)
        );
        var unknown = Invoices[tie.Number!] - (cost - tax) - explained;
        differences.Add(new(DifferenceType.Unknown, unknown, $"Invoice {tie.Number}: no reason is known."));
    }

    /// <summary>
    /// The tax on the invoice: its lines say; without lines it is that of the charges, if it is on it at all.
    /// </summary>
    private static Amount TaxOf(InvoiceTie tie, Amount billed) =>
        tie.Invoice!.Lines.Count > 0
            ? BridgeMath.Sum(
                tie.Invoice.Lines.Where(line => line.Type == InvoiceLineType.Tax).Select(line => line.Amount)
            )
        : tie.Parts.Any(part => part.Type == DifferenceType.Tax) ? Amount.Zero
        : billed;
}
