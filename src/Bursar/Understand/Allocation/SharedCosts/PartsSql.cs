using Bursar.Rulebooks;
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

    /// <summary>The same of a profile.</summary>
    private string WithinSql =>
        string.Concat(
            pools
                .Where(pool => pool.Within.Count > 0)
                .Select(pool =>
                    $"WHEN p.x_SharedCost = {SqlText.Literal(pool.Name)}{DaysOf(pool)} THEN concat_ws(chr({(int)Between}), "
                    + string.Join(
                        ", ",
                        WeighPools.WithinOf(pool).Select(column => $"coalesce({Attribute(column)}, '')")
                    )
                    + ") "
                )
        )
            is { Length: > 0 } cases
            ? $"CASE {cases}ELSE '' END"
            : "''";

    /// <summary>Of rulebooks in turn, each has its own way to divide a pool of the same name.</summary>
    private static string DaysOf(SharedCost pool) =>
        (pool.From is { } from ? $" AND d.Day >= DATE '{from:yyyy-MM-dd}'" : "")
        + (pool.To is { } to ? $" AND d.Day < DATE '{to:yyyy-MM-dd}'" : "");

    /// <summary>The month of a daily row, or its day where its pool is divided day by day.</summary>
    private string MonthSql =>
        string.Concat(
            pools
                .Where(pool => pool.IsDaily)
                .Select(pool =>
                    $"WHEN p.x_SharedCost = {SqlText.Literal(pool.Name)}{DaysOf(pool)} THEN strftime(d.Day, '%Y-%m-%d') "
                )
        )
            is { Length: > 0 } cases
            ? $"CASE {cases}ELSE strftime(d.Day, '%Y-%m') END"
            : "strftime(d.Day, '%Y-%m')";

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
        "CREATE OR REPLACE TEMP TABLE receivers (Month VARCHAR, Currency VARCHAR, Within VARCHAR, Place BIGINT, Interval BIGINT, Field VARCHAR, Value VARCHAR, Kept VARCHAR, Tags VARCHAR"
        + string.Concat(AllocationSql.OutcomeColumns.Select(column => $", {column} VARCHAR"))
        + ")";

    public static string InsertReceivers =>
        "INSERT INTO receivers SELECT unnest($1), unnest($2), unnest($3), unnest($4)::BIGINT, unnest($5)::BIGINT, unnest($6), unnest($7), unnest($8), unnest($9)"
        + string.Concat(AllocationSql.OutcomeColumns.Select((_, i) => $", unnest(${i + 10})"));

    /// <summary>
    /// Columns: pool, month, currency, values within which it is divided, interval of rules: all that is to be divided.
    /// </summary>
    public string FindPools =>
        $"""
            SELECT DISTINCT p.x_SharedCost, {MonthSql} AS Month, coalesce(p.BillingCurrency, '') AS Currency,
              {WithinSql} AS Within, p.x_Interval
            FROM {Joined} WHERE p.x_AllocationType = '{AllocationTypes.Shared}' ORDER BY ALL
            """;

    /// <summary>Every part of every pool, day and kind of charge.</summary>
    public string MakeParts
    {
        get
        {
            var keys =
                string.Concat(Attributes.Select(id => $", {Attribute(id)} AS {SqlText.Name(id)}"))
                + string.Concat(Owners.Select(id => ", p." + id));
            var sums = string.Concat(Measures.Select(id => $", CAST(sum(d.{id}) AS DECIMAL(38,18)) AS {id}"));
            var parts = string.Concat(Measures.Select(id => $", largest_remainder({id}, Weights, Place) AS {id}"));
            var identity = string.Join(
                ", ",
                Attributes.Select(SqlText.Name).Concat(Owners).Prepend("x_SharedCost").Append("Place")
            );
            return $"""
                CREATE OR REPLACE TEMP TABLE parts AS
                SELECT hash({identity}, Month, Weights) AS x_ProfileId, * EXCLUDE ({string.Join(
                    ", ",
                    Measures
                )}, Weights){parts}
                FROM (
                  SELECT c.*, s.Weights, unnest(range(s.Places)) AS Place
                  FROM (
                    SELECT p.x_DeliveryKey, p.x_Source, p.x_Category, p.x_SharedCost, p.x_Interval, {WithinSql} AS Within{keys},
                      {MonthSql} AS Month, d.Day, d.x_BillingPeriod{sums}
                    FROM {Joined} WHERE p.x_AllocationType = '{AllocationTypes.Shared}'
                    GROUP BY ALL) c
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
            )}{(HaveTags(pools) ? ", r.Tags" : "")},
              {string.Join(", ", AllocationSql.OutcomeColumns.Select(Outcome))}
            FROM parts q JOIN receivers r ON r.x_SharedCost = q.x_SharedCost AND r.Month = q.Month
              AND r.Currency = coalesce(q.BillingCurrency, '') AND r.Within = q.Within AND r.Place = q.Place AND r.Interval = q.x_Interval
            ORDER BY q.x_ProfileId, q.x_Interval
            """;

    /// <summary>The shared fields of the charges in the pool, and the rules that set them.</summary>
    private static IReadOnlyList<string> Owners { get; } =
    [.. CostColumns.SharedFields.SelectMany(shared => new[] { shared, CostColumns.RuleOf(shared) })];

    /// <summary>What nobody receives stays with whom the charge is.</summary>
    private static string Outcome(string column) =>
        Owners.Contains(column)
            ? $"CASE WHEN r.Value IS NULL THEN q.{column} ELSE r.{column} END AS {column}"
            : $"r.{column}";

    /// <summary>The column that receives has the receiver's value.</summary>
    private string Received(string id) =>
        Receiving(pools).Contains(id)
            ? $", CASE WHEN r.Field = {SqlText.Literal(id)} THEN r.Value {KeptValue(id)}ELSE q.{SqlText.Name(id)} END AS {SqlText.Name(id)}"
            : $", q.{SqlText.Name(id)}";

    /// <summary>The value that the log has of a column that a pool keeps, also none.</summary>
    private string KeptValue(string id)
    {
        if (!pools.Any(pool => pool.Keep.Contains(id)))
            return "";
        var path = SqlText.Literal("$." + SqlText.Name(id));
        return $"WHEN json_exists(r.Kept, {path}) THEN json_extract_string(r.Kept, {path}) ";
    }

    private string Joined =>
        $"""
            read_parquet({SqlText.Literal(daily)}) d JOIN read_parquet({SqlText.Literal(allocation)}) p
              ON p.x_ProfileId = d.x_ProfileId AND p.x_Interval = d.x_Interval
            """;
}
