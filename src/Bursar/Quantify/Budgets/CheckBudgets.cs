using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Currencies;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>Compares what was spent in a month with the budgets that speak of it, in the order declared.</summary>
/// <remarks>
/// In another currency, what was spent is converted row by row at the rates of its days, and the budget's amount at the
/// rate of the month's first day; a budget without a rate stays in its own currency, and says so.
/// </remarks>
internal sealed class CheckBudgets(BooksView view, AskCosts ask)
{
    private readonly BudgetBook book = new(view);

    /// <exception cref="Core.Diagnostics.RefusedException">Nothing is known of the currency that is asked
    /// for.</exception>
    public IReadOnlyList<BudgetStatus> Of(BillingPeriod month, CancellationToken cancel)
    {
        if (view.Lens.Conversion is { } asked)
            _ = new FindRates(view).Of(new CostQuery { Conversion = asked });
        return
        [
            .. from budget in book.Budgets
            let days = DateRange.Of(month)
            let plan = book.PlanOf(budget)
            where plan.SpeaksOf(days)
            select Status(budget, month, plan.In(days), cancel),
        ];
    }

    private BudgetStatus Status(Budget budget, BillingPeriod month, Amount planned, CancellationToken cancel)
    {
        var spendable = book.Spendable(budget, DateRange.Of(month));
        var limit = Limit(budget, month, spendable);
        if (budget.Exchange == BudgetExchange.Plan && limit.Amount.Currency.Code == budget.Currency)
            return AtPlanRates(budget, month, planned, spendable, cancel) with { Note = limit.Note };
        var query = view.Lens.Over(new SpendOfBudgets(view, ask).Question(budget, DateRange.Of(month))) with
        {
            Conversion = limit.Conversion,
        };
        // Through the plain view: the question already says in which currency.
        var totals = limit.Ask.Answer(query, cancel).Totals;
        return new BudgetStatus(
            budget,
            month,
            limit.Amount.Amount,
            totals
                .Where(total => total.Currency == limit.Amount.Currency)
                .Aggregate(Amount.Zero, (sum, total) => sum + total.Amount),
            query
        )
        {
            Currency = limit.Amount.Currency,
            LeftOut = [.. totals.Where(total => total.Currency != limit.Amount.Currency && !total.Amount.IsZero)],
            Note = limit.Note,
            HeldBack = planned - spendable,
        };
    }

    private BudgetStatus AtPlanRates(
        Budget budget,
        BillingPeriod month,
        Amount planned,
        Amount spendable,
        CancellationToken cancel
    )
    {
        var plain = view.Through(view.Lens with { Conversion = null });
        var days = DateRange.Of(month);
        var spending = new SpendOfBudgets(plain, new AskCosts(plain)).Of(budget, days, TimeGrain.Month, cancel);
        return new BudgetStatus(budget, month, spendable, spending.In(days), spending.Behind)
        {
            Currency = new Currency(budget.Currency),
            LeftOut = spending.LeftOut,
            HeldBack = planned - spendable,
            CurrencyEffect = spending.CurrencyEffectIn(days),
        };
    }

    /// <summary>What may be spent, in the currency that was asked for if there is a rate.</summary>
    private (Money Amount, Conversion? Conversion, AskCosts Ask, string? Note) Limit(
        Budget budget,
        BillingPeriod month,
        Amount amount
    )
    {
        var own = new Money(amount, new Currency(budget.Currency));
        if (view.Lens.Conversion is not { } asked || asked.Target == own.Currency)
            return (own, view.Lens.Conversion, ask, null);
        if (new FindRates(view).RateOn(own.Currency, asked, month.Start) is not { } rate)
            return (
                own,
                null,
                new AskCosts(view.Through(view.Lens with { Conversion = null })),
                $"{budget.Name} stays in {own.Currency}: there is no {asked.Use.ToString().ToLowerInvariant()} rate to "
                    + $"{asked.Target} on {month.Start:yyyy-MM-dd}."
            );
        return (
            new Money(amount.AtRate(rate.Rate), asked.Target),
            asked,
            ask,
            $"The budget {budget.Name} at 1 {own.Currency} = {rate.Rate} {asked.Target} of {month.Start:yyyy-MM-dd}, {rate.Source}."
        );
    }
}
