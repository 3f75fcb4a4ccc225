using Bursar.Cli;
using Bursar.Workspaces;

namespace Bursar.Manage.Audit.Issued;

/// <summary><c>bursar issued</c>.</summary>
internal static class IssuedCli
{
    public static ShellCommand Create(Shell shell)
    {
        var command = new ShellCommand(
            shell,
            "issued",
            "Figures that left the books: in briefs, statements and digests"
        )
            .WithFormat()
            .WithExample("bursar issued", "What was issued, as it was")
            .Runs(run =>
            {
                using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                run.Print(IssuedTables.Figures(FindIssued.Figures(workspace.View(run.Door.AsOf).State)));
                return ExitCode.Fine;
            });
        command.Subcommands.Add(Differences(shell));
        return command;
    }

    private static ShellCommand Differences(Shell shell) =>
        new ShellCommand(shell, "differences", "Issued figures of the same scope and period that differ, and why")
            .WithFormat()
            .WithExample("bursar issued differences", "Which reports disagree, and by what")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var state = workspace.View(run.Door.AsOf).State;
                    var differences = new CompareIssued(workspace, state).Differences(cancel);
                    if (run.Door.Format == OutputFormat.Table)
                        foreach (var one in differences)
                            run.Note(IssuedTables.Sentence(one));
                    run.Print(IssuedTables.Causes(differences));
                    return Task.FromResult(ExitCode.Fine);
                }
            );
}
