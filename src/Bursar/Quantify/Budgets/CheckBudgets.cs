using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>Compares what was spent in a month with the budgets that speak of it, in the order declared.</summary>
internal sealed class CheckBudgets(BooksView view, AskCosts ask)
{
    public IReadOnlyList<BudgetStatus> Of(BillingPeriod month, CancellationToken cancel)
    {
        var statuses = new List<BudgetStatus>();
        foreach (var budget in view.Rulebook.All<Budget>())
        {
            if (!BudgetMath.ByMonth(budget).TryGetValue(month, out var amount))
                continue;
            var query = new CostQuery
            {
                Measure = budget.Measure,
                Where = budget.ConditionsIn(view.Rulebook).ToFilters(),
                From = month.Start,
                To = month.End,
            };
            var spent = ask.Answer(query, cancel)
                .Totals.Where(total => total.Currency.Code == budget.Currency)
                .Aggregate(Amount.Zero, (sum, total) => sum + total.Amount);
            statuses.Add(new BudgetStatus(budget, month, amount, spent, query));
        }
        return statuses;
    }
}
