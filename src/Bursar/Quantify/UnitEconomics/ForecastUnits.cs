using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Quantify.Forecasts;
using Bursar.Understand.Measures;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Quantify.UnitEconomics;

/// <summary>What a unit is expected to cost in a month to come.</summary>
/// <param name="Month">The month; the first may have begun.</param>
/// <param name="Demand">What is expected to be asked for.</param>
/// <param name="Cost">What that is expected to cost.</param>
/// <param name="UnitCost">Cost ÷ demand; null where no demand is expected.</param>
/// <param name="Low">P10 of the cost ÷ P90 of the demand.</param>
/// <param name="High">P90 of the cost ÷ P10 of the demand.</param>
/// <param name="State">Against the target.</param>
internal sealed record UnitMonthAhead(
    BillingPeriod Month,
    Amount Demand,
    Amount Cost,
    decimal? UnitCost,
    decimal? Low,
    decimal? High,
    UnitState State
);

/// <summary>The months to come of a unit metric.</summary>
internal sealed record UnitsAhead(
    UnitReview Review,
    IReadOnlyList<UnitMonthAhead> Months,
    decimal? CostWape,
    decimal? DemandWape,
    IReadOnlyList<string> Notes
)
{
    /// <summary>The question about its cost.</summary>
    public required ForecastQuestion Cost { get; init; }

    /// <summary>The question about its demand.</summary>
    public required ForecastQuestion Demand { get; init; }

    /// <summary>What is declared to cost as much each month.</summary>
    public required Amount Added { get; init; }
}

/// <summary>The months to come of a unit metric, for programs; null without charges.</summary>
internal delegate Task<UnitsAhead?> ReadUnitsAhead(string? asOf, string name, int months, CancellationToken cancel);

/// <summary>Forecasts the cost of a unit: the forecast of its cost over the forecast of its demand (UNT-06).</summary>
internal sealed class ForecastUnits(BooksView view)
{
    /// <exception cref="Core.Diagnostics.RefusedException">There is too little to learn from.</exception>
    public UnitsAhead Of(UnitReview review, int months, CancellationToken cancel)
    {
        var metric = review.Metric;
        var last = review.Newest.Month.Plus(months).End.AddDays(-1);
        var cost = Ask(
            new ForecastQuestion
            {
                Cost = review.Behind with
                {
                    From = null,
                    To = null,
                    Conversion = review.Behind.Conversion ?? Target(review.Currency),
                },
                Through = last,
            },
            cancel
        );
        var demand = Ask(
            metric.Series is { } series
                ? new ForecastQuestion
                {
                    Series = series,
                    Cost = new CostQuery { Where = Only(metric, series) },
                    Through = last,
                }
                : new ForecastQuestion
                {
                    Cost = new CostQuery { Measure = CostMeasure.ConsumedQuantity, Where = metric.Usage!.ToFilters() },
                    Through = last,
                },
            cancel
        );
        var declared = metric.Other.Where(other => other.PerMonth is not null).ToList();
        var added = declared.Aggregate(Amount.Zero, (sum, other) => sum + other.PerMonth!.Value);
        var notes = new List<string>
        {
            $"The forecast of the cost missed by {Words(cost.Backtest.Wape)} (WAPE), that of the demand by {Words(demand.Backtest.Wape)}, made again from earlier days.",
            "Low is P10 of the cost over P90 of the demand, high the other way round: as if both went apart, so never too narrow.",
        };
        notes.AddRange(
            metric
                .Other.Except(declared)
                .Select(other => $"\"{other.Name}\" is not in the forecast: only a declared amount per month is.")
        );
        return new UnitsAhead(
            review,
            [
                .. cost.Periods.Join(
                    demand.Periods,
                    period => period.Start,
                    period => period.Start,
                    (money, units) => Month(metric, money, units, added)
                ),
            ],
            cost.Backtest.Wape,
            demand.Backtest.Wape,
            [.. notes, .. cost.Notes.Concat(demand.Notes).Distinct()]
        )
        {
            Cost = cost.Question,
            Demand = demand.Question,
            Added = added,
        };
    }

    private CostForecast Ask(ForecastQuestion question, CancellationToken cancel) =>
        ForecastCosts.Ask(view, question, cancel);

    private UnitMonthAhead Month(UnitMetric metric, ForecastPeriod cost, ForecastPeriod demand, Amount added)
    {
        var each = Each(metric, cost.Point + added, demand.Point);
        return new UnitMonthAhead(
            BillingPeriod.Containing(cost.Start),
            demand.Point,
            cost.Point + added,
            each,
            Each(metric, cost.P10 + added, demand.P90),
            Each(metric, cost.P90 + added, demand.P10),
            UnitMath.State(metric.Target, each)
        );
    }

    private static decimal? Each(UnitMetric metric, Amount cost, Amount demand) =>
        demand > Amount.Zero ? PerUnit.Of(cost.Times(metric.Per), demand) : null;

    /// <summary>In the currency of the metric, where rates are known; else each charge stays in its own.</summary>
    private Conversion? Target(Currency currency) =>
        new Understand.Currencies.FindRates(view).Currencies.Contains(currency.Code) ? new Conversion(currency) : null;

    private IReadOnlyList<CostFilter> Only(UnitMetric metric, string series)
    {
        var columns = new AskMeasures(view).Declared(series).Columns;
        return
        [
            .. metric.Only.Where(key => columns.Contains(key.Key)).Select(key => new CostFilter(key.Key, [key.Value])),
        ];
    }

    private static string Words(decimal? wape) => wape is null ? "an unknown part" : Web.Display.Percent(wape);
}
