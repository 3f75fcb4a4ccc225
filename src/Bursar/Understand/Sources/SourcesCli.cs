using Bursar.Cli;
using Bursar.Workspaces;

namespace Bursar.Understand.Sources;

/// <summary><c>bursar sources</c>.</summary>
internal static class SourcesCli
{
    public static ShellCommand Create(Shell shell) =>
        new ShellCommand(
            shell,
            "sources",
            "Where data comes from: the last fetch and delivery, what is next, what fails"
        )
            .WithFormat()
            .WithExample("bursar sources", "All sources of the rulebook")
            .Runs(run =>
            {
                using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                var lines = new ListSources(workspace.View(run.Door.AsOf, run.Door.Draft)).Lines();
                run.Print(SourcesTable.Of(lines));
                foreach (var line in lines.Where(line => line.Failure is not null))
                    run.Note($"{line.Name} fails since {SourcesTable.Time(line.FailingSince)}: {line.Failure}");
                return ExitCode.Fine;
            });
}
