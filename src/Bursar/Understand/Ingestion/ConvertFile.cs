using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Ingestion.Mappings;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.DuckDb.Functions;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Ingestion;

/// <summary>
/// Converts one delivered file into charges: first on the assumption that every cell can be read, again row by row when
/// not.
/// </summary>
/// <param name="session">The engine.</param>
/// <param name="stagingFolder">Where the parquet files go until they are booked.</param>
/// <param name="currency">The billing currency of files that have no such column.</param>
/// <param name="mappings">How files that are not FOCUS are read.</param>
internal sealed class ConvertFile(
    DuckDbSession session,
    string stagingFolder,
    string? currency,
    RecogniseMapping mappings
)
{
    private const int SampleRows = 20_000;

    /// <summary>What the source declares its amounts to be: usage needs neither cost nor currency.</summary>
    public DeliveryCounts? Counts { get; init; }

    /// <exception cref="RefusedException">Nothing of the file can be booked; the message says why.</exception>
    public ConvertedFile Convert(PreparedFile file, CancellationToken cancel)
    {
        var layout = Layout(file, cancel);
        var mapped = Mapped(file, layout, cancel);
        if (mapped is null)
            OtherFiles.Refuse(file.File, layout.Columns);
        var focus =
            mapped?.Focus
            ?? FocusDetection.Of(
                file.File.Name,
                Distinct(file, layout).Columns,
                Counts == DeliveryCounts.Usage,
                file.IsJson
            );
        RequireCurrency(file, focus);
        var readable = mapped?.Readable ?? file;
        var profile = Profile(readable, layout, focus, mapped?.Source, cancel);
        var sql = new ChargesSql(readable, layout, focus.Columns, profile, currency) { Mapped = mapped?.Source };
        var log = new CellLog();
        FocusFunctions.Register(session, log);
        var rejects = "rejects_" + Guid.NewGuid().ToString("n");
        var staged = NewPath();
        // Counted beside the conversion, by other means than the engine's; what is mapped was counted when it was read.
        var lines =
            readable.Format == FileFormat.Parquet
                ? Task.FromResult(0L)
                : Task.Run(() => CountRecords.Lines(file.ReadablePath, cancel), cancel);
        var quarantined = new List<QuarantinedRecord>(mapped?.Refused ?? []);
        long rows;
        try
        {
            rows = session.Execute(
                $"COPY ({sql.Typed(rejects)}) TO {SqlText.Literal(staged)} {ParquetOptions.OfCharges}",
                cancel: cancel
            );
            var plain =
                log.Counts.All(count => count.Unreadable == 0)
                && CountRejects(readable, rejects, cancel) == 0
                && CountUnplaceable(staged, sql, cancel) == 0;
            if (!plain)
            {
                var examination = new ExamineRows(session, readable, layout.Delimiter, lines, sql, staged, NewPath());
                (staged, rows, var unreadable) = examination.Run(rejects, cancel);
                quarantined = [.. quarantined.Concat(unreadable).OrderBy(record => record.Record)];
            }
            else
                AllRecords.Require(readable, layout.Delimiter, lines, rows, rejected: 0, cancel);
        }
        catch (DuckDbException failure)
        {
            throw LoadingDockFailure.Of(file, failure);
        }
        if (file.HasChanged)
            throw LoadingDockFailure.Changed(file);
        if (rows == 0)
            throw NothingLeft(file, quarantined);
        return new ConvertedFile(
            file,
            focus,
            profile,
            Split(file, staged, sql, quarantined, Notes(file, focus, log), cancel)
        )
        {
            Half = mapped?.Half,
            Counts = mapped?.Counts,
            Mapping = mapped?.Mapping,
        };
    }

    private IReadOnlyList<ConvertedPart> Split(
        PreparedFile file,
        string staged,
        ChargesSql sql,
        List<QuarantinedRecord> quarantined,
        List<string> notes,
        CancellationToken cancel
    )
    {
        try
        {
            return new SplitByPeriod(session, staged, sql.StoredIds, NewPath).Run(quarantined, notes, cancel);
        }
        catch (DuckDbException failure)
        {
            throw LoadingDockFailure.OfSums(file.File.Name, failure);
        }
    }

    /// <summary>Whether the file is FOCUS, or of a form for which there is a mapping.</summary>
    public bool IsKnown(PreparedFile file, CancellationToken cancel)
    {
        var layout = FlatLayout(file, cancel);
        return FocusDetection.Fits(layout.Columns) || mappings.Of(file.File, layout.Columns) is not null;
    }

    /// <summary>The mapping that would read the file now, by name and content; null for FOCUS.</summary>
    public string? MappingOf(PreparedFile file, CancellationToken cancel)
    {
        var layout = FlatLayout(file, cancel);
        return FocusDetection.Fits(layout.Columns) && !mappings.IsNamed(file.File) ? null
            : mappings.Of(file.File, layout.Columns) is { } found ? mappings.IdentityOf(found.Mapping)
            : null;
    }

    /// <summary>The columns of the file, those inside structures too.</summary>
    public FileLayout FlatLayout(PreparedFile file, CancellationToken cancel)
    {
        var layout = Layout(file, cancel);
        return file.Format == FileFormat.Parquet ? RawRecords.Flattened(session, file, layout, cancel) : layout;
    }

    private MappedFile? Mapped(PreparedFile file, FileLayout layout, CancellationToken cancel)
    {
        try
        {
            return new MapFile(session, mappings, NewPath)
            {
                IsCurrencySaid = currency is not null || Counts == DeliveryCounts.Usage,
            }.Of(file, layout, cancel);
        }
        catch (DuckDbException failure)
        {
            throw LoadingDockFailure.Of(file, failure);
        }
    }

    private FileLayout Layout(PreparedFile file, CancellationToken cancel)
    {
        if (file.Format != FileFormat.Parquet)
            return ReadLayout.OfText(file);
        var columns = new List<FileColumn>();
        try
        {
            using var reader = session.Query($"DESCRIBE SELECT * FROM {ChargesSql.ReadParquet(file)}", cancel: cancel);
            while (reader.Read())
            {
                var name = reader.GetString(0);
                columns.Add(
                    new FileColumn(columns.Count, ReadLayout.Named(name, columns.Count), "", name, reader.GetString(1))
                );
            }
        }
        catch (DuckDbException failure)
        {
            throw LoadingDockFailure.Of(file, failure);
        }
        return new FileLayout(ReadLayout.Checked(file, columns, StringComparer.Ordinal), ',');
    }

    /// <summary>
    /// FOCUS ids have one meaning whatever their case; a provider's own columns (tags) may differ by it.
    /// </summary>
    private static FileLayout Distinct(PreparedFile file, FileLayout layout)
    {
        ReadLayout.Checked(file, layout.Columns, StringComparer.OrdinalIgnoreCase);
        return layout;
    }

    private IReadOnlyList<string> Profile(
        PreparedFile file,
        FileLayout layout,
        DetectedFocus focus,
        MappedSource? mapped,
        CancellationToken cancel
    )
    {
        var sampled = focus
            .Columns.Where(column => ProfileColumns.IsCandidate(column) || column.Id == "ResourceId")
            .ToList();
        var distinct = new Dictionary<string, long>();
        if (!sampled.Any(column => !column.IsFocus))
            return ProfileColumns.Of(focus.Columns, distinct, 0);
        var rejects = "sample_" + Guid.NewGuid().ToString("n");
        var sql = new ChargesSql(file, layout, focus.Columns, [], currency) { Mapped = mapped };
        var source = sql.Source(rejects);
        var counts = string.Join(", ", sampled.Select(column => $"count(DISTINCT {sql.Raw(column)})"));
        try
        {
            using var reader = session.Query(
                $"SELECT count(*), {counts} FROM (SELECT * FROM {source} LIMIT {SampleRows})",
                cancel: cancel
            );
            reader.Read();
            for (var i = 0; i < sampled.Count; i++)
                distinct[sampled[i].Id] = reader.GetInt64(i + 1);
            return ProfileColumns.Of(focus.Columns, distinct, reader.GetInt64(0));
        }
        catch (DuckDbException failure)
        {
            throw LoadingDockFailure.Of(file, failure);
        }
    }

    private long CountRejects(PreparedFile file, string rejects, CancellationToken cancel) =>
        file.Format == FileFormat.Parquet ? 0 : Count($"SELECT count(*) FROM {rejects}", cancel);

    /// <summary>Rows that lie in no month, or that cost something in no currency.</summary>
    private long CountUnplaceable(string staged, ChargesSql sql, CancellationToken cancel) =>
        Count(
            $"SELECT count(*) FROM read_parquet({SqlText.Literal(staged)}) WHERE {RowPlace.Missing(sql.StoredIds)}",
            cancel
        );

    private long Count(string query, CancellationToken cancel)
    {
        using var reader = session.Query(query, cancel: cancel);
        reader.Read();
        return reader.GetInt64(0);
    }

    private static List<string> Notes(PreparedFile file, DetectedFocus focus, CellLog log)
    {
        var notes = new List<string>(focus.Notes);
        if (file.TitleLines > 0)
            notes.Add($"The first {file.TitleLines} lines of {file.File.Name} are titles above its header.");
        if (file.MonthColumns > 0)
            notes.Add($"{file.MonthColumns} columns of {file.File.Name} are months: each of their cells became a row.");
        foreach (var count in log.Counts.Where(count => count.Rounded > 0))
        {
            notes.Add(
                $"{focus.Columns[count.Ordinal].Id}: {count.Rounded} values had more than 18 decimals and were rounded; "
                    + $"the file holds {AmountText.WriteResidue(count.Residue)} more than was booked."
            );
        }
        var binary = focus
            .Columns.Where(column =>
                column.Type == Core.Focus.FocusType.Decimal && column.EngineType is "DOUBLE" or "FLOAT"
            )
            .Select(column => column.Id)
            .ToList();
        if (binary.Count > 0)
            notes.Add(
                $"Binary fractions in {file.File.Name} were read as the shortest decimal that stands for them: {string.Join(", ", binary)}."
            );
        return notes;
    }

    private void RequireCurrency(PreparedFile file, DetectedFocus focus)
    {
        if (
            Counts == DeliveryCounts.Usage
            || currency is not null
            || focus.Columns.Any(column => column.Id == "BillingCurrency")
        )
            return;
        throw new RefusedException(
            "ingestion/no-currency",
            $"{file.File.Name} has no column BillingCurrency, so its amounts are in no known currency.",
            "Say which it is: the same command with --currency USD, or `currency: USD` in the kind: Source that the file belongs to."
        );
    }

    private string NewPath() => Path.Combine(stagingFolder, Guid.NewGuid().ToString("n") + ".parquet");

    private static string Short(string value) => value.Length <= 80 ? value : value[..80] + "…";

    private static RefusedException NothingLeft(PreparedFile file, List<QuarantinedRecord> quarantined) =>
        quarantined.Count == 0
            ? new(
                "ingestion/no-rows",
                $"{file.File.Name} has a header and no rows.",
                "Deliver it again when the provider has filled it."
            )
            : new(
                "ingestion/no-readable-row",
                $"{file.File.Name}: none of its {quarantined.Count} rows can be booked. The first: record {quarantined[0].Record}, "
                    + $"{quarantined[0].Column} {Short(quarantined[0].Value)}: {quarantined[0].Reason}",
                "If it is the same for every row, the file is written in another convention (decimal comma, local dates): "
                    + $"`bursar source add {file.File.Quoted}` proposes how to read it, or export it again."
            );
}

