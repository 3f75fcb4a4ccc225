using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Strategy;

/// <summary>
/// Asks the books what the charges of each set of scopes cost, and gives that cost to the priorities that claim it.
/// </summary>
internal sealed class MapSpend(BooksView view, AskCosts ask, CostMeasure measure)
{
    private readonly IReadOnlyList<DateOnly> breakpoints = StrategyMath.Breakpoints(view.Rulebook);

    /// <summary>Spend by priority for a period, by currency.</summary>
    public IReadOnlyDictionary<Currency, StrategySpend> For(DateRange period, CancellationToken cancel) =>
        Costs(period, cancel)
            .GroupBy(cost => cost.Currency)
            .ToDictionary(same => same.Key, same => StrategyMath.Spend(same.Select(cost => cost.Cost), view.Rulebook));

    /// <summary>Spend by priority for a period, in one currency.</summary>
    public StrategySpend For(DateRange period, Currency currency, CancellationToken cancel) =>
        For(period, cancel).GetValueOrDefault(currency) ?? StrategyMath.Spend([], view.Rulebook);

    /// <summary>Spend by priority for each month of a range, in one currency.</summary>
    public IReadOnlyDictionary<BillingPeriod, StrategySpend> ByMonth(
        BillingPeriod first,
        BillingPeriod last,
        Currency currency,
        CancellationToken cancel
    ) =>
        Costs(new DateRange(first.Start, last.End), cancel, TimeGrain.Month)
            .Where(cost => cost.Currency == currency)
            .GroupBy(cost => BillingPeriod.Containing(cost.Cost.Day))
            .ToDictionary(same => same.Key, same => StrategyMath.Spend(same.Select(cost => cost.Cost), view.Rulebook));

    /// <summary>
    /// Costs by the scopes they are in, cut on the days on which a weight, a scope or a priority changes.
    /// </summary>
    public IReadOnlyList<(ScopedCost Cost, Currency Currency)> Costs(
        DateRange period,
        CancellationToken cancel,
        TimeGrain? over = null
    ) =>
        [
            .. Intervals(period)
                .SelectMany(interval =>
                    Ask(interval, over, [], cancel)
                        .Select(row => (new ScopedCost(ScopesOf(row), row.Total, DayOf(row, interval)), row.Currency))
                ),
        ];

    /// <summary>
    /// The largest parts of what nobody claims, by what people would ask about: provider, account, service.
    /// </summary>
    public IReadOnlyList<(string Title, Money Cost)> LargestUnclaimed(
        DateRange period,
        int count,
        CancellationToken cancel
    )
    {
        var unclaimed = Intervals(period)
            .SelectMany(interval =>
                Ask(interval, null, ["ServiceProviderName", "SubAccountName", "ServiceName"], cancel)
                    .Where(row => !StrategyMath.IsClaimed(ScopesOf(row), interval.Start, view.Rulebook))
            );
        return
        [
            .. unclaimed
                .GroupBy(row => (Title: Title(row.Keys), row.Currency))
                .Select(same =>
                    (
                        same.Key.Title,
                        new Money(same.Aggregate(Amount.Zero, (sum, row) => sum + row.Total), same.Key.Currency)
                    )
                )
                .Where(part => part.Item2.Amount > Amount.Zero)
                .GroupBy(part => part.Item2.Currency)
                .SelectMany(same =>
                    same.OrderByDescending(part => part.Item2.Amount)
                        .ThenBy(part => part.Title, StringComparer.Ordinal)
                        .Take(count)
                ),
        ];
    }

    private IReadOnlyList<CostRow> Ask(
        DateRange interval,
        TimeGrain? over,
        IReadOnlyList<string> by,
        CancellationToken cancel
    )
    {
        var query = new CostQuery
        {
            Measure = measure,
            By = [CostColumns.Scopes, .. by],
            Over = over,
            From = interval.Start,
            To = interval.End,
            Scopes =
            [
                .. view
                    .Rulebook.All<Scope>()
                    .Where(scope => scope.IsInUse(interval.Start))
                    .Select(scope => new NamedFilter(scope.Name, scope.Charges.ToFilters())),
            ],
        };
        return ask.Answer(query, cancel).Rows;
    }

    private IEnumerable<DateRange> Intervals(DateRange period)
    {
        var start = period.Start;
        foreach (var day in breakpoints.Where(day => day > period.Start && day < period.End))
        {
            yield return new DateRange(start, day);
            start = day;
        }
        yield return new DateRange(start, period.End);
    }

    private static DateOnly DayOf(CostRow row, DateRange interval) =>
        row.Period is { } start && start > interval.Start ? start : interval.Start;

    private static string[] ScopesOf(CostRow row) =>
        (row.Keys[0] ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries);

    private static string Title(IReadOnlyList<string?> keys)
    {
        var provider = keys[1] ?? "Unknown provider";
        return keys[2] is { } account ? $"{provider}, {account}"
            : keys[3] is { } service ? $"{provider}, {service}"
            : provider;
    }
}
