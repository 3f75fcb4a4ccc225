namespace Bursar.Warehouse.Queries;

/// <summary>The SQL of points: their columns are Time, ResourceId, the keys of the series (x_…), and Value.</summary>
internal static class SeriesSql
{
    public const string Time = "Time";
    public const string Resource = "ResourceId";
    public const string Value = "Value";

    /// <summary>
    /// How a key of a series is stored: "product" as x_product, so that it never meets another column.
    /// </summary>
    public static string Stored(string column) => column == Resource ? Resource : "x_" + column;

    /// <summary>
    /// The points that count: of those with the same time, resource and keys, that of the last delivery. File names
    /// within the folder of a series ascend with its deliveries.
    /// </summary>
    /// <param name="files">Full paths of the deliveries' files.</param>
    /// <param name="columns">Columns that identify a point beside its time, as stored.</param>
    public static string Counting(IReadOnlyList<string> files, IReadOnlyList<string> columns)
    {
        var keys = Keys(columns);
        return files.Count == 0
            ? $"(SELECT {Empty(columns)} WHERE false)"
            : $"(SELECT {keys}, arg_max({Value}, filename) AS {Value} FROM {Read(files, columns)} GROUP BY {keys})";
    }

    /// <summary>
    /// All points of all deliveries, with the file they lie in. An earlier one may not have a key yet.
    /// </summary>
    public static string Read(IReadOnlyList<string> files, IReadOnlyList<string> columns) =>
        $"(SELECT * FROM read_parquet({SqlText.List(files)}, union_by_name = true, filename = true) "
        + $"UNION ALL BY NAME SELECT {Empty(columns)} WHERE false)";

    /// <summary>What identifies a point.</summary>
    public static string Keys(IReadOnlyList<string> columns) =>
        string.Join(", ", columns.Select(SqlText.Name).Prepend(Time));

    private static string Empty(IReadOnlyList<string> columns) =>
        string.Join(
            ", ",
            columns
                .Select(column => $"NULL::VARCHAR AS {SqlText.Name(column)}")
                .Prepend($"NULL::TIMESTAMP AS {Time}")
                .Append($"NULL::DECIMAL(38, 18) AS {Value}")
        );
}
