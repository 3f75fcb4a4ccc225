using Bursar.Core.Amounts;
using Bursar.Core.Time;

namespace Bursar.Manage.Reconciliation.Invoices;

/// <summary>A line of a supplier's invoice, wherever it came from.</summary>
internal sealed record SupplierInvoiceLine(string? Id, InvoiceLineType Type, Amount Amount, string? Description);

/// <summary>A supplier's invoice, from the rulebook, from accounts payable or from FOCUS Invoice Detail.</summary>
internal sealed record SupplierInvoice
{
    public required string Number { get; init; }

    public required string Issuer { get; init; }

    public string? BillingAccountId { get; init; }

    /// <summary>The billing period it is for; null when the document does not say.</summary>
    public BillingPeriod? Period { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>With tax.</summary>
    public required Amount Total { get; init; }

    public IReadOnlyList<SupplierInvoiceLine> Lines { get; init; } = [];

    /// <summary>What one unit of the charges' currency is on this invoice, where it differs.</summary>
    public Amount? ExchangeRate { get; init; }

    public DateOnly? IssuedOn { get; init; }

    public DateOnly? DueOn { get; init; }

    public string? PurchaseOrder { get; init; }

    /// <summary>False while the supplier still works on it.</summary>
    public bool IsIssued { get; init; } = true;

    /// <summary>Differences that people have explained.</summary>
    public IReadOnlyList<Difference> Explained { get; init; } = [];

    /// <summary>Where the document is: a place in the rulebook, or a delivery.</summary>
    public required string Origin { get; init; }
}
