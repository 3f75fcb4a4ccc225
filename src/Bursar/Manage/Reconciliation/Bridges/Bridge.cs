using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Manage.Reconciliation.Invoices;

namespace Bursar.Manage.Reconciliation.Bridges;

/// <summary>What is booked for the invoices, in the ledger's currency.</summary>
/// <param name="Currency">The ledger's currency.</param>
/// <param name="Rate">What one unit of the invoices' currency was booked at.</param>
/// <param name="Expected">The invoices at that rate.</param>
/// <param name="Booked">What the journal lines come to.</param>
/// <param name="Differences">Booked − expected, by reason.</param>
/// <param name="Accrued">What was accrued before the invoices came; null when nothing was.</param>
internal sealed record LedgerSide(
    Currency Currency,
    Amount Rate,
    Amount Expected,
    Amount Booked,
    IReadOnlyList<Difference> Differences,
    Amount? Accrued
)
{
    /// <summary>What the accrual was short of the booking.</summary>
    public Amount? TrueUp => Booked - Accrued;

    /// <summary>How much of the booked cost a recharge of the accrual recovers; after the true-up it is all.</summary>
    public decimal? RechargeRatioBefore => Accrued?.ShareOf(Booked);

    public Amount Unknown => Bridge.UnknownIn(Differences);
}

/// <summary>
/// The way from what a period cost to what is booked for it: effective → billed → invoiced → ledger, every step closed
/// to the last digit.
/// </summary>
internal sealed record Bridge
{
    public required BillingPeriod Month { get; init; }

    public required Currency Currency { get; init; }

    public required Amount EffectiveCost { get; init; }

    /// <summary>Billed − effective, by reason.</summary>
    public required IReadOnlyList<Difference> ToBilled { get; init; }

    public required Amount BilledCost { get; init; }

    /// <summary>Invoiced − billed, by reason.</summary>
    public required IReadOnlyList<Difference> ToInvoiced { get; init; }

    /// <summary>The invoices before tax.</summary>
    public required Amount Invoiced { get; init; }

    /// <summary>What each invoice comes to before tax, by its number.</summary>
    public required IReadOnlyDictionary<string, Amount> Invoices { get; init; }

    /// <summary>What may be rounding.</summary>
    public required Amount Tolerance { get; init; }

    /// <summary>Null when the ledger has nothing of these invoices.</summary>
    public LedgerSide? Ledger { get; init; }

    /// <summary>What nobody has explained between effective cost and invoice.</summary>
    public Amount Unknown => UnknownIn(ToBilled) + UnknownIn(ToInvoiced);

    /// <summary>Whether no unknown difference is beyond rounding.</summary>
    public bool IsClosed =>
        Unknown.Abs() <= Tolerance
        && (Ledger is null || Ledger.Unknown.Abs() <= InvoiceMath.Tolerance(Invoices.Count, Ledger.Currency));

    internal static Amount UnknownIn(IEnumerable<Difference> differences) =>
        differences
            .Where(one => one.Type == DifferenceType.Unknown)
            .Aggregate(Amount.Zero, (sum, one) => sum + one.Amount);
}