/// <summary>How charges are stored: the same everywhere, so that the same rows give the same bytes.</summary>
internal static class ParquetOptions
{
    /// <summary>For files that can be made again: the quickest to write and to read.</summary>
    public const string OfCaches = "(FORMAT parquet, COMPRESSION snappy)";

    /// <summary>
    /// For charges, with their many columns: groups of a third of the engine's usual size are written a fifth faster,
    /// for a twentieth more bytes; the quick packing takes a sixth more of them than zstd (ADR 7).
    /// </summary>
    public const string OfCharges = "(FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 40960)";
}

/// <summary>What a row needs to be booked at all: a month to lie in, and a currency if it costs anything.</summary>
internal static class RowPlace
{
    private static readonly string[] Costs = ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost"];

    /// <summary>The first day of the row's billing period.</summary>
    public static string Period(IReadOnlyCollection<string> ids)
    {
        var times = new[] { "BillingPeriodStart", "ChargePeriodStart" }.Where(ids.Contains).Select(SqlText.Name);
        return $"CAST(date_trunc('month', coalesce({string.Join(", ", times)})) AS DATE)";
    }

    /// <summary>True for a row that cannot be placed, or says neither what it costs nor what was used.</summary>
    public static string Missing(IReadOnlyCollection<string> ids)
    {
        var costs = Costs.Where(ids.Contains).Select(SqlText.Name).ToList();
        if (costs.Count == 0)
            return "(x_BillingPeriod IS NULL)";
        var used = ids.Contains("ConsumedQuantity") ? [.. costs, "ConsumedQuantity"] : costs;
        var costly = string.Join(" OR ", costs.Select(cost => $"{cost} <> 0"));
        var empty = string.Join(" AND ", used.Select(cell => $"{cell} IS NULL"));
        return $"(x_BillingPeriod IS NULL OR (BillingCurrency IS NULL AND ({costly} OR ({empty}))))";
    }
}
