using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Records;
using Bursar.Workspaces;

namespace Bursar.Manage.Reconciliation.Invoices;

/// <summary>
/// Gathers the suppliers' invoices: from FOCUS Invoice Detail, from accounts payable, from the rulebook. Where several
/// speak of one invoice, the rulebook counts before accounts payable, and that before Invoice Detail; what people
/// explained stays.
/// </summary>
internal sealed class FindInvoices(BooksView view)
{
    private readonly FindRecords records = new(view);

    public IReadOnlyList<SupplierInvoice> All(CancellationToken cancel)
    {
        var found = new Dictionary<(string, string), SupplierInvoice>();
        foreach (var invoice in OfDetail(cancel).Concat(OfPayables(cancel)).Concat(OfRulebook()))
        {
            var key = (invoice.Number, IssuerKey(invoice.Issuer));
            found[key] = found.TryGetValue(key, out var before) ? Together(before, invoice) : invoice;
        }
        return [.. found.Values];
    }

    /// <summary>Names of one company differ in capitals, points and blanks.</summary>
    public static string IssuerKey(string? issuer) =>
        issuer is null ? "" : new([.. issuer.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]);

    private static SupplierInvoice Together(SupplierInvoice before, SupplierInvoice now) =>
        now with
        {
            Lines = now.Lines.Count == 0 && now.Total == before.Total ? before.Lines : now.Lines,
            BillingAccountId = now.BillingAccountId ?? before.BillingAccountId,
            Period = now.Period ?? before.Period,
            ExchangeRate = now.ExchangeRate ?? before.ExchangeRate,
            IssuedOn = now.IssuedOn ?? before.IssuedOn,
            DueOn = now.DueOn ?? before.DueOn,
            PurchaseOrder = now.PurchaseOrder ?? before.PurchaseOrder,
        };

    private IEnumerable<SupplierInvoice> OfRulebook() =>
        view
            .Rulebook.All<Invoice>()
            .Select(invoice => new SupplierInvoice
            {
                Number = invoice.Number ?? invoice.Name,
                Issuer = invoice.Issuer,
                BillingAccountId = invoice.BillingAccount,
                Period = BillingPeriod.TryParse(invoice.Period ?? "", out var month) ? month : null,
                Currency = new Currency(invoice.Currency),
                Total = invoice.Total,
                Lines =
                [
                    .. invoice.Lines.Select(line => new SupplierInvoiceLine(
                        null,
                        line.Type,
                        line.Amount,
                        line.Description
                    )),
                ],
                ExchangeRate = invoice.ExchangeRate,
                IssuedOn = invoice.IssuedOn,
                DueOn = invoice.DueOn,
                PurchaseOrder = invoice.PurchaseOrder,
                Explained = [.. invoice.Differences.Select(one => new Difference(one.Type, one.Amount, one.Reason))],
                Origin = invoice.Origin is { } origin
                    ? $"{origin.Position.File}, line {origin.Position.Line}"
                    : invoice.Name,
            });

    /// <summary>
    /// Accounts payable lists a line per invoice, or a line per line of it; tax may stand in a column.
    /// </summary>
    private IEnumerable<SupplierInvoice> OfPayables(CancellationToken cancel) =>
        records
            .Of("invoices", cancel)
            .GroupBy(record => (record.Text("InvoiceIssuerName"), record.Text("InvoiceId")))
            .Select(group => OfPayable([.. group]));

