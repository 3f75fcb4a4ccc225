using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>How one pool is divided in one month and currency.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Month">The first day of the month of the charges.</param>
/// <param name="Currency">Their billing currency.</param>
/// <param name="Weights">What it is divided by: who, and how much of the driver they have.</param>
/// <param name="Ends">What everybody gets in the end, pools that serve pools solved.</param>
/// <param name="Note">Why it was divided otherwise than declared; null when it was not.</param>
internal sealed record DividedPool(
    string Pool,
    DateOnly Month,
    string Currency,
    IReadOnlyList<PoolWeight> Weights,
    IReadOnlyList<EndShare> Ends,
    string? Note
);

/// <summary>One figure of a series: who, the month, how much, and the newest day the series has.</summary>
internal sealed record SeriesWeight(string? Value, DateOnly Month, decimal Weight, DateOnly Newest);

/// <summary>
/// Finds what each pool is divided by, month by month and currency by currency: shares as declared, the receivers' own
/// charges, or a series.
/// </summary>
/// <param name="poolsOf">The shared costs of the rulebook that holds in a month.</param>
/// <param name="star">The direct cost.</param>
/// <param name="series">The figures of a series by one of its keys, by month.</param>
internal sealed class WeighPools(
    Func<DateOnly, IReadOnlyList<SharedCost>> poolsOf,
    StarFiles star,
    Func<string, string, IReadOnlyList<SeriesWeight>> series
)
{
    private readonly Dictionary<string, IReadOnlyList<CostRow>> asked = [];

    /// <summary>All pools in all months in which any of them has cost, in a fixed order.</summary>
    public IReadOnlyList<DividedPool> All(DuckDbSession session, CancellationToken cancel)
    {
        var months = Ask(
                new CostQuery
                {
                    By = [CostColumns.SharedCost],
                    Over = TimeGrain.Month,
                    Where = [new CostFilter(CostColumns.AllocationType, [AllocationTypes.Shared])],
                },
                session,
                cancel
            )
            .Select(row => (Month: row.Period!.Value, Currency: row.Currency.Code))
            .Distinct()
            .Order()
            .ToList();
        return [.. months.SelectMany(place => In(place.Month, place.Currency, session, cancel))];
    }

    private IEnumerable<DividedPool> In(
        DateOnly month,
        string currency,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        var inForce = poolsOf(month)
            .Where(pool =>
                (pool.From ?? DateOnly.MinValue) < month.AddMonths(1) && month < (pool.To ?? DateOnly.MaxValue)
            );
        var gifts = inForce
            .OrderBy(pool => pool.Order)
            .ThenBy(pool => pool.Name, StringComparer.Ordinal)
            .Select(pool => (Pool: pool, Weights: WeightsOf(pool, month, currency, session, cancel)))
            .ToList();
        var ends = PoolCascade.Solve([
            .. gifts.Select(gift => new PoolGifts(
                gift.Pool.Name,
                gift.Pool.Order,
                gift.Pool.Cascade,
                gift.Weights.Receivers,
                [.. gift.Pool.ToPools.Select(other => (other.Key, other.Value / 100))]
            )),
        ]);
        return gifts
            .Where(gift => gift.Pool.IsDivided)
            .Select(gift => new DividedPool(
                gift.Pool.Name,
                month,
                currency,
                gift.Weights.Receivers,
                ends[gift.Pool.Name],
                gift.Weights.Note
            ));
    }

    private (IReadOnlyList<PoolWeight> Receivers, string? Note) WeightsOf(
        SharedCost pool,
        DateOnly month,
        string currency,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        if (!pool.IsDivided)
            return ([], null);
        string? note = null;
        var weights = pool.Method switch
        {
            SharedCostMethod.Fixed => pool.Shares.Select(share => (share.Key, share.Value)),
            SharedCostMethod.Even when pool.Among.Count > 0 => pool.Among.Select(name => (name, 1m)),
            SharedCostMethod.Series => SeriesOf(pool, month, ref note),
            _ => OwnCharges(pool, month, currency, session, cancel)
                .Select(own => (own.Name, pool.Method == SharedCostMethod.Even ? 1m : own.Weight)),
        };
        var receivers = weights
            .Where(weight => weight.Item2 > 0 && (pool.Among.Count == 0 || pool.Among.Contains(weight.Item1)))
            .OrderBy(weight => weight.Item1, StringComparer.Ordinal)
            .Select(weight => new PoolWeight(new Receiver(pool.By, weight.Item1), weight.Item2))
            .ToList();
        if (receivers.Count > 0)
            return (receivers, note);
        note ??= $"There is nothing to divide \"{pool.Name}\" by in {month:yyyy-MM}";
        return pool.Otherwise == SharedCostFallback.Even && pool.Among.Count > 0
            ? (
                [
                    .. pool
                        .Among.Order(StringComparer.Ordinal)
                        .Select(name => new PoolWeight(new Receiver(pool.By, name), 1)),
                ],
                note + ": everybody gets the same."
            )
            : ([], note + ": the organisation keeps it.");
    }

    /// <summary>What each possible receiver has of the measure in that month, pools left out.</summary>
    private IEnumerable<(string Name, decimal Weight)> OwnCharges(
        SharedCost pool,
        DateOnly month,
        string currency,
        DuckDbSession session,
        CancellationToken cancel
    ) =>
        Ask(
                new CostQuery
                {
                    Measure = pool.Method == SharedCostMethod.Even ? CostMeasure.EffectiveCost : pool.Measure,
                    By = [pool.By],
                    Over = TimeGrain.Month,
                    Where =
                    [
                        .. pool.Method == SharedCostMethod.Even ? [] : pool.Weigh?.ToFilters() ?? [],
                        new CostFilter(CostColumns.AllocationType, [AllocationTypes.Direct]),
                        new CostFilter(pool.By, [null], Negated: true),
                    ],
                },
                session,
                cancel
            )
            .Where(row => row.Period == month && row.Currency.Code == currency)
            .Select(row => (row.Keys[0]!, row.Total.ToDecimal()));

    private IEnumerable<(string Name, decimal Weight)> SeriesOf(SharedCost pool, DateOnly month, ref string? note)
    {
        var points = series(pool.Series!, pool.Key!);
        var ofMonth = points.Where(point => point.Month == month && point.Value is not null).ToList();
        var newest = points.Count == 0 ? DateOnly.MinValue : points.Max(point => point.Newest);
        if (ofMonth.Count > 0 || points.Count == 0)
            return ofMonth.Select(point => (point.Value!, point.Weight));
        var age = month.AddMonths(1).DayNumber - newest.DayNumber;
        if (newest >= month || age > pool.FreshDays)
        {
            note =
                $"The series \"{pool.Series}\" has no point in {month:yyyy-MM} and is older than {pool.FreshDays} days";
            return [];
        }
        var last = points.Where(point => point.Month < month).Max(point => point.Month);
        note = $"Divided by the series \"{pool.Series}\" of {last:yyyy-MM}, the newest there is.";
        return points
            .Where(point => point.Month == last && point.Value is not null)
            .Select(point => (point.Value!, point.Weight));
    }

    /// <summary>Pools that weigh by the same are answered by one question.</summary>
    private IReadOnlyList<CostRow> Ask(CostQuery query, DuckDbSession session, CancellationToken cancel)
    {
        var key = $"{query.Measure} {string.Join(',', query.By)} {string.Join(';', query.Where.Select(Text))}";
        if (!asked.TryGetValue(key, out var rows))
            asked[key] = rows = AskCost.Of(query, star, session, cancel).Rows;
        return rows;
    }

    private static string Text(CostFilter filter) =>
        $"{filter.Column} {filter.Negated} {string.Join('\u0001', filter.Values.Select(value => value ?? "\u0000"))}";
}
