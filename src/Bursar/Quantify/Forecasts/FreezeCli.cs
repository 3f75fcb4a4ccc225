using System.CommandLine;
using Bursar.Cli;
using Bursar.Workspaces;

namespace Bursar.Quantify.Forecasts;

/// <summary><c>bursar forecast freeze</c>.</summary>
internal static class FreezeCli
{
    public static ShellCommand Create(Shell shell)
    {
        var name = new Argument<string>("NAME")
        {
            Description = "What it is for: forecasts of one name are versions of each other",
        };
        var words = new FreezeOptions();
        var options = new ForecastOptions();
        var command = new ShellCommand(
            shell,
            "freeze",
            "Keep a forecast as it stands, for others to rely on; it is scored when actuals arrive"
        )
        {
            name,
        };
        foreach (var option in words.All.Concat(options.All))
            command.Options.Add(option);
        return command
            .OnlyNow()
            .WithFormat()
            .WithExample(
                "bursar forecast freeze board --reason \"for the board of November\"",
                "One entry in the journal, with question, values, models and assumptions"
            )
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(draft: run.Door.Draft);
                    var said = words.Read(run, run.Get(name)!);
                    var frozen = new FreezeForecast(workspace, view).Freeze(
                        said.Name,
                        said.Reason,
                        said.Assumptions,
                        said.Author,
                        options.Read(run),
                        cancel
                    );
                    return Task.FromResult(FreezeOptions.Tell(run, frozen));
                }
            );
    }
}