    private static SupplierInvoice OfPayable(List<BusinessRecord> lines)
    {
        var first = lines[0];
        var parts = lines.SelectMany(LinesOf).ToList();
        var isTyped = parts.Exists(part => part.Type != InvoiceLineType.Usage) || lines.Count > 1;
        return new SupplierInvoice
        {
            Number = first.Text("InvoiceId")!,
            Issuer = first.Text("InvoiceIssuerName")!,
            BillingAccountId = first.Text("BillingAccountId"),
            Period = PeriodOf(first),
            Currency = new Currency(first.Text("BillingCurrency")!),
            Total = Sum(lines.Select(line => line.Amount("BilledCost")!.Value)),
            Lines = isTyped ? parts : [],
            ExchangeRate = first.Amount("ExchangeRate"),
            IssuedOn = first.Day("InvoiceIssueDate"),
            DueOn = first.Day("PaymentDueDate"),
            PurchaseOrder = first.Text("PurchaseOrderNumber"),
            Origin = $"{first.File}, row {first.Row} ({first.Delivery})",
        };
    }

    private static IEnumerable<SupplierInvoiceLine> LinesOf(BusinessRecord record)
    {
        var total = record.Amount("BilledCost")!.Value;
        var tax = record.Amount("TaxCost") ?? Amount.Zero;
        var id = record.Text("InvoiceLineId");
        if (!tax.IsZero)
            yield return new SupplierInvoiceLine(id, InvoiceLineType.Tax, tax, "Tax");
        yield return new SupplierInvoiceLine(
            id,
            TypeOf(record.Text("LineType"), total),
            total - tax,
            record.Text("Description")
        );
    }

    private IEnumerable<SupplierInvoice> OfDetail(CancellationToken cancel) =>
        records
            .Of("invoice-detail", cancel)
            .Where(line => line.Text("InvoiceId") is not null && line.Text("InvoiceIssueStatus") != "Voided")
            .GroupBy(line => (line.Text("InvoiceIssuerName"), line.Text("InvoiceId")))
            .Select(group => OfDetail([.. group]));

    private static SupplierInvoice OfDetail(List<BusinessRecord> lines)
    {
        var first = lines[0];
        return new SupplierInvoice
        {
            Number = first.Text("InvoiceId")!,
            Issuer = first.Text("InvoiceIssuerName")!,
            BillingAccountId = first.Text("BillingAccountId"),
            Period = PeriodOf(first),
            Currency = new Currency(first.Text("BillingCurrency")!),
            Total = Sum(lines.Select(line => line.Amount("BilledCost")!.Value)),
            Lines =
            [
                .. lines.Select(line => new SupplierInvoiceLine(
                    line.Text("InvoiceDetailId"),
                    TypeOf(line.Text("ChargeCategory"), line.Amount("BilledCost")!.Value),
                    line.Amount("BilledCost")!.Value,
                    line.Text("InvoiceDetailDescription")
                )),
            ],
            IssuedOn = first.Day("InvoiceIssueDate"),
            DueOn = first.Day("PaymentDueDate"),
            PurchaseOrder = first.Text("PurchaseOrderNumber"),
            IsIssued = first.Text("InvoiceIssueStatus") != "Open",
            Origin = $"{first.File}, row {first.Row} ({first.Delivery})",
        };
    }

    private static BillingPeriod? PeriodOf(BusinessRecord record) =>
        record.Day("BillingPeriodStart") is { } day ? BillingPeriod.Containing(day) : null;

    /// <summary>
    /// A line's type by the word of its list; what has none of ours is usage, or a credit when negative.
    /// </summary>
    private static InvoiceLineType TypeOf(string? word, Amount amount)
    {
        var text = (word ?? "").Replace("VAT", "Tax", StringComparison.OrdinalIgnoreCase);
        if (text.Equals("Adjustment", StringComparison.OrdinalIgnoreCase))
            return amount.IsNegative ? InvoiceLineType.Refund : InvoiceLineType.Usage;
        if (Enum.TryParse<InvoiceLineType>(text, ignoreCase: true, out var type))
            return type;
        return text.Contains("credit", StringComparison.OrdinalIgnoreCase)
            ? InvoiceLineType.Credit
            : InvoiceLineType.Usage;
    }

    private static Amount Sum(IEnumerable<Amount> amounts) => amounts.Aggregate(Amount.Zero, (sum, one) => sum + one);
}
