using Bursar.Core.Amounts;

namespace Bursar.Manage.Reconciliation.Invoices;

/// <summary>Why two totals that should agree do not.</summary>
internal enum DifferenceType
{
    /// <summary>A part of an earlier payment is used up.</summary>
    Amortisation,

    /// <summary>Something was paid at once that serves a longer time.</summary>
    UpfrontPurchase,
    Credit,
    Refund,
    Tax,

    /// <summary>It is invoiced by somebody else.</summary>
    Marketplace,
    Support,

    /// <summary>Two rates of exchange.</summary>
    Fx,

    /// <summary>It stands in one month here and in another there.</summary>
    Timing,

    /// <summary>Used, and on no invoice yet.</summary>
    Unbilled,
    Rounding,

    /// <summary>Nobody knows yet.</summary>
    Unknown,
}

/// <summary>A part of a difference, and what explains it.</summary>
/// <param name="Type">Why.</param>
/// <param name="Amount">How much: what the later total has more than the earlier one.</param>
/// <param name="Reason">A sentence.</param>
internal sealed record Difference(DifferenceType Type, Amount Amount, string Reason);

/// <summary>How far an invoice and the charges behind it agree.</summary>
internal enum TieState
{
    /// <summary>Equal, or every difference has its reason.</summary>
    Tied,

    /// <summary>One side is not here yet: charges without an invoice, an invoice without charges.</summary>
    Open,

    /// <summary>They differ by more than rounding, and nobody knows why.</summary>
    Unexplained,
}
