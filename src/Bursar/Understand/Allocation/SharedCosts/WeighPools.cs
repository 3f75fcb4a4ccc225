using System.Text.Json.Serialization;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Rulebooks;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>How one pool is divided in one month and currency.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Month">The first day of the month of the charges; the day, where a pool is divided by day.</param>
/// <param name="Currency">Their billing currency.</param>
/// <param name="Within">The values of the columns within which it is divided, by the order of their names.</param>
/// <param name="Weights">What it is divided by: who, and how much of the driver they have.</param>
/// <param name="Ends">What everybody gets in the end, pools that serve pools solved.</param>
/// <param name="Note">Why it was divided otherwise than declared; null when it was not.</param>
internal sealed record DividedPool(
    string Pool,
    DateOnly Month,
    string Currency,
    IReadOnlyList<string> Within,
    IReadOnlyList<PoolWeight> Weights,
    IReadOnlyList<EndShare> Ends,
    string? Note
)
{
    /// <summary>Whether it is one day that is divided, and not the month.</summary>
    public bool IsDaily { get; init; }

    /// <summary>The day after the last that is divided.</summary>
    [JsonIgnore]
    public DateOnly End => IsDaily ? Month.AddDays(1) : Month.AddMonths(1);

    /// <summary>Whether it is of that month.</summary>
    public bool IsOf(BillingPeriod month) => BillingPeriod.Containing(Month) == month;

    /// <summary>What nobody receives is with whom the charge is, as a line of theirs.</summary>
    public bool IsOwn { get; init; }

    /// <summary>What rates charged, for a pool that is charged by rates.</summary>
    public RatedPool? Rated { get; init; }
}

/// <summary>One figure of a series: who, the month, how much, and the newest day the series has.</summary>
internal sealed record SeriesWeight(string? Value, DateOnly Month, decimal Weight, DateOnly Newest);

