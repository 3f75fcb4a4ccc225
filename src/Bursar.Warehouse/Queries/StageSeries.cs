using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.DuckDb.Functions;

namespace Bursar.Warehouse.Queries;

/// <summary>A table with points in it, and which of its columns hold what.</summary>
/// <param name="Path">The file: text in UTF-8, or parquet.</param>
/// <param name="Delimiter">What stands between the cells of a text; null for parquet.</param>
/// <param name="Headers">All its columns, in their order.</param>
/// <param name="Time">The column with the time.</param>
/// <param name="Value">The column with the figure.</param>
/// <param name="Resource">The column with the resource.</param>
/// <param name="Keys">Name of each key of the series, and the column that holds it.</param>
public sealed record SeriesTable(
    string Path,
    char? Delimiter,
    IReadOnlyList<string> Headers,
    string Time,
    string Value,
    string? Resource,
    IReadOnlyList<KeyValuePair<string, string>> Keys
);

/// <summary>A record of a table that is no point.</summary>
public sealed record UnreadablePoint(long Record, string? Time, string? Value, bool IsTwice);

/// <summary>What a table holds beside the points that count already.</summary>
/// <param name="Rows">Records in the table.</param>
/// <param name="Empty">Records without a figure: gaps, no points.</param>
/// <param name="New">Points that had no figure before.</param>
/// <param name="Restated">Points that had another.</param>
/// <param name="From">The first day of what is new or restated.</param>
/// <param name="To">The day after the last of it.</param>
/// <param name="Unreadable">The first records that are no points; nothing was staged then.</param>
public sealed record StagedSeries(
    long Rows,
    long Empty,
    long New,
    long Restated,
    DateOnly? From,
    DateOnly? To,
    IReadOnlyList<UnreadablePoint> Unreadable
);

/// <summary>Writes the points of a table that are new, or other than before, into a file of their own.</summary>
public static class StageSeries
{
    private const int FirstRecords = 3;

    /// <param name="table">The table.</param>
    /// <param name="files">Full paths of the series' files so far.</param>
    /// <param name="target">Where the new points go.</param>
    /// <param name="session">The engine.</param>
    /// <param name="cancel">Stops it.</param>
    public static StagedSeries To(
        SeriesTable table,
        IReadOnlyList<string> files,
        string target,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        FocusFunctions.Register(session, new CellLog());
        var name = "points_" + Guid.NewGuid().ToString("n");
        session.Execute($"CREATE TEMP TABLE {name} AS {Typed(table)}", cancel: cancel);
        try
        {
            var (rows, empty) = Counts(name, session, cancel);
            var columns = Columns(table);
            var wrong = Unreadable(name, columns, session, cancel);
            if (wrong.Count > 0)
                return new StagedSeries(rows, empty, 0, 0, null, null, wrong);
            return Changed(name, columns, files, target, session, cancel) with { Rows = rows, Empty = empty };
        }
        finally
        {
            // Also when the work was stopped.
            session.Execute($"DROP TABLE {name}", cancel: CancellationToken.None);
        }
    }

    private static List<string> Columns(SeriesTable table) =>
        [
            .. table
                .Keys.Select(key => SeriesSql.Stored(key.Key))
                .Prepend(table.Resource is null ? "" : SeriesSql.Resource)
                .Where(column => column.Length > 0),
        ];

    /// <summary>Every cell is text first, and read digit by digit.</summary>
    private static string Typed(SeriesTable table)
    {
        var time = Text(table.Time);
        // A month stands for its first day.
        var moment = $"CASE WHEN length({time}) = 7 THEN {time} || '-01' ELSE {time} END";
        var cells = new List<string>
        {
            "Record",
            $"{time} AS RawTime",
            $"{Text(table.Value)} AS RawValue",
            $"focus_timestamp({moment}, 0) AS {SeriesSql.Time}",
            $"focus_amount({Text(table.Value)}, 1) AS {SeriesSql.Value}",
        };
        if (table.Resource is { } resource)
            cells.Add($"{Text(resource)} AS {SeriesSql.Resource}");
        cells.AddRange(table.Keys.Select(key => $"{Text(key.Value)} AS {SqlText.Name(SeriesSql.Stored(key.Key))}"));
        return $"SELECT {string.Join(", ", cells)} FROM (SELECT *, row_number() OVER () AS Record FROM {Source(table)})";
    }

