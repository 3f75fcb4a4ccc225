using System.ComponentModel;
using Bursar.Core.Amounts;
using Bursar.Manage.Strategy;
using Bursar.Rulebooks;
using Bursar.Warehouse.Queries;

namespace Bursar.Quantify.UnitEconomics;

/// <summary>What one unit costs: which cost, divided by which demand, and what it should be (UNT-01).</summary>
internal sealed record UnitMetric : Declaration
{
    [Description("The name that people read; without it, the name.")]
    public string? DisplayName { get; init; }

    [Description("business: a customer, an order, a resolved case. resource-efficiency: a core hour, a token, a GB.")]
    public UnitClass Class { get; init; } = UnitClass.Business;

    [Description("What one unit is called: quote, resolved case, million tokens.")]
    public required string Unit { get; init; }

    [Description("The scope whose cost is divided; or give where."), RefersTo("Scope")]
    public string? Scope { get; init; }

    [Description("Which charges are divided, as in a scope; without scope and where, all of them."), AsFilter]
    public Conditions? Where { get; init; }

    [
        Description("Which cost is divided."),
        AsInFocus(
            nameof(CostMeasure.EffectiveCost),
            nameof(CostMeasure.BilledCost),
            nameof(CostMeasure.ContractedCost),
            nameof(CostMeasure.ListCost)
        )
    ]
    public CostMeasure Measure { get; init; } = CostMeasure.EffectiveCost;

    [Description("direct: the charges alone. loaded: with their part of shared cost. tco: loaded, and all of other.")]
    public CostLevel Level { get; init; } = CostLevel.Direct;

    [Description("With level: tco, what else belongs to the unit: staff, licences, rent.")]
    public IReadOnlyList<OtherCost> Other { get; init; } = [];

    [Description("The series that the cost is divided by; or give usage."), RefersTo("Series")]
    public string? Series { get; init; }

    [Description("Only the part of the series with these keys: {channel: web}.")]
    public IReadOnlyDictionary<string, string> Only { get; init; } = new Dictionary<string, string>();

    [Description("The charges whose consumed quantity the cost is divided by, instead of a series."), AsFilter]
    public Conditions? Usage { get; init; }

    [Description("Which unit of that usage counts, as in ConsumedUnit: Tokens.")]
    public string? UsageUnit { get; init; }

    [
        Description("The unit stands for so many of what is counted: 1000000 for a million tokens."),
        Between(1, int.MaxValue)
    ]
    public int Per { get; init; } = 1;

    [Description("The currency of the figures; without it, that of most charges."), CurrencyCode]
    public string? Currency { get; init; }

    [
        Description("Which of the charges do not move with demand; without it, fixed and variable cost are not known."),
        AsFilter
    ]
    public Conditions? Fixed { get; init; }

    [Description("The series of what is earned with it, in the same currency."), RefersTo("Series")]
    public string? Revenue { get; init; }

    [Description("Only the part of the revenue series with these keys.")]
    public IReadOnlyDictionary<string, string> RevenueOnly { get; init; } = new Dictionary<string, string>();

    [Description("Of tries that may fail: which succeeded, and what a person costs for those that did not.")]
    public UnitFallback? Fallback { get; init; }

    [Description("The technical unit metrics that this business metric depends on.")]
    public IReadOnlyList<string> Drivers { get; init; } = [];

    [Description("Series that stand beside it, month by month: deployments, lead time, availability, satisfaction.")]
    public IReadOnlyList<string> Beside { get; init; } = [];

    [Description("What a unit should cost, and from when somebody is told.")]
    public UnitTarget? Target { get; init; }

    [Description("Who answers for it."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description("The version of this definition, as its owner counts: \"2\".")]
    public string Revision { get; init; } = "1";

    [Description("Who agreed to this version, and when; without it, the metric is not approved.")]
    public UnitApproval? Approved { get; init; }

    [Description("What the cost includes, in words for its readers.")]
    public IReadOnlyList<string> Includes { get; init; } = [];

    [Description("What it leaves out, in words.")]
    public IReadOnlyList<string> Excludes { get; init; } = [];

    /// <summary>The name that people read.</summary>
    internal string Title => DisplayName ?? Name;

    /// <summary>Where shared cost stands at this level.</summary>
    internal CostAllocation Allocation =>
        Level == CostLevel.Direct ? CostAllocation.Direct : CostAllocation.Distributed;

    /// <summary>The charges of the numerator, as conditions: its own, its scope's, or none (everything).</summary>
    internal Conditions ChargesIn(Rulebook rulebook) =>
        Where ?? (Scope is null ? null : rulebook.Find<Scope>(Scope)?.Charges) ?? new Conditions([]);

    public override void Check(RulebookCheck check) => UnitMetricCheck.Check(this, check);
}

/// <summary>What a metric speaks about (UNT-02).</summary>
internal enum UnitClass
{
    /// <summary>What the organisation does or sells.</summary>
    Business,

    /// <summary>How well a resource is used.</summary>
    ResourceEfficiency,
}

/// <summary>How much of the cost is in the numerator.</summary>
internal enum CostLevel
{
    Direct,
    Loaded,
    Tco,
}

/// <summary>A part of the total cost of ownership that is not among the charges of the numerator.</summary>
internal sealed record OtherCost : RulebookRecord
{
    [Description("What it is, in words: people on call.")]
    public required string Name { get; init; }

    [Description("The charges that hold it; those of the numerator are left out, so nothing counts twice."), AsFilter]
    public Conditions? Where { get; init; }

    [Description("The series that holds it, in the metric's currency."), RefersTo("Series")]
    public string? Series { get; init; }

    [Description("A declared amount for each month, in the metric's currency.")]
    public Amount? PerMonth { get; init; }

    [Description("Where a declared amount comes from.")]
    public string? Source { get; init; }

    [Description("true when it does not move with demand.")]
    public bool Fixed { get; init; }
}

/// <summary>What a try costs that did not succeed: the person who does it after all.</summary>
internal sealed record UnitFallback : RulebookRecord
{
    [Description("The series of tries that succeeded: resolved cases, accepted outcomes."), RefersTo("Series")]
    public required string Accepted { get; init; }

    [Description("What each one that did not succeed costs, done by a person, in the metric's currency.")]
    public required Amount Cost { get; init; }
}

/// <summary>What a unit should cost at most.</summary>
internal sealed record UnitTarget : RulebookRecord
{
    [Description("The cost of a unit that should not be passed, in the metric's currency.")]
    public required Amount Value { get; init; }

    [Description("An alert is raised from so many percent above the target on."), Between(0, 1000)]
    public decimal AlertPercent { get; init; }
}

/// <summary>Who agreed to a definition.</summary>
internal sealed record UnitApproval : RulebookRecord
{
    [Description("Who agreed."), RefersTo("owners")]
    public required string By { get; init; }

    [Description("On which day.")]
    public required DateOnly On { get; init; }
}
