using System.Text.RegularExpressions;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Ingestion.Mappings.Proposals;

/// <summary>What a person asks for with <c>bursar source add</c>.</summary>
/// <param name="File">The file.</param>
/// <param name="Name">The name of the source; null for one made of the file's name.</param>
/// <param name="Currency">The currency of its costs; null when the file says it.</param>
/// <param name="Columns">What was said about columns, "BilledCost=[Amount]".</param>
internal sealed record AddSourceRequest(string File, string? Name, string? Currency, IReadOnlyList<string> Columns);

/// <summary>A file as charges, before anything is booked.</summary>
/// <param name="KnownAs">What the file is, when no mapping had to be made for it.</param>
/// <param name="Name">The name of the source.</param>
/// <param name="Yaml">The source and its mapping as YAML; null when nothing has to be written.</param>
/// <param name="Rows">The first charges: day, provider, service, billed cost, currency.</param>
/// <param name="Totals">What all of its charges sum to.</param>
/// <param name="Charges">How many there are.</param>
/// <param name="Refused">Records that could not be read.</param>
/// <param name="Notes">What was recognised and why.</param>
internal sealed record SourcePreview(
    string? KnownAs,
    string Name,
    string? Yaml,
    IReadOnlyList<IReadOnlyList<object?>> Rows,
    IReadOnlyList<Money> Totals,
    long Charges,
    IReadOnlyList<QuarantinedRecord> Refused,
    IReadOnlyList<string> Notes
);

/// <summary>Looks at a file that somebody wants to load for the first time, and proposes how to read it.</summary>
/// <param name="session">The engine.</param>
/// <param name="folder">A folder for files of this command.</param>
/// <param name="known">The mappings there are.</param>
internal sealed partial class AddSource(DuckDbSession session, string folder, RecogniseMapping known)
{
    private const int SampleRows = 2000;

    private const int RowsShown = 5;

    public SourcePreview Preview(AddSourceRequest request, CancellationToken cancel)
    {
        if (!File.Exists(request.File))
            throw new RefusedException(
                "ingestion/no-such-file",
                $"There is no file \"{request.File}\".",
                "Name one file, the newest of its kind.",
                exitCode: 2
            );
        var incoming = new IncomingFile(request.File, Path.GetFileName(request.File));
        var file = new PrepareFile(incoming, folder).Read(takesHash: false, cancel);
        var name = BooksFolder.SafeName(request.Name ?? Stem(incoming.Name));
        var convert = new ConvertFile(session, folder, request.Currency, known);
        if (
            request.Columns.Count == 0
            && convert.IsKnown(file, cancel)
            && TryConvert(convert, file, cancel) is { } whole
        )
            return Shown(whole, name, yaml: null, cancel);
        if (OtherFiles.IsRateCard(convert.FlatLayout(file, cancel).Columns))
        {
            var (card, notes) = RateCardYaml.Write(name, request.File);
            return new SourcePreview(null, name, card, [], [], 0, [], notes);
        }
        var proposal = Changed(file, name, request, cancel) ?? Propose(file, name, request, cancel);
        var only = RecogniseMapping.Only(proposal.ToMapping(), known.Prices);
        var mapped = new ConvertFile(session, folder, request.Currency, only);
        var yaml = MappingYaml.Write(proposal, incoming.Name, Pattern(incoming.Name));
        return Shown(mapped.Convert(file, cancel), name, yaml, cancel);
    }

    /// <summary>Null for a FOCUS file whose numbers and days are written as a spreadsheet shows them.</summary>
    private static ConvertedFile? TryConvert(ConvertFile convert, PreparedFile file, CancellationToken cancel)
    {
        try
        {
            return convert.Convert(file, cancel);
        }
        catch (RefusedException refused)
            when (refused.Diagnostic.Code == "ingestion/no-readable-row"
                && FocusDetection.Fits(convert.FlatLayout(file, cancel).Columns)
            )
        {
            return null;
        }
    }

    /// <summary>A form that is known, with what was said about its columns; null for a file of another form.</summary>
    private ProposedMapping? Changed(PreparedFile file, string name, AddSourceRequest request, CancellationToken cancel)
    {
        var layout = new ConvertFile(session, folder, null, known).FlatLayout(file, cancel);
        if (FocusDetection.Fits(layout.Columns) || known.Of(file.File, layout.Columns) is not { Mapping: var mapping })
            return null;
        if (!KnownMappings.All.Any(one => ReferenceEquals(one, mapping)))
            return null;
        var said = Said(request.Columns);
        if (said.TryGetValue("ChargePeriodStart", out var day))
        {
            said.TryAdd("ChargePeriodEnd", $"day_after({day})");
            said.TryAdd("BillingPeriodStart", $"month_of({day})");
            said.TryAdd("BillingPeriodEnd", $"month_after({day})");
        }
        if (request.Currency is { } currency)
            said.TryAdd("BillingCurrency", $"'{currency}'");
        return new ProposedMapping(
            name,
            [],
            null,
            [.. said.Select(column => (column.Key, column.Value, (string?)null))]
        )
        {
            Like = mapping.Name,
        };
    }

