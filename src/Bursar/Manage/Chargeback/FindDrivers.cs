using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback;

/// <summary>
/// Finds why a statement moved against the period before: by service, by pool, by tax and credits; for services, how
/// much of it is use and how much is price, where the same thing is counted in both periods.
/// </summary>
internal sealed class FindDrivers(BooksView view, AskCosts ask, bool hidesPrices = false)
{
    /// <summary>An account stands for a movement when it is this part of it.</summary>
    private const decimal MostlyMin = 0.6m;

    /// <summary>The parts of a change: what moved, and the conditions that open it.</summary>
    private sealed record Movement(
        string Title,
        CostFilter[] Where,
        bool IsService,
        List<(string? Account, Amount Change)> Parts,
        bool HasCharges
    )
    {
        public Amount Change => StatementMath.Sum(Parts.Select(part => part.Change));
    }

    /// <param name="behind">The question of the total.</param>
    /// <param name="against">The days before.</param>
    /// <param name="currency">The currency.</param>
    /// <param name="now">By type, pool, category, commitment, service and account.</param>
    /// <param name="before">The same of the days before.</param>
    /// <param name="count">So many drivers one by one; the rest as one.</param>
    /// <param name="cancel">Ends the asking.</param>
    public IReadOnlyList<StatementDriver> Of(
        CostQuery behind,
        DateRange against,
        Currency currency,
        IReadOnlyList<CostRow> now,
        IReadOnlyList<CostRow> before,
        int count,
        CancellationToken cancel
    )
    {
        var all = Movements(now, before).Where(one => !one.Change.IsZero).ToList();
        var largest = all.OrderByDescending(one => one.Change.Abs())
            .ThenBy(one => one.Title, StringComparer.Ordinal)
            .Take(count)
            .ToList();
        var uses = Uses(behind, against, currency, largest, cancel);
        var drivers = largest.ConvertAll(one => Driver(one, behind, against, currency, uses));
        var rest = StatementMath.Sum(all.Except(largest).Select(one => one.Change));
        if (!rest.IsZero)
            drivers.Add(
                new StatementDriver(
                    "Everything else",
                    rest,
                    null,
                    null,
                    $"Everything else together {Verb(rest)} {Display.Full(new Money(rest.Abs(), currency))}.",
                    null
                )
            );
        return drivers;
    }

    /// <summary>What moved, by the columns of the statement's question.</summary>
    private List<Movement> Movements(IReadOnlyList<CostRow> now, IReadOnlyList<CostRow> before) =>
        [
            .. now.Select(row => (row, Sign: 1))
                .Concat(before.Select(row => (row, Sign: -1)))
                .GroupBy(pair => KeyOf(pair.row))
                .Select(same => new Movement(
                    same.Key.Title,
                    same.Key.Pool is { } pool ? [new(CostColumns.SharedCost, [pool])]
                        : same.Key.Category is { } category ? [.. Alone, new CostFilter("ChargeCategory", [category])]
                        :
                        [
                            .. Alone,
                            new CostFilter("ServiceName", [same.Key.Service]),
                            new CostFilter("ChargeCategory", ["Tax", "Credit"], Negated: true),
                        ],
                    same.Key is { Pool: null, Category: null },
                    [
                        .. same.GroupBy(pair => pair.row.Keys[5])
                            .Select(account =>
                                (
                                    account.Key,
                                    StatementMath.Sum(
                                        account.Select(pair => pair.Sign > 0 ? pair.row.Total : -pair.row.Total)
                                    )
                                )
                            ),
                    ],
                    same.Any(pair => pair.Sign > 0)
                )),
        ];

    private CostFilter[] Alone => view.HasSharedCosts ? [new CostFilter(CostColumns.SharedCost, [null])] : [];

    private static (string Title, string? Pool, string? Category, string? Service) KeyOf(CostRow row)
    {
        var title = StatementMath.LineOf(row.Keys[1], row.Keys[2], row.Keys[4]);
        return row.Keys[1] is { } pool ? (title, pool, null, null)
            : row.Keys[2] is "Tax" or "Credit" ? (title, null, row.Keys[2], null)
            : (title, null, null, row.Keys[4]);
    }

