using System.ComponentModel;
using Bursar.Rulebooks;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>To whom the benefit of a commitment, or what it cost unused, belongs.</summary>
internal enum CommitmentShare
{
    /// <summary>Who bought the commitment.</summary>
    Purchaser,

    /// <summary>Who uses what it covers, by what that would have cost without it.</summary>
    CoveredUsage,

    /// <summary>Whoever uses what it could cover, covered or not, by the same measure.</summary>
    EligibleUsage,

    /// <summary>The organisation.</summary>
    Central,
}

/// <summary>
/// Who has the benefit of savings plans and reservations, and who bears what they cost unused (ALC-06).
/// </summary>
internal sealed record CommitmentPolicy : Declaration, IEffectiveDated
{
    [
        Description("Its place among shared costs: a charge is in the pool with the smallest number."),
        Between(0, 1_000_000)
    ]
    public required int Order { get; init; }

    [Description("The first charge day it holds for.")]
    public DateOnly? From { get; init; }

    [Description("The day after the last charge day it holds for.")]
    public DateOnly? To { get; init; }

    [Description("Which commitments: CommitmentDiscountType: Reservation. Without it, all."), AsFilter]
    public Conditions Commitments { get; init; } = new([]);

    [Description("The column whose values receive: a shared field such as x_Product.")]
    public string By { get; init; } = "x_Product";

    [Description("Who has what covered use saved: purchaser, covered-usage, eligible-usage or central.")]
    public CommitmentShare Benefit { get; init; } = CommitmentShare.CoveredUsage;

    [Description("Who bears what was paid and not used: purchaser, covered-usage, eligible-usage or central.")]
    public CommitmentShare Unused { get; init; } = CommitmentShare.Purchaser;

    [
        Description("The price without a commitment: ContractedCost, or ListCost where contracts change nothing."),
        AsInFocus
    ]
    public CostMeasure OnDemand { get; init; } = CostMeasure.ContractedCost;

    [Description("For eligible-usage: the use that the commitments could cover, covered use among it."), AsFilter]
    public Conditions? Eligible { get; init; }

    [Description("For central: who stands for the organisation, a value of by.")]
    public string Keeper { get; init; } = "(central)";

    public override void Check(RulebookCheck check)
    {
        if (Eligible is null && (Benefit == CommitmentShare.EligibleUsage || Unused == CommitmentShare.EligibleUsage))
            check.Error(
                this,
                Benefit == CommitmentShare.EligibleUsage ? "benefit" : "unused",
                "no-eligible-use",
                $"The commitment policy \"{Name}\" goes by eligible usage and does not say what that is.",
                "Say what commitments could cover: eligible: {ServiceName: \"Amazon Elastic Compute Cloud\"}."
            );
        if (ColumnNames.TagKey(By) is not null)
            check.Error(
                this,
                "by",
                "no-tag-here",
                $"\"{By}\" is a tag; cost is divided among the values of a column.",
                "Let a rule set a shared field from the tag, and name the field: x_Application."
            );
        if (OnDemand is not (CostMeasure.ContractedCost or CostMeasure.ListCost))
            check.Error(
                this,
                "onDemand",
                "no-price-on-demand",
                $"{OnDemand} is not what use costs without a commitment.",
                "Write ContractedCost or ListCost."
            );
    }
}

/// <summary>The lines that a commitment policy makes, as pools by name.</summary>
internal static class CommitmentPools
{
    private const string OnDemandEnding = "/on-demand";
    private const string BenefitEnding = "/benefit";
    private const string UnusedEnding = "/unused";

    private const string Kept = "Who bought a commitment bears what it costs unused.";

    /// <summary>What the covered use would have cost more: with what was paid, it is the price on demand.</summary>
    public static bool IsOnDemand(string? pool) => pool?.EndsWith(OnDemandEnding, StringComparison.Ordinal) == true;

    /// <summary>What was saved, below zero, with whom it is.</summary>
    public static bool IsBenefit(string? pool) => pool?.EndsWith(BenefitEnding, StringComparison.Ordinal) == true;

    /// <summary>What was paid and not used.</summary>
    public static bool IsUnused(string? pool) => pool?.EndsWith(UnusedEnding, StringComparison.Ordinal) == true;

    /// <summary>The policy that a pool belongs to; null for a pool that is declared by itself.</summary>
    public static string? PolicyOf(string? pool) => pool?.IndexOf('/') is > 0 and var at ? pool[..at] : null;

    /// <summary>
    /// Covered use is given its price on demand and the benefit apart; unused is a pool like others.
    /// </summary>
    public static IEnumerable<SharedCost> Of(CommitmentPolicy policy)
    {
        var used = new Conditions([Status("Used"), .. policy.Commitments]);
        var pool = new SharedCost
        {
            Name = policy.Name,
            Order = policy.Order,
            From = policy.From,
            To = policy.To,
            By = policy.By,
            Pool = used,
            Method = SharedCostMethod.Central,
            Measure = policy.OnDemand,
            OfCommitments = true,
            Origin = policy.Origin,
        };
        yield return pool with
        {
            Name = policy.Name + OnDemandEnding,
            Benefit = new CoveredUse(policy, Sign: 1),
        };
        yield return Divided(pool, policy, policy.Benefit, used) with
        {
            Name = policy.Name + BenefitEnding,
            Benefit = new CoveredUse(policy, Sign: -1),
        };
        yield return Divided(
            pool with
            {
                Pool = new Conditions([Status("Unused"), .. policy.Commitments]),
            },
            policy,
            policy.Unused,
            used
        ) with
        {
            Name = policy.Name + UnusedEnding,
        };
    }

    private static SharedCost Divided(
        SharedCost pool,
        CommitmentPolicy policy,
        CommitmentShare share,
        Conditions used
    ) =>
        share switch
        {
            CommitmentShare.Purchaser when pool.Pool != used => pool with
            {
                Method = SharedCostMethod.Central,
                Reason = Kept,
            },
            CommitmentShare.Purchaser => Each(pool) with
            {
                Method = SharedCostMethod.Proportional,
                IsPurchasers = true,
            },
            // What use is covered has its benefit already.
            CommitmentShare.CoveredUsage when pool.Pool == used => pool,
            CommitmentShare.CoveredUsage => Each(pool) with { Method = SharedCostMethod.Proportional, Weigh = used },
            CommitmentShare.EligibleUsage => pool with
            {
                Method = SharedCostMethod.Proportional,
                Weigh = policy.Eligible,
            },
            _ => pool with
            {
                Method = SharedCostMethod.Fixed,
                Shares = new Dictionary<string, decimal> { [policy.Keeper] = 1 },
                IsKept = true,
            },
        };

    /// <summary>Each commitment by itself.</summary>
    private static SharedCost Each(SharedCost pool) =>
        pool with
        {
            Within = new Dictionary<string, string> { ["CommitmentDiscountId"] = "CommitmentDiscountId" },
        };

    private static Condition Status(string status) =>
        new("CommitmentDiscountStatus", ConditionOperator.Is, [status], Negated: false);
}

/// <summary>What commitments saved on covered use: a pool that adds nothing to cost.</summary>
/// <param name="Policy">What is declared.</param>
/// <param name="Sign">1 for what covered use is given to reach its price on demand, −1 for the benefit.</param>
internal sealed record CoveredUse(CommitmentPolicy Policy, int Sign)
{
    /// <summary>The charges that commitments cover.</summary>
    public IReadOnlyList<CostFilter> Where =>
        [new("CommitmentDiscountStatus", ["Used"]), .. Policy.Commitments.ToFilters()];
}
