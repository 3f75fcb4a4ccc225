using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation;

/// <summary>
/// The SQL that gives every profile of a delivery its shared fields: rules run once per profile and interval of rules,
/// not once per row.
/// </summary>
/// <param name="charges">The parquet files of the delivery's charges.</param>
/// <param name="billingPeriodStart">The first day of its billing period.</param>
/// <param name="attributes">The columns that make up a profile.</param>
internal sealed class AllocationSql(
    IReadOnlyList<string> charges,
    DateOnly billingPeriodStart,
    IReadOnlyList<string> attributes
)
{
    /// <summary>More rows than a file can have: places of several files do not meet.</summary>
    private const long PlacesPerFile = 1L << 40;

    private string Attributes => string.Concat(attributes.Select(id => ", " + SqlText.Name(id)));

    /// <summary>Where each profile occurs first: its number, and the place of that row.</summary>
    public string MakeFirsts
    {
        get
        {
            var files = charges.Select(
                (path, i) =>
                    $"SELECT x_ProfileId, file_row_number + {i * PlacesPerFile} AS Place FROM {Rows(path)} WHERE {IsOfPeriod}"
            );
            return $"""
                CREATE OR REPLACE TEMP TABLE firsts AS SELECT x_ProfileId, min(Place) AS Place
                FROM ({string.Join(" UNION ALL ", files)}) GROUP BY x_ProfileId
                """;
        }
    }

    /// <summary>
    /// Every distinct profile, once, as its first row has it: the many long attributes of all other rows stay unread.
    /// </summary>
    /// <param name="columns">The columns of each file.</param>
    public string MakeProfiles(IReadOnlyDictionary<string, IReadOnlySet<string>> columns)
    {
        var files = charges.Select(
            (path, i) =>
            {
                var stored = string.Concat(
                    attributes.Select(id =>
                        ", " + (columns[path].Contains(id) ? SqlText.Name(id) : $"NULL::VARCHAR AS {SqlText.Name(id)}")
                    )
                );
                return $"""
                    SELECT x_ProfileId{stored} FROM {Rows(path)} WHERE file_row_number IN (
                      SELECT Place - {i * PlacesPerFile} FROM firsts
                      WHERE Place >= {i * PlacesPerFile} AND Place < {(i + 1) * PlacesPerFile})
                    """;
            }
        );
        return $"CREATE OR REPLACE TEMP TABLE profiles AS {string.Join(" UNION ALL ", files)}";
    }

    /// <summary>The same from an allocation file of the delivery under other rules.</summary>
    public string CopyProfiles(string allocation) =>
        $"CREATE OR REPLACE TEMP TABLE profiles AS SELECT DISTINCT x_ProfileId{Attributes} FROM read_parquet({SqlText.Literal(allocation)})";

    private string IsOfPeriod => $"x_BillingPeriod = DATE '{billingPeriodStart:yyyy-MM-dd}'";

    private static string Rows(string path) => $"read_parquet({SqlText.Literal(path)}, file_row_number=true)";

    /// <summary>The intervals of rules in which a profile has charges: usually one.</summary>
    public static string MakeIntervals(string daily) =>
        $"CREATE OR REPLACE TEMP TABLE intervals AS SELECT DISTINCT x_ProfileId, x_Interval FROM read_parquet({SqlText.Literal(daily)})";

    /// <summary>The same where no rule begins or ends.</summary>
    public const string OneInterval =
        "CREATE OR REPLACE TEMP TABLE intervals AS SELECT x_ProfileId, 0::USMALLINT AS x_Interval FROM profiles";

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

    /// <summary>
    /// The table of distinct outcomes: seven values, the seven rules that set them, the shared cost and how it came.
    /// </summary>
    public static string MakeOutcomeTable
    {
        get
        {
            var columns = OutcomeColumns;
            return $"CREATE OR REPLACE TEMP TABLE outcomes (Outcome INTEGER, {string.Join(", ", columns.Select(column => column + " VARCHAR"))})";
        }
    }

    /// <summary>What an outcome consists of, in this order.</summary>
    public static IReadOnlyList<string> OutcomeColumns { get; } =
    [
        .. CostColumns.SharedFields.SelectMany(shared => new[] { shared, CostColumns.RuleOf(shared) }),
        CostColumns.SharedCost,
        CostColumns.SharedReceiver,
        CostColumns.AllocationType,
    ];

    /// <summary>
    /// Fills it with one statement: a list per column. A statement per outcome costs a millisecond each, and there can
    /// be many thousands.
    /// </summary>
    public static string InsertOutcomes =>
        $"INSERT INTO outcomes SELECT unnest(range(len($1))){string.Concat(Enumerable.Range(1, OutcomeColumns.Count).Select(i => $", unnest(${i})"))}";

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
