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
internal sealed class PartsSql(string daily, string allocation, IReadOnlySet<string> attributes)
{
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
    [.. Kept.Where(id => attributes.Contains(id) || id is "BillingCurrency" or "ChargeCategory")];

    /// <summary>The columns of how pools are divided: a list per column.</summary>
    public const string MakeDivided =
        "CREATE OR REPLACE TEMP TABLE divided (x_SharedCost VARCHAR, Month VARCHAR, Currency VARCHAR, Weights VARCHAR, Places BIGINT)";

    public const string InsertDivided =
        "INSERT INTO divided SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5)::BIGINT";

    /// <summary>What each receiver of a pool is, per interval of rules: a list per column.</summary>
    public static string MakeReceivers =>
        "CREATE OR REPLACE TEMP TABLE receivers (Month VARCHAR, Currency VARCHAR, Place BIGINT, Interval BIGINT"
        + string.Concat(AllocationSql.OutcomeColumns.Select(column => $", {column} VARCHAR"))
        + ")";

    public static string InsertReceivers =>
        "INSERT INTO receivers SELECT unnest($1), unnest($2), unnest($3)::BIGINT, unnest($4)::BIGINT"
        + string.Concat(AllocationSql.OutcomeColumns.Select((_, i) => $", unnest(${i + 5})"));

    /// <summary>Columns: pool, month, currency, interval of rules: all that has to be divided.</summary>
    public string FindPools =>
        $"""
            SELECT DISTINCT p.x_SharedCost, strftime(d.Day, '%Y-%m') AS Month, coalesce(p.BillingCurrency, '') AS Currency, p.x_Interval
            FROM {Joined} WHERE p.x_AllocationType = '{AllocationTypes.Shared}' ORDER BY ALL
            """;

    /// <summary>Every part of every pool, day and kind of charge.</summary>
    public string MakeParts
    {
        get
        {
            var keys = string.Concat(Attributes.Select(id => $", p.{SqlText.Name(id)}"));
            var sums = string.Concat(Measures.Select(id => $", CAST(sum(d.{id}) AS DECIMAL(38,18)) AS {id}"));
            var parts = string.Concat(Measures.Select(id => $", largest_remainder({id}, Weights, Place) AS {id}"));
            var identity = string.Join(", ", Attributes.Select(SqlText.Name).Prepend("x_SharedCost").Append("Place"));
            return $"""
                CREATE OR REPLACE TEMP TABLE parts AS
                SELECT hash({identity}, Month, Weights) AS x_ProfileId, * EXCLUDE ({string.Join(
                    ", ",
                    Measures
                )}, Weights){parts}
                FROM (
                  SELECT c.*, s.Weights, unnest(range(s.Places)) AS Place
                  FROM (
                    SELECT p.x_DeliveryKey, p.x_Source, p.x_Category, p.x_SharedCost, p.x_Interval{keys},
                      strftime(d.Day, '%Y-%m') AS Month, d.Day, d.x_BillingPeriod{sums}
                    FROM {Joined} WHERE p.x_AllocationType = '{AllocationTypes.Shared}'
                    GROUP BY ALL) c
                  JOIN divided s ON s.x_SharedCost = c.x_SharedCost AND s.Month = c.Month
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
                Attributes.Select(id => $", q.{SqlText.Name(id)}")
            )},
              r.* EXCLUDE (Month, Currency, Place, Interval)
            FROM parts q JOIN receivers r ON r.x_SharedCost = q.x_SharedCost AND r.Month = q.Month
              AND r.Currency = coalesce(q.BillingCurrency, '') AND r.Place = q.Place AND r.Interval = q.x_Interval
            ORDER BY q.x_ProfileId, q.x_Interval
            """;

    private string Joined =>
        $"""
            read_parquet({SqlText.Literal(daily)}) d JOIN read_parquet({SqlText.Literal(allocation)}) p
              ON p.x_ProfileId = d.x_ProfileId AND p.x_Interval = d.x_Interval
            """;
}
