using Bursar.Core.Focus;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>A file that a mapping reads.</summary>
/// <param name="Source">Its rows as FOCUS cells.</param>
/// <param name="Readable">The file as the engine reads it from here on: raw cells in parquet.</param>
/// <param name="Focus">Its columns, and what was recognised and why.</param>
/// <param name="Refused">Records that could not be divided into cells.</param>
/// <param name="Half">Which half of a pair it is; null when its mapping knows no pairs.</param>
/// <param name="Mapping">The mapping, by name and content.</param>
internal sealed record MappedFile(
    MappedSource Source,
    PreparedFile Readable,
    DetectedFocus Focus,
    IReadOnlyList<QuarantinedRecord> Refused,
    DeliveredHalf? Half,
    string Mapping
)
{
    /// <summary>What the file is when its source does not say; null for a bill.</summary>
    public DeliveryCounts? Counts { get; init; }
}

/// <summary>Recognises a file that is not FOCUS, and prepares its mapping to FOCUS.</summary>
/// <param name="session">The engine.</param>
/// <param name="recognise">The mappings there are.</param>
/// <param name="newPath">Names files in the staging folder.</param>
internal sealed class MapFile(DuckDbSession session, RecogniseMapping recognise, Func<string> newPath)
{
    /// <summary>Whether amounts of files that name no currency have one all the same.</summary>
    public bool IsCurrencySaid { get; init; }

    /// <returns>Null when the file is FOCUS, or of no form that is known.</returns>
    public MappedFile? Of(PreparedFile file, FileLayout layout, CancellationToken cancel)
    {
        var isFocus = FocusDetection.Fits(layout.Columns);
        if (isFocus && !recognise.IsNamed(file.File))
            return null;
        try
        {
            return Map(file, layout, [], cancel);
        }
        catch (DuckDbException failure) when (HasOddLineEnds(file, failure))
        {
            var even = file with { ReadablePath = newPath() };
            EvenLineEnds.Write(file.ReadablePath, even.ReadablePath, layout.Delimiter, cancel);
            return Map(even, layout, [$"The lines of {file.File.Name} end in different ways; all were read."], cancel);
        }
    }

    private static bool HasOddLineEnds(PreparedFile file, DuckDbException failure) =>
        file.Format != FileFormat.Parquet && failure.Message.Contains("invalid state", StringComparison.Ordinal);

    private MappedFile? Map(PreparedFile file, FileLayout layout, string[] said, CancellationToken cancel)
    {
        var flat = file.Format == FileFormat.Parquet ? RawRecords.Flattened(session, file, layout, cancel) : layout;
        if (recognise.Of(file.File, flat.Columns) is not { } recognised)
            return null;
        var raw = new RawRecords(session, file, flat, newPath).Read(cancel);
        var source = MappedSource.Of(session, file, raw, recognised.Mapping, recognise.Prices, cancel);
        source.Require(file, IsCurrencySaid);
        var notes = new List<string> { $"{recognised.Mapping.Shown}: {recognised.Reason}." };
        notes.AddRange(said);
        notes.AddRange(recognised.Mapping.Notes);
        notes.AddRange(raw.Notes);
        if (source.LeftOut(session, cancel) is { } leftOut)
            notes.Add(leftOut);
        if (source.Gaps(session, cancel) is { Count: > 0 } gaps)
            notes.AddRange(gaps);
        notes.AddRange(source.Cautions(session, recognise.Prices, cancel));
        AddBinary(file, raw, notes);
        return new MappedFile(
            source,
            file with
            {
                Format = FileFormat.Parquet,
                ReadablePath = raw.Path,
            },
            new DetectedFocus(FocusVersion.V1_4, source.Columns, notes),
            raw.Refused,
            source.Half(session, file.File, cancel),
            recognise.IdentityOf(recognised.Mapping)
        )
        {
            Counts = source.Counts(session, cancel),
        };
    }

    private static void AddBinary(PreparedFile file, RawTable raw, List<string> notes)
    {
        var binary = raw
            .Columns.Where(column => column.Column.EngineType is "DOUBLE" or "FLOAT")
            .Select(column => column.Column.Header)
            .ToList();
        if (binary.Count > 0)
            notes.Add(
                $"Binary fractions in {file.File.Name} were read as the shortest decimal that stands for them: {string.Join(", ", binary)}."
            );
    }
}