    /// <summary>Cost and quantity of everything that has one price, of the services that moved.</summary>
    private ILookup<string?, PricedUse> Uses(
        CostQuery behind,
        DateRange against,
        Currency currency,
        List<Movement> largest,
        CancellationToken cancel
    )
    {
        string?[] services =
        [
            .. largest
                .Where(one => one.IsService && one.Where is [.., { Values: [not null] }, _])
                .Select(one => one.Title),
        ];
        if (services.Length == 0 || hidesPrices)
            return Array.Empty<PricedUse>().ToLookup(_ => (string?)null);
        var asked = behind with
        {
            Where =
            [
                .. behind.Where,
                .. Alone,
                new CostFilter("ServiceName", services),
                new CostFilter("SkuId", [null], Negated: true),
                new CostFilter("ChargeCategory", ["Usage"]),
            ],
            By = ["ServiceName", "SkuId", "ConsumedUnit"],
        };
        var earlier = asked with { From = against.Start, To = against.End };
        var (cost, costBefore) = (Costs(asked), Costs(earlier));
        var (quantity, quantityBefore) = (Quantities(asked), Quantities(earlier));
        return cost
            .Keys.Intersect(costBefore.Keys)
            .ToLookup(
                key => (string?)key.Service,
                key => new PricedUse(
                    costBefore[key],
                    cost[key],
                    quantityBefore.GetValueOrDefault(key),
                    quantity.GetValueOrDefault(key)
                )
            );

        Dictionary<(string Service, string Sku, string Unit), Amount> Costs(CostQuery query) =>
            ask.Answer(query, cancel)
                .Rows.Where(row => row.Currency == currency && row.Keys[2] is not null)
                .ToDictionary(row => (row.Keys[0]!, row.Keys[1]!, row.Keys[2]!), row => row.Total);

        Dictionary<(string Service, string Sku, string Unit), Amount> Quantities(CostQuery query) =>
            ask.Answer(
                    query with
                    {
                        By = ["ServiceName", "SkuId"],
                        Measure = CostMeasure.ConsumedQuantity,
                        Conversion = null,
                    },
                    cancel
                )
                .Rows.ToDictionary(row => (row.Keys[0]!, row.Keys[1]!, row.Currency.Code), row => row.Total);
    }

    private static StatementDriver Driver(
        Movement one,
        CostQuery behind,
        DateRange against,
        Currency currency,
        ILookup<string?, PricedUse> uses
    )
    {
        var counted = one.IsService ? uses[one.Title].ToList() : [];
        (Amount ByUse, Amount ByPrice)? split = counted.Count == 0 ? null : StatementMath.Split(counted);
        var largest = one.Parts.OrderByDescending(part => part.Change.Abs()).First();
        var isMostly =
            one is { IsService: true, Parts.Count: > 1 }
            && largest is { Account: not null }
            && largest.Change.ShareOf(one.Change) >= MostlyMin;
        return new StatementDriver(
            one.Title,
            one.Change,
            split?.ByUse,
            split?.ByPrice,
            one.HasCharges
                ? $"{one.Title} {Verb(one.Change)} {Display.Full(new Money(one.Change.Abs(), currency))}"
                    + (isMostly ? $", mostly in {largest.Account}" : "")
                    + Reasons(one.Change, split, currency)
                    + "."
                : $"{one.Title} has no charges in {Display.Range(behind.Period!.Value)} yet; "
                    + $"it cost {Display.Full(new Money(-one.Change, currency))} before.",
            behind with
            {
                Where = [.. behind.Where, .. one.Where],
                From = against.Start,
                Over = TimeGrain.Month,
            }
        );
    }

    private static string Reasons(Amount change, (Amount ByUse, Amount ByPrice)? split, Currency currency)
    {
        if (split is not var (byUse, byPrice) || (byUse.IsZero && byPrice.IsZero))
            return "";
        (Amount Amount, string Word)[] parts =
        [
            (byUse, "by use"),
            (byPrice, "by price"),
            (change - byUse - byPrice, "by what is new, ended or not counted"),
        ];
        return ": "
            + string.Join(
                ", ",
                parts
                    .Where(part => !part.Amount.RoundedTo(currency.Decimals).IsZero)
                    .Select(part => $"{Display.Change(new Money(part.Amount, currency))} {part.Word}")
            );
    }

    private static string Verb(Amount change) => change.IsNegative ? "fell by" : "rose by";
}