    private static string Text(string column) => $"nullif(trim(CAST({SqlText.Name(column)} AS VARCHAR)), '')";

    private static string Source(SeriesTable table)
    {
        var path = SqlText.Literal(table.Path);
        if (table.Delimiter is not { } delimiter)
            return $"read_parquet({path})";
        var columns = string.Join(", ", table.Headers.Select(header => $"{SqlText.Literal(header)}: 'VARCHAR'"));
        return $"read_csv({path}, auto_detect = false, header = true, delim = {SqlText.Literal(delimiter.ToString())}, "
            + $"quote = '\"', escape = '\"', nullstr = '', strict_mode = true, columns = {"{" + columns + "}"})";
    }

    private static (long Rows, long Empty) Counts(string name, DuckDbSession session, CancellationToken cancel)
    {
        using var reader = session.Query($"SELECT count(*), count(*) - count(RawValue) FROM {name}", cancel: cancel);
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private static List<UnreadablePoint> Unreadable(
        string name,
        IReadOnlyList<string> columns,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        var found = new List<UnreadablePoint>();
        var keys = SeriesSql.Keys(columns);
        using var reader = session.Query(
            $"""
            SELECT Record, RawTime, RawValue, {SeriesSql.Time} IS NOT NULL AND {SeriesSql.Value} IS NOT NULL AS IsTwice
            FROM (SELECT *, count(*) OVER (PARTITION BY {keys}) AS Same FROM {name} WHERE RawValue IS NOT NULL)
            WHERE {SeriesSql.Time} IS NULL OR {SeriesSql.Value} IS NULL OR Same > 1
            ORDER BY IsTwice, Record LIMIT {FirstRecords}
            """,
            cancel: cancel
        );
        while (reader.Read())
            found.Add(
                new UnreadablePoint(
                    reader.GetInt64(0),
                    reader.IsNull(1) ? null : reader.GetString(1),
                    reader.IsNull(2) ? null : reader.GetString(2),
                    reader.GetBoolean(3)
                )
            );
        return found;
    }

    private static StagedSeries Changed(
        string name,
        IReadOnlyList<string> columns,
        IReadOnlyList<string> files,
        string target,
        DuckDbSession session,
        CancellationToken cancel
    )
    {
        var keys = SeriesSql.Keys(columns);
        var same = string.Join(
            " AND ",
            columns
                .Select(SqlText.Name)
                .Prepend(SeriesSql.Time)
                .Select(column => $"p.{column} IS NOT DISTINCT FROM b.{column}")
        );
        var wanted = string.Join(", ", columns.Select(SqlText.Name).Prepend(SeriesSql.Time).Select(one => $"p.{one}"));
        var changed = $"""
            (SELECT {wanted}, p.{SeriesSql.Value}, b.{SeriesSql.Value} IS NOT NULL AS Before
            FROM {name} p LEFT JOIN {SeriesSql.Counting(files, columns)} b ON {same}
            WHERE p.{SeriesSql.Value} IS NOT NULL AND b.{SeriesSql.Value} IS DISTINCT FROM p.{SeriesSql.Value})
            """;
        session.Execute(
            $"COPY (SELECT {keys}, {SeriesSql.Value} FROM {changed} ORDER BY {keys}) TO {SqlText.Literal(target)} (FORMAT parquet, COMPRESSION zstd)",
            cancel: cancel
        );
        using var reader = session.Query(
            $"SELECT count(*) FILTER (NOT Before), count(*) FILTER (Before), CAST(min({SeriesSql.Time}) AS DATE), "
                + $"CAST(max({SeriesSql.Time}) AS DATE) FROM {changed}",
            cancel: cancel
        );
        reader.Read();
        return new StagedSeries(
            0,
            0,
            reader.GetInt64(0),
            reader.GetInt64(1),
            reader.IsNull(2) ? null : reader.GetDate(2),
            reader.IsNull(3) ? null : reader.GetDate(3).AddDays(1),
            []
        );
    }
}
