using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>
/// The SQL that divides the shared cost of one delivery: per pool, day and what the charge was for, each receiver's
/// part, to the last digit.
/// </summary>
/// <remarks>
/// A part keeps what a reader of a statement asks for (provider, service, account, category, invoice) and not the
/// single resource: nobody uses a hundredth of a virtual machine.
/// </remarks>
/// <param name="daily">The daily file of the delivery.</param>
/// <param name="allocation">Its allocation file.</param>
/// <param name="attributes">The columns that make up a profile of it.</param>
/// <param name="pools">The pools that are divided, each from and to the days of its rulebook.</param>
internal sealed class PartsSql(
    string daily,
    string allocation,
    IReadOnlySet<string> attributes,
    IReadOnlyList<SharedCost> pools
)
{
    /// <summary>Between the values of the columns within which a pool is divided.</summary>
    private const char Between = '\u0001';

    private static readonly string[] Measures =
    [
        "BilledCost",
        "EffectiveCost",
        "ListCost",
        "ContractedCost",
        "ConsumedQuantity",
        "PricingQuantity",
    ];

    private static readonly string[] Kept =
    [
        "BillingAccountId",
        "BillingAccountName",
        "BillingCurrency",
        "ChargeCategory",
        "ChargeClass",
        "CommitmentDiscountStatus",
        "ConsumedUnit",
        "HostProviderName",
        "InvoiceId",
        "InvoiceIssuerName",
        "PricingUnit",
        "ProviderName",
        "PublisherName",
        "RegionId",
        "RegionName",
        "ServiceCategory",
        "ServiceName",
        "ServiceProviderName",
        "SubAccountId",
        "SubAccountName",
    ];

    private IReadOnlyList<string> Attributes { get; } =
    [
        .. Kept.Where(id => attributes.Contains(id) || id is "BillingCurrency" or "ChargeCategory")
            .Concat(Receiving(pools))
            .Concat(pools.SelectMany(pool => pool.Within.Keys))
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Columns of charges whose values receive: namespaces, accounts.</summary>
    public static IEnumerable<string> Receiving(IEnumerable<SharedCost> pools) =>
        pools.Select(pool => pool.By).Where(column => SharedFields.IndexOf(column) < 0).Distinct();

    /// <summary>The values within which a pool is divided, as one text.</summary>
    public static string Within(IEnumerable<string> values) => string.Join(Between, values);

    /// <summary>The same of a profile.</summary>
    private string WithinSql =>
        string.Concat(
            pools
                .Where(pool => pool is { Within.Count: > 0, Benefit: null })
                .Select(pool =>
                    $"WHEN p.x_SharedCost = {SqlText.Literal(pool.Name)}{DaysOf(pool)} THEN {WithinOf(pool)} "
                )
        )
            is { Length: > 0 } cases
            ? $"CASE {cases}ELSE '' END"
            : "''";

    private string WithinOf(SharedCost pool) =>
        pool.Within.Count == 0
            ? "''"
            : $"concat_ws(chr({(int)Between}), "
                + string.Join(", ", WeighPools.WithinOf(pool).Select(column => $"coalesce({Attribute(column)}, '')"))
                + ")";

    /// <summary>Of rulebooks in turn, each has its own way to divide a pool of the same name.</summary>
    private static string DaysOf(SharedCost pool) =>
        (pool.From is { } from ? $" AND d.Day >= DATE '{from:yyyy-MM-dd}'" : "")
        + (pool.To is { } to ? $" AND d.Day < DATE '{to:yyyy-MM-dd}'" : "");

    private string Attribute(string id) =>
        attributes.Contains(id) || id is "BillingCurrency" or "ChargeCategory"
            ? "p." + SqlText.Name(id)
            : "NULL::VARCHAR";

    /// <summary>The columns of how pools are divided: a list per column.</summary>
    public const string MakeDivided =
        "CREATE OR REPLACE TEMP TABLE divided (x_SharedCost VARCHAR, Month VARCHAR, Currency VARCHAR, Within VARCHAR, Weights VARCHAR, Places BIGINT)";

    public const string InsertDivided =
        "INSERT INTO divided SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6)::BIGINT";

    /// <summary>What each receiver of a pool is, per interval of rules: a list per column.</summary>
    public static string MakeReceivers =>
        "CREATE OR REPLACE TEMP TABLE receivers (Month VARCHAR, Currency VARCHAR, Within VARCHAR, Place BIGINT, Interval BIGINT, Field VARCHAR, Value VARCHAR"
        + string.Concat(AllocationSql.OutcomeColumns.Select(column => $", {column} VARCHAR"))
        + ")";

    public static string InsertReceivers =>
        "INSERT INTO receivers SELECT unnest($1), unnest($2), unnest($3), unnest($4)::BIGINT, unnest($5)::BIGINT, unnest($6), unnest($7)"
        + string.Concat(AllocationSql.OutcomeColumns.Select((_, i) => $", unnest(${i + 8})"));

    /// <summary>
    /// Columns: pool, month, currency, values within which it is divided, interval of rules: all that is to be divided.
    /// </summary>
    public string FindPools =>
        string.Join(
            " UNION ",
            Pooled()
                .Select(from =>
                    $"""
                        SELECT DISTINCT {from.Pool} AS x_SharedCost, strftime(d.Day, '%Y-%m') AS Month,
                          coalesce(p.BillingCurrency, '') AS Currency, {from.Within} AS Within, p.x_Interval
                        FROM {Joined} WHERE {from.Where}
                        """
                )
        ) + " ORDER BY ALL";

    /// <summary>What the parts rest on besides the pools of the rules, as text.</summary>
    public string BenefitText =>
        string.Join('\n', Pooled().Skip(1).Select(from => $"{from.Pool} {from.Sums} {from.Where}"));

    /// <summary>Charges in pools, and what commitments saved on covered use: how each is found and summed.</summary>
    private IEnumerable<(string Pool, string Within, string Where, string Sums)> Pooled()
    {
        yield return (
            "p.x_SharedCost",
            WithinSql,
            $"p.x_AllocationType = '{AllocationTypes.Shared}'",
            string.Concat(Measures.Select(id => $", CAST(sum(d.{id}) AS DECIMAL(38,18)) AS {id}"))
        );
        foreach (var pool in pools)
        {
            if (pool.Benefit is not { } benefit || !attributes.Contains("CommitmentDiscountStatus"))
                continue;
            var conditions = new FilterSql(new StarFiles([daily], [allocation], attributes)) { InText = true };
            // Of what has no price on demand, nothing is known to be saved.
            var saved =
                $"CASE WHEN coalesce(d.{pool.Measure}, 0) = 0 THEN 0 ELSE d.{pool.Measure} - coalesce(d.EffectiveCost, 0) END";
            yield return (
                SqlText.Literal(pool.Name),
                WithinOf(pool),
                $"p.x_AllocationType = '{AllocationTypes.Direct}' AND "
                    + string.Join(" AND ", benefit.Where.Select(conditions.Of))
                    + DaysOf(pool),
                string.Concat(
                    Measures.Select(id =>
                        id == "EffectiveCost"
                            ? $", CAST({benefit.Sign} * sum({saved}) AS DECIMAL(38,18)) AS {id}"
                            : $", NULL::DECIMAL(38,18) AS {id}"
                    )
                )
            );
        }
    }

    /// <summary>Every part of every pool, day and kind of charge.</summary>
    public string MakeParts
    {
        get
        {
            var keys =
                string.Concat(Attributes.Select(id => $", {Attribute(id)} AS {SqlText.Name(id)}"))
                + string.Concat(Owners.Select(id => ", p." + id));
            var parts = string.Concat(Measures.Select(id => $", largest_remainder({id}, Weights, Place) AS {id}"));
            var identity = string.Join(
                ", ",
                Attributes.Select(SqlText.Name).Concat(Owners).Prepend("x_SharedCost").Append("Place")
            );
            var pooled = Pooled()
                .Select(from =>
                    $"""
                        SELECT p.x_DeliveryKey, p.x_Source, p.x_Category, {from.Pool} AS x_SharedCost, p.x_Interval,
                          {from.Within} AS Within{keys}, strftime(d.Day, '%Y-%m') AS Month, d.Day, d.x_BillingPeriod{from.Sums}
                        FROM {Joined} WHERE {from.Where} GROUP BY ALL
                        """
                );
            return $"""
                CREATE OR REPLACE TEMP TABLE parts AS
                SELECT hash({identity}, Month, Weights) AS x_ProfileId, * EXCLUDE ({string.Join(
                    ", ",
                    Measures
                )}, Weights){parts}
                FROM (
                  SELECT c.*, s.Weights, unnest(range(s.Places)) AS Place
                  FROM ({string.Join(" UNION ALL ", pooled)}) c
                  JOIN divided s ON s.x_SharedCost = c.x_SharedCost AND s.Month = c.Month AND s.Within = c.Within
                    AND s.Currency = coalesce(c.BillingCurrency, ''))
                """;
        }
    }

    /// <summary>The parts as daily rows.</summary>
    public static string Daily =>
        $"""
            SELECT x_DeliveryKey, x_ProfileId, CAST(x_Interval AS USMALLINT) AS x_Interval, Day, x_BillingPeriod, {string.Join(
                ", ",
                Measures.Select(id => $"CAST(sum({id}) AS DECIMAL(38,18)) AS {id}")
            )}, 0::BIGINT AS Charges
            FROM parts GROUP BY ALL ORDER BY x_ProfileId, x_Interval, Day, x_BillingPeriod
            """;

    /// <summary>What each part is, and whom it belongs to.</summary>
    public string Profiles =>
        $"""
            SELECT DISTINCT q.x_DeliveryKey, q.x_ProfileId, CAST(q.x_Interval AS USMALLINT) AS x_Interval, q.x_Source, q.x_Category{string.Concat(
                Attributes.Select(Received)
            )},
              {string.Join(", ", AllocationSql.OutcomeColumns.Select(Outcome))}
            FROM parts q JOIN receivers r ON r.x_SharedCost = q.x_SharedCost AND r.Month = q.Month
              AND r.Currency = coalesce(q.BillingCurrency, '') AND r.Within = q.Within AND r.Place = q.Place AND r.Interval = q.x_Interval
            ORDER BY q.x_ProfileId, q.x_Interval
            """;

    /// <summary>The shared fields of the charges in the pool, and the rules that set them.</summary>
    private static IReadOnlyList<string> Owners { get; } =
    [.. CostColumns.SharedFields.SelectMany(shared => new[] { shared, CostColumns.RuleOf(shared) })];

    /// <summary>What nobody receives stays with whom the charge is; of what commitments saved, they receive it.</summary>
    private string Outcome(string column) =>
        Owners.Contains(column) ? $"CASE WHEN r.Value IS NULL THEN q.{column} ELSE r.{column} END AS {column}"
        : column == CostColumns.SharedReceiver && pools.Any(pool => pool.Benefit is not null)
            ? $"coalesce(r.{column}, CASE q.x_SharedCost {string.Concat(pools.Where(pool => pool.Benefit is not null).DistinctBy(pool => pool.Name).Select(pool => $"WHEN {SqlText.Literal(pool.Name)} THEN q.{SqlText.Name(pool.By)} "))}END) AS {column}"
        : $"r.{column}";

    /// <summary>The column that receives has the receiver's value.</summary>
    private string Received(string id) =>
        Receiving(pools).Contains(id)
            ? $", CASE WHEN r.Field = {SqlText.Literal(id)} THEN r.Value ELSE q.{SqlText.Name(id)} END AS {SqlText.Name(id)}"
            : $", q.{SqlText.Name(id)}";

    private string Joined =>
        $"""
            read_parquet({SqlText.Literal(daily)}) d JOIN read_parquet({SqlText.Literal(allocation)}) p
              ON p.x_ProfileId = d.x_ProfileId AND p.x_Interval = d.x_Interval
            """;
}
