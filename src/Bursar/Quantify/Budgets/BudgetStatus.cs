using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;

namespace Bursar.Quantify.Budgets;

/// <summary>A budget against what was spent in a month.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Month">The month.</param>
/// <param name="Amount">What may be spent in it, without what is held back.</param>
/// <param name="Spent">What was spent.</param>
/// <param name="Behind">The question that opens what was spent.</param>
internal sealed record BudgetStatus(Budget Budget, BillingPeriod Month, Amount Amount, Amount Spent, CostQuery Behind)
{
    /// <summary>The currency of both: the budget's own, or the one that was asked for.</summary>
    public required Currency Currency { get; init; }

    /// <summary>What was spent and is in neither figure: it is in another currency and was not converted.</summary>
    public IReadOnlyList<Money> LeftOut { get; init; } = [];

    /// <summary>
    /// How the budget's amount came into another currency, or why it did not; null when nobody asked.
    /// </summary>
    public string? Note { get; init; }

    /// <summary>What is held back and may not be spent.</summary>
    public Amount HeldBack { get; init; }

    /// <summary>
    /// What currencies add to the spend at the rates of the plan; null where the budget does not convert.
    /// </summary>
    public Amount? CurrencyEffect { get; init; }

    /// <summary>What was spent beyond the budget; negative when there is some left.</summary>
    public Amount Over => Spent - Amount;

    public decimal? OverRatio => Over.ShareOf(Amount);

    /// <summary>True when the budget is for everything.</summary>
    public bool IsForEverything => Behind.Where.Count == 0;
}
