using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>
/// Divides a pool by what a log says everybody used, priced or counted. Invoice and log meet in classes (a model, a
/// class of token); what they differ by is a weight of its own, also below zero, so that nobody pays for it unseen.
/// </summary>
/// <param name="pool">The pool.</param>
/// <param name="ask">Answers questions about the charges.</param>
/// <param name="askLog">Answers questions about logs: usage, and estimates whether or not their bill arrived.</param>
internal sealed class MeterPool(
    SharedCost pool,
    Func<CostQuery, IReadOnlyList<CostRow>> ask,
    Func<CostQuery, IReadOnlyList<CostRow>> askLog
)
{
    private readonly IReadOnlyList<string> columns = WeighPools.WithinOf(pool);

    private TimeGrain Grain => pool.IsDaily ? TimeGrain.Day : TimeGrain.Month;

    /// <summary>A line of the invoice: where it stands, and in which class.</summary>
    private sealed record Line(DateOnly Period, IReadOnlyList<string> Within, string Class);

    /// <summary>How the pool is divided in a month and currency: each line of the invoice by itself.</summary>
    public IEnumerable<DividedPool> In(DateOnly month, string currency)
    {
        var lines = Lines(month, currency);
        var invoiced = Invoiced(month, currency);
        var used = Used(month, currency, invoiced, out var note);
        foreach (var period in lines.GroupBy(line => line.Period).OrderBy(same => same.Key))
        {
            var ofPeriod = used.Where(one => one.Key.Period == period.Key).SelectMany(one => one.Value).ToList();
            foreach (var line in period)
            {
                var weights = used.GetValueOrDefault((line.Period, line.Class), []);
                var whole = invoiced.GetValueOrDefault((line.Period, line.Class)).Amount;
                yield return Divided(line, currency, weights, ofPeriod, whole, note);
            }
        }
    }

    private DividedPool Divided(
        Line line,
        string currency,
        List<PoolWeight> weights,
        List<PoolWeight> ofPeriod,
        decimal whole,
        string? note
    )
    {
        var residual = whole - weights.Sum(weight => weight.Weight);
        if (pool.Residual == SharedCostResidual.Spread && weights.Sum(weight => weight.Weight) == 0)
            weights = Together(ofPeriod);
        if (pool.Residual == SharedCostResidual.Spread && weights.Sum(weight => weight.Weight) == 0)
            note ??=
                $"The log has nothing to divide \"{pool.Name}\" by in {line.Period:yyyy-MM}: the organisation keeps it.";
        var rest =
            pool.Residual == SharedCostResidual.Owner ? new Receiver(pool.By, pool.ResidualTo!) : Receiver.Residual;
        var all =
            pool.Residual == SharedCostResidual.Spread ? weights
            // Charges that cancel each other out have no parts in the proportion of anything.
            : whole == 0 ? [new PoolWeight(rest, 1)]
            : residual == 0 ? weights
            : Together([.. weights, new PoolWeight(rest, residual)]);
        var sum = all.Sum(weight => weight.Weight);
        return new DividedPool(
            pool.Name,
            line.Period,
            currency,
            line.Within,
            sum == 0 ? [] : all,
            sum == 0 ? [new EndShare(null, 1)] : [.. all.Select(one => new EndShare(one.Receiver, one.Weight / sum))],
            note
        )
        {
            IsDaily = pool.IsDaily,
        };
    }

    /// <summary>One weight for each receiver, in a fixed order.</summary>
    private static List<PoolWeight> Together(IEnumerable<PoolWeight> weights) =>
        [
            .. weights
                .GroupBy(weight => weight.Receiver)
                .Select(same => new PoolWeight(same.Key, same.Sum(one => one.Weight)))
                .Where(weight => weight.Weight != 0)
                .OrderBy(weight => weight.Receiver.IsResidual)
                .ThenBy(weight => weight.Receiver.Value, StringComparer.Ordinal)
                .ThenBy(weight => weight.Receiver.Field, StringComparer.Ordinal)
                .ThenBy(weight => weight.Receiver.Kept, StringComparer.Ordinal),
        ];

    /// <summary>Every place that holds charges, whichever of the costs they have.</summary>
    private List<Line> Lines(DateOnly month, string currency) =>
        [
            .. new[] { CostMeasure.EffectiveCost, CostMeasure.BilledCost }
                .SelectMany(measure => ask(Invoice(measure, columns)))
                .Where(row => MonthOf(row.Period!.Value) == month && row.Currency.Code == currency)
                .Select(row => (Period: row.Period!.Value, Within: string.Join('\u0001', row.Keys)))
                .Distinct()
                .Order()
                .Select(place =>
                {
                    var within = columns.Count == 0 ? [] : place.Within.Split('\u0001');
                    return new Line(place.Period, within, MeterClasses.Of(pool, within));
                }),
        ];

    /// <summary>What the invoice has of the measure, by period and class; nothing where its units differ.</summary>
    private Dictionary<(DateOnly Period, string Class), (decimal Amount, string? Unit)> Invoiced(
        DateOnly month,
        string currency
    ) =>
        MeterClasses
            .Counted(pool, ask(Invoice(pool.Measure, [.. columns, "BillingCurrency"])))
            .Where(one => MonthOf(one.Period) == month && (one.Keys[^1] ?? "") == currency)
            .GroupBy(one => (one.Period, MeterClasses.Of(pool, one.Keys.SkipLast(1))))
            .ToDictionary(
                same => same.Key,
                same =>
                    same.Select(one => one.Unit).Distinct().Count() == 1
                        ? (same.Sum(one => one.Amount), (string?)same.First().Unit)
                        : (0, null)
            );

    private CostQuery Invoice(CostMeasure measure, IReadOnlyList<string> by) =>
        new()
        {
            Measure = measure,
            By = by,
            Over = Grain,
            Where =
            [
                new CostFilter(CostColumns.AllocationType, [AllocationTypes.Shared]),
                new CostFilter(CostColumns.SharedCost, [pool.Name]),
            ],
        };

    /// <summary>What everybody used, by period and class, in the units of the invoice.</summary>
    private Dictionary<(DateOnly Period, string Class), List<PoolWeight>> Used(
        DateOnly month,
        string currency,
        Dictionary<(DateOnly Period, string Class), (decimal Amount, string? Unit)> invoiced,
        out string? note
    )
    {
        IReadOnlyList<string> inLog = [.. columns.Select(column => pool.Within[column])];
        var query = new CostQuery
        {
            Measure = pool.Measure,
            By = [.. inLog, .. pool.Keys],
            Over = Grain,
            Where = pool.Weigh?.ToFilters() ?? [],
        };
        var rows = MeterClasses
            .Counted(pool, askLog(query))
            .Where(row => MonthOf(row.Period) == month)
            .Select(row => (Row: row, Place: (row.Period, MeterClasses.Of(pool, row.Keys.Take(inLog.Count)))))
            .ToList();
        var fits = rows.Where(one => UnitOf(one.Place) == one.Row.Unit).ToList();
        note = fits.Count > 0 ? null : Incomparable(rows.ConvertAll(one => one.Row.Unit), currency);
        return fits.GroupBy(one => one.Place, one => one.Row)
            .ToDictionary(
                same => same.Key,
                same => Together(same.Select(row => new PoolWeight(ReceiverOf(row.Keys.Skip(inLog.Count)), row.Amount)))
            );

        string? UnitOf((DateOnly, string) place) =>
            pool.Measure.IsQuantity ? invoiced.GetValueOrDefault(place).Unit : currency;
    }

    /// <summary>Said when the log has something, and nothing of it in a unit of the invoice.</summary>
    private string? Incomparable(List<string> units, string currency) =>
        units.Count == 0
            ? null
            : $"The log of \"{pool.Name}\" is in {string.Join(", ", units.Distinct().Order(StringComparer.Ordinal))}, "
                + (pool.Measure.IsQuantity ? "its invoice in other units" : $"its invoice in {currency}")
                + ": nothing is divided by it.";

    private Receiver ReceiverOf(IEnumerable<string?> keys)
    {
        List<string?> values = [.. keys];
        var kept = KeptColumns.Json(pool.Keep, [.. values.Skip(1)]);
        return values[0] is { } name ? new Receiver(pool.By, name, Kept: kept) : Receiver.Nobody(pool.By, kept);
    }

    private static DateOnly MonthOf(DateOnly day) => new(day.Year, day.Month, 1);
}
