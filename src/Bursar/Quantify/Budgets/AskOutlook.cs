using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Quantify.Forecasts;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>Asks the forecast what a budget is expected to cost.</summary>
internal static class AskOutlook
{
    /// <summary>Chances are read off these, even between two of them.</summary>
    private static readonly decimal[] Probabilities =
    [
        0.01m,
        0.05m,
        0.1m,
        0.2m,
        0.3m,
        0.4m,
        0.5m,
        0.6m,
        0.7m,
        0.8m,
        0.9m,
        0.95m,
        0.99m,
    ];

    /// <summary>A state of the books never changes; the rules may be a draft, so they are part of the key.</summary>
    private static readonly ConditionalWeakTable<
        BooksState,
        ConcurrentDictionary<string, (BudgetOutlook? Outlook, string? Why)>
    > Known = [];

    /// <summary>The outlook through a day; or why there is none.</summary>
    /// <param name="view">The books.</param>
    /// <param name="budget">The budget.</param>
    /// <param name="knownThrough">As if nothing after this day were known; null for all there is.</param>
    /// <param name="last">The last day that matters.</param>
    /// <param name="cancel">Ends the work early.</param>
    public static (BudgetOutlook? Outlook, string? Why) Of(
        BooksView view,
        Budget budget,
        DateOnly? knownThrough,
        DateOnly last,
        CancellationToken cancel
    )
    {
        var key = $"{view.Rulebook.Hash} {view.Lens} {budget.Name} {knownThrough:yyyy-MM-dd} {last:yyyy-MM-dd}";
        var answers = Known.GetOrCreateValue(view.State);
        if (answers.TryGetValue(key, out var known))
            return known;
        try
        {
            known = (Ask(view, budget, knownThrough, last, cancel), null);
        }
        catch (RefusedException refused)
        {
            known = (null, refused.Message);
        }
        return answers[key] = known;
    }

    private static BudgetOutlook? Ask(
        BooksView view,
        Budget budget,
        DateOnly? knownThrough,
        DateOnly last,
        CancellationToken cancel
    )
    {
        var plain = view.Through(view.Lens with { Conversion = null });
        var spend = new SpendOfBudgets(plain, new AskCosts(plain));
        var own = new Currency(budget.Currency);
        var question = new ForecastQuestion
        {
            Cost = spend.Question(budget, default) with { From = null, To = null },
            Over = TimeGrain.Month,
            Through = last,
            KnownThrough = knownThrough,
            Quantiles = Probabilities,
        };
        if (budget is { Exchange: BudgetExchange.Plan, PlanRates.Count: > 0 })
            return new PlanRateOutlook(plain, spend, budget, own).Of(question, Probabilities, cancel);
        if (budget.Exchange == BudgetExchange.Plan)
            question = question with { Cost = question.Cost with { Conversion = new Conversion(own, RateUse.Plan) } };
        var made = ForecastCosts.Ask(plain, question, cancel);
        if (made.Currency != own || made.Periods.Count == 0)
            return null;
        return new BudgetOutlook(
            made.Periods[0].Start,
            Plan(period => period.Point),
            [.. Probabilities.Select(one => (one, Plan(period => period.Quantiles[one])))],
            made.Reason,
            made.Backtest.Wape
        );

        BudgetPlan Plan(Func<ForecastPeriod, Amount> of) =>
            new(
                [
                    .. made.Periods.Select(period => new PlannedPart(
                        new DateRange(period.Start, period.End),
                        of(period)
                    )),
                ],
                own.Decimals
            );
    }
}
