using Bursar.Cli;
using Bursar.Workspaces;

namespace Bursar.Understand.Arrival;

/// <summary><c>bursar arrival</c>.</summary>
internal static class ArrivalCli
{
    public static ShellCommand Create(Shell shell) =>
        new ShellCommand(shell, "arrival", "Which of the newest days are provisional, and how much of them is to come")
            .WithFormat()
            .WithExample("bursar arrival", "Each provider, as learned from its earlier deliveries")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    if (run.TellIfEmpty(view))
                        return Task.FromResult(ExitCode.Fine);
                    var curves = ArrivalCurves.Of(view, cancel);
                    run.Print(ArrivalTables.Of(curves));
                    run.Note(ArrivalTables.Sentence(curves));
                    return Task.FromResult(ExitCode.Fine);
                }
            );
}
