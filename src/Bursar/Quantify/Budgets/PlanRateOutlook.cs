using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Quantify.Forecasts;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>
/// Forecasts a budget that has rates of its own: each currency by itself, at the rate of the plan, so that what the
/// rates of the days do is in no figure.
/// </summary>
/// <remarks>Quantiles of the currencies are added, as if all went high or low together: never too narrow.</remarks>
internal sealed class PlanRateOutlook(BooksView view, SpendOfBudgets spend, Budget budget, Currency own)
{
    /// <summary>The outlook; null where nothing was spent that the plan has a rate for.</summary>
    /// <param name="question">The forecast of the budget; its cost is asked for currency by currency.</param>
    /// <param name="probabilities">Which quantiles.</param>
    /// <param name="cancel">Ends the work early.</param>
    /// <exception cref="RefusedException">One of the currencies cannot be forecast.</exception>
    public BudgetOutlook? Of(ForecastQuestion question, IReadOnlyList<decimal> probabilities, CancellationToken cancel)
    {
        var all = Forecasts(question, cancel).ToList();
        if (all.Count == 0)
            return null;
        var from = all.Min(one => one.Made.Periods[0].Start);
        var first = all.MaxBy(one =>
            one.Made.Periods.Aggregate(Amount.Zero, (sum, period) => sum + period.Point).AtRate(one.Rate)
        );
        return new BudgetOutlook(
            from,
            Plan(all, from, period => period.Point),
            [.. probabilities.Select(one => (one, Plan(all, from, period => period.Quantiles[one])))],
            all.Count == 1
                ? first.Made.Reason
                : $"Each of {all.Count} currencies at the rate of the plan. The largest, {first.Made.Currency}: {first.Made.Reason}",
            Wape(all)
        );
    }

    private IEnumerable<(CostForecast Made, Amount Rate)> Forecasts(ForecastQuestion question, CancellationToken cancel)
    {
        var spent = new AskCosts(view).Answer(question.Cost with { From = null, To = null }, cancel).Totals;
        foreach (var currency in spent.Where(total => !total.Amount.IsZero).Select(total => total.Currency))
        {
            if (spend.PlanRate(budget, own, currency, view.DataThrough!.Value) is not { } rate)
                continue;
            yield return (OfCurrency(question, currency, cancel), rate);
        }
    }

    private CostForecast OfCurrency(ForecastQuestion question, Currency currency, CancellationToken cancel)
    {
        try
        {
            var filter = new CostFilter("BillingCurrency", [currency.Code]);
            return ForecastCosts.Ask(
                view,
                question with
                {
                    Cost = question.Cost with { Where = [.. question.Cost.Where, filter] },
                },
                cancel
            );
        }
        catch (RefusedException refused)
        {
            throw new RefusedException(
                refused.Diagnostic with
                {
                    Message = $"Of what is billed in {currency}: {refused.Diagnostic.Message}",
                }
            );
        }
    }

    /// <summary>By month; what is over of one currency while another still waits for it counts as it came.</summary>
    private BudgetPlan Plan(
        IReadOnlyList<(CostForecast Made, Amount Rate)> all,
        DateOnly from,
        Func<ForecastPeriod, Amount> of
    ) =>
        new(
            [
                .. all.SelectMany(one =>
                        one.Made.Past.Where(past => past.Start >= from && past.Start < one.Made.Periods[0].Start)
                            .Select(past => (Days: new DateRange(past.Start, past.End), past.Actual))
                            .Concat(
                                one.Made.Periods.Select(period =>
                                    (Days: new DateRange(period.Start, period.End), Actual: of(period))
                                )
                            )
                            .Select(part => (part.Days, Amount: part.Actual.AtRate(one.Rate).RoundedTo(own.Decimals)))
                    )
                    .GroupBy(part => part.Days.Start)
                    .OrderBy(same => same.Key)
                    .Select(same => new PlannedPart(
                        same.First().Days,
                        same.Aggregate(Amount.Zero, (sum, part) => sum + part.Amount)
                    )),
            ],
            own.Decimals
        );

    /// <summary>The currencies' own misses by what is expected of each: the whole misses by no more.</summary>
    private static decimal? Wape(IReadOnlyList<(CostForecast Made, Amount Rate)> all)
    {
        var known = all.Where(one => one.Made.Backtest.Wape is not null)
            .Select(one =>
                (
                    one.Made.Backtest.Wape,
                    Weight: one.Made.Periods.Aggregate(Amount.Zero, (sum, period) => sum + period.Point.Abs())
                        .AtRate(one.Rate)
                        .ToDecimal()
                )
            )
            .ToList();
        var weight = known.Sum(one => one.Weight);
        return weight == 0 ? null : known.Sum(one => one.Wape!.Value * one.Weight) / weight;
    }
}
