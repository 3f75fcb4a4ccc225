using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;
using Bursar.Core.Time;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Ingestion;

/// <summary>
/// Reads a file in which something cannot be read a second time, record by record: good rows apart from bad ones, with
/// reasons.
/// </summary>
/// <param name="session">The engine.</param>
/// <param name="file">The file.</param>
/// <param name="delimiter">What stands between its cells.</param>
/// <param name="lines">How many lines it has.</param>
/// <param name="sql">Its columns.</param>
/// <param name="examined">Where raw and typed cells go side by side (over the first attempt).</param>
/// <param name="good">Where the good rows go.</param>
internal sealed class ExamineRows(
    DuckDbSession session,
    PreparedFile file,
    char delimiter,
    Task<long> lines,
    ChargesSql sql,
    string examined,
    string good
)
{
    /// <summary>
    /// More refused records than this are no exceptions any more: the file is written in another convention.
    /// </summary>
    private const long QuarantineMax = 200_000;

    /// <summary>So much of a cell or record is kept as evidence.</summary>
    private const int ValueMax = 10_000;

    public (string Path, long Rows, List<QuarantinedRecord> Quarantined) Run(
        string firstRejects,
        CancellationToken cancel
    )
    {
        var rejected = file.Format == FileFormat.Parquet ? [] : Rejected(firstRejects, cancel);
        var rejects = "again_" + Guid.NewGuid().ToString("n");
        var readBefore = rejected.Select((record, i) => record.Record - 1 - i).ToList();
        var read = session.Execute(
            $"COPY ({sql.Examined(rejects, readBefore)}) TO {SqlText.Literal(examined)} {ParquetOptions.OfCharges}",
            cancel: cancel
        );
        AllRecords.Require(file, delimiter, lines, read, rejected.Count, cancel);
        var bad = $"({sql.IsUnreadable} OR {RowPlace.Missing(sql.StoredIds)})";
        var rows = session.Execute(
            $"""
            COPY (SELECT {sql.StoredColumns} FROM read_parquet({SqlText.Literal(
                examined
            )}) WHERE NOT coalesce({bad}, false))
            TO {SqlText.Literal(good)} {ParquetOptions.OfCharges}
            """,
            cancel: cancel
        );
        RefuseTooMany(read - rows + rejected.Count);
        var quarantined = rejected.Concat(Unreadable(bad, cancel)).OrderBy(record => record.Record).ToList();
        return (good, rows, quarantined);
    }

    /// <summary>The records that the engine's reader could not divide into cells, or whose text is not UTF-8.</summary>
    public List<QuarantinedRecord> Rejected(string rejects, CancellationToken cancel)
    {
        RefuseTooMany(Count($"SELECT count(DISTINCT line) FROM {rejects}", cancel));
        RefuseSwallowed(rejects, cancel);
        var records = new List<QuarantinedRecord>();
        using var reader = session.Query(
            $"""
            SELECT line, min(coalesce(left(csv_line, {ValueMax}), '')), min(error_type::VARCHAR)
            FROM {rejects} GROUP BY line ORDER BY line
            """,
            cancel: cancel
        );
        while (reader.Read())
        {
            // The engine numbers records from 1 with the header.
            records.Add(
                new QuarantinedRecord(
                    file.File.Name,
                    Math.Max(reader.GetInt64(0) - 1, 0),
                    "",
                    reader.GetString(1),
                    Explain(reader.GetString(2)),
                    null,
                    null,
                    null,
                    null
                )
            );
        }
        return records;
    }

    /// <summary>
    /// A quote that is not closed where it should be takes the records after it with it: they would be lost as one.
    /// </summary>
    private void RefuseSwallowed(string rejects, CancellationToken cancel)
    {
        using var reader = session.Query(
            $"""
            SELECT min(line) FROM {rejects}
            WHERE error_type::VARCHAR ILIKE 'unquoted%' AND (contains(csv_line, chr(10)) OR contains(csv_line, chr(13)))
            """,
            cancel: cancel
        );
        reader.Read();
        if (reader.IsNull(0))
            return;
        throw new RefusedException(
            "ingestion/open-quote",
            $"{file.File.Name}: record {reader.GetInt64(0) - 1} opens a quote that is not closed in it, and so swallows records "
                + "after it; nothing was booked.",
            "Close the quote in that record (a quote inside a quoted cell is written twice), or export the file again."
        );
    }

    private void RefuseTooMany(long records)
    {
        if (records <= QuarantineMax)
            return;
        throw new RefusedException(
            "ingestion/mostly-unreadable",
            $"{file.File.Name}: {records} of its records cannot be read; nothing was booked.",
            "So many are no exceptions: look at the first lines for another delimiter, decimal comma or date form, and export again."
        );
    }

    private long Count(string query, CancellationToken cancel)
    {
        using var reader = session.Query(query, cancel: cancel);
        reader.Read();
        return reader.GetInt64(0);
    }

    private static string Explain(string engineError) =>
        engineError.Replace(' ', '_').ToUpperInvariant() switch
        {
            "MISSING_COLUMNS" => "The record has fewer cells than the header.",
            "TOO_MANY_COLUMNS" => "The record has more cells than the header.",
            "UNQUOTED_VALUE" => "A quote is not closed, or text follows a closing quote.",
            "LINE_SIZE_OVER_MAXIMUM" => "The record is longer than 32 MB.",
            "INVALID_ENCODING" or "INVALID_UNICODE" => "The text is not UTF-8.",
            var other => $"The record cannot be read ({other.ToLowerInvariant().Replace('_', ' ')}).",
        };

    private List<QuarantinedRecord> Unreadable(string bad, CancellationToken cancel)
    {
        var parsed = sql.ParsedColumns().ToList();
        var cells = parsed.SelectMany(column =>
            new[] { $"left(CAST({sql.Raw(column)} AS VARCHAR), {ValueMax})", $"{SqlText.Name(column.Id)} IS NULL" }
        );
        var records = new List<QuarantinedRecord>();
        using var reader = session.Query(
            $"""
            SELECT x_SourceRow, x_BillingPeriod, BillingCurrency,
              {RawCell("BilledCost")}, {RawCell("EffectiveCost")}{string.Concat(cells.Select(cell => ", " + cell))}
            FROM read_parquet({SqlText.Literal(examined)}) WHERE {bad} ORDER BY x_SourceRow
            """,
            cancel: cancel
        );
        while (reader.Read())
        {
            var (column, value, reason) = FirstProblem(reader, parsed);
            records.Add(
                new QuarantinedRecord(
                    file.File.Name,
                    reader.GetInt64(0),
                    column,
                    value,
                    reason,
                    reader.IsNull(1) ? null : BillingPeriod.Containing(reader.GetDate(1)),
                    Text(2),
                    Text(3),
                    Text(4)
                )
            );
        }
        return records;

        string? Text(int i) => reader.IsNull(i) ? null : reader.GetString(i);
    }

    private string RawCell(string id) =>
        sql.ParsedColumns().FirstOrDefault(column => column.Id == id) is { } found
            ? $"left(CAST({sql.Raw(found)} AS VARCHAR), {ValueMax})"
            : "NULL::VARCHAR";

    private static (string Column, string Value, string Reason) FirstProblem(
        DuckDbReader reader,
        List<FileColumn> parsed
    )
    {
        var isEmpty = true;
        for (var i = 0; i < parsed.Count; i++)
        {
            if (reader.IsNull(5 + (2 * i)))
                continue;
            isEmpty &= parsed[i].Type != FocusType.Decimal;
            if (!reader.GetBoolean(6 + (2 * i)))
                continue;
            return (
                parsed[i].Header,
                reader.GetString(5 + (2 * i)),
                Expected(parsed[i], reader.GetString(5 + (2 * i)))
            );
        }
        return reader.IsNull(1)
            ? (
                "BillingPeriodStart",
                "",
                "Neither BillingPeriodStart nor ChargePeriodStart says to which month the row belongs."
            )
            : (
                "BillingCurrency",
                "",
                isEmpty ? "The row has neither an amount nor a currency." : "The row costs something in no currency."
            );
    }

    private static string Expected(FileColumn column, string value) =>
        column.Type switch
        {
            FocusType.Decimal when AmountText.TryRead(value, out _, out _) == AmountReading.OutOfRange =>
                "The number has more than 20 digits before the point or 64 behind it.",
            FocusType.Decimal =>
                "Expected a number such as 1234.5 or 6.1E-7, without thousands separators, currency signs or spaces.",
            FocusType.DateTime => "Expected a time from 2000 to 2100 such as 2026-09-01T00:00:00Z.",
            _ => "Expected tags as a JSON object such as {\"team\":\"claims\"}.",
        };
}
