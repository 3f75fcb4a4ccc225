using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Currencies;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>What was spent under a budget on a day, in its currency.</summary>
/// <param name="Day">The day, or the first of a month.</param>
/// <param name="Spent">At the rates of the plan, where the budget converts.</param>
/// <param name="CurrencyEffect">What the rates of the day make of it beyond that.</param>
internal readonly record struct BudgetSpend(DateOnly Day, Amount Spent, Amount CurrencyEffect);

/// <summary>What was spent under a budget over a time.</summary>
/// <param name="Rows">Ascending by day or month.</param>
/// <param name="LeftOut">Spend in other currencies that is in no row.</param>
/// <param name="Behind">The question that opens it.</param>
internal sealed record BudgetSpending(IReadOnlyList<BudgetSpend> Rows, IReadOnlyList<Money> LeftOut, CostQuery Behind)
{
    public Amount In(DateRange days) =>
        Rows.Where(row => days.Contains(row.Day)).Aggregate(Amount.Zero, (sum, row) => sum + row.Spent);

    public Amount CurrencyEffectIn(DateRange days) =>
        Rows.Where(row => days.Contains(row.Day)).Aggregate(Amount.Zero, (sum, row) => sum + row.CurrencyEffect);
}

/// <summary>
/// Asks what was spent under a budget: other currencies are named, or count at the rates of the plan; what the rates of
/// the day add is the currency effect, always apart.
/// </summary>
internal sealed class SpendOfBudgets(BooksView view, AskCosts ask)
{
    private readonly FindRates rates = new(view);

    /// <summary>The question behind a budget, over a time.</summary>
    public CostQuery Question(Budget budget, DateRange days) =>
        new()
        {
            Measure = budget.Measure,
            Where = budget.FiltersIn(view.Rulebook),
            From = days.Start,
            To = days.End,
            Structure = view.Lens.Structure,
        };

    public BudgetSpending Of(Budget budget, DateRange days, TimeGrain grain, CancellationToken cancel)
    {
        var query = Question(budget, days);
        var answer = ask.Answer(query with { Over = grain }, cancel);
        var own = new Currency(budget.Currency);
        var sums = new SortedDictionary<DateOnly, (Amount Spent, Amount Effect)>();
        var left = new Dictionary<Currency, Amount>();
        foreach (var row in answer.Rows.OrderBy(row => row.Period))
        {
            var day = row.Period!.Value;
            if (InPlan(budget, own, row, day) is not { } spent)
            {
                left[row.Currency] = left.GetValueOrDefault(row.Currency) + row.Total;
                continue;
            }
            var actual = row.Currency == own ? spent : AtRate(row.Total, Rate(row.Currency, own, RateUse.Actual, day));
            var known = sums.GetValueOrDefault(day);
            sums[day] = (known.Spent + spent, known.Effect + (actual - spent ?? Amount.Zero));
        }
        return new BudgetSpending(
            [.. sums.Select(pair => new BudgetSpend(pair.Key, pair.Value.Spent, pair.Value.Effect))],
            [
                .. left.Where(pair => !pair.Value.IsZero)
                    .OrderBy(pair => pair.Key)
                    .Select(pair => new Money(pair.Value, pair.Key)),
            ],
            query
        );
    }

    /// <summary>What each provider has in a budget over a time, whichever way it goes.</summary>
    public IReadOnlyList<(string? Provider, Amount Cost)> ByProvider(
        Budget budget,
        DateRange days,
        CancellationToken cancel
    )
    {
        var own = new Currency(budget.Currency);
        var answer = ask.Answer(Question(budget, days) with { By = ["ServiceProviderName"] }, cancel);
        return
        [
            .. answer
                .Rows.GroupBy(row => row.Keys[0])
                .Select(same =>
                    (
                        same.Key,
                        same.Aggregate(
                                Amount.Zero,
                                (sum, row) => sum + (InPlan(budget, own, row, days.End.AddDays(-1)) ?? Amount.Zero)
                            )
                            .Abs()
                    )
                ),
        ];
    }

    /// <summary>Why spend in another currency is left out, where the budget converts: the rate is missing.</summary>
    public static string? MissingRate(Budget budget, Money left) =>
        budget.Exchange == BudgetExchange.Plan
            ? $"{budget.Name}: the plan has no rate of {left.Currency} in {budget.Currency}, so {left} is in no figure; "
                + "add planRates: to the budget, or kind: ExchangeRates with use: plan."
            : null;

    /// <summary>The rate of the plan: the budget's own, or that of the rulebook; null where there is none.</summary>
    public Amount? PlanRate(Budget budget, Currency own, Currency currency, DateOnly day) =>
        currency == own ? Amount.From(1)
        : budget.PlanRates.TryGetValue(currency.Code, out var rate) ? rate
        : Rate(currency, own, RateUse.Plan, day);

    private Amount? InPlan(Budget budget, Currency own, CostRow row, DateOnly day) =>
        row.Currency == own ? row.Total
        : budget.Exchange == BudgetExchange.Own ? null
        : budget.PlanRates.TryGetValue(row.Currency.Code, out var rate) ? row.Total.AtRate(rate)
        : AtRate(row.Total, Rate(row.Currency, own, RateUse.Plan, day));

    private static Amount? AtRate(Amount amount, Amount? rate) => rate is { } known ? amount.AtRate(known) : null;

    private readonly Dictionary<(Currency, Currency, RateUse, DateOnly), Amount?> found = [];

    private Amount? Rate(Currency from, Currency to, RateUse use, DateOnly day)
    {
        if (!found.TryGetValue((from, to, use, day), out var rate))
            found[(from, to, use, day)] = rate = rates.RateOn(from, new Conversion(to, use), day)?.Rate;
        return rate;
    }
}
