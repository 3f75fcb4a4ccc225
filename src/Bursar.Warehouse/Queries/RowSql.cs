using Bursar.Core.Focus;

namespace Bursar.Warehouse.Queries;

/// <summary>
/// The SQL that opens a <see cref="CostQuery"/> to the charges behind it: the same conditions and the same arithmetic
/// as the daily sums, one row per charge. A charge of several days counts with the part of it that lies in the period.
/// </summary>
/// <param name="query">The question, with its columns resolved to ids of today.</param>
/// <param name="star">The files that the sums come from.</param>
/// <param name="charges">The charges of the same deliveries.</param>
internal sealed class RowSql(CostQuery query, StarFiles star, IReadOnlyList<ChargeFile> charges)
{
    private const string BilledDay = "greatest(Period, least(last_day(Period), CAST(Start AS DATE)))";

    /// <summary>Whether the charge ends on a later day than it starts, as the daily sums have it.</summary>
    private const string Spans =
        "(Ends IS NOT NULL AND CAST(Ends - INTERVAL 1 MICROSECOND AS DATE) > CAST(Start AS DATE))";

    private readonly FilterSql filters = new(star);

    /// <summary>The files that are read just now, and every column that any of them has.</summary>
    private IReadOnlyList<ChargeFile> opened = [];
    private HashSet<string> stored = [];

    public IReadOnlyList<object?> Parameters => filters.Parameters;

    /// <summary>Columns: the file, the name of a column that it has.</summary>
    public static string ColumnsOf(IReadOnlyList<string> paths) =>
        $"SELECT file_name, name FROM parquet_schema({SqlText.List(paths)})";

    /// <summary>Finds every charge once, with as few columns as can be: File, Record, Currency, Amount.</summary>
    public string Find => $"CREATE OR REPLACE TEMP TABLE found AS {Rows([], charges, [])}";

    /// <summary>Columns: Currency, Charges, Amount.</summary>
    public static string Totals =>
        "SELECT Currency, count(*), CAST(sum(Amount) AS DECIMAL(38,18)) FROM found GROUP BY Currency ORDER BY Currency";

    /// <summary>Columns: File, Record. Largest first, ties in a fixed order.</summary>
    public static string Page(int limit, long offset) =>
        $"SELECT File, Record FROM found ORDER BY Amount DESC, File, Record LIMIT {limit} OFFSET {offset}";

    /// <summary>
    /// Columns: File, Record, Currency, Amount, then the values, of these charges; other files stay closed.
    /// </summary>
    public string Of(IReadOnlyList<(int File, long Record)> page, IReadOnlyList<string> values)
    {
        var files = page.Select(row => row.File).Distinct().Select(file => charges[file]).ToList();
        return $"SELECT * FROM ({Rows(values, files, page)}) ORDER BY Amount DESC, File, Record";
    }

    /// <summary>The same of every charge, in the same order: one pass over the files for any number of rows.</summary>
    public string All(IReadOnlyList<string> values) =>
        $"SELECT * FROM ({Rows(values, charges, [])}) ORDER BY Amount DESC, File, Record";

    /// <summary>
    /// Columns: Hour, Currency, Amount, then the values: the sums of charges of at most an hour, by the hour in which
    /// they begin. A charge of a day or a month has no hour.
    /// </summary>
    public string Hours(IReadOnlyList<string> values)
    {
        (opened, stored) = (charges, [.. charges.SelectMany(file => file.Columns)]);
        filters.Parameters.Clear();
        var shown = string.Concat(values.Select((_, i) => $", v{i}"));
        return $"""
            SELECT date_trunc('hour', Start) AS Hour, Currency, CAST(sum(Measure) AS DECIMAL(38,18)) AS Amount{shown}
            FROM ({Charges(values, [])})
            WHERE Ends <= Start + INTERVAL 1 HOUR AND CAST(Start AS DATE) >= FromDay AND CAST(Start AS DATE) < ToDay
            GROUP BY Hour, Currency{shown} ORDER BY Hour, Currency{shown}
            """;
    }

    private static string Read(IReadOnlyList<ChargeFile> charges) =>
        $"read_parquet({SqlText.List(charges.Select(file => file.Path).Distinct())}, union_by_name=true, filename=true, "
        + "file_row_number=true)";

    private string Rows(
        IReadOnlyList<string> values,
        IReadOnlyList<ChargeFile> files,
        IReadOnlyList<(int File, long Record)> only
    )
    {
        (opened, stored) = (files, [.. files.SelectMany(file => file.Columns)]);
        filters.Parameters.Clear();
        var shown = string.Concat(values.Select((_, i) => $", v{i}"));
        var rows =
            query.Measure == CostMeasure.BilledCost
                ? $"""
                    SELECT File, Record, Currency, Measure AS Amount{shown} FROM ({Charges(values, only)})
                    WHERE {BilledDay} >= FromDay AND {BilledDay} < ToDay
                    """
                : $"""
                    SELECT File, Record, Currency,
                      CASE WHEN Spans THEN day_share(Measure, epoch_us(Start) - epoch_us(date_trunc('day', Start)), Total,
                        FromDay - CAST(Start AS DATE), ToDay - CAST(Start AS DATE)) ELSE Measure END AS Amount{shown}
                    FROM ({Spread(values, only)})
                    WHERE CASE WHEN Spans THEN After > Before
                      ELSE CAST(Start AS DATE) >= FromDay AND CAST(Start AS DATE) < ToDay END
                    """;
        if (star.Breakpoints.Count == 0)
            return rows;
        // Rules that change within a charge divide it among profiles; where the values shown are the same, it is one
        // row.
        return $"""
            SELECT File, Record, Currency, CAST(sum(Amount) AS DECIMAL(38,18)) AS Amount{shown}
            FROM ({rows}) GROUP BY File, Record, Currency{shown}
            """;
    }

