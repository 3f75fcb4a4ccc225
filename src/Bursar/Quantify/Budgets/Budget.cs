using System.ComponentModel;
using Bursar.Core.Amounts;
using Bursar.Manage.Strategy;
using Bursar.Rulebooks;
using Bursar.Warehouse.Queries;

namespace Bursar.Quantify.Budgets;

/// <summary>How much may be spent on a part of the cost, by month, quarter or year.</summary>
internal sealed record Budget : Declaration
{
    [Description("The name that people read; without it, the name.")]
    public string? DisplayName { get; init; }

    [Description("The scope it limits; or give where."), RefersTo("Scope")]
    public string? Scope { get; init; }

    [Description("Which charges it limits, as in a scope; without scope and where, all of them."), AsFilter]
    public Conditions? Where { get; init; }

    [
        Description("Which cost is limited."),
        AsInFocus(
            nameof(CostMeasure.EffectiveCost),
            nameof(CostMeasure.BilledCost),
            nameof(CostMeasure.ContractedCost),
            nameof(CostMeasure.ListCost)
        )
    ]
    public CostMeasure Measure { get; init; } = CostMeasure.EffectiveCost;

    [Description("The currency of the amounts, three capital letters."), CurrencyCode]
    public required string Currency { get; init; }

    [Description("Who answers for it."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description(
        "Calendar period: amount. Periods are 2026-03, 2026-Q1 or 2026; longer ones are spread "
            + "evenly over their months."
    )]
    public required IReadOnlyDictionary<string, Amount> Amounts { get; init; }

    /// <summary>The charges it limits, as conditions: its own, its scope's, or none (everything).</summary>
    public Conditions ConditionsIn(Rulebook rulebook) =>
        Where ?? (Scope is null ? null : rulebook.Find<Scope>(Scope)?.Charges) ?? new Conditions([]);

    public override void Check(RulebookCheck check)
    {
        if (Scope is not null && Where is not null)
            check.Error(
                this,
                "where",
                "scope-and-filter",
                "This budget has both a scope and a filter.",
                "Keep one of them."
            );
        BudgetMath.CheckPeriods(this, check);
    }
}
