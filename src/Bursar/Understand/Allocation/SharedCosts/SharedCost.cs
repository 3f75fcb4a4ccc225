using System.ComponentModel;
using System.Globalization;
using Bursar.Rulebooks;
using Bursar.Understand.Ingestion.Prices;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>By what a shared cost is divided among those who use it.</summary>
internal enum SharedCostMethod
{
    /// <summary>Everybody gets the same.</summary>
    Even,

    /// <summary>Everybody gets a stated share.</summary>
    Fixed,

    /// <summary>By a measure of their own charges in the same month: cost, or a quantity of one unit.</summary>
    Proportional,

    /// <summary>By a series in the same month: requests, headcount, storage, tickets.</summary>
    Series,

    /// <summary>
    /// Everybody gets what a log says they used; what log and invoice differ by is a line of its own.
    /// </summary>
    Metered,

    /// <summary>It is not divided: the organisation keeps it, for a stated reason, until a day of review.</summary>
    Central,

    /// <summary>Everybody pays a rate for what they used; the difference to the cost is a line of its own.</summary>
    Rates,
}

/// <summary>What happens to the part of a pool that is for other pools.</summary>
internal enum SharedCostCascade
{
    /// <summary>Pools that serve each other are solved at once.</summary>
    Reciprocal,

    /// <summary>Pools close one after the other, by order: nothing goes back to a pool that is closed.</summary>
    StepDown,

    /// <summary>What pools do for pools is left out.</summary>
    Direct,
}

/// <summary>What becomes of the difference between an invoice and the log of its use.</summary>
internal enum SharedCostResidual
{
    /// <summary>It is a line of its own, that nobody receives.</summary>
    Apart,

    /// <summary>Those in the log get it, in proportion to what they used.</summary>
    Spread,

    /// <summary>One receiver gets it: residualTo.</summary>
    Owner,
}

/// <summary>How long a time is divided by itself.</summary>
internal enum SharedCostTime
{
    Month,
    Day,
}

/// <summary>What is done when there is nothing to divide by in a month.</summary>
internal enum SharedCostFallback
{
    /// <summary>The organisation keeps the month's cost, as a line of its own.</summary>
    Central,

    /// <summary>All of <c>among</c> get the same.</summary>
    Even,
}

/// <summary>What happens to the difference between cost and what rates charged.</summary>
internal enum RateRecovery
{
    /// <summary>It stays with whom the cost is, under its own name.</summary>
    Keep,

    /// <summary>Those who were charged bear or get it, each line by what it charged.</summary>
    Spread,

    /// <summary>It stays, and the rates that are suggested make up for it in the next month.</summary>
    Next,
}

/// <summary>A pool of cost that several use, and how it is divided among them.</summary>
internal sealed record SharedCost : Declaration, IEffectiveDated
{
    [
        Description(
            "A charge that fits several pools is in the one with the smallest number; equal numbers by name. Step-down closes pools in this order."
        ),
        Between(0, 1_000_000)
    ]
    public required int Order { get; init; }

    [Description("The first charge day it holds for.")]
    public DateOnly? From { get; init; }

    [Description("The day after the last charge day it holds for.")]
    public DateOnly? To { get; init; }

    [Description(
        "The charges that are shared, as in an allocation rule; shared fields such as x_CostCentre are those that the rules set."
    )]
    public required Conditions Pool { get; init; }

    [Description(
        "The column whose values receive the cost: a shared field such as x_Product, SubAccountId; of a log also Tags/key."
    )]
    public string By { get; init; } = "x_Product";

    [Description("For metered: further columns of the log by which parts stay apart: x_Environment, Tags/feature.")]
    public IReadOnlyList<string> Keep { get; init; } = [];

    [Description(
        "Each value of this column of the pool is divided by itself, by charges with the same value in the other: ResourceId: x_InstanceId."
    )]
    public IReadOnlyDictionary<string, string> Within { get; init; } = new Dictionary<string, string>();

    [
        Description(
            "For proportional: the charges that say how much there is at all; what is not used goes to unused."
        ),
        AsFilter
    ]
    public Conditions? Whole { get; init; }

    [Description("Who stands for what nobody used, where whole is given.")]
    public string Unused { get; init; } = "(idle)";

