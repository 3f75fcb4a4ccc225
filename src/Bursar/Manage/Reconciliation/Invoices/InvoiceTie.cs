using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Records.Periods;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Reconciliation.Invoices;

/// <summary>What the charges of one invoice come to, by what they are.</summary>
internal sealed record BilledPart(
    string? InvoiceId,
    string? Issuer,
    string? Provider,
    string? Publisher,
    string? Account,
    BillingPeriod Period,
    string? Category,
    Money Billed,
    long Rows
)
{
    /// <summary>Who bills it: the issuer, or the provider where the charges name none.</summary>
    public string? BilledBy => Issuer ?? Provider;
}

/// <summary>An invoice beside the charges behind it: both totals, and every part of the difference.</summary>
internal sealed record InvoiceTie
{
    /// <summary>The invoice's number; null for charges that name none and fit no invoice.</summary>
    public string? Number { get; init; }

    public required string Issuer { get; init; }

    public string? BillingAccountId { get; init; }

    /// <summary>The (first) billing period of its charges, or of the invoice without any.</summary>
    public BillingPeriod? Period { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>What the invoice comes to; null while there is none.</summary>
    public Amount? Total { get; init; }

    /// <summary>What its charges come to, in the invoice's currency.</summary>
    public required Amount Billed { get; init; }

    /// <summary>How many charges.</summary>
    public required long Rows { get; init; }

    /// <summary>The explained parts of the difference.</summary>
    public IReadOnlyList<Difference> Parts { get; init; } = [];

    /// <summary>What FOCUS 1.4 lets an invoice differ from its charges by rounding.</summary>
    public required Amount Tolerance { get; init; }

    public required TieState State { get; init; }

    /// <summary>What its issuer says of the month: open or closed; null when it says nothing.</summary>
    public PeriodStatus? PeriodStatus { get; init; }

    /// <summary>The state in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The document; null while there is none.</summary>
    public SupplierInvoice? Invoice { get; init; }

    /// <summary>Its charges by what they are.</summary>
    public IReadOnlyList<BilledPart> BilledParts { get; init; } = [];

    /// <summary>The question that opens its charges.</summary>
    public required CostQuery Behind { get; init; }

    /// <summary>What the invoice has more than the charges; null while there is no invoice.</summary>
    public Amount? Difference => Total - Billed;

    /// <summary>What nobody has explained; null while there is nothing to compare.</summary>
    public Amount? Unknown =>
        State == TieState.Open ? null : Parts.Aggregate(Difference, (left, part) => left - part.Amount);
}
