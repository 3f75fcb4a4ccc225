using System.CommandLine;
using System.Text.RegularExpressions;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Understand.Reporting;
using Bursar.Workspaces;

namespace Bursar.Manage.Audit;

/// <summary><c>bursar audit</c>.</summary>
internal static class AuditCli
{
    public static ShellCommand Create(Shell shell) =>
        new(shell, "audit", "Evidence for a figure, and who delivered, published and decided what")
        {
            Export(shell),
            Check(shell),
            Trail(shell),
        };

    private static ShellCommand Export(Shell shell)
    {
        var file = new Argument<string>("FILE") { Description = "The archive to write: evidence.zip" };
        var options = new CostOptions();
        var command = new ShellCommand(
            shell,
            "export",
            "Write the evidence for a figure: question, rows, rules, journal"
        )
        {
            Remarks =
                "Ask as you asked `bursar costs`. The archive holds every source row, the provider's files' checksums, the rules in force "
                + "and the journal; the export itself is an entry in the journal.",
        };
        command.Arguments.Add(file);
        foreach (var option in options.All)
            command.Options.Add(option);
        return command
            .WithFormat()
            .WithExample(
                "bursar audit export claims-september.zip --from 2026-09 --to 2026-09 --where x_CostCentre=claims",
                "What an auditor needs for a figure"
            )
            .WithExample(
                "bursar audit export then.zip --by ServiceName --as-of 2026-06-30",
                "A figure as it was published at the end of June"
            )
            .Runs(
                async (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var path = Path.GetFullPath(run.Get(file)!);
                    var query = options.Read(run);
                    var evidence = await run.WithProgressAsync(progress =>
                        Task.Run(
                            () =>
                                new ExportEvidence(workspace, view, progress).Export(
                                    query,
                                    CostCommandLine.Of(query),
                                    path,
                                    cancel
                                ),
                            cancel
                        )
                    );
                    run.Print(Record(evidence, run.Get(file)!));
                    run.TellIfEmpty(view);
                    run.Note($"Anybody can check it without the books: bursar audit check {run.Get(file)}");
                    return ExitCode.Fine;
                }
            );
    }

    private static ResultRecord Record(Evidence evidence, string file) =>
        ResultRecord.Of(
            ("file", file),
            ("sha256", evidence.Fact.Sha256),
            ("question", evidence.Fact.CommandLine),
            (
                "totals",
                evidence.Explanation.Answer.Totals.Select(total =>
                    ResultRecord.Of(("currency", total.Currency.Code), ("amount", total.Amount))
                )
            ),
            ("rows", evidence.Fact.Rows),
            ("deliveries", evidence.Explanation.Deliveries.Select(one => one.Booked.Id).Distinct().Count()),
            ("entry", evidence.Fact.Entry),
            ("head", evidence.Fact.Head)
        );

    private static ShellCommand Check(Shell shell)
    {
        var file = new Argument<string>("FILE") { Description = "An archive that `bursar audit export` wrote" };
        return new ShellCommand(shell, "check", "Prove an archive without the books: nothing changed, rows sum up")
        {
            file,
        }
            .WithFormat()
            .WithExample("bursar audit check claims-september.zip", "Exit code 1 when something was changed")
            .Runs(
                (run, cancel) =>
                {
                    var check = CheckEvidence.Run(run.Get(file)!, cancel);
                    run.Print(
                        ResultRecord.Of(
                            ("passed", check.Findings.Count == 0),
                            ("files", check.Files),
                            ("entries", check.Entries),
                            ("head", check.Head),
                            ("rows", check.Rows)
                        )
                    );
                    return Task.FromResult(run.Report(check.Findings));
                }
            );
    }

    private static ShellCommand Trail(Shell shell)
    {
        var kind = new Option<string?>("--kind")
        {
            Description = "Only one kind of entry: delivery-withdrawn, rulebook-published, …",
            HelpName = "KIND",
        };
        var actor = new Option<string?>("--actor") { Description = "Only what one person did", HelpName = "ID" };
        return new ShellCommand(shell, "trail", "The audit trail: data, rules, approvals and exports, who and when")
        {
            kind,
            actor,
        }
            .WithFormat()
            .WithExample("bursar audit trail --kind delivery-withdrawn", "What was taken back, and why")
            .Runs(run =>
            {
                using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                var entries = AuditTrail
                    .Of(workspace.View(run.Door.AsOf, run.Door.Draft).State)
                    .Where(entry => run.Get(kind) is null || entry.Kind == run.Get(kind))
                    .Where(entry => run.Get(actor) is null || entry.Actor == run.Get(actor));
                run.Print(
                    run.Door.Format == OutputFormat.Table ? AuditTables.ForPeople(entries) : AuditTables.Trail(entries)
                );
                return ExitCode.Fine;
            });
    }
}

/// <summary>The trail as a table, for people and programs.</summary>
internal static partial class AuditTables
{
    /// <summary>On a screen a hash is its beginning; a program gets all of it.</summary>
    public static ResultTable ForPeople(IEnumerable<TrailEntry> entries)
    {
        var full = Trail(entries.Select(entry => entry with { What = Hash().Replace(entry.What, "$1") }));
        return full with
        {
            Columns = [.. full.Columns.SkipLast(1)],
            Rows = [.. full.Rows.Select(row => row.SkipLast(1).ToList())],
        };
    }

    [GeneratedRegex("([0-9a-f]{12})[0-9a-f]{52}")]
    private static partial Regex Hash();

    public static ResultTable Trail(IEnumerable<TrailEntry> entries) =>
        new(
            [
                new("entry", ColumnKind.Figure),
                new("at", ColumnKind.Whole),
                new("actor", ColumnKind.Whole, Spare: true),
                new("kind", ColumnKind.Whole, Spare: true),
                new("what"),
                new("hash", ColumnKind.Text, Spare: true),
            ],
            [
                .. entries.Select(entry =>
                    (IReadOnlyList<object?>)[entry.Seq, entry.At, entry.Actor, entry.Kind, entry.What, entry.Hash]
                ),
            ]
        )
        {
            WhenEmpty =
                "The journal has no such entry. `bursar ingest FILE` and `bursar publish` write the first ones.",
        };
}
