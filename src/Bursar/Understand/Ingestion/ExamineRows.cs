using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;
using Bursar.Core.Time;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Ingestion;

/// <summary>Reads a file in which something cannot be read a second time, record by record: good rows apart from bad ones, with reasons.</summary>
/// <param name="session">The engine.</param>
/// <param name="file">The file.</param>
/// <param name="delimiter">What stands between its cells.</param>
/// <param name="sql">Its columns.</param>
/// <param name="examined">Where raw and typed cells go side by side (over the first attempt).</param>
/// <param name="good">Where the good rows go.</param>
internal sealed class ExamineRows(
    DuckDbSession session, PreparedFile file, char delimiter, ChargesSql sql, string examined, string good)
{
    public (string Path, long Rows, List<QuarantinedRecord> Quarantined) Run(string firstRejects, CancellationToken cancel)
    {
        var rejected = file.Format == FileFormat.Parquet ? [] : Rejected(firstRejects, cancel);
        var rejects = "again_" + Guid.NewGuid().ToString("n");
        var read = session.Execute(
            $"COPY ({sql.Examined(rejects, RecordNumber(rejected))}) TO {SqlText.Literal(examined)} {ParquetOptions.Sql}", cancel: cancel);
        RequireAllRecords(read, rejected.Count, cancel);
        var bad = $"({sql.IsUnreadable} OR {RowPlace.Missing(sql.StoredIds)})";
        var rows = session.Execute($"""
            COPY (SELECT {sql.StoredColumns} FROM read_parquet({SqlText.Literal(examined)}) WHERE NOT coalesce({bad}, false))
            TO {SqlText.Literal(good)} {ParquetOptions.Sql}
            """, cancel: cancel);
        var quarantined = rejected.Concat(Unreadable(bad, cancel)).OrderBy(record => record.Record).ToList();
        return (good, rows, quarantined);
    }

    /// <summary>The records that the engine's reader could not divide into cells, or whose text is not UTF-8.</summary>
    private List<QuarantinedRecord> Rejected(string rejects, CancellationToken cancel)
    {
        var records = new List<QuarantinedRecord>();
        using var reader = session.Query(
            $"SELECT line, any_value(coalesce(column_name, '')), any_value(coalesce(csv_line, '')), any_value(error_type::VARCHAR) FROM {rejects} GROUP BY line ORDER BY line",
            cancel: cancel);
        while (reader.Read())
        {
            // The engine counts lines from 1 with the header; a record that an earlier quoted line break shifted is found by its text.
            var line = reader.GetInt64(0);
            records.Add(new QuarantinedRecord(
                file.File.Name, Math.Max(line - 1, 0), "", reader.GetString(2), Explain(reader.GetString(3)), null, null, null, null));
        }
        return records;
    }

    private static string Explain(string engineError) => engineError.Replace(' ', '_').ToUpperInvariant() switch
    {
        "MISSING_COLUMNS" => "The record has fewer cells than the header.",
        "TOO_MANY_COLUMNS" => "The record has more cells than the header.",
        "UNQUOTED_VALUE" => "A quote is not closed, or text follows a closing quote.",
        "LINE_SIZE_OVER_MAXIMUM" => "The record is longer than 32 MB.",
        "INVALID_ENCODING" or "INVALID_UNICODE" => "The text is not UTF-8.",
        var other => $"The record cannot be read ({other.ToLowerInvariant().Replace('_', ' ')}).",
    };

    /// <summary>The number of a record that was read, counting the ones before it that were not.</summary>
    private static string RecordNumber(List<QuarantinedRecord> rejected)
    {
        if (rejected.Count is 0 or > 1000) return "n";
        var readBefore = rejected.Select((record, i) => record.Record - 1 - i);
        return $"n + len(list_filter([{string.Join(", ", readBefore)}], x -> x < n))";
    }

    /// <summary>What the engine silently skipped would be lost, so an independent count must come to the same.</summary>
    private void RequireAllRecords(long read, int rejected, CancellationToken cancel)
    {
        if (file.Format == FileFormat.Parquet || rejected == 0) return;
        var records = CountRecords.In(file.ReadablePath, delimiter, cancel) - 1;
        if (records == read + rejected) return;
        throw new RefusedException("ingestion/records-lost",
            $"{file.File.Name} holds {records} records, but only {read} could be read and {rejected} set aside; the rest would be lost, so nothing was booked.",
            "Look for a quote that is opened and not closed, and deliver the file again.");
    }

    private List<QuarantinedRecord> Unreadable(string bad, CancellationToken cancel)
    {
        var parsed = sql.ParsedColumns().ToList();
        var cells = parsed.SelectMany(column => new[] { $"CAST(c{column.Position} AS VARCHAR)", $"{SqlText.Name(column.Id)} IS NULL" });
        var ids = sql.StoredIds;
        var records = new List<QuarantinedRecord>();
        using var reader = session.Query($"""
            SELECT x_SourceRow, {RowPlace.Period(ids)}, BillingCurrency, {RawCell("BilledCost")}, {RawCell("EffectiveCost")}{string.Concat(cells.Select(cell => ", " + cell))}
            FROM read_parquet({SqlText.Literal(examined)}) WHERE {bad} ORDER BY x_SourceRow
            """, cancel: cancel);
        while (reader.Read())
        {
            var (column, value, reason) = FirstProblem(reader, parsed);
            records.Add(new QuarantinedRecord(
                file.File.Name, reader.GetInt64(0), column, value, reason,
                reader.IsNull(1) ? null : BillingPeriod.Containing(reader.GetDate(1)), Text(2), Text(3), Text(4)));
        }
        return records;

        string? Text(int i) => reader.IsNull(i) ? null : reader.GetString(i);
    }

    private string RawCell(string id) =>
        sql.ParsedColumns().FirstOrDefault(column => column.Id == id) is { } found ? $"CAST(c{found.Position} AS VARCHAR)" : "NULL::VARCHAR";

    private static (string Column, string Value, string Reason) FirstProblem(DuckDbReader reader, List<FileColumn> parsed)
    {
        for (var i = 0; i < parsed.Count; i++)
        {
            if (reader.IsNull(5 + (2 * i)) || !reader.GetBoolean(6 + (2 * i))) continue;
            return (parsed[i].Header, reader.GetString(5 + (2 * i)), Expected(parsed[i], reader.GetString(5 + (2 * i))));
        }
        return reader.IsNull(1)
            ? ("BillingPeriodStart", "", "Neither BillingPeriodStart nor ChargePeriodStart says to which month the row belongs.")
            : ("BillingCurrency", "", "The row costs something in no currency.");
    }

    private static string Expected(FileColumn column, string value) => column.Type switch
    {
        FocusType.Decimal when AmountText.TryRead(value, out _, out _) == AmountReading.OutOfRange =>
            "The number has more than 20 digits before the point or 64 behind it.",
        FocusType.Decimal => "Expected a number such as 1234.5 or 6.1E-7, without thousands separators, currency signs or spaces.",
        FocusType.DateTime => "Expected a time from 2000 to 2100 such as 2026-09-01T00:00:00Z.",
        _ => "Expected tags as a JSON object such as {\"team\":\"claims\"}.",
    };
}
