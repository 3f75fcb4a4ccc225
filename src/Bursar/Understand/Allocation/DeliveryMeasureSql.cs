using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation;

/// <summary>The questions that <see cref="MeasureDelivery"/> asks of the staged files of a delivery.</summary>
internal sealed class DeliveryMeasureSql(ChargesOfDelivery charges)
{
    /// <summary>These in common, two rows may be the same; then all their columns are compared.</summary>
    private static readonly string[] Distinguishing =
    [
        "ChargePeriodStart",
        "BilledCost",
        "EffectiveCost",
        "ConsumedQuantity",
    ];

    private string Rows
    {
        get
        {
            var files = charges.ChargeFiles.Select(SqlText.Literal);
            return $"(SELECT * FROM read_parquet([{string.Join(", ", files)}], union_by_name=true, file_row_number=true) "
                + $"WHERE x_BillingPeriod = DATE '{charges.Period.Start:yyyy-MM-dd}')";
        }
    }

    private IEnumerable<string> Costs => new[] { "BilledCost", "EffectiveCost" }.Where(charges.StoredIds.Contains);

    public static string Days(string daily) =>
        $"SELECT Day, CAST(sum(Charges) AS BIGINT) FROM read_parquet({SqlText.Literal(daily)}) GROUP BY Day HAVING sum(Charges) > 0 ORDER BY Day";

    public string Kinds(string daily, string allocation) =>
        SumBy(
            ["ChargeCategory", "ServiceName", "ServiceCategory", "PricingUnit", "ConsumedUnit"],
            "EffectiveCost",
            daily,
            allocation,
            charges.ProfileColumns
        );

    public static string Invoiced(string daily, string allocation, IReadOnlyList<string> profileColumns) =>
        SumBy(
            [
                "InvoiceId",
                "InvoiceIssuerName",
                "ServiceProviderName",
                "BillingAccountId",
                "PublisherName",
                "ChargeCategory",
            ],
            "BilledCost",
            daily,
            allocation,
            profileColumns
        );

    private static string SumBy(
        string[] attributes,
        string cost,
        string daily,
        string allocation,
        IReadOnlyList<string> profileColumns
    )
    {
        var columns = string.Join(
            ", ",
            attributes.Select(id => profileColumns.Contains(id) ? $"p.{id} AS {id}" : $"NULL::VARCHAR AS {id}")
        );
        return $"""
            SELECT coalesce(p.BillingCurrency, '') AS Currency, {columns}, CAST(sum(d.Charges) AS BIGINT),
              CAST(coalesce(sum(d.Cost), 0) AS DECIMAL(38,18))
            FROM (SELECT x_ProfileId, x_Interval, sum(Charges) AS Charges, sum({cost}) AS Cost
                FROM read_parquet({SqlText.Literal(daily)}) GROUP BY ALL) d JOIN read_parquet({SqlText.Literal(
                allocation
            )}) p
              ON p.x_ProfileId = d.x_ProfileId AND p.x_Interval = d.x_Interval
            GROUP BY ALL ORDER BY ALL
            """;
    }

    public static string? Units(string allocation, IReadOnlyList<string> profileColumns)
    {
        var units = new[] { "PricingUnit", "ConsumedUnit" }.Where(profileColumns.Contains).ToList();
        return units.Count == 0
            ? null
            : string.Join(
                " UNION ",
                units.Select(unit => $"SELECT {unit} FROM read_parquet({SqlText.Literal(allocation)})")
            );
    }

    public static string Shared(string daily, string other, string allocation) =>
        $"""
            SELECT coalesce(p.BillingCurrency, '') AS Currency, CAST(sum(d.Charges) AS BIGINT),
              CAST(coalesce(sum(coalesce(d.EffectiveCost, d.BilledCost)), 0) AS DECIMAL(38,18))
            FROM read_parquet({SqlText.Literal(daily)}) d
            SEMI JOIN read_parquet({SqlText.Literal(other)}) o ON o.x_ProfileId = d.x_ProfileId AND o.Day = d.Day
              AND o.Charges = d.Charges AND o.BilledCost IS NOT DISTINCT FROM d.BilledCost
              AND o.EffectiveCost IS NOT DISTINCT FROM d.EffectiveCost
            JOIN read_parquet({SqlText.Literal(allocation)}) p
              ON p.x_ProfileId = d.x_ProfileId AND p.x_Interval = d.x_Interval
            WHERE d.Charges > 0 GROUP BY Currency ORDER BY Currency
            """;

