using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary>
/// SQL of a judged file and of its cells: c0, c1, … as text by position, and in parquet r0, r1, … as they are stored.
/// </summary>
internal static class CellsSql
{
    /// <param name="subject">The file.</param>
    /// <param name="columns">The columns whose cells are read.</param>
    /// <param name="rejectTable">Where the engine notes what it cannot read; no two readings share one.</param>
    public static (string Source, IReadOnlyList<string> Cells) Of(
        Subject subject,
        IEnumerable<FileColumn> columns,
        string rejectTable
    )
    {
        if (subject.File.Format == FileFormat.Parquet)
            return (ChargesSql.ReadParquet(subject.File), [.. columns.SelectMany(Stored)]);
        var sql = new ChargesSql(
            subject.File,
            subject.Layout,
            [.. subject.Layout.Columns.Select(column => column with { Id = column.Header })],
            [],
            null
        );
        return (sql.Source(rejectTable), [.. columns.Select(column => $"{sql.Raw(column)} AS c{column.Position}")]);
    }

    private static IEnumerable<string> Stored(FileColumn column)
    {
        var (name, type) = (SqlText.Name(column.EngineName), column.EngineType);
        var text =
            type == "VARCHAR" ? name
            : type.StartsWith("TIMESTAMP", StringComparison.Ordinal) || type == "DATE"
                ? $"strftime(CAST({name} AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%fZ')"
            : type.EndsWith(']')
            || type.StartsWith("MAP", StringComparison.Ordinal)
            || type.StartsWith("STRUCT", StringComparison.Ordinal)
                ? $"CAST(to_json({name}) AS VARCHAR)"
            : $"CAST({name} AS VARCHAR)";
        return [$"{text} AS c{column.Position}", $"{name} AS r{column.Position}"];
    }
}