    [Description("even, fixed, proportional, series, metered, rates, or central: kept by the organisation.")]
    public required SharedCostMethod Method { get; init; }

    [Description("Only these receive; without it, all that have direct cost or a weight.")]
    public IReadOnlyList<string> Among { get; init; } = [];

    [Description("For fixed: who gets which share; shares are taken in proportion, so that 1 and 3 are 25 % and 75 %.")]
    public IReadOnlyDictionary<string, decimal> Shares { get; init; } = new Dictionary<string, decimal>();

    [
        Description(
            "For proportional: the measure of their own charges that weighs. For metered: a cost, as the log is priced, or ConsumedQuantity."
        ),
        AsInFocus
    ]
    public CostMeasure Measure { get; init; } = CostMeasure.EffectiveCost;

    [Description("For proportional: only these charges weigh. For metered: the records of the log."), AsFilter]
    public Conditions? Weigh { get; init; }

    [Description(
        "For metered with within: values of invoice and log that mean the same, by the name of their class: output: [Output*, reasoning]."
    )]
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Classes { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    [Description("For metered: month, or day: each day's log divides the invoice of that day.")]
    public SharedCostTime Each { get; init; }

    [Description(
        "For metered: what becomes of the difference between invoice and log: apart, spread, or owner: residualTo gets it."
    )]
    public SharedCostResidual Residual { get; init; }

    [Description("For residual: owner: the value of the column that receives it.")]
    public string? ResidualTo { get; init; }

    [Description("For series: the series that weighs."), RefersTo("Series")]
    public string? Series { get; init; }

    [Description("For series: its key that names who receives: product.")]
    public string? Key { get; init; }

    [
        Description("For series: after so many days without a newer point it is too old to divide a month by."),
        Between(1, 3660)
    ]
    public int FreshDays { get; init; } = 40;

    [Description("For rates: the price book with the rate of each meter."), RefersTo("PriceBook")]
    public string? Prices { get; init; }

    [Description(
        "For rates: what is charged, and by which quantity. Without it, usage by SkuMeter for every meter of the book."
    )]
    public IReadOnlyList<RateLine> Lines { get; init; } = [];

    [Description(
        "For rates, the difference to the real cost: keep, spread, or next (kept, made up for by the next rates)."
    )]
    public RateRecovery Recovery { get; init; }

    [Description("Other pools that this one serves, each with its percentage: security: 20.")]
    public IReadOnlyDictionary<string, decimal> ToPools { get; init; } = new Dictionary<string, decimal>();

    [Description("How pools that serve pools are divided: reciprocal, step-down or direct.")]
    public SharedCostCascade Cascade { get; init; } = SharedCostCascade.Reciprocal;

    [Description("What is done in a month without anything to divide by: central or even.")]
    public SharedCostFallback Otherwise { get; init; } = SharedCostFallback.Central;

    [Description("For central: why it is not divided.")]
    public string? Reason { get; init; }

    [Description("For central: when that is looked at again.")]
    public DateOnly? Review { get; init; }

    /// <summary>The columns by which parts differ: who receives, and what is kept beside.</summary>
    internal IEnumerable<string> Keys => Keep.Prepend(By);

    /// <summary>Whether each day is divided by itself.</summary>
    internal bool IsDaily => Method == SharedCostMethod.Metered && Each == SharedCostTime.Day;

    /// <summary>Whether any of it goes to somebody.</summary>
    internal bool IsDivided => Method != SharedCostMethod.Central;

    /// <summary>The price book of its rates, once the rulebook is whole.</summary>
    internal PriceBook? Book { get; init; }

    /// <summary>What commitments saved; null for a pool of charges.</summary>
    internal CoveredUse? Benefit { get; init; }

    /// <summary>A commitment policy made it.</summary>
    internal bool OfCommitments { get; init; }

    /// <summary>Whoever bought the commitment receives.</summary>
    internal bool IsPurchasers { get; init; }

    /// <summary>Who receives stands for the organisation.</summary>
    internal bool IsKept { get; init; }

    public override void Check(RulebookCheck check)
    {
        switch (Method)
        {
            case SharedCostMethod.Fixed when Shares.Values.Where(share => share > 0).Sum() <= 0:
                Missing(check, "shares", "Say who gets which share: shares: {payments: 60, search: 40}.");
                break;
            case SharedCostMethod.Series when Series is null || Key is null:
                Missing(
                    check,
                    Series is null ? "series" : "key",
                    "Name the series and its key: series: requests, key: product."
                );
                break;
            case SharedCostMethod.Even when Among.Count == 0 && Otherwise == SharedCostFallback.Even:
                Missing(check, "among", "Name who receives: among: [payments, search].");
                break;
            case SharedCostMethod.Rates when Prices is null:
                Missing(check, "prices", "Name the price book with the rates: prices: data-centre-rates.");
                break;
            case SharedCostMethod.Central when Reason is null || Review is null:
                Missing(
                    check,
                    Reason is null ? "reason" : "review",
                    "Cost that is kept needs a reason: and a day of review: so that it is not forgotten."
                );
                break;
        }
        MeteredCheck.Check(this, check);
        CheckNames(check);
        CheckPools(check);
        RatesCheck.Check(this, check);
    }

    private void Missing(RulebookCheck check, string key, string remedy) =>
        check.Error(
            this,
            "method",
            "shared-cost-incomplete",
            $"The shared cost \"{Name}\" is divided by {Method.ToString().ToLowerInvariant()} and has no {key}.",
            remedy
        );

    private void CheckNames(RulebookCheck check)
    {
        foreach (
            var column in Within
                .Values.Concat(Within.Keys)
                .Append(Method == SharedCostMethod.Metered ? "x_Product" : By)
                .Where(name => ColumnNames.TagKey(name) is not null)
        )
            check.Error(
                this,
                By == column ? "by" : "within",
                "no-tag-here",
                $"\"{column}\" is a tag; cost is divided among the values of a column.",
                "Let a rule set a shared field from the tag, and name the field: x_Application."
            );
        if (Within.Count > 0 && ToPools.Count > 0)
            check.Error(
                this,
                "toPools",
                "within-and-pools",
                $"\"{Name}\" is divided within {string.Join(", ", Within.Keys)}, so it gives nothing to other pools.",
                "Leave toPools or within away."
            );
        if (SharedFields.IndexOf(By) < 0)
            return;
        var list = SharedFields.OrganisationLists[SharedFields.IndexOf(By)];
        foreach (var name in Among.Concat(Shares.Keys))
            check.Reference(At(Among.Contains(name) ? "among" : "shares")!, name, list);
        foreach (var (name, share) in Shares.Where(share => share.Value < 0))
            check.Error(
                this,
                "shares",
                "negative-share",
                $"The share of \"{name}\" is {Text(share)}.",
                "A share is zero or more; a pool that is a credit is divided by the same shares."
            );
    }

    private static string Text(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private void CheckPools(RulebookCheck check)
    {
        foreach (var (name, percent) in ToPools)
        {
            check.Reference(At("toPools")!, name, nameof(SharedCost));
            if (name == Name || percent <= 0)
                check.Error(
                    this,
                    "toPools",
                    "bad-pool-share",
                    name == Name
                        ? $"The pool \"{Name}\" gives to itself."
                        : $"{Text(percent)} % of \"{Name}\" cannot go to \"{name}\".",
                    "Name other pools, each with a percentage above 0."
                );
        }
        if (ToPools.Values.Sum() is > 100 and var sum)
            check.Error(
                this,
                "toPools",
                "bad-pool-share",
                $"\"{Name}\" gives {Text(sum)} % to other pools.",
                "All together they get at most 100 %."
            );
        var pools = check.Rulebook.All<SharedCost>().ToList();
        if (!IsDivided && ToPools.Count > 0)
            check.Error(
                this,
                "toPools",
                "central-gives",
                $"\"{Name}\" is kept centrally, so it gives nothing to other pools.",
                "Leave toPools away, or choose another method."
            );
        else if (PoolCascade.NeverLeaves(this, pools) is { Count: > 0 } circle)
            check.Error(
                this,
                "toPools",
                "circular-pools",
                $"What is in {string.Join(", ", circle)} goes round among them and reaches nobody.",
                "Let one of them give less than 100 % to the others."
            );
    }
}
