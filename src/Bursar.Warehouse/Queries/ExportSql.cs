using Bursar.Core.Focus;

namespace Bursar.Warehouse.Queries;

/// <summary>
/// The SQL of whole charges as a FOCUS Cost and Usage dataset: the columns of a release, what allocation says of each
/// charge, and where it came from. One row per charge, never a part of one.
/// </summary>
/// <param name="query">Its conditions, resolved, and its billing periods.</param>
/// <param name="star">What is known of each charge's profile.</param>
/// <param name="charges">The charges of the same deliveries.</param>
/// <param name="version">The release whose columns are written.</param>
/// <param name="asText">True for csv: times in ISO 8601, decimals without trailing zeros.</param>
internal sealed class ExportSql(
    CostQuery query,
    StarFiles star,
    IReadOnlyList<ChargeFile> charges,
    FocusVersion version,
    bool asText
)
{
    private static readonly string[] OfAllocation =
    [
        .. CostColumns.SharedFields,
        CostColumns.SharedCost,
        CostColumns.AllocationType,
    ];

    /// <summary>What only the books need.</summary>
    private static readonly HashSet<string> Internal = ["x_ProfileId", "x_BillingPeriod", "x_SourceRow"];

    private readonly HashSet<string> stored = [.. charges.SelectMany(file => file.Columns)];
    private readonly FilterSql filters = new(star) { InText = true };

    /// <summary>The rows, in the order of the deliveries and of the records in their files.</summary>
    public string Rows
    {
        get
        {
            var columns = Columns().Select(column => $"{column.Sql} AS {SqlText.Name(column.Id)}");
            var keys = charges.Select(file => $"{file.DeliveryKey}::UBIGINT").Distinct();
            var conditions = query
                .Where.Select(filters.Of)
                .Prepend($"p.x_DeliveryKey IN ({string.Join(", ", keys)})")
                .Concat(ChargeFileSql.BillingPeriods(query));
            return $"""
                SELECT {string.Join(", ", columns)}
                FROM (SELECT *, {Record} AS Record FROM read_parquet({SqlText.List(
                    charges.Select(file => file.Path).Distinct()
                )}, union_by_name=true, filename=true, file_row_number=true)) c
                JOIN (VALUES {ChargeFileSql.Values(charges)}) d(Path, File, x_DeliveryKey, x_BillingPeriod)
                  ON d.Path = c.filename AND d.x_BillingPeriod = c.x_BillingPeriod
                {Profiles}
                WHERE {string.Join(" AND ", conditions)}
                ORDER BY d.File, c.Record
                """;
        }
    }

    /// <summary>The columns in their order, each with its SQL over a charge c, a delivery d and a profile p.</summary>
    private IEnumerable<(string Id, string Sql)> Columns()
    {
        foreach (var column in FocusColumns.All)
            if (column.Dataset == FocusDataset.CostAndUsage && column.IsIn(version) && OfFocus(column) is { } sql)
                yield return (column.Id, sql);
        foreach (var id in OfAllocation)
            yield return (id, CostColumns.Sql(id, star.Columns));
        yield return ("x_Source", "p.x_Source");
        yield return ("x_DeliveryId", $"list_extract([{string.Join(", ", Ids())}], d.File + 1)");
        yield return ("x_SourceRow", "c.Record");
        var own = stored.Where(id =>
            id.StartsWith("x_", StringComparison.Ordinal) && !Internal.Contains(id) && !OfAllocation.Contains(id)
        );
        foreach (var id in own.Order(StringComparer.Ordinal))
            yield return (id, "c." + SqlText.Name(id));
    }

    /// <summary>A column of the release; null for one that may be left out and that nothing is known of.</summary>
    private string? OfFocus(FocusColumn column)
    {
        var source =
            stored.Contains(column.Id) ? column.Id
            : FocusColumns.Aliases.TryGetValue(column.Id, out var today) && stored.Contains(today) ? today
            : null;
        var known = source is null ? null : "c." + SqlText.Name(source);
        var sql = column.Id switch
        {
            "BillingPeriodStart" => OrElse(known, "CAST(d.x_BillingPeriod AS TIMESTAMP)"),
            "BillingPeriodEnd" => OrElse(known, "CAST(d.x_BillingPeriod + INTERVAL 1 MONTH AS TIMESTAMP)"),
            _ => known ?? (column.Level == "Mandatory" ? $"NULL::{TypeOf(column.Type)}" : null),
        };
        return sql is null || !asText ? sql
            : column.Type == FocusType.DateTime ? $"strftime({sql}, '%Y-%m-%dT%H:%M:%SZ')"
            : column.Type == FocusType.Decimal
                ? $"rtrim(rtrim(CAST(CAST({sql} AS DECIMAL(38,18)) AS VARCHAR), '0'), '.')"
            : sql;
    }

    private static string OrElse(string? known, string usual) => known is null ? usual : $"coalesce({known}, {usual})";

    private static string TypeOf(FocusType type) =>
        type switch
        {
            FocusType.Decimal => "DECIMAL(38,18)",
            FocusType.DateTime => "TIMESTAMP",
            _ => "VARCHAR",
        };

    /// <summary>Where rules change within a charge, those of its first day speak for it.</summary>
    private string Profiles
    {
        get
        {
            const string same = "p.x_DeliveryKey = d.x_DeliveryKey AND p.x_ProfileId = c.x_ProfileId";
            if (star.Breakpoints.Count == 0)
                return $"JOIN {star.ProfilesSource} p ON {same}";
            var days = string.Join(", ", star.Breakpoints.Select(day => $"DATE '{day:yyyy-MM-dd}'"));
            var first = stored.Contains("ChargePeriodStart")
                ? "CAST(coalesce(c.ChargePeriodStart, d.x_BillingPeriod) AS DATE)"
                : "d.x_BillingPeriod";
            var wanted = $"len(list_filter([{days}], day -> day <= {first}))";
            return $"""
                JOIN (SELECT x_DeliveryKey, x_ProfileId, list_sort(list(x_Interval)) AS has
                      FROM {star.ProfilesSource} GROUP BY ALL) i
                  ON i.x_DeliveryKey = d.x_DeliveryKey AND i.x_ProfileId = c.x_ProfileId
                JOIN {star.ProfilesSource} p
                  ON {same} AND p.x_Interval = coalesce(list_last(list_filter(i.has, one -> one <= {wanted})), i.has[1])
                """;
        }
    }

    private string Record => ChargeFileSql.Record(stored);

    private IEnumerable<string> Ids() =>
        charges.Select(file => SqlText.Literal(star.Deliveries.GetValueOrDefault(file.DeliveryKey, "")));
}
