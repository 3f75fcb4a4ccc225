using System.CommandLine;
using System.Globalization;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary><c>bursar verify</c>.</summary>
internal static class VerifyCli
{
    public static ShellCommand Create(Shell shell)
    {
        var head = new Option<string?>("--head")
        {
            Description = "The hash from the foot of a printed page: the books must continue from it",
            HelpName = "HASH",
        };
        var sweep = new Option<bool>("--sweep") { Description = "Also remove what killed commands left behind" };
        return new ShellCommand(shell, "verify", "Audit the books: journal, files, every sum to the last digit")
        {
            head,
            sweep,
        }
            .WithFormat()
            .OnlyNow()
            .WithExample("bursar verify", "Read everything again; exit code 1 when something is wrong")
            .WithExample("bursar verify --head 3f9a0c41d2e7", "And that these books continue the printed ones")
            .Runs(
                async (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var result = await run.WithProgressAsync(progress =>
                        Task.Run(() => new VerifyBooks(workspace, progress).Run(run.Get(head), cancel), cancel)
                    );
                    run.Print(Record(result));
                    run.Report(result.Findings);
                    if (run.Get(sweep))
                        Sweep(run, workspace, cancel);
                    run.TellIfEmpty(workspace.View(run.Door.AsOf, run.Door.Draft));
                    if (result.Passed)
                        run.Note("All of it is whole. With the head on paper, `bursar verify --head` proves it again.");
                    return result.Passed ? ExitCode.Fine : ExitCode.Findings;
                }
            );
    }

    private static void Sweep(ShellRun run, Workspace workspace, CancellationToken cancel)
    {
        var removed = BooksSweep.Run(workspace.Books, run.Io.Clock.GetUtcNow(), cancel);
        run.Note(removed.Count == 0 ? "There is nothing to sweep." : $"Removed: {string.Join(", ", removed)}.");
    }

    private static ResultRecord Record(Verification result) =>
        ResultRecord.Of(
            ("passed", result.Passed),
            ("entries", result.Audit.Entries),
            ("head", result.Audit.Head),
            ("files", result.Audit.Files),
            ("bytes", result.Audit.Bytes),
            ("deliveries", result.Deliveries),
            ("sourceFiles", result.SourceFiles),
            ("cacheFiles", result.CacheFiles),
            (
                "findings",
                result.Findings.Select(finding =>
                    ResultRecord.Of(
                        ("code", finding.Code),
                        ("severity", finding.Severity.ToString().ToLower(CultureInfo.InvariantCulture)),
                        ("message", finding.Message),
                        ("remedy", finding.Remedy)
                    )
                )
            )
        );
}
