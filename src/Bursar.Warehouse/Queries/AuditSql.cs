namespace Bursar.Warehouse.Queries;

/// <summary>The SQL with which an audit adds up a delivery's files again, independent of how they were made.</summary>
public static class AuditSql
{
    private static readonly string[] Costs = ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost"];

    /// <summary>Columns: currency, rows, the four costs. One row per billing currency.</summary>
    /// <param name="charges">The delivery's charges (<see cref="ChargesSource"/>).</param>
    /// <param name="columns">The columns that any of them has.</param>
    public static string OfCharges(string charges, IReadOnlySet<string> columns) =>
        $"""
            SELECT {Currency(columns)} AS Currency, count(*), {string.Join(
                ", ",
                Costs.Select(cost => Sum(cost, columns.Contains(cost)))
            )}
            FROM {charges} GROUP BY Currency ORDER BY Currency
            """;

    /// <summary>
    /// The same from a daily file; the charges tell the currency of its profiles. ContractedCost and others likewise.
    /// </summary>
    /// <param name="daily">The daily file.</param>
    /// <param name="charges">The delivery's charges (<see cref="ChargesSource"/>).</param>
    /// <param name="columns">The columns that any of them has.</param>
    public static string OfDaily(string daily, string charges, IReadOnlySet<string> columns) =>
        $"""
            SELECT Currency, CAST(sum(Charges) AS BIGINT), {string.Join(
                ", ",
                Costs.Select(cost => Sum(cost, stored: true))
            )}
            FROM read_parquet({SqlText.Literal(daily)})
            JOIN (
              SELECT DISTINCT x_ProfileId, {Currency(columns)} AS Currency
              FROM {charges}) USING (x_ProfileId)
            GROUP BY Currency ORDER BY Currency
            """;

    /// <summary>
    /// How many kinds of charge share their number with another: none, but for a miracle. The attributes are compared
    /// by a second number of them: a month of a hundred million charges would not fit in memory otherwise.
    /// </summary>
    /// <param name="charges">The delivery's charges (<see cref="ChargesSource"/>).</param>
    /// <param name="attributes">The columns that make up a profile.</param>
    public static string SharedProfiles(string charges, IReadOnlyList<string> attributes) =>
        $"""
            SELECT count(*) FROM (
              SELECT x_ProfileId FROM (
                SELECT x_ProfileId, hash({string.Join(
                ", ",
                attributes.Select(SqlText.Name).Prepend("'second'")
            )}) AS Second FROM {charges})
              GROUP BY x_ProfileId HAVING min(Second) <> max(Second))
            """;

    /// <summary>
    /// How many (profile, interval) pairs of the daily file the allocation file does not have exactly once.
    /// </summary>
    public static string Unallocated(string daily, string allocation) =>
        $"""
            SELECT count(*) FROM (SELECT DISTINCT x_ProfileId, x_Interval FROM read_parquet({SqlText.Literal(daily)}))
            LEFT JOIN (
              SELECT x_ProfileId, x_Interval, count(*) AS Times
              FROM read_parquet({SqlText.Literal(allocation)}) GROUP BY x_ProfileId, x_Interval)
              USING (x_ProfileId, x_Interval)
            WHERE Times IS NULL OR Times <> 1
            """;

    private static string Currency(IReadOnlySet<string> columns) =>
        columns.Contains("BillingCurrency") ? "coalesce(BillingCurrency, '')" : "''";

    private static string Sum(string cost, bool stored) =>
        stored ? $"CAST(sum({cost}) AS DECIMAL(38,18))" : "NULL::DECIMAL(38,18)";
}
