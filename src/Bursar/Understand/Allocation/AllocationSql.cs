using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation;

/// <summary>
/// The SQL that gives every profile of a delivery its shared fields: rules run once per profile and interval of rules,
/// not once per row.
/// </summary>
/// <param name="charges">The delivery's charges (<see cref="ChargesSource"/>).</param>
/// <param name="attributes">The columns that make up a profile.</param>
internal sealed class AllocationSql(string charges, IReadOnlyList<string> attributes)
{
    private string Attributes => string.Concat(attributes.Select(id => ", " + SqlText.Name(id)));

    /// <summary>Every distinct profile, once.</summary>
    public string MakeProfiles =>
        $"CREATE OR REPLACE TEMP TABLE profiles AS SELECT DISTINCT x_ProfileId{Attributes} FROM {charges}";

    /// <summary>Zero unless two different profiles have one number.</summary>
    public static string CountCollisions => "SELECT count(*) - count(DISTINCT x_ProfileId) FROM profiles";

    /// <summary>The intervals of rules in which a profile has charges: usually one.</summary>
    public static string MakeIntervals(string daily) =>
        $"CREATE OR REPLACE TEMP TABLE intervals AS SELECT DISTINCT x_ProfileId, x_Interval FROM read_parquet({SqlText.Literal(daily)})";

    /// <summary>
    /// The number of the outcome of the rules for each profile and interval; the outcomes are collected meanwhile.
    /// </summary>
    public static string MakeOutcomes(IReadOnlyList<string> ruleColumns, IReadOnlySet<string> available)
    {
        var values = ruleColumns.Select(id =>
            available.Contains(id) ? $"CAST(p.{SqlText.Name(id)} AS VARCHAR)" : "NULL::VARCHAR"
        );
        return $"""
            CREATE OR REPLACE TEMP TABLE mapped AS
            SELECT x_ProfileId, x_Interval, row_function({string.Join(
                ", ",
                values.Prepend("CAST(x_Interval AS VARCHAR)")
            )}) AS Outcome
            FROM profiles p JOIN intervals USING (x_ProfileId)
            """;
    }

    /// <summary>The table of distinct outcomes: seven values and the seven rules that set them.</summary>
    public static string MakeOutcomeTable
    {
        get
        {
            var columns = CostColumns.SharedFields.SelectMany(shared => new[] { shared, CostColumns.RuleOf(shared) });
            return $"CREATE OR REPLACE TEMP TABLE outcomes (Outcome INTEGER, {string.Join(", ", columns.Select(column => column + " VARCHAR"))})";
        }
    }

    /// <summary>
    /// Fills it with one statement: a list per column. A statement per outcome costs a millisecond each, and there can
    /// be many thousands.
    /// </summary>
    public static string InsertOutcomes =>
        $"INSERT INTO outcomes SELECT unnest(range(len($1))){string.Concat(Enumerable.Range(1, 2 * CostColumns.SharedFields.Count).Select(i => $", unnest(${i})"))}";

    /// <summary>The profiles with their shared fields, in a fixed order.</summary>
    public string Allocated(ulong deliveryKey, string source, string? category) =>
        $"""
            SELECT {deliveryKey}::UBIGINT AS x_DeliveryKey, m.x_ProfileId, m.x_Interval, {SqlText.Literal(
                source
            )} AS x_Source,
              {(category is null ? "NULL::VARCHAR" : SqlText.Literal(category))} AS x_Category{string.Concat(
                attributes.Select(id => ", p." + SqlText.Name(id))
            )}{Missing()},
              o.* EXCLUDE (Outcome)
            FROM profiles p JOIN mapped m USING (x_ProfileId) JOIN outcomes o USING (Outcome)
            ORDER BY m.x_ProfileId, m.x_Interval
            """;

    /// <summary>The two columns that every question needs, where the file has them not.</summary>
    private string Missing() =>
        string.Concat(
            new[] { "BillingCurrency", "ChargeCategory" }
                .Where(id => !attributes.Contains(id))
                .Select(id => $", NULL::VARCHAR AS {id}")
        );
}
