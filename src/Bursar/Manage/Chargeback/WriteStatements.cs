using System.Text;
using Bursar.Cli.Output;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Chargeback;

/// <summary>What was written into a folder of statements.</summary>
internal sealed record WrittenStatements(ShowbackList List, IReadOnlyList<string> Files);

/// <summary>Writes one statement for every value of a shared field, and a list that sums to all cost.</summary>
/// <param name="view">The books.</param>
/// <param name="measure">Which cost; null is the usual one.</param>
internal sealed class WriteStatements(BooksView view, CostMeasure? measure = null)
{
    public const string IndexName = "index.csv";

    /// <param name="field">The shared field.</param>
    /// <param name="period">The period; null is the newest whole month.</param>
    /// <param name="form">.html, .xlsx, .csv or .json.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task<WrittenStatements> ToAsync(
        string field,
        DateRange? period,
        string form,
        string folder,
        CancellationToken cancel
    )
    {
        var list = new ListShowbacks(view, measure).Of(field, period, cancel);
        var write = new WriteStatement(view, measure: measure);
        var files = new List<(string? Value, string Name)>();
        foreach (var value in list.Lines.Select(line => line.Value).Distinct())
        {
            var subject = Subjects.Of(view, null, [KeyValuePair.Create(field, value)]);
            var statement = write.Of(subject, period, cancel);
            var name = StatementFiles.Name(statement, form);
            // Two values may differ only in marks that no file name holds.
            for (var i = 2; files.Exists(file => file.Name == name); i++)
                name = StatementFiles.Name(statement, $"-{i}{form}");
            OutputFile.Save(Path.Combine(folder, name), await StatementFiles.BytesAsync(statement, form));
            files.Add((value, name));
        }
        using var index = new StringWriter();
        CsvResult.Write(Index(list, files), index);
        OutputFile.Save(Path.Combine(folder, IndexName), Encoding.UTF8.GetBytes(index.ToString()));
        return new WrittenStatements(list, [.. files.Select(file => file.Name)]);
    }

    private static ResultTable Index(ShowbackList list, List<(string? Value, string Name)> files) =>
        new(
            [new(list.Field), new("title"), new("currency"), new("total", ColumnKind.Figure), new("file")],
            [
                .. list.Lines.Select(
                    IReadOnlyList<object?> (line) =>
                        [
                            line.Value,
                            line.Title,
                            line.Currency.Code,
                            line.Total,
                            files.Find(file => file.Value == line.Value).Name,
                        ]
                ),
            ]
        );
}
