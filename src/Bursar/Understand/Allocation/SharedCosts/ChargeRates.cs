using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>What one receiver was charged of one meter at one rate.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Unit">What it counts; null where nothing says it.</param>
/// <param name="Receiver">Who used it.</param>
/// <param name="Quantity">How much.</param>
/// <param name="Rate">The rate, for as many units as its book says.</param>
/// <param name="Charged">Quantity times rate.</param>
internal sealed record RatedUse(
    string Meter,
    string? Unit,
    string Receiver,
    decimal Quantity,
    decimal Rate,
    decimal Charged
);

/// <summary>What a rate brought in, and what it had to.</summary>
/// <param name="Meter">The meter; null for cost that no rate has to bring in.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Quantity">How much was charged for.</param>
/// <param name="Charged">What was charged.</param>
/// <param name="Cost">What it really cost.</param>
/// <param name="Suggested">The rate that would have brought in the cost, or makes up for it next time.</param>
internal sealed record RatedMeter(
    string? Meter,
    string? Unit,
    decimal Quantity,
    decimal Charged,
    decimal Cost,
    decimal? Suggested
);

/// <summary>What the rates of a pool charged in one month.</summary>
/// <param name="Book">The price book.</param>
/// <param name="Uses">Who was charged what.</param>
/// <param name="Meters">The same by meter, beside the real cost; the costs sum to that of the pool.</param>
internal sealed record RatedPool(string Book, IReadOnlyList<RatedUse> Uses, IReadOnlyList<RatedMeter> Meters);

