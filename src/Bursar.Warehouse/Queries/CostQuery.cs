using Bursar.Core.Time;

namespace Bursar.Warehouse.Queries;

/// <summary>Which figure: the four FOCUS cost columns, or a quantity. A sum never mixes them.</summary>
public enum CostMeasure
{
    /// <summary>What it costs us: amortised over the time it serves, after all discounts.</summary>
    EffectiveCost,

    /// <summary>What is invoiced.</summary>
    BilledCost,

    /// <summary>List cost after negotiated discounts, before commitment discounts.</summary>
    ContractedCost,

    /// <summary>What it would cost at public prices.</summary>
    ListCost,

    /// <summary>What was used, each unit by itself; usage that adds no cost is part of it.</summary>
    ConsumedQuantity,

    /// <summary>What was priced, each unit by itself.</summary>
    PricingQuantity,

    /// <summary>Emissions: what was used in kgCO2e, as reports of carbon have it.</summary>
    Carbon,
}

/// <summary>The grain of time of an answer.</summary>
public enum TimeGrain
{
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// <summary>Which month a charge belongs to.</summary>
public enum TimeBasis
{
    /// <summary>
    /// The days the charge serves: its cost is spread over them exactly. Billed cost stays in its billing period all
    /// the same.
    /// </summary>
    Charge,

    /// <summary>The billing period that the provider put it in.</summary>
    Billing,
}

/// <summary>Where shared cost is shown.</summary>
public enum CostAllocation
{
    /// <summary>Where the charges are: shared cost stays in its pools.</summary>
    Direct,

    /// <summary>With those who use it: pools are divided, to the last digit.</summary>
    Distributed,
}

/// <summary>What may be shown apart from the rest of the measure.</summary>
[Flags]
public enum CostSplit
{
    None = 0,

    /// <summary>ChargeCategory Tax.</summary>
    Tax = 1,

    /// <summary>ChargeCategory Credit.</summary>
    Credits = 2,
}

/// <summary>Rows whose column has (or, negated, has not) one of the values. Null stands for "no value".</summary>
/// <param name="Column">A FOCUS column id, an x_ column, or <c>Tags/key</c>.</param>
/// <param name="Values">The values, compared exactly (case matters). A value with <c>*</c> is a pattern.</param>
/// <param name="Negated">True for "none of these".</param>
public sealed record CostFilter(string Column, IReadOnlyList<string?> Values, bool Negated = false);

/// <summary>A set of rows with a name: all of the filters hold. The name must not contain <c>|</c>.</summary>
public sealed record NamedFilter(string Name, IReadOnlyList<CostFilter> Where);

/// <summary>A question about cost: the only way anything in Bursar reads it.</summary>
public sealed record CostQuery
{
    public CostMeasure Measure { get; init; } = CostMeasure.EffectiveCost;

    /// <summary>Another cost of the same charges, told beside the measure; it changes neither rows nor order.</summary>
    public CostMeasure? Beside { get; init; }

    /// <summary>
    /// Columns to group by, FOCUS ids, x_ columns or <c>Tags/key</c>; older ids are accepted and noted.
    /// </summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>The grain of time, or null for one sum over the whole period.</summary>
    public TimeGrain? Over { get; init; }

    public TimeBasis Time { get; init; } = TimeBasis.Charge;

    /// <summary>All of these must hold.</summary>
    public IReadOnlyList<CostFilter> Where { get; init; } = [];

    /// <summary>The first day, inclusive; null for the first day there is.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The end, exclusive; null for the last day there is.</summary>
    public DateOnly? To { get; init; }

    /// <summary>
    /// Keep the groups with the largest totals; the rest becomes one row "(other)". Ties with the last kept group are
    /// kept and named.
    /// </summary>
    public int? Top { get; init; }

    public CostSplit Split { get; init; }

    /// <summary>
    /// Named sets of rows, which may overlap; the column <c>x_Scopes</c> then holds the names of the sets that a row
    /// is
    /// in.
    /// </summary>
    public IReadOnlyList<NamedFilter> Scopes { get; init; } = [];

    /// <summary>The currency of the answer; null for every amount in the currency it is billed in.</summary>
    public Conversion? Conversion { get; init; }

    /// <summary>Whether pools of shared cost are divided among those who use them.</summary>
    public CostAllocation Allocation { get; init; }

    /// <summary>By whose structure; null for the structure of each charge's own day.</summary>
    public Structure? Structure { get; init; }

    /// <summary>The period as a range, when both ends are given.</summary>
    public DateRange? Period => From is { } from && To is { } to ? new DateRange(from, to) : null;
}
