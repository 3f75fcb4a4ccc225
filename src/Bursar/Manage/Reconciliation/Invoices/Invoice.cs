using System.ComponentModel;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Rulebooks;

namespace Bursar.Manage.Reconciliation.Invoices;

/// <summary>What a line of an invoice is for.</summary>
internal enum InvoiceLineType
{
    Usage,
    Purchase,
    Support,
    Tax,
    Credit,
    Refund,
    Marketplace,
    Fx,
    Rounding,
}

/// <summary>A supplier's invoice: what it comes to, and what people know of how it differs from the charges.</summary>
internal sealed record Invoice : Declaration
{
    [Description("The invoice's number, as the supplier prints it; without it, the name.")]
    public string? Number { get; init; }

    [Description("Who issued it: the InvoiceIssuerName of its charges.")]
    public required string Issuer { get; init; }

    [Description("The billing account it is for; without it, any of the issuer's.")]
    public string? BillingAccount { get; init; }

    [Description("The billing period, 2026-03: charges without an invoice number belong to it by issuer and period.")]
    public string? Period { get; init; }

    [Description("The currency of its amounts, three capital letters."), CurrencyCode]
    public required string Currency { get; init; }

    [Description("What it comes to, with tax.")]
    public required Amount Total { get; init; }

    [Description("Its lines; they sum to the total.")]
    public IReadOnlyList<InvoiceLine> Lines { get; init; } = [];

    [Description("Where the charges are in another currency: what one unit of theirs is on this invoice.")]
    public Amount? ExchangeRate { get; init; }

    [Description("When it was issued; without it, it is open.")]
    public DateOnly? IssuedOn { get; init; }

    [Description("When it has to be paid.")]
    public DateOnly? DueOn { get; init; }

    [Description("The purchase order it refers to.")]
    public string? PurchaseOrder { get; init; }

    [Description("What is known of how it differs from the charges, each with its reason.")]
    public IReadOnlyList<InvoiceDifference> Differences { get; init; } = [];

    public override void Check(RulebookCheck check)
    {
        if (Period is not null && !BillingPeriod.TryParse(Period, out _))
            check.Error(this, "period", "bad-month", $"\"{Period}\" is no month.", "Write it as 2026-03.");
        var lines = Lines.Aggregate(Amount.Zero, (sum, line) => sum + line.Amount);
        if (Lines.Count > 0 && lines != Total)
            check.Error(
                this,
                "total",
                "lines-do-not-sum",
                $"The lines sum to {lines}, the total is {Total}.",
                "Correct the total or a line; what cannot be explained is a difference, not a line."
            );
    }
}

/// <summary>A line of an invoice.</summary>
internal sealed record InvoiceLine : RulebookRecord
{
    [Description("What it is for.")]
    public required InvoiceLineType Type { get; init; }

    [Description("What it comes to; credits and refunds are negative.")]
    public required Amount Amount { get; init; }

    [Description("What the supplier calls it.")]
    public string? Description { get; init; }
}

/// <summary>A difference between an invoice and its charges that a person has explained.</summary>
internal sealed record InvoiceDifference : RulebookRecord
{
    [Description("Why.")]
    public required DifferenceType Type { get; init; }

    [Description("How much more the invoice has than the charges; negative when it has less.")]
    public required Amount Amount { get; init; }

    [Description("The reason, in one sentence.")]
    public required string Reason { get; init; }
}