/// <summary>
/// Finds what each pool is divided by, month by month and currency by currency: shares as declared, the receivers'
/// own
/// charges, or a series.
/// </summary>
/// <param name="pools">All shared costs of all rulebooks.</param>
/// <param name="poolsOf">The shared costs of the rulebook that holds in a month.</param>
/// <param name="ask">Answers questions about direct cost and quantities, those of usage among them.</param>
/// <param name="askBills">The same about what counts alone: quantities of bills, without those of usage.</param>
/// <param name="askLog">The same about logs: usage, and estimates whether or not their bill arrived.</param>
/// <param name="isKnown">Whether any delivery has a column; what none has, nothing is divided by.</param>
/// <param name="series">The figures of a series by one of its keys, by month.</param>
internal sealed class WeighPools(
    IReadOnlyList<SharedCost> pools,
    Func<DateOnly, IReadOnlyList<SharedCost>> poolsOf,
    Func<CostQuery, IReadOnlyList<CostRow>> ask,
    Func<CostQuery, IReadOnlyList<CostRow>> askBills,
    Func<CostQuery, IReadOnlyList<CostRow>> askLog,
    Func<string, bool> isKnown,
    Func<string, string, IReadOnlyList<SeriesWeight>> series
)
{
    private readonly Dictionary<string, IReadOnlyList<CostRow>> asked = [];
    private readonly Dictionary<string, IReadOnlyList<CostRow>> askedOfBills = [];
    private readonly Dictionary<string, IReadOnlyList<CostRow>> askedOfLogs = [];

    private readonly List<SharedCost> benefits = [.. pools.Where(pool => pool.Benefit is not null)];

    private ChargeRates Rates =>
        field ??= new ChargeRates(
            Ask,
            (pool, month) =>
            {
                string? note = null;
                return (SeriesOf(pool, month, ref note).ToList(), note);
            }
        );

    /// <summary>What is in each pool, by month.</summary>
    private static CostQuery Cost { get; } =
        new()
        {
            By = [CostColumns.SharedCost],
            Over = TimeGrain.Month,
            Where = [IsShared],
        };

    /// <summary>All pools in all months in which any of them has cost, in a fixed order.</summary>
    public IReadOnlyList<DividedPool> All()
    {
        var months = Ask(Cost)
            .Concat(benefits.SelectMany(pool => Ask(Covered(pool, []))))
            .Select(row => (Month: row.Period!.Value, Currency: row.Currency.Code))
            .Distinct()
            .Order()
            .ToList();
        return [.. months.SelectMany(place => In(place.Month, place.Currency))];
    }

    private static CostFilter IsDirect { get; } = new(CostColumns.AllocationType, [AllocationTypes.Direct]);

    private static CostFilter IsShared => new(CostColumns.AllocationType, [AllocationTypes.Shared]);

    /// <summary>The names of the columns within which a pool is divided, in a fixed order.</summary>
    public static IReadOnlyList<string> WithinOf(SharedCost pool) =>
        [.. pool.Within.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What has no cost of its own, usage and carbon, is divided as the cost of its month is.</summary>
    private string WeighedIn(DateOnly month, string currency)
    {
        var currencies = Ask(new CostQuery { Over = TimeGrain.Month })
            .Where(row => row.Period == month && !row.Total.IsZero)
            .Select(row => row.Currency.Code)
            .Order(StringComparer.Ordinal)
            .ToList();
        return currencies.Count == 0 || currencies.Contains(currency) ? currency : currencies[0];
    }

    private IEnumerable<DividedPool> In(DateOnly month, string currency)
    {
        var weighed = WeighedIn(month, currency);
        var inForce = poolsOf(month)
            .Where(pool =>
                (pool.From ?? DateOnly.MinValue) < month.AddMonths(1) && month < (pool.To ?? DateOnly.MaxValue)
            )
            .OrderBy(pool => pool.Order)
            .ThenBy(pool => pool.Name, StringComparer.Ordinal)
            .ToList();
        var gifts = inForce
            .Where(pool =>
                pool is { Within.Count: 0, Benefit: null }
                && pool.Method is not (SharedCostMethod.Rates or SharedCostMethod.Metered)
            )
            .Select(pool => (Pool: pool, Weights: WeightsOf(pool, month, weighed, [])))
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
                [],
                gift.Weights.Receivers,
                ends[gift.Pool.Name],
                gift.Weights.Note
            ))
            .Concat(
                inForce
                    .Where(pool => pool is { Within.Count: > 0, Benefit: null, Method: not SharedCostMethod.Metered })
                    .SelectMany(pool => Within(pool, month, currency, weighed))
            )
            .Concat(
                inForce
                    .Where(pool => pool.Method == SharedCostMethod.Metered)
                    .SelectMany(pool => new MeterPool(pool, AskBills, AskLog).In(month, currency))
            )
            .Concat(inForce.Where(pool => pool.Benefit is not null).SelectMany(pool => Benefit(pool, month, currency)))
            .Concat(
                inForce
                    .Where(pool => pool.Method == SharedCostMethod.Rates && CostOf(pool, month, currency) is not null)
                    .Select(pool =>
                        Rates.Of(pool, month, weighed, CostOf(pool, month, weighed) ?? Amount.Zero) with
                        {
                            Currency = currency,
                        }
                    )
            );
    }

    private Amount? CostOf(SharedCost pool, DateOnly month, string currency) =>
        Ask(Cost)
            .Where(row => row.Keys[0] == pool.Name && row.Period == month && row.Currency.Code == currency)
            .Select(row => (Amount?)row.Total)
            .FirstOrDefault();

    /// <summary>The use that commitments cover, as far as it is in no pool itself.</summary>
    private static CostQuery Covered(SharedCost pool, IReadOnlyList<string> by) =>
        new()
        {
            By = by,
            Over = TimeGrain.Month,
            Where = [IsDirect, .. pool.Benefit!.Where],
        };

    /// <summary>What covered use saved; where nobody is to have it, it stays where it is.</summary>
    private IEnumerable<DividedPool> Benefit(SharedCost pool, DateOnly month, string currency)
    {
        // A column that no delivery has is empty everywhere.
        var columns = WithinOf(pool).Where(isKnown).ToList();
        var places = Ask(Covered(pool, columns))
            .Where(row => row.Period == month && row.Currency.Code == currency)
            .Select(row => WithinOf(pool).Select((_, i) => i < columns.Count ? row.Keys[i] ?? "" : "").ToList());
        foreach (var within in places)
        {
            var (receivers, note) = WeightsOf(pool, month, currency, within);
            var sum = receivers.Sum(receiver => receiver.Weight);
            yield return new DividedPool(
                pool.Name,
                month,
                currency,
                within,
                receivers,
                receivers.Count == 0
                    ? [new EndShare(null, 1)]
                    : [.. receivers.Select(one => new EndShare(one.Receiver, one.Weight / sum))],
                note
            )
            {
                IsOwn = true,
            };
        }
    }

    /// <summary>
    /// Who bought a commitment: whose are its newest purchase up to the month, or what it cost unused.
    /// </summary>
    private IEnumerable<(string Name, decimal Weight)> Purchasers(
        SharedCost pool,
        DateOnly month,
        IReadOnlyList<string> within
    )
    {
        var rows = Ask(
                new CostQuery
                {
                    Measure = CostMeasure.BilledCost,
                    By = [pool.By, "ChargeCategory", .. WithinOf(pool)],
                    Over = TimeGrain.Month,
                    Where = [new CostFilter("CommitmentDiscountStatus", ["Used"], Negated: true)],
                }
            )
            .Where(row => row.Keys[0] is not null && row.Keys.Skip(2).Select(key => key ?? "").SequenceEqual(within))
            .OrderByDescending(row => row.Keys[1] == "Purchase")
            .ThenBy(row => row.Period > month)
            .ThenBy(row => row.Period > month ? row.Period : null)
            .ThenByDescending(row => row.Period)
            .ThenByDescending(row => row.Total.Abs())
            .ThenBy(row => row.Keys[0], StringComparer.Ordinal);
        return rows.Take(1).Select(row => (row.Keys[0]!, 1m));
    }

    private IReadOnlyList<CostRow> AskBills(CostQuery query) => Ask(query, askBills, askedOfBills);

    private IReadOnlyList<CostRow> AskLog(CostQuery query) => Ask(query, askLog, askedOfLogs);

    /// <summary>Each value of the columns within which a pool is divided is a pool of its own.</summary>
    private IEnumerable<DividedPool> Within(SharedCost pool, DateOnly month, string currency, string weighed)
    {
        // A column that no delivery has is empty everywhere.
        var columns = WithinOf(pool).Where(isKnown).ToList();
        var places = Ask(
                new CostQuery
                {
                    By = columns,
                    Over = TimeGrain.Month,
                    Where = [IsShared, new CostFilter(CostColumns.SharedCost, [pool.Name])],
                }
            )
            .Where(row => row.Period == month && row.Currency.Code == currency)
            .Select(row =>
                WithinOf(pool)
                    .Select(column => columns.IndexOf(column) is >= 0 and var i ? row.Keys[i] ?? "" : "")
                    .ToList()
            );
        foreach (var within in places)
        {
            var (receivers, note) = WeightsOf(pool, month, weighed, within);
            var ends = PoolCascade.Solve([new PoolGifts(pool.Name, 0, SharedCostCascade.Direct, receivers, [])]);
            yield return new DividedPool(pool.Name, month, currency, within, receivers, ends[pool.Name], note);
        }
    }

    private (IReadOnlyList<PoolWeight> Receivers, string? Note) WeightsOf(
        SharedCost pool,
        DateOnly month,
        string currency,
        IReadOnlyList<string> within
    )
    {
        if (!pool.IsDivided)
            return ([], null);
        string? note = null;
        var weights = pool.Method switch
        {
            _ when pool.IsPurchasers => Purchasers(pool, month, within),
            SharedCostMethod.Fixed => pool.Shares.Select(share => (share.Key, share.Value)),
            SharedCostMethod.Even when pool.Among.Count > 0 => pool.Among.Select(name => (name, 1m)),
            SharedCostMethod.Series => SeriesOf(pool, month, ref note),
            _ => OwnCharges(pool, month, currency, within)
                .Select(own => (own.Name, pool.Method == SharedCostMethod.Even ? 1m : own.Weight)),
        };
        var receivers = weights
            .Where(weight => weight.Item2 > 0 && (pool.Among.Count == 0 || pool.Among.Contains(weight.Item1)))
            .OrderBy(weight => weight.Item1, StringComparer.Ordinal)
            .Select(weight => new PoolWeight(new Receiver(pool.By, weight.Item1, pool.IsKept), weight.Item2))
            .ToList();
        if (receivers.Count > 0)
            return (receivers, note);
        // Some exports price covered use at nothing: what it cost says as much of who used it.
        if (pool.OfCommitments && pool.Measure != CostMeasure.EffectiveCost)
            return WeightsOf(pool with { Measure = CostMeasure.EffectiveCost }, month, currency, within);
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
            : (
                [],
                note + (pool.Benefit is null ? ": the organisation keeps it." : ": it stays with those who used it.")
            );
    }

    /// <summary>
    /// What each possible receiver has of the measure in that month, pools left out; and what nobody has of the
    /// whole.
    /// </summary>
    private IEnumerable<(string Name, decimal Weight)> OwnCharges(
        SharedCost pool,
        DateOnly month,
        string currency,
        IReadOnlyList<string> within
    )
    {
        var own = Own(pool, pool.Weigh, [pool.By], month, currency, within)
            .Where(row => row.Keys[0] is not null)
            .Select(row => (row.Keys[0]!, row.Total.ToDecimal()))
            .ToList();
        if (pool.Whole is null)
            return own;
        var whole = Own(pool, pool.Whole, [], month, currency, within).Sum(row => row.Total.ToDecimal());
        var unused = whole - own.Sum(one => one.Item2);
        return unused > 0 ? own.Append((pool.Unused, unused)) : own;
    }

    private IEnumerable<CostRow> Own(
        SharedCost pool,
        Conditions? conditions,
        IReadOnlyList<string> by,
        DateOnly month,
        string currency,
        IReadOnlyList<string> within
    )
    {
        var isEven = pool.Method == SharedCostMethod.Even;
        var measure = isEven ? CostMeasure.EffectiveCost : pool.Measure;
        var rows = Ask(
                new CostQuery
                {
                    Measure = measure,
                    By = [.. by, .. WithinOf(pool).Select(column => pool.Within[column])],
                    Over = TimeGrain.Month,
                    Where = [.. isEven ? [] : conditions?.ToFilters() ?? [], IsDirect],
                }
            )
            .Where(row => row.Period == month && row.Keys.Skip(by.Count).Select(key => key ?? "").SequenceEqual(within))
            .ToList();
        if (!measure.IsQuantity)
            return rows.Where(row => row.Currency.Code == currency);
        // Quantities of different units say nothing together.
        return rows.Select(row => row.Currency).Distinct().Count() > 1 ? [] : rows;
    }

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
    private IReadOnlyList<CostRow> Ask(CostQuery query) =>
        query.By.Concat(query.Where.Select(filter => filter.Column)).All(isKnown) ? Ask(query, ask, asked) : [];

    private static IReadOnlyList<CostRow> Ask(
        CostQuery query,
        Func<CostQuery, IReadOnlyList<CostRow>> answer,
        Dictionary<string, IReadOnlyList<CostRow>> before
    )
    {
        var key =
            $"{query.Measure} {query.Over} {string.Join(',', query.By)} {string.Join(';', query.Where.Select(Text))}";
        if (!before.TryGetValue(key, out var rows))
            before[key] = rows = answer(query);
        return rows;
    }

    private static string Text(CostFilter filter) =>
        $"{filter.Column} {filter.Negated} {string.Join('\u0001', filter.Values.Select(value => value ?? "\u0000"))}";
}
