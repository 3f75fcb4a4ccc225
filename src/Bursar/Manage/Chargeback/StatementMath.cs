using Bursar.Core.Amounts;
using Bursar.Understand.Allocation.SharedCosts;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Chargeback;

/// <summary>What was used of one thing that has one price, in two periods.</summary>
internal sealed record PricedUse(Amount CostBefore, Amount Cost, Amount QuantityBefore, Amount Quantity);

/// <summary>The arithmetic of a statement.</summary>
internal static class StatementMath
{
    /// <summary>Beyond such a growth a price is not the same price any more.</summary>
    private const decimal LargestGrowth = 1_000_000;

    /// <summary>Which line a group of charges belongs to.</summary>
    /// <param name="allocationType">x_AllocationType.</param>
    /// <param name="pool">x_SharedCost.</param>
    /// <param name="category">ChargeCategory.</param>
    /// <param name="status">CommitmentDiscountStatus.</param>
    public static StatementPart PartOf(string? allocationType, string? pool, string? category, string? status) =>
        CommitmentPools.IsUnused(pool) ? StatementPart.UnusedCommitments
        : CommitmentPools.IsBenefit(pool) || CommitmentPools.IsOnDemand(pool) ? StatementPart.Commitments
        : pool is not null
            ? allocationType == "Distributed" ? StatementPart.Shared
                : StatementPart.Central
        : category == "Tax" ? StatementPart.Tax
        : category == "Credit" ? StatementPart.Credits
        : category == "Adjustment" ? StatementPart.Adjustments
        : category == "Purchase" ? StatementPart.Purchases
        : status == "Used" ? StatementPart.Commitments
        : status == "Unused" ? StatementPart.UnusedCommitments
        : StatementPart.Direct;

    /// <summary>The conditions of a line, beside those of its subject.</summary>
    public static IReadOnlyList<CostFilter> Where(StatementPart part, string? pool, bool hasPools)
    {
        if (CommitmentPools.PolicyOf(pool) is not null)
            return [new(CostColumns.SharedCost, [pool])];
        if (pool is not null)
            return
            [
                new(CostColumns.SharedCost, [pool]),
                new(CostColumns.AllocationType, ["Distributed"], Negated: part == StatementPart.Central),
            ];
        CostFilter[] alone = hasPools ? [new(CostColumns.SharedCost, [null])] : [];
        var category = Category(part);
        if (category is not null)
            return [new("ChargeCategory", [category]), .. alone];
        CostFilter[] use =
        [
            new("ChargeCategory", ["Tax", "Credit", "Adjustment", "Purchase"], Negated: true),
            .. alone,
        ];
        return part switch
        {
            StatementPart.Commitments => [new("CommitmentDiscountStatus", ["Used"]), .. use],
            StatementPart.UnusedCommitments => [new("CommitmentDiscountStatus", ["Unused"]), .. use],
            _ => [.. use, new("CommitmentDiscountStatus", ["Used", "Unused"], Negated: true)],
        };
    }

    /// <summary>
    /// How much of a change more or less use made (at the price of before), and how much the price (of what is used
    /// now). What is new, ended or not counted is in neither.
    /// </summary>
    public static (Amount ByUse, Amount ByPrice) Split(IEnumerable<PricedUse> uses)
    {
        var (byUse, byPrice) = (Amount.Zero, Amount.Zero);
        foreach (var use in uses)
        {
            if (use.QuantityBefore <= Amount.Zero || use.Quantity <= Amount.Zero)
                continue;
            var growth = use.Quantity.ToDecimal() / use.QuantityBefore.ToDecimal();
            if (growth > LargestGrowth)
                continue;
            var more = use.CostBefore.Times(growth) - use.CostBefore;
            byUse += more;
            byPrice += use.Cost - use.CostBefore - more;
        }
        return (byUse, byPrice);
    }

    /// <summary>What a charge moves: its pool, tax, credits, or its service.</summary>
    public static string LineOf(string? pool, string? category, string? service) =>
        pool is not null ? $"Shared: {pool}"
        : category is "Tax" ? "Tax"
        : category is "Credit" ? "Credits"
        : service ?? "Charges without a service";

    public static Amount Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);

    private static string? Category(StatementPart part) =>
        part switch
        {
            StatementPart.Tax => "Tax",
            StatementPart.Credits => "Credit",
            StatementPart.Adjustments => "Adjustment",
            StatementPart.Purchases => "Purchase",
            _ => null,
        };
}