    /// <summary>
    /// How much of each charge lies before the range of days, and how much until its end, in microseconds.
    /// </summary>
    private string Spread(IReadOnlyList<string> values, IReadOnlyList<(int File, long Record)> only) =>
        $"""
            SELECT *, {Spans} AS Spans, epoch_us(Ends) - epoch_us(Start) AS Total,
              greatest(0, least(epoch_us(Ends), epoch_us(FromDay::TIMESTAMP)) - epoch_us(Start)) AS Before,
              greatest(0, least(epoch_us(Ends), epoch_us(ToDay::TIMESTAMP)) - epoch_us(Start)) AS After
            FROM ({Charges(values, only)})
            """;

    /// <summary>The charges with what they are for, the conditions applied, and the days that count.</summary>
    private string Charges(IReadOnlyList<string> values, IReadOnlyList<(int File, long Record)> only)
    {
        var columns = string.Concat(values.Select((id, i) => $", {Value(id, i)} AS v{i}"));
        var own = string.Concat(values.Select((id, i) => IsOfCharge(id) ? $", {OfCharge(id)} AS e{i}" : ""));
        // The join says the same of the profiles; said outright, the engine passes over all other deliveries.
        var keys = string.Join(
            ", ",
            opened.Select(file => file.DeliveryKey).Distinct().Select(key => $"{key}::UBIGINT")
        );
        var conditions = query
            .Where.Select(filters.Of)
            .Prepend($"p.x_DeliveryKey IN ({keys})")
            .Prepend("c.Measure IS NOT NULL");
        if (query.Time == TimeBasis.Billing)
            conditions = conditions.Concat(ChargeFileSql.BillingPeriods(query));
        var places = "";
        if (only.Count > 0)
        {
            places = $" WHERE {Record} IN ({string.Join(", ", only.Select(row => row.Record).Distinct())})";
            conditions = conditions.Append(
                $"(d.File, c.Record) IN ({string.Join(", ", only.Select(row => $"({row.File}, {row.Record})"))})"
            );
        }
        return $"""
            SELECT d.File, c.Record, {CostColumns.Sql(query.Measure.UnitColumn, star.Columns)} AS Currency, c.Measure, d.x_BillingPeriod AS Period,
              coalesce(c.Starts, d.x_BillingPeriod::TIMESTAMP) AS Start, c.Ends, {Days(
                "FromDay",
                query.From,
                ends: false
            )},
              {Days("ToDay", query.To, ends: true)}{columns}
            FROM (
              SELECT filename, x_ProfileId, x_BillingPeriod, {Record} AS Record, {Stored(
                query.Measure.ToString(),
                "DECIMAL(38,18)"
            )} AS Measure,
                {Stored("ChargePeriodStart", "TIMESTAMP")} AS Starts, {Stored(
                "ChargePeriodEnd",
                "TIMESTAMP"
            )} AS Ends{own}
              FROM {Read(opened)}{places}) c
            JOIN (VALUES {ChargeFileSql.Values(charges)}) d(Path, File, x_DeliveryKey, x_BillingPeriod)
              ON d.Path = c.filename AND d.x_BillingPeriod = c.x_BillingPeriod
            JOIN {star.ProfilesSource} p
              ON p.x_DeliveryKey = d.x_DeliveryKey AND p.x_ProfileId = c.x_ProfileId
            WHERE {string.Join(" AND ", conditions)}
            """;
    }

    private string Record => ChargeFileSql.Record(stored);

    private string Stored(string id, string type) => stored.Contains(id) ? SqlText.Name(id) : $"NULL::{type}";

    /// <summary>
    /// One end of the days that count: those asked for, and those of the profile's interval of rules.
    /// </summary>
    private string Days(string name, DateOnly? asked, bool ends)
    {
        var limit = ends ? new DateOnly(2200, 1, 1) : new DateOnly(1900, 1, 1);
        var day = query.Time == TimeBasis.Charge && asked is { } given ? given : limit;
        var text = $"DATE '{day:yyyy-MM-dd}'";
        if (star.Breakpoints.Count == 0)
            return $"{text} AS {name}";
        var bounds = ends ? star.Breakpoints.Append(limit) : star.Breakpoints.Prepend(limit);
        var list = string.Join(", ", bounds.Select(bound => $"DATE '{bound:yyyy-MM-dd}'"));
        return $"{(ends ? "least" : "greatest")}({text}, list_extract([{list}], p.x_Interval + 1)) AS {name}";
    }

    private string Value(string id, int place) => IsOfCharge(id) ? $"c.e{place}" : CostColumns.Sql(id, star.Columns);

    /// <summary>Times, measures and columns that differ from row to row are not in the profiles.</summary>
    private bool IsOfCharge(string id) => stored.Contains(id) && !star.Columns.Contains(id);

    private static string OfCharge(string id) =>
        FocusColumns.CostAndUsage.TryGetValue(id, out var column) && column.Type == FocusType.DateTime
            ? $"strftime({SqlText.Name(id)}, '%Y-%m-%dT%H:%M:%SZ')"
            : $"CAST({SqlText.Name(id)} AS VARCHAR)";
}
