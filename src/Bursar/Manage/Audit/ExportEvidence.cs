using System.Text;
using System.Text.Json.Serialization;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Books.Files;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Audit;

/// <summary>Evidence that was written for somebody outside the books.</summary>
/// <param name="CommandLine">The question, as it would be typed.</param>
/// <param name="Head">The hash of the journal's last entry that the figure rests on.</param>
/// <param name="Entry">Its number.</param>
/// <param name="Rows">How many source rows are in it.</param>
/// <param name="Sha256">The checksum of the archive.</param>
public sealed record EvidenceExported(string CommandLine, string Head, long Entry, long Rows, string Sha256)
{
    public const string Kind = "evidence-exported";
}

/// <summary>What was written.</summary>
internal sealed record Evidence(EvidenceExported Fact, Explanation Explanation, IReadOnlyList<Money> RowTotals);

/// <summary>
/// Writes the evidence for a figure as one archive: question, answer, source rows, deliveries with their checksums, the
/// rules in force and the journal, so that a person without the books can follow it, and prove that nothing changed.
/// </summary>
internal sealed class ExportEvidence(Workspace workspace, BooksView view, IProgressReport progress)
{
    private const int PageRows = 10_000;

    /// <exception cref="RefusedException">It cannot be written, or the rows do not sum to it.</exception>
    public Evidence Export(CostQuery asked, string commandLine, string path, CancellationToken cancel)
    {
        var explanation = new ExplainCosts(view).Explain(asked, rows: 0, cancel);
        var totals = explanation.Rows.Totals;
        RequireSame(explanation.Answer, totals);
        var staged = $"{path}.{Guid.NewGuid():n}";
        try
        {
            using (var file = File.Create(staged))
            using (var archive = new EvidenceArchive(file, view.State.HeadAt ?? view.Clock.GetUtcNow()))
                Write(archive, asked, commandLine, explanation, cancel);
            var fact = new EvidenceExported(
                commandLine,
                view.State.HeadHash,
                view.State.HeadSeq,
                explanation.Rows.Count,
                Checksum.OfFile(staged, cancel)
            );
            workspace.Books.Append(
                BooksOfRecord.DefaultActor,
                NewEntry.Of(EvidenceExported.Kind, fact, AuditJson.Default.EvidenceExported),
                cancel
            );
            File.Move(staged, path, overwrite: true);
            return new Evidence(fact, explanation, totals);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                "audit/cannot-write",
                $"{path} cannot be written: {cause.Message}",
                "Name a file in a folder that is there and that you may write to."
            );
        }
        finally
        {
            if (File.Exists(staged))
                File.Delete(staged);
        }
    }

    private void Write(
        EvidenceArchive archive,
        CostQuery asked,
        string commandLine,
        Explanation explanation,
        CancellationToken cancel
    )
    {
        var answer = new AskCosts(view).Answer(asked, cancel);
        archive.Add("README.txt", Encoding.UTF8.GetBytes(EvidenceText.Of(commandLine, view, explanation)));
        archive.Add("question.json", Question(commandLine, explanation));
        archive.Add("figure.json", ExplainRecord.Of(explanation));
        archive.Add("figure.csv", [CostTable.Of(answer)]);
        archive.Add("rows.csv", Rows(asked, explanation.Rows.Count, cancel));
        archive.Add("deliveries.csv", [EvidenceTables.Deliveries(explanation.Deliveries, asked.Measure)]);
        foreach (var (path, content) in RuleFiles())
            archive.Add("rules/" + path, content);
        archive.Add("journal.jsonl", JournalLines());
    }

    private ResultRecord Question(string commandLine, Explanation explanation) =>
        ResultRecord.Of(
            ("commandLine", commandLine),
            ("measure", explanation.Answer.Query.Measure.ToString()),
            ("from", explanation.Answer.Query.From),
            ("to", explanation.Answer.Query.To?.AddDays(-1)),
            ("journalEntry", view.State.HeadSeq),
            ("journalHead", view.State.HeadHash),
            ("rulebook", view.IsDraft ? null : view.State.Rulebook?.Hash),
            ("draft", view.IsDraft),
            ("bursar", Shell.Version),
            ("rows", explanation.Rows.Count),
            (
                "rowTotals",
                explanation.Rows.Totals.Select(total =>
                    ResultRecord.Of(
                        (ExplainRecord.UnitField(explanation.Answer.Query.Measure), total.Currency.Code),
                        ("amount", total.Amount)
                    )
                )
            )
        );

    private IEnumerable<ResultTable> Rows(CostQuery asked, long count, CancellationToken cancel)
    {
        using var step = progress.Begin("Writing source rows", count);
        var list = new ListRows(view);
        var plain = asked with { Over = null, Top = null, Split = CostSplit.None };
        foreach (var (columns, rows) in list.Pages(plain, PageRows, cancel))
        {
            step.Advance(rows.Count);
            yield return EvidenceTables.Rows(columns, rows, asked.Measure);
        }
    }

    /// <summary>The rules that the figure rests on, as they are written.</summary>
    private IEnumerable<(string Path, byte[] Content)> RuleFiles()
    {
        if (view is { IsDraft: false, State.RulebooksInForce: { Count: > 0 } turns })
            return turns
                .DistinctBy(turn => turn.Rulebook.Hash)
                .SelectMany(turn =>
                    turn.Rulebook.Files.Select(file =>
                        (
                            turns.Count == 1 ? file.Path : $"{turn.Rulebook.Hash[..12]}/{file.Path}",
                            File.ReadAllBytes(
                                view.Books.Folder.FullPath(
                                    $"{BooksFolder.RulebookPath(turn.Rulebook.Hash)}/{file.Path}"
                                )
                            )
                        )
                    )
                );
        var folder = workspace.RulebookFolder;
        return Directory.Exists(folder)
            ? Directory
                .EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => (Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllBytes(file)))
            : [];
    }

    /// <summary>The journal to the entry that the figure rests on, byte for byte.</summary>
    private byte[] JournalLines()
    {
        var bytes = File.ReadAllBytes(view.Books.Folder.Journal);
        var end = 0;
        for (var line = 0L; line < view.State.HeadSeq; line++)
            end = Array.IndexOf(bytes, (byte)'\n', end) is var feed and >= 0 ? feed + 1 : bytes.Length;
        return bytes[..end];
    }

    /// <summary>Rows that do not come to the figure would be evidence against it.</summary>
    private static void RequireSame(CostAnswer answer, IReadOnlyList<Money> rows)
    {
        if (answer.Query.Conversion is not null)
            return;
        foreach (var total in answer.Totals)
        {
            var sum = rows.FirstOrDefault(row => row.Currency == total.Currency).Amount;
            if (sum != total.Amount)
                throw new RefusedException(
                    "audit/rows-differ",
                    $"The rows come to {sum} {total.Currency}, the figure is {total.Amount}.",
                    "Run `bursar verify`: daily sums that were changed are found and made again."
                );
        }
    }
}

/// <summary>How facts of this capability stand in the journal.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EvidenceExported))]
internal sealed partial class AuditJson : JsonSerializerContext;