/// <summary>Charges a pool by rates, and leaves the difference to its real cost as a line of its own.</summary>
/// <param name="ask">Answers questions about direct cost and quantities.</param>
/// <param name="series">The quantities of a series in a month, and what is to be said of them.</param>
internal sealed class ChargeRates(
    Func<CostQuery, IReadOnlyList<CostRow>> ask,
    Func<SharedCost, DateOnly, (IEnumerable<(string Name, decimal Quantity)> Points, string? Note)> series
)
{
    /// <param name="pool">A pool with rates.</param>
    /// <param name="month">The month.</param>
    /// <param name="currency">The currency of its charges.</param>
    /// <param name="cost">What they come to.</param>
    public DividedPool Of(SharedCost pool, DateOnly month, string currency, Amount cost)
    {
        if (WhyNot(pool, month, currency, cost) is { } reason)
            return Kept(reason, null);
        var notes = new List<string>();
        var uses = LinesOf(pool).SelectMany(line => Uses(pool, line, month, notes)).ToList();
        var costs = LinesOf(pool).ToDictionary(line => line, line => CostOf(pool, line, month, currency));
        var meters = RecoveryMath.Meters(
            [
                .. costs.Select(line => new RatedLineCost(
                    line.Key.Meter,
                    uses.Where(use => use.Meter == line.Key.Meter).Select(use => use.Unit).FirstOrDefault(),
                    line.Value
                )),
            ],
            uses,
            cost,
            pool.Book!.Per,
            pool.Recovery == RateRecovery.Next
        );
        var rated = new RatedPool(pool.Book.Shown, uses, meters);
        if (uses.Sum(use => use.Charged) <= 0)
            return Kept($"Nothing in {month:yyyy-MM} has a rate of \"{pool.Name}\"", rated);
        var weights = RecoveryMath.Weights(pool.By, rated, cost.ToDecimal(), pool.Recovery == RateRecovery.Spread);
        var sum = weights.Sum(weight => weight.Weight);
        return new DividedPool(
            pool.Name,
            month,
            currency,
            [],
            weights,
            [.. weights.Select(weight => new EndShare(weight.Receiver, weight.Weight / sum))],
            notes.Count == 0 ? null : string.Join(" ", notes)
        )
        {
            Rated = rated,
        };

        DividedPool Kept(string why, RatedPool? rates) =>
            new(pool.Name, month, currency, [], [], [new EndShare(null, 1)], why + ": the organisation keeps it.")
            {
                Rated = rates,
            };
    }

    private static string? WhyNot(SharedCost pool, DateOnly month, string currency, Amount cost) =>
        pool.Book is null ? $"The price book \"{pool.Prices}\" of \"{pool.Name}\" is not there"
        : pool.Book.Currency != currency ? $"\"{pool.Name}\" has rates in {pool.Book.Currency} and none in {currency}"
        : cost <= Amount.Zero ? $"\"{pool.Name}\" cost {cost} {currency} in {month:yyyy-MM}, so nothing is charged"
        : null;

    /// <summary>The lines as declared; else every meter of the book.</summary>
    private static IReadOnlyList<RateLine> LinesOf(SharedCost pool) =>
        pool.Lines.Count > 0
            ? pool.Lines
            :
            [
                .. pool.Book!.Prices.SelectMany(price => price.Rates.Keys)
                    .Distinct()
                    .Order(StringComparer.Ordinal)
                    .Select(meter => new RateLine { Meter = meter }),
            ];

    private IEnumerable<RatedUse> Uses(SharedCost pool, RateLine line, DateOnly month, List<string> notes)
    {
        var used = (line.Series is null ? OfCharges(pool, line, month, notes) : OfSeries(pool, line, month, notes))
            .Where(use => use.Quantity != 0 && (pool.Among.Count == 0 || pool.Among.Contains(use.Receiver)))
            .GroupBy(use => (use.Receiver, use.Unit, Rate: pool.Book!.RateOf(use.Receiver, line.Meter, use.Day)))
            .OrderBy(same => same.Key.Receiver, StringComparer.Ordinal)
            .ThenBy(same => same.Min(use => use.Day))
            .ToList();
        var free = used.Where(same => same.Key.Rate is null).Sum(same => same.Sum(use => use.Quantity));
        if (free != 0)
            notes.Add($"{Text(free)} of {line.Meter} in {month:yyyy-MM} have no rate and were charged nothing.");
        return used.Where(same => same.Key.Rate is not null)
            .Select(same =>
            {
                var quantity = same.Sum(use => use.Quantity);
                var rate = same.Key.Rate!.Value;
                return new RatedUse(
                    line.Meter,
                    same.Key.Unit,
                    same.Key.Receiver,
                    quantity,
                    rate.ToDecimal(),
                    RecoveryMath.Charge(quantity, rate.ToDecimal(), pool.Book!.Per)
                );
            });
    }

    /// <summary>The quantities of charges; day by day in a month within which a rate changes.</summary>
    private IReadOnlyList<(string Receiver, string? Unit, decimal Quantity, DateOnly Day)> OfCharges(
        SharedCost pool,
        RateLine line,
        DateOnly month,
        List<string> notes
    )
    {
        var changes = pool.Book!.Prices.SelectMany(price => new[] { price.From, price.To })
            .Any(day => day > month && day < month.AddMonths(1));
        var rows = ask(
                new CostQuery
                {
                    Measure = CostMeasure.ConsumedQuantity,
                    By = [pool.By],
                    Over = changes ? TimeGrain.Day : TimeGrain.Month,
                    Where =
                    [
                        .. line.Use?.ToFilters() ?? [new CostFilter("SkuMeter", [line.Meter])],
                        new CostFilter(CostColumns.AllocationType, [AllocationTypes.Direct]),
                    ],
                }
            )
            .Where(row => row.Period >= month && row.Period < month.AddMonths(1))
            .ToList();
        var units = rows.Select(row => row.Currency.Code).Distinct().Order(StringComparer.Ordinal).ToList();
        if (units.Count > 1)
        {
            notes.Add(
                $"{line.Meter} is counted in {string.Join(" and ", units)} in {month:yyyy-MM}, so nothing is charged for it."
            );
            return [];
        }
        var nobodys = rows.Where(row => row.Keys[0] is null).Sum(row => row.Total.ToDecimal());
        if (nobodys != 0)
            notes.Add(
                $"{Text(nobodys)} {units[0]} of {line.Meter} in {month:yyyy-MM} belong to no {pool.By} and were not charged."
            );
        return
        [
            .. rows.Where(row => row.Keys[0] is not null)
                .Select(row => (row.Keys[0]!, (string?)row.Currency.Code, row.Total.ToDecimal(), row.Period!.Value)),
        ];
    }

    private IReadOnlyList<(string Receiver, string? Unit, decimal Quantity, DateOnly Day)> OfSeries(
        SharedCost pool,
        RateLine line,
        DateOnly month,
        List<string> notes
    )
    {
        var (points, note) = series(pool with { Series = line.Series, Key = line.Key }, month);
        if (note is not null)
            notes.Add(note);
        return [.. points.Select(point => (point.Name, line.Unit, point.Quantity, month))];
    }

    /// <summary>What a line has to bring in; null for a part of what no line names.</summary>
    private Amount? CostOf(SharedCost pool, RateLine line, DateOnly month, string currency) =>
        line.Cost is null
            ? null
            : ask(
                    new CostQuery
                    {
                        Over = TimeGrain.Month,
                        Where =
                        [
                            new CostFilter(CostColumns.AllocationType, [AllocationTypes.Shared]),
                            new CostFilter(CostColumns.SharedCost, [pool.Name]),
                            .. line.Cost.ToFilters(),
                        ],
                    }
                )
                .Where(row => row.Period == month && row.Currency.Code == currency)
                .Aggregate(Amount.Zero, (sum, row) => sum + row.Total);

    private static string Text(decimal quantity) => quantity.ToString("#,0.####", CultureInfo.InvariantCulture);
}
