using Bursar.Cli;
using Bursar.Workspaces;

namespace Bursar.Quantify.Forecasts.Commitments;

/// <summary><c>bursar forecast commitments</c>.</summary>
internal static class CommitmentsCli
{
    public static ShellCommand Create(Shell shell) =>
        new ShellCommand(shell, "commitments", "Where running commitments lead: burn-down, shortfall or overage")
            .WithFormat()
            .WithExample("bursar forecast commitments", "Each contract year that is running, to its end")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    if (run.TellIfEmpty(view))
                        return Task.FromResult(ExitCode.Fine);
                    var all = ProjectCommitments.Of(view, cancel);
                    run.Print(CommitmentTables.Of(all));
                    foreach (var one in all.Where(one => one.Why is not null))
                        run.Note($"{one.Contract.Id} has no forecast: {one.Why}");
                    if (all.Count > 0)
                        run.Note(
                            "The pace is that of the last three whole billing months, every charge that may count at its full cost."
                        );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
}
