using Bursar.Core.Amounts;
using Bursar.Core.Time;

namespace Bursar.Quantify.Budgets;

/// <summary>What is expected under a budget from a day on, and how sure that is.</summary>
/// <param name="From">The first day of the first month that is forecast; what was spent in it is in the
/// forecast.</param>
/// <param name="Point">What is expected, by month.</param>
/// <param name="Quantiles">What outcomes stay below, by probability, ascending.</param>
/// <param name="Reason">Why this forecast, in one sentence.</param>
/// <param name="Wape">The size of its misses in the backtest, as a share of what came; null without one.</param>
internal sealed record BudgetOutlook(
    DateOnly From,
    BudgetPlan Point,
    IReadOnlyList<(decimal Probability, BudgetPlan Plan)> Quantiles,
    string Reason,
    decimal? Wape
)
{
    /// <summary>The outcome of a range that stays below with a probability, with what was spent before it.</summary>
    public Amount At(decimal probability, DateRange days, Amount spentBefore) =>
        spentBefore + Quantiles.First(one => one.Probability == probability).Plan.In(days);

    /// <summary>The chance that a range comes to more than an amount.</summary>
    /// <remarks>Quantiles of months are added: as if a dear month were followed by dear months, the careful
    /// side.</remarks>
    public decimal? ChanceAbove(Amount amount, DateRange days, Amount spentBefore) =>
        PaceMath.ChanceAbove([.. Quantiles.Select(one => (one.Probability, spentBefore + one.Plan.In(days)))], amount);
}
