using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;

namespace Bursar.Quantify.Budgets;

/// <summary>A budget against what was spent in a month.</summary>
/// <param name="Budget">The budget.</param>
/// <param name="Month">The month.</param>
/// <param name="Amount">What may be spent in it.</param>
/// <param name="Spent">What was spent.</param>
/// <param name="Behind">The question that opens what was spent.</param>
internal sealed record BudgetStatus(Budget Budget, BillingPeriod Month, Amount Amount, Amount Spent, CostQuery Behind)
{
    public Currency Currency => new(Budget.Currency);

    /// <summary>What was spent beyond the budget; negative when there is some left.</summary>
    public Amount Over => Spent - Amount;

    public decimal? OverRatio => Over.ShareOf(Amount);

    /// <summary>True when the budget is for everything.</summary>
    public bool IsForEverything => Behind.Where.Count == 0;
}
