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
        var reason = new Option<string>("--reason")
        {
            Description = "Why it is frozen: what it is handed out for",
            HelpName = "TEXT",
            Required = true,
        };
        var assumption = new Option<string[]>("--assume")
        {
            Description = "An assumption that is not in the books. Repeat for more",
            HelpName = "TEXT",
        };
        var author = new Option<string?>("--author")
        {
            Description = "Who answers for it (default: the usual actor)",
            HelpName = "NAME",
        };
        var options = new ForecastOptions();
        var command = new ShellCommand(
            shell,
            "freeze",
            "Keep a forecast as it stands, for others to rely on; it is scored when actuals arrive"
        )
        {
            name,
            reason,
            assumption,
            author,
        };
        foreach (var option in options.All)
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
                    var frozen = new FreezeForecast(workspace, view).Freeze(
                        run.Get(name)!,
                        run.Get(reason)!,
                        run.Get(assumption) ?? [],
                        run.Get(author),
                        options.Read(run),
                        cancel
                    );
                    run.Print(AccuracyTables.Frozen(frozen));
                    run.Note(
                        $"Frozen: {frozen.Periods.Count} periods, known through {frozen.CompleteThrough:yyyy-MM-dd}. "
                            + "`bursar forecast accuracy` scores it when they are over."
                    );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }
}
