using System.CommandLine;
using Bursar.Cli;
using Bursar.Quantify.Forecasts;
using Bursar.Workspaces;

namespace Bursar.Quantify.UnitEconomics;

/// <summary><c>bursar units freeze</c>.</summary>
internal static class FreezeUnitsCli
{
    public static ShellCommand Create(Shell shell)
    {
        var metric = new Argument<string>("NAME") { Description = "The unit metric" };
        var name = FreezeOptions.NameOption("that of the metric");
        var months = UnitsCli.MonthsAheadOption();
        var words = new FreezeOptions();
        var command = new ShellCommand(
            shell,
            "freeze",
            "Keep the forecast of what a unit will cost, for others to rely on; it is scored when actuals arrive"
        )
        {
            metric,
            name,
            months,
        };
        foreach (var option in words.All)
            command.Options.Add(option);
        return command
            .OnlyNow()
            .WithFormat()
            .WithExample(
                "bursar units freeze cost-per-quote --reason \"for the price list of spring\"",
                "One entry in the journal; bursar forecast accuracy cost-per-quote scores it"
            )
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(draft: run.Door.Draft);
                    if (new MeasureUnits(view).All(run.Get(metric), null, cancel) is not [var review])
                    {
                        run.TellIfEmpty(view);
                        return Task.FromResult(ExitCode.Fine);
                    }
                    var ahead = new ForecastUnits(view).Of(review, run.Get(months), cancel);
                    var said = words.Read(run, run.Get(name) ?? run.Get(metric)!);
                    var frozen = new FreezeUnits(workspace, view).Freeze(ahead, said, cancel);
                    return Task.FromResult(FreezeOptions.Tell(run, frozen));
                }
            );
    }
}