    private ProposedMapping Propose(PreparedFile file, string name, AddSourceRequest request, CancellationToken cancel)
    {
        var samples = new List<ColumnSample>();
        try
        {
            var layout = new ConvertFile(session, folder, null, known).FlatLayout(file, cancel);
            var raw = new RawRecords(session, file, layout, NewPath).Read(cancel);
            var cells = string.Join(", ", raw.Columns.Select(column => column.Sql));
            var values = raw.Columns.Select(_ => new List<string>()).ToList();
            using (
                var reader = session.Query(
                    $"SELECT {cells} FROM read_parquet({SqlText.Literal(raw.Path)}, binary_as_string=true) LIMIT {SampleRows}",
                    cancel: cancel
                )
            )
            {
                while (reader.Read())
                {
                    for (var i = 0; i < values.Count; i++)
                    {
                        if (!reader.IsNull(i) && reader.GetString(i).Trim() is { Length: > 0 } value)
                            values[i].Add(value);
                    }
                }
            }
            samples.AddRange(raw.Columns.Select((column, i) => new ColumnSample(column.Column, values[i])));
        }
        catch (DuckDbException failure)
        {
            throw LoadingDockFailure.Of(file, failure);
        }
        var propose = new ProposeMapping(name, file.File, samples, request.Currency, Said(request.Columns));
        return FocusDetection.Fits([.. samples.Select(sample => sample.Column)])
            ? propose.AsFocus()
            : propose.Propose();
    }

    private static Dictionary<string, string> Said(IReadOnlyList<string> columns)
    {
        var said = new Dictionary<string, string>();
        foreach (var column in columns)
        {
            var cut = column.IndexOf('=');
            var expression = cut < 0 ? "" : column[(cut + 1)..].Trim();
            try
            {
                ExpressionReader.Read(expression);
            }
            catch (ExpressionException problem)
            {
                throw new RefusedException(
                    "source/bad-column",
                    $"--set {column}: {problem.Message}",
                    "Write a FOCUS column, =, and where it comes from: --set \"BilledCost=[Amount]\".",
                    exitCode: 2
                );
            }
            said[column[..cut].Trim()] = expression;
        }
        return said;
    }

    private SourcePreview Shown(ConvertedFile converted, string name, string? yaml, CancellationToken cancel)
    {
        var notes = converted.Parts.SelectMany(part => part.Notes).Distinct().ToList();
        return new SourcePreview(
            yaml is null ? notes[0] : null,
            name,
            yaml,
            FirstRows(converted.Parts[0], cancel),
            [
                .. converted
                    .Parts.SelectMany(part => part.Totals)
                    .Where(total => total.BilledCost is not null && total.BillingCurrency.Length > 0)
                    .GroupBy(total => total.BillingCurrency)
                    .Select(group => new Money(
                        group.Aggregate(Amount.Zero, (sum, total) => sum + total.BilledCost!.Value),
                        new Currency(group.Key)
                    )),
            ],
            converted.Parts.Sum(part => part.Rows),
            [.. converted.Parts.SelectMany(part => part.Quarantined)],
            notes
        );
    }

    private List<IReadOnlyList<object?>> FirstRows(ConvertedPart part, CancellationToken cancel)
    {
        string[] wanted = ["ChargePeriodStart", "ServiceProviderName", "ServiceName", "BilledCost", "BillingCurrency"];
        var cells = wanted.Select(id =>
            !part.StoredIds.Contains(id) ? "NULL::VARCHAR"
            : id == "ChargePeriodStart" ? $"strftime({id}, '%Y-%m-%d')"
            : id
        );
        var rows = new List<IReadOnlyList<object?>>();
        using var reader = session.Query(
            $"SELECT {string.Join(", ", cells)} FROM read_parquet({SqlText.Literal(part.ParquetPath)}) LIMIT {RowsShown}",
            cancel: cancel
        );
        while (reader.Read())
        {
            var row = new List<object?>();
            for (var i = 0; i < wanted.Length; i++)
                row.Add(
                    reader.IsNull(i) ? null
                    : wanted[i] == "BilledCost" ? reader.GetAmount(i)
                    : reader.GetString(i)
                );
            rows.Add(row);
        }
        return rows;
    }

    private string NewPath() => Path.Combine(folder, Guid.NewGuid().ToString("n") + ".parquet");

    /// <summary>invoice_2026-03.csv.gz is invoice.</summary>
    private static string Stem(string fileName)
    {
        var stem = Dated.Replace(fileName.Split('.')[0], "").Trim('-', '_', ' ');
        return stem.Length == 0 ? "source" : stem;
    }

    /// <summary>invoice_2026-03.csv is invoice_*.csv: the file of the next month belongs to the source too.</summary>
    private static string Pattern(string fileName) => Stars.Replace(Digits.Replace(fileName, "*"), "*");

    [GeneratedRegex(@"[-_ ]*[0-9][-_0-9]*")]
    private static partial Regex Dated { get; }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits { get; }

    [GeneratedRegex(@"\*([-_.]\*)+")]
    private static partial Regex Stars { get; }
}
