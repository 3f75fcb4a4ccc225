using System.Text.RegularExpressions;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>The records of a delivered file as raw cells, before a mapping makes charges of them.</summary>
/// <param name="Path">A parquet file: the delivered one, or a copy of the text's cells in the staging folder.</param>
/// <param name="Columns">The columns, each with the SQL of its cell as text.</param>
/// <param name="Number">The SQL of a record's number in the delivered file.</param>
/// <param name="HasGaps">True when some records could not be read, so that numbers have to be stored.</param>
/// <param name="Refused">The records that could not be divided into cells.</param>
/// <param name="Notes">What a reader should know.</param>
internal sealed record RawTable(
    string Path,
    IReadOnlyList<(FileColumn Column, string Sql)> Columns,
    string Number,
    bool HasGaps,
    IReadOnlyList<QuarantinedRecord> Refused,
    IReadOnlyList<string> Notes
);

/// <summary>
/// Reads a delivered file that is to be mapped into raw cells; text is copied to parquet once, as it stands.
/// </summary>
/// <param name="session">The engine.</param>
/// <param name="file">The delivered file.</param>
/// <param name="layout">Its columns.</param>
/// <param name="newPath">Names files in the staging folder.</param>
internal sealed partial class RawRecords(
    DuckDbSession session,
    PreparedFile file,
    FileLayout layout,
    Func<string> newPath
)
{
    private const string FileRow = "file_row_number + 1";

    public RawTable Read(CancellationToken cancel)
    {
        if (file.Format != FileFormat.Parquet)
            return ReadText(layout.Columns, [], cancel);
        var columns = layout.Columns.Select(column => (column, ParquetCell(column))).ToList();
        return new RawTable(file.ReadablePath, columns, FileRow, HasGaps: false, [], []);
    }

    /// <summary>The columns of a parquet file with those inside structures: service.id, usage.amount.</summary>
    public static FileLayout Flattened(
        DuckDbSession session,
        PreparedFile file,
        FileLayout layout,
        CancellationToken cancel
    )
    {
        if (!layout.Columns.Any(IsStructure))
            return layout;
        var columns = new List<FileColumn>();
        foreach (var column in layout.Columns)
            AddFlat(column, SqlText.Name(column.EngineName));
        return layout with { Columns = columns };

        void AddFlat(FileColumn column, string path)
        {
            if (!IsStructure(column))
            {
                columns.Add(column with { Position = columns.Count, EngineName = path, IsPath = true });
                return;
            }
            var inner = new List<(string Name, string Type)>();
            using (
                var reader = session.Query(
                    $"DESCRIBE SELECT unnest({path}) FROM {ChargesSql.ReadParquet(file)}",
                    cancel: cancel
                )
            )
            {
                while (reader.Read())
                    inner.Add((reader.GetString(0), reader.GetString(1)));
            }
            foreach (var (name, type) in inner)
                AddFlat(new FileColumn(0, $"{column.Header}.{name}", "", name, type), $"{path}.{SqlText.Name(name)}");
        }
    }

    /// <summary>
    /// Numbers inside lists and maps become texts before they become JSON, whose numbers are binary fractions.
    /// </summary>
    private static string ParquetCell(FileColumn column)
    {
        var exact = InexactInJson.Replace(column.EngineType, "VARCHAR");
        if (
            exact == column.EngineType
            || !(column.EngineType.EndsWith(']') || column.EngineType.StartsWith("MAP", StringComparison.Ordinal))
        )
            return ChargesSql.ParquetCell(column);
        var name = column.IsPath ? column.EngineName : SqlText.Name(column.EngineName);
        return $"CAST(to_json(CAST({name} AS {exact})) AS VARCHAR)";
    }

    [GeneratedRegex(@"\b(DECIMAL\(\d+,\d+\)|DOUBLE|FLOAT|U?HUGEINT)")]
    private static partial Regex InexactInJson { get; }

    private static bool IsStructure(FileColumn column) =>
        column.EngineType.StartsWith("STRUCT", StringComparison.Ordinal) && !column.EngineType.EndsWith(']');

    private RawTable ReadText(IReadOnlyList<FileColumn> columns, IReadOnlyList<string> notes, CancellationToken cancel)
    {
        var sql = new ChargesSql(file, layout, columns, [], currency: null);
        var rejects = "raw_" + Guid.NewGuid().ToString("n");
        var path = newPath();
        var lines = Task.Run(() => CountRecords.Lines(file.ReadablePath, cancel), cancel);
        var read = Copy($"SELECT * FROM {sql.Source(rejects)}", path, cancel);
        var cells = columns.Select(column => (column, sql.Raw(column))).ToList();
        if (Count($"SELECT count(*) FROM {rejects}", cancel) == 0)
        {
            AllRecords.Require(file, layout.Delimiter, lines, read, rejected: 0, cancel);
            return new RawTable(path, cells, FileRow, HasGaps: false, [], notes);
        }
        if (notes.Count == 0 && Shorter(read, rejects, cancel) is { } shorter)
            return ReadText(
                [.. columns.Take(shorter)],
                [
                    $"Every record of {file.File.Name} has {shorter} cells, and its header {columns.Count}: "
                        + $"{string.Join(", ", columns.Skip(shorter).Select(column => column.Header))} is taken as empty.",
                ],
                cancel
            );
        var refused = new ExamineRows(session, file, layout.Delimiter, lines, sql, "", "").Rejected(rejects, cancel);
        var readBefore = refused.Select((record, i) => record.Record - 1 - i).ToList();
        var numbered = newPath();
        read = Copy(sql.Numbered("raw_" + Guid.NewGuid().ToString("n"), readBefore), numbered, cancel);
        AllRecords.Require(file, layout.Delimiter, lines, read, refused.Count, cancel);
        return new RawTable(numbered, cells, "x_SourceRow", HasGaps: true, refused, notes);
    }

    /// <summary>
    /// How many cells every record has, when that is the same number everywhere and fewer than the header's.
    /// </summary>
    /// <remarks>
    /// Somebody added a column to the header alone; which records would be cut short is no question then.
    /// </remarks>
    private int? Shorter(long read, string rejects, CancellationToken cancel)
    {
        if (read > 0)
            return null;
        using var reader = session.Query(
            $"""
            SELECT min(column_idx), max(column_idx), bool_and(replace(upper(error_type::VARCHAR), '_', ' ') = 'MISSING COLUMNS')
            FROM {rejects}
            """,
            cancel: cancel
        );
        reader.Read();
        var (least, most) = (Convert.ToInt32(reader.GetInt64(0)), Convert.ToInt32(reader.GetInt64(1)));
        return reader.GetBoolean(2) && least == most && least > 1 ? least : null;
    }

    private long Copy(string query, string path, CancellationToken cancel) =>
        session.Execute($"COPY ({query}) TO {SqlText.Literal(path)} {ParquetOptions.OfCaches}", cancel: cancel);

    private long Count(string query, CancellationToken cancel)
    {
        using var reader = session.Query(query, cancel: cancel);
        reader.Read();
        return reader.GetInt64(0);
    }
}