    /// <summary>Below zero although nothing says that it gives money back.</summary>
    public string? Negative
    {
        get
        {
            var below = Costs.Select(cost => $"{cost} < 0").ToList();
            if (below.Count == 0)
                return null;
            var excused = charges.StoredIds.Contains("ChargeCategory")
                ? " AND coalesce(ChargeCategory, '') NOT IN ('Credit', 'Adjustment', 'Refund', 'Tax')"
                : "";
            var corrected = charges.StoredIds.Contains("ChargeClass")
                ? " AND coalesce(ChargeClass, '') <> 'Correction'"
                : "";
            return $"({string.Join(" OR ", below)}){excused}{corrected}";
        }
    }

    public string SumOf(string condition) =>
        $"""
            SELECT {Currency} AS Currency, count(*), CAST(sum({Cost}) AS DECIMAL(38,18))
            FROM {Rows} WHERE {condition} GROUP BY Currency ORDER BY Currency
            """;

    public string FirstOf(string condition, int most) =>
        $"""
            SELECT file_row_number + 1, CAST({Cost} AS DECIMAL(38,18)), {Currency}, {What}
            FROM {Rows} WHERE {condition} ORDER BY file_row_number LIMIT {most}
            """;

    /// <summary>Profiles with several charges on one day: all that repeated rows can be among.</summary>
    public static string Busy(string daily) =>
        $"CREATE OR REPLACE TEMP TABLE busy AS SELECT DISTINCT x_ProfileId FROM read_parquet({SqlText.Literal(daily)}) WHERE Charges > 1";

    public const string CountBusy = "SELECT count(*) FROM busy";

    /// <summary>
    /// Hashes of rows with a cost that more than one row has; null where rows have nothing to tell by.
    /// </summary>
    public string? Suspects
    {
        get
        {
            var costs = Costs.Select(cost => $"{cost} <> 0").ToList();
            return costs.Count == 0
                ? null
                : $"""
                    CREATE OR REPLACE TEMP TABLE suspects AS SELECT Likeness FROM (
                      SELECT {Likeness} AS Likeness FROM {Rows}
                      WHERE ({string.Join(" OR ", costs)}) AND x_ProfileId IN (SELECT x_ProfileId FROM busy))
                    GROUP BY Likeness HAVING count(*) > 1
                    """;
        }
    }

    public const string CountSuspects = "SELECT count(*) FROM suspects";

    /// <summary>Rows that are the same in every column as one before them.</summary>
    public string Repeats
    {
        get
        {
            var all = string.Join(", ", charges.StoredIds.Order(StringComparer.Ordinal).Select(SqlText.Name));
            var costs = string.Join(" OR ", Costs.Select(cost => $"{cost} <> 0"));
            return $"""
                CREATE OR REPLACE TEMP TABLE repeats AS
                SELECT file_row_number, Currency, Cost, What FROM (
                  SELECT file_row_number, {Currency} AS Currency, CAST({Cost} AS DECIMAL(38,18)) AS Cost, {What} AS What,
                    row_number() OVER (PARTITION BY hash({all}) ORDER BY file_row_number) AS Place
                  FROM {Rows} WHERE ({costs}) AND {Likeness} IN (SELECT Likeness FROM suspects))
                WHERE Place > 1
                """;
        }
    }

    public const string SumOfRepeats =
        "SELECT Currency, count(*), CAST(sum(Cost) AS DECIMAL(38,18)) FROM repeats GROUP BY Currency ORDER BY Currency";

    public static string FirstRepeats(int most) =>
        $"SELECT file_row_number + 1, Cost, Currency, What FROM repeats ORDER BY file_row_number LIMIT {most}";

    private string Likeness =>
        $"hash({string.Join(", ", Distinguishing.Where(charges.StoredIds.Contains).Prepend("x_ProfileId"))})";

    private string Currency => charges.StoredIds.Contains("BillingCurrency") ? "coalesce(BillingCurrency, '')" : "''";

    private string Cost => $"coalesce({string.Join(", ", Costs.Reverse().Append("0"))})";

    private string What =>
        charges.StoredIds.Contains("ServiceName") ? "ServiceName"
        : charges.StoredIds.Contains("ChargeDescription") ? "ChargeDescription"
        : "NULL::VARCHAR";
}
