using Bursar.Rulebooks;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>
/// The SQL that divides the shared cost of one delivery: per pool, day and what the charge was for, each receiver's
/// part, to the last digit.
/// </summary>
/// <remarks>
/// A part keeps what a reader of a statement asks for (provider, service, category, invoice) and not where the charge
/// was, the account, region and resource: nobody uses a hundredth of a virtual machine. So the charges of a pool are
/// summed first, and few sums are divided instead of every resource's.
/// </remarks>
/// <param name="daily">The daily file of the delivery.</param>
/// <param name="allocation">Its allocation file.</param>
/// <param name="attributes">The columns that make up a profile of it.</param>
/// <param name="pools">The pools that are divided, each from and to the days of its rulebook.</param>
/// <param name="keeping">The pools of which the organisation keeps a part, which stays with whom the charge
/// is.</param>
internal sealed class PartsSql(
    string daily,
    string allocation,
    IReadOnlySet<string> attributes,
    IReadOnlyList<SharedCost> pools,
    IReadOnlySet<string> keeping
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
        "ServiceCategory",
        "ServiceName",
        "ServiceProviderName",
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
        pools
            .SelectMany(pool => pool.Keys)
            .Where(column => SharedFields.IndexOf(column) < 0 && ColumnNames.TagKey(column) is null)
            .Distinct();

    /// <summary>The columns that parts may have and charges have not.</summary>
    public static IEnumerable<string> Added(IReadOnlyList<SharedCost> pools) =>
        HaveTags(pools) ? Receiving(pools).Append(ColumnNames.Tags) : Receiving(pools);

    private static bool HaveTags(IEnumerable<SharedCost> pools) =>
        pools.SelectMany(pool => pool.Keys).Any(column => ColumnNames.TagKey(column) is not null);

    /// <summary>The values within which a pool is divided, as one text.</summary>
    public static string Within(IEnumerable<string> values) => string.Join(Between, values);

    /// <summary>The same of a sum.</summary>
    private string WithinSql =>
        string.Concat(
            pools
                .Where(pool => pool.Within.Count > 0)
                .Select(pool =>
                    $"WHEN k.x_SharedCost = {SqlText.Literal(pool.Name)}{DaysOf(pool)} THEN concat_ws(chr({(int)Between}), "
                    + string.Join(
                        ", ",
                        WeighPools.WithinOf(pool).Select(column => $"coalesce(k.{SqlText.Name(column)}, '')")
                    )
                    + ") "
                )
        )
            is { Length: > 0 } cases
            ? $"CASE {cases}ELSE '' END"
            : "''";

    /// <summary>Of rulebooks in turn, each has its own way to divide a pool of the same name.</summary>
    private static string DaysOf(SharedCost pool) =>
        (pool.From is { } from ? $" AND c.Day >= DATE '{from:yyyy-MM-dd}'" : "")
        + (pool.To is { } to ? $" AND c.Day < DATE '{to:yyyy-MM-dd}'" : "");

    /// <summary>The month of a sum, or its day where its pool is divided day by day.</summary>
    private string MonthSql =>
        string.Concat(
            pools
                .Where(pool => pool.IsDaily)
                .Select(pool =>
                    $"WHEN k.x_SharedCost = {SqlText.Literal(pool.Name)}{DaysOf(pool)} THEN strftime(c.Day, '%Y-%m-%d') "
                )
        )
            is { Length: > 0 } cases
            ? $"CASE {cases}ELSE strftime(c.Day, '%Y-%m') END"
            : "strftime(c.Day, '%Y-%m')";

    /// <summary>
    /// An attribute of a profile, as far as its pool needs it: where a charge was is asked of those pools only that
    /// are
    /// divided within it, or that leave a part there.
    /// </summary>
    private string Attribute(string id, string pool)
    {
        var stored =
            attributes.Contains(id) || id is "BillingCurrency" or "ChargeCategory"
                ? "p." + SqlText.Name(id)
                : "NULL::VARCHAR";
        return Kept.Contains(id)
            ? stored
            : OfPools(
                stored,
                pool,
                pools
                    .Where(one => one.Within.ContainsKey(id) || (one.Keys.Contains(id) && keeping.Contains(one.Name)))
                    .Select(one => one.Name)
            );
    }

    private static string OfPools(string value, string pool, IEnumerable<string> pools)
    {
        var names = string.Join(", ", pools.Distinct().Order(StringComparer.Ordinal).Select(SqlText.Literal));
        return names.Length == 0 ? "NULL::VARCHAR" : $"CASE WHEN {pool} IN ({names}) THEN {value} END";
    }

    /// <summary>The columns of how pools are divided: a list per column.</summary>
    public const string MakeDivided =
        "CREATE OR REPLACE TEMP TABLE divided (x_SharedCost VARCHAR, Month VARCHAR, Currency VARCHAR, Within VARCHAR, Weights VARCHAR, Places BIGINT)";

    public const string InsertDivided =
        "INSERT INTO divided SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6)::BIGINT";

    /// <summary>What each receiver of a pool is, per interval of rules: a list per column.</summary>
    public static string MakeReceivers =>
        "CREATE OR REPLACE TEMP TABLE receivers (Month VARCHAR, Currency VARCHAR, Within VARCHAR, Place BIGINT, "
        + "Interval BIGINT, Field VARCHAR, Value VARCHAR, Kept VARCHAR, Tags VARCHAR"
        + string.Concat(AllocationSql.OutcomeColumns.Select(column => $", {column} VARCHAR"))
        + ")";

    public static string InsertReceivers =>
        "INSERT INTO receivers SELECT unnest($1), unnest($2), unnest($3), unnest($4)::BIGINT, unnest($5)::BIGINT, unnest($6), unnest($7), unnest($8), unnest($9)"
        + string.Concat(AllocationSql.OutcomeColumns.Select((_, i) => $", unnest(${i + 10})"));

    /// <summary>The profiles in pools, each with the number of what its parts have in common.</summary>
    public string MakePooled
    {
        get
        {
            var identity = string.Join(
                ", ",
                Attributes.Select(SqlText.Name).Concat(Owners).Prepend("x_SharedCost").Concat(["Since", "Until"])
            );
            return $"""
                CREATE OR REPLACE TEMP TABLE pooled AS
                SELECT hash({identity}) AS Kind, * FROM ({string.Join(" UNION ALL ", Benefits.Prepend(Charges))})
                """;
        }
    }

    /// <summary>The charges that the rules put into pools.</summary>
    private string Charges =>
        Pooled(
            "p.x_SharedCost",
            "NULL::INTEGER AS Saved, NULL::VARCHAR AS OnDemand, NULL::DATE AS Since, NULL::DATE AS Until",
            $"p.x_AllocationType = '{AllocationTypes.Shared}'"
        );

    /// <summary>Covered use, for what commitments saved on it: it stays in no pool and keeps its cost.</summary>
    public IEnumerable<string> Benefits =>
        from pool in attributes.Contains("CommitmentDiscountStatus") ? pools : []
        where pool.Benefit is not null
        let conditions = new FilterSql(new StarFiles([daily], [allocation], attributes)) { InText = true }
        select Pooled(
            SqlText.Literal(pool.Name),
            $"{pool.Benefit!.Sign} AS Saved, '{pool.Measure}' AS OnDemand, {Day(pool.From)} AS Since, {Day(pool.To)} AS Until",
            $"p.x_AllocationType = '{AllocationTypes.Direct}' AND "
                + string.Join(" AND ", pool.Benefit!.Where.Select(conditions.Of))
        );

    private static string Day(DateOnly? day) => day is null ? "NULL::DATE" : $"DATE '{day:yyyy-MM-dd}'";

    private string Pooled(string pool, string saved, string where)
    {
        var kind =
            string.Concat(Attributes.Select(id => $", {Attribute(id, pool)} AS {SqlText.Name(id)}"))
            + string.Concat(Owners.Select(id => $", {OfPools("p." + id, pool, keeping)} AS {id}"));
        return $"""
            SELECT p.x_ProfileId, p.x_Interval, p.x_DeliveryKey, p.x_Source, p.x_Category, {pool} AS x_SharedCost{kind}, {saved}
            FROM read_parquet({SqlText.Literal(allocation)}) p WHERE {where}
            """;
    }

    /// <summary>What parts have in common, once.</summary>
    public const string MakeKinds =
        "CREATE OR REPLACE TEMP TABLE kinds AS SELECT DISTINCT * EXCLUDE (x_ProfileId) FROM pooled";

    /// <summary>What is divided: the sums of each kind of charge, day and billing period.</summary>
    public string MakeSums =>
        $"""
            CREATE OR REPLACE TEMP TABLE sums AS
            SELECT c.*, {MonthSql} AS Month, {WithinSql} AS Within
            FROM (
              SELECT p.Kind, p.x_Interval, d.Day, d.x_BillingPeriod{string.Concat(
                Measures.Select(id => $", CAST(sum({Measure(id)}) AS DECIMAL(38,18)) AS {id}")
            )}
              FROM read_parquet({SqlText.Literal(daily)}) d JOIN pooled p USING (x_ProfileId, x_Interval)
              WHERE coalesce(d.Day >= p.Since, true) AND coalesce(d.Day < p.Until, true)
              GROUP BY ALL) c
            JOIN kinds k USING (Kind, x_Interval)
            """;

    /// <summary>
    /// Of covered use, only what it saved; of what has no price on demand, nothing is known to be saved.
    /// </summary>
    private string Measure(string id)
    {
        const string Price = "CASE p.OnDemand WHEN 'ListCost' THEN d.ListCost ELSE d.ContractedCost END";
        if (!Benefits.Any())
            return "d." + id;
        var saved =
            id == "EffectiveCost"
                ? $"CASE WHEN coalesce({Price}, 0) = 0 THEN 0 ELSE p.Saved * ({Price} - coalesce(d.EffectiveCost, 0)) END"
                : "NULL";
        return $"CASE WHEN p.Saved IS NULL THEN d.{id} ELSE {saved} END";
    }

    /// <summary>
    /// Columns: pool, month, currency, values within which it is divided, interval of rules: all that is to be
    /// divided.
    /// </summary>
    public const string FindPools = """
        SELECT DISTINCT k.x_SharedCost, c.Month, coalesce(k.BillingCurrency, '') AS Currency, c.Within, c.x_Interval
        FROM sums c JOIN kinds k USING (Kind, x_Interval) ORDER BY ALL
        """;

    /// <summary>Every part of every sum.</summary>
    public static string MakeParts =>
        $"""
            CREATE OR REPLACE TEMP TABLE parts AS
            SELECT hash(Kind, Month, Weights, Place) AS x_ProfileId, Kind, x_Interval, Month, Within, Place, Day, x_BillingPeriod{string.Concat(
                Measures.Select(id => $", largest_remainder({id}, Weights, Place) AS {id}")
            )}
            FROM (
              SELECT c.*, s.Weights, unnest(range(s.Places)) AS Place
              FROM sums c JOIN kinds k USING (Kind, x_Interval)
              JOIN divided s ON s.x_SharedCost = k.x_SharedCost AND s.Month = c.Month AND s.Within = c.Within
                AND s.Currency = coalesce(k.BillingCurrency, ''))
            """;

    /// <summary>The parts as daily rows.</summary>
    public static string Daily =>
        $"""
            SELECT k.x_DeliveryKey, q.x_ProfileId, CAST(q.x_Interval AS USMALLINT) AS x_Interval, q.Day, q.x_BillingPeriod, {string.Join(
                ", ",
                Measures.Select(id => $"CAST(sum(q.{id}) AS DECIMAL(38,18)) AS {id}")
            )}, 0::BIGINT AS Charges
            FROM parts q JOIN kinds k ON k.Kind = q.Kind AND k.x_Interval = q.x_Interval
            GROUP BY k.x_DeliveryKey, q.x_ProfileId, q.x_Interval, q.Day, q.x_BillingPeriod
            ORDER BY q.x_ProfileId, q.x_Interval, q.Day, q.x_BillingPeriod
            """;

    /// <summary>What each part is, and whom it belongs to.</summary>
    public string Profiles =>
        $"""
            SELECT k.x_DeliveryKey, q.x_ProfileId, CAST(q.x_Interval AS USMALLINT) AS x_Interval, k.x_Source, k.x_Category{string.Concat(
                Attributes.Select(Received)
            )}{(HaveTags(pools) ? ", r.Tags" : "")},
              {string.Join(", ", AllocationSql.OutcomeColumns.Select(Outcome))}
            FROM (SELECT DISTINCT x_ProfileId, x_Interval, Kind, Month, Within, Place FROM parts) q
            JOIN kinds k ON k.Kind = q.Kind AND k.x_Interval = q.x_Interval
            JOIN receivers r ON r.x_SharedCost = k.x_SharedCost AND r.Month = q.Month
              AND r.Currency = coalesce(k.BillingCurrency, '') AND r.Within = q.Within AND r.Place = q.Place AND r.Interval = q.x_Interval
            ORDER BY q.x_ProfileId, q.x_Interval
            """;

    /// <summary>The shared fields of the charges in the pool, and the rules that set them.</summary>
    private static IReadOnlyList<string> Owners { get; } =
    [.. CostColumns.SharedFields.SelectMany(shared => new[] { shared, CostColumns.RuleOf(shared) })];

    /// <summary>
    /// What nobody receives stays with whom the charge is; what commitments saved is received by them.
    /// </summary>
    private string Outcome(string column) =>
        Owners.Contains(column) ? $"CASE WHEN r.Value IS NULL THEN k.{column} ELSE r.{column} END AS {column}"
        : column == CostColumns.SharedReceiver && pools.Any(pool => pool.Benefit is not null)
            ? $"coalesce(r.{column}, CASE k.x_SharedCost {string.Concat(
                pools
                    .Where(pool => pool.Benefit is not null)
                    .DistinctBy(pool => pool.Name)
                    .Select(pool => $"WHEN {SqlText.Literal(pool.Name)} THEN k.{SqlText.Name(pool.By)} ")
            )}END) AS {column}"
        : $"r.{column}";

    /// <summary>The column that receives has the receiver's value.</summary>
    private string Received(string id) =>
        Receiving(pools).Contains(id)
            ? $", CASE WHEN r.Field = {SqlText.Literal(id)} THEN r.Value {KeptValue(id)}ELSE k.{SqlText.Name(id)} END AS {SqlText.Name(id)}"
            : $", k.{SqlText.Name(id)}";

    /// <summary>The value that the log has of a column that a pool keeps, also none.</summary>
    private string KeptValue(string id)
    {
        if (!pools.Any(pool => pool.Keep.Contains(id)))
            return "";
        var path = SqlText.Literal("$." + SqlText.Name(id));
        return $"WHEN json_exists(r.Kept, {path}) THEN json_extract_string(r.Kept, {path}) ";
    }
}
