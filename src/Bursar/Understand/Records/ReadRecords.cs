using System.Globalization;
using System.Text;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Ingestion;

namespace Bursar.Understand.Records;

/// <summary>How a file of business records is to be read, where its header does not say.</summary>
internal sealed record ReadingChoices
{
    /// <summary>What the records are; without it, what the header says.</summary>
    public RecordKind? Kind { get; init; }

    /// <summary>Field: the heading of the column that holds it.</summary>
    public IReadOnlyDictionary<string, string> Columns { get; init; } = new Dictionary<string, string>();

    /// <summary>Field: a value that every record has.</summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>();

    /// <summary>How days with slashes are written; without it they are refused, for 03/04 is two days.</summary>
    public DayOrder? Days { get; init; }
}

/// <summary>Reads a file of business records: every value, and every mistake with its line.</summary>
internal sealed class ReadRecords(PreparedFile file, ReadingChoices choices)
{
    private const int MistakesMax = 20;

    private readonly List<Diagnostic> mistakes = [];

    /// <summary>What the records are.</summary>
    /// <exception cref="RefusedException">The header does not say, or is no header.</exception>
    public (RecordKind Kind, List<BusinessRecord> Records, List<Diagnostic> Mistakes) Read(CancellationToken cancel)
    {
        var layout = ReadLayout.OfText(file);
        var header = layout.Columns.Select(column => column.Header).ToList();
        var kind = choices.Kind ?? RecordKinds.Recognised(header) ?? throw Unrecognised(header);
        var fields = Fields(kind, header);
        CheckRequired(kind, fields);
        var records = new List<BusinessRecord>();
        if (mistakes.Count > 0)
            return (kind, records, mistakes);
        using var text = new StreamReader(file.ReadablePath, Encoding.UTF8);
        foreach (var (line, cells) in CsvRecords.Read(text, layout.Delimiter).Skip(1))
        {
            cancel.ThrowIfCancellationRequested();
            if (mistakes.Count >= MistakesMax)
                break;
            records.Add(One(kind, fields, cells, line + file.TitleLines, records.Count + 1));
        }
        return (kind, records, mistakes);
    }

    /// <summary>The name and type under which each column is kept.</summary>
    private List<RecordField> Fields(RecordKind kind, List<string> header)
    {
        foreach (var (field, heading) in choices.Columns)
        {
            Require(kind, field);
            if (!header.Contains(heading, StringComparer.OrdinalIgnoreCase))
                Mistake(
                    1,
                    "records/unknown-column",
                    $"There is no column \"{heading}\".{DidYouMean.Question(heading, header)}",
                    $"Columns are {string.Join(", ", header)}."
                );
        }
        foreach (var field in choices.Constants.Keys)
            Require(kind, field);
        var taken = choices.Columns.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var fields = new List<RecordField>();
        foreach (var heading in header)
        {
            var named = choices.Columns.FirstOrDefault(pair =>
                pair.Value.Equals(heading, StringComparison.OrdinalIgnoreCase)
            );
            var field = named.Key is { } asked ? kind.FieldOf(asked) : Unasked(kind, heading, header, taken);
            if (field is not null && named.Key is null)
                taken.Add(field.Name);
            fields.Add(field ?? new RecordField(heading, FieldType.Text, IsRequired: false, []));
        }
        return fields;
    }

    /// <summary>A heading that is a field's own name goes before one that only means it.</summary>
    private static RecordField? Unasked(RecordKind kind, string heading, List<string> header, HashSet<string> taken)
    {
        if (kind.FieldOf(heading) is not { } field || taken.Contains(field.Name))
            return null;
        var isOwn = field.Name.Equals(heading, StringComparison.OrdinalIgnoreCase);
        return isOwn || !header.Contains(field.Name, StringComparer.OrdinalIgnoreCase) ? field : null;
    }

    private static void Require(RecordKind kind, string field)
    {
        if (kind.Fields.Any(known => known.Name.Equals(field, StringComparison.OrdinalIgnoreCase)))
            return;
        var names = kind.Fields.Select(known => known.Name).ToList();
        throw new RefusedException(
            "records/unknown-field",
            $"{kind.Name} have no field \"{field}\".{DidYouMean.Question(field, names)}",
            $"Fields are {string.Join(", ", names)}.",
            exitCode: 2
        );
    }

    private void CheckRequired(RecordKind kind, List<RecordField> fields)
    {
        bool Has(string name) =>
            fields.Exists(field => field.Name == name)
            || choices.Constants.Keys.Contains(name, StringComparer.OrdinalIgnoreCase);

        foreach (var missing in kind.Fields.Where(field => field.IsRequired && !Has(field.Name)))
            Mistake(
                1,
                "records/missing-column",
                $"No column holds {missing.Name}.",
                $"Say which does with --map {missing.Name}=HEADING, or give all records one value with --set {missing.Name}=VALUE."
            );
        if (kind.AnyOf.Count > 0 && !kind.AnyOf.Any(Has))
            Mistake(
                1,
                "records/missing-column",
                $"No column holds {string.Join(" or ", kind.AnyOf)}.",
                $"Say which does with --map {kind.AnyOf[0]}=HEADING."
            );
    }

    private BusinessRecord One(
        RecordKind kind,
        List<RecordField> fields,
        IReadOnlyList<string> cells,
        long line,
        long row
    )
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var bad = new HashSet<string>();
        foreach (var (field, text) in choices.Constants)
            Put(kind.Fields.First(known => known.Name.Equals(field, StringComparison.OrdinalIgnoreCase)), text);
        for (var i = 0; i < Math.Min(fields.Count, cells.Count); i++)
            Put(fields[i], cells[i]);
        if (cells.Count > fields.Count)
            Mistake(
                line,
                "records/bad-record",
                $"This record has {cells.Count} cells, the header {fields.Count}.",
                "Put cells that hold the delimiter into quotes."
            );
        foreach (var field in kind.Fields.Where(field => field.IsRequired && !values.ContainsKey(field.Name)))
        {
            // What could not be read is not empty: it was told above.
            if (bad.Contains(field.Name))
                continue;
            Mistake(line, "records/no-value", $"{field.Name} is empty.", "Every record needs one.");
        }
        return new BusinessRecord(values, "", file.File.Name, row);

        void Put(RecordField field, string text)
        {
            if (text.Length == 0 || text.Equals("null", StringComparison.OrdinalIgnoreCase))
                return;
            if (RecordText.Read(text, field.Type, choices.Days) is { } value)
                values[field.Name] = value;
            else if (bad.Add(field.Name))
                Mistake(
                    line,
                    "records/bad-value",
                    $"{field.Name} is \"{text}\", which is not {RecordText.Expected(field.Type)}.",
                    field.Type is FieldType.Day
                        ? "Write days year first, or say --days day-first or --days month-first."
                        : "Correct it in the system that wrote it, and export again."
                );
        }
    }

    private RefusedException Unrecognised(List<string> header) =>
        new(
            "records/unrecognised",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{file.File.Name} is no kind of record that is known by its header: {string.Join(", ", header.Take(8))}."
            ),
            $"Say what it is with --as {string.Join('|', RecordKinds.All.Select(kind => kind.Name))}."
        );

    private void Mistake(long line, string code, string message, string remedy) =>
        mistakes.Add(
            new Diagnostic(code, Severity.Error, message, remedy, new SourcePosition(file.File.Name, (int)line, 1))
        );
}
