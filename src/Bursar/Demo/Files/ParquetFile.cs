using Bursar.Core.Focus;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Demo.Files;

/// <summary>
/// Turns a file that was written as CSV into parquet, typed as a cloud's warehouse exports it: decimals, timestamps, a
/// map of tags.
/// </summary>
internal static class ParquetFile
{
    /// <summary>Writes the parquet file and removes the CSV file.</summary>
    public static void Replace(DuckDbSession session, FileShape shape, string csvPath, string parquetPath)
    {
        var columns = string.Join(", ", shape.Columns.Select(column => $"'{column}': 'VARCHAR'"));
        var typed = string.Join(", ", shape.Columns.Select(Typed));
        session.Execute(
            $"""
            COPY (SELECT {typed} FROM read_csv('{Quoted(
                csvPath
            )}', auto_detect = false, header = true, delim = ',', quote = '"',
                escape = '"', nullstr = '', new_line = '\n', columns = {"{" + columns + "}"}))
            TO '{Quoted(parquetPath)}' (FORMAT parquet, COMPRESSION zstd)
            """
        );
        File.Delete(csvPath);
    }

    private static string Typed(string column) =>
        TypeOf(column) switch
        {
            FocusType.Decimal => $"CAST({column} AS DECIMAL(38, 10)) AS {column}",
            FocusType.DateTime => $"CAST({column} AS TIMESTAMP) AS {column}",
            FocusType.JSON => $"CAST(CAST({column} AS JSON) AS MAP(VARCHAR, VARCHAR)) AS {column}",
            _ => column,
        };

    private static FocusType TypeOf(string column)
    {
        if (column == "x_ExportTime")
            return FocusType.DateTime;
        return FocusColumns.CostAndUsage.TryGetValue(column, out var known) ? known.Type : FocusType.String;
    }

    private static string Quoted(string path) => path.Replace("'", "''");
}
