using System.ComponentModel;
using Bursar.Manage.Strategy;
using Bursar.Rulebooks;
using Bursar.Warehouse.Queries;

namespace Bursar.Quantify.Kpis;

/// <summary>
/// A named figure that formulas use, and where it comes from: charges, a series, a unit metric, a figure that another
/// capability computes, or a value that somebody declares.
/// </summary>
/// <remarks>Of the same name as one that Bursar brings along, it says where the figure comes from here.</remarks>
internal sealed record KpiInput : Declaration
{
    [Description("What it is, in words.")]
    public string? Means { get; init; }

    [Description("What it is in: currency, hours, cases.")]
    public string? Unit { get; init; }

    [Description("A question about the cost of the month.")]
    public KpiCost? Cost { get; init; }

    [Description("The series that holds it, by month."), RefersTo("Series")]
    public string? Series { get; init; }

    [Description("Only the part of the series with these keys: {channel: web}.")]
    public IReadOnlyDictionary<string, string> Only { get; init; } = new Dictionary<string, string>();

    [Description("The unit metric that knows it."), RefersTo("UnitMetric")]
    public string? UnitMetric { get; init; }

    [Description("Which figure of the unit metric.")]
    public UnitFigure Take { get; init; } = UnitFigure.UnitCost;

    [Description("A figure that Bursar computes elsewhere."), OneOf<KpiFigureWords>]
    public string? Figure { get; init; }

    [Description("A value that somebody declares.")]
    public decimal? Value { get; init; }

    [Description("With value: the day from which it holds.")]
    public DateOnly? On { get; init; }

    [Description("Two days: the input is how many days lie between them.")]
    public KpiDays? Days { get; init; }

    [Description("Made of other inputs, as a KPI is: [core_hours] / (24 * [days_of_month]).")]
    public string? Formula { get; init; }

    [
        Description(
            "The only scope that a series, a unit metric, a declared value or days are of; without it, all cost."
        ),
        RefersTo("Scope")
    ]
    public string? Scope { get; init; }

    [Description("Who answers for it."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description("Where a declared value comes from.")]
    public string? Source { get; init; }

    /// <summary>Everything that can say it, of which at most one does.</summary>
    internal IReadOnlyList<object?> Ways => [Cost, Series, UnitMetric, Figure, Value, Days, Formula];

    public override void Check(RulebookCheck check) => KpiCheck.Check(this, check);
}

/// <summary>A question about cost, asked of the month that the KPI is for.</summary>
internal sealed record KpiCost : RulebookRecord
{
    [
        Description("Which cost; ConsumedQuantity for what was used, Carbon for emissions in kg."),
        AsInFocus(
            nameof(CostMeasure.EffectiveCost),
            nameof(CostMeasure.BilledCost),
            nameof(CostMeasure.ContractedCost),
            nameof(CostMeasure.ListCost),
            nameof(CostMeasure.ConsumedQuantity),
            nameof(CostMeasure.Carbon)
        )
    ]
    public CostMeasure Measure { get; init; } = CostMeasure.EffectiveCost;

    [Description("The scope whose charges count; or give where."), RefersTo("Scope")]
    public string? Scope { get; init; }

    [Description("Which charges count, as in a scope; without it, all of them."), AsFilter]
    public Conditions? Where { get; init; }

    [Description("direct: shared cost in its pools. distributed: with those who use it.")]
    public CostAllocation Allocation { get; init; } = CostAllocation.Direct;

    [Description("With ConsumedQuantity: which unit, as in ConsumedUnit.")]
    public string? Unit { get; init; }

    [Description(
        "With ConsumedQuantity: several units, and how much one of each is: {GB-Months: 1, GiB-Months: 1.073741824}."
    )]
    public IReadOnlyDictionary<string, decimal> Units { get; init; } = new Dictionary<string, decimal>();

    [Description("With a quantity: what it is in a month without such charges: 0. Without it, it is not known then.")]
    public decimal? WhenNone { get; init; }

    /// <summary>The units that count, with what one of each is; null for emissions, which are in kg.</summary>
    internal IReadOnlyDictionary<string, decimal>? Counted =>
        Measure == CostMeasure.Carbon ? null
        : Unit is null ? Units
        : new Dictionary<string, decimal> { [Unit] = 1 };

    /// <summary>Its charges as conditions.</summary>
    internal Conditions ChargesIn(Rulebook rulebook) =>
        Where ?? (Scope is null ? null : rulebook.Find<Scope>(Scope)?.Charges) ?? new Conditions([]);
}

/// <summary>From one day to another.</summary>
internal sealed record KpiDays : RulebookRecord
{
    [Description("The first day.")]
    public required DateOnly Start { get; init; }

    [Description("The day on which it was reached; before it the input is not known.")]
    public required DateOnly End { get; init; }
}

/// <summary>What can be taken from a unit metric.</summary>
internal enum UnitFigure
{
    UnitCost,
    MarginalCost,
    Demand,
    Cost,
    FixedCost,
    VariableCost,
    Revenue,
    Margin,
}
