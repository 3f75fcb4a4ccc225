using Bursar.Core.Amounts;
using Bursar.Manage.Reconciliation.Invoices;

namespace Bursar.Manage.Reconciliation.Bridges;

/// <summary>Charges of one kind in a period: what they cost it, and what is billed for them in it.</summary>
/// <param name="Category">Their ChargeCategory.</param>
/// <param name="IsCommitted">Whether a commitment discount covers or is them.</param>
/// <param name="Effective">Effective cost of the period's days.</param>
/// <param name="Billed">Billed cost of its billing periods.</param>
internal sealed record ChargeGroup(string? Category, bool IsCommitted, Amount Effective, Amount Billed);

/// <summary>The arithmetic of the bridge.</summary>
internal static class BridgeMath
{
    /// <summary>Billed − effective of all groups, by reason; what is zero in sum is left out.</summary>
    public static IReadOnlyList<Difference> ToBilled(IEnumerable<ChargeGroup> groups) =>
        Together(groups.Where(group => group.Effective != group.Billed).SelectMany(Of));

    /// <summary>The parts of one type as one, in the order of the types.</summary>
    public static IReadOnlyList<Difference> Together(IEnumerable<Difference> parts) =>
        [
            .. parts
                .GroupBy(part => (part.Type, part.Reason))
                .Select(same => same.First() with { Amount = Sum(same.Select(part => part.Amount)) })
                .Where(part => !part.Amount.IsZero)
                .OrderBy(part => part.Type)
                .ThenBy(part => part.Reason, StringComparer.Ordinal),
        ];

    /// <summary>
    /// Where a payment and its use lie apart: a payment is an upfront purchase, its use amortisation. Other charges
    /// differ because they reach over the period's ends.
    /// </summary>
    private static IEnumerable<Difference> Of(ChargeGroup group)
    {
        var isPrepaid = group.IsCommitted || group.Category == "Purchase";
        if (group.Category is "Credit" or "Tax" or "Adjustment")
            yield return new(
                TypeOf(group.Category),
                group.Billed - group.Effective,
                "Counted on other days than billed."
            );
        else if (!isPrepaid)
            yield return new(
                DifferenceType.Timing,
                group.Billed - group.Effective,
                "Charges reach over the period's ends."
            );
        else
        {
            yield return new(DifferenceType.UpfrontPurchase, group.Billed, "Paid in this period for a longer time.");
            yield return new(DifferenceType.Amortisation, -group.Effective, "Used in this period, paid in another.");
        }
    }

    private static DifferenceType TypeOf(string category) =>
        category switch
        {
            "Credit" => DifferenceType.Credit,
            "Tax" => DifferenceType.Tax,
            _ => DifferenceType.Refund,
        };

    public static Amount Sum(IEnumerable<Amount> amounts) => amounts.Aggregate(Amount.Zero, (sum, one) => sum + one);
}
