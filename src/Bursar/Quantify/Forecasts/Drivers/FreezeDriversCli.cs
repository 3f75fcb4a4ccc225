using System.CommandLine;
using Bursar.Cli;
using Bursar.Workspaces;

namespace Bursar.Quantify.Forecasts.Drivers;

/// <summary><c>bursar forecast freeze-drivers</c>.</summary>
internal static class FreezeDriversCli
{
    public static ShellCommand Create(Shell shell)
    {
        var drivers = new Argument<string>("NAME") { Description = "The driver forecast" };
        var name = FreezeOptions.NameOption("that of the driver forecast");
        var words = new FreezeOptions();
        var (seed, draws) = (DriversCli.SeedOption(), DriversCli.DrawsOption());
        var command = new ShellCommand(
            shell,
            "freeze-drivers",
            "Keep a driver forecast as it stands, with its terms; it is scored by the charges of its scope"
        )
        {
            drivers,
            name,
            seed,
            draws,
        };
        foreach (var option in words.All)
            command.Options.Add(option);
        return command
            .OnlyNow()
            .WithFormat()
            .WithExample(
                "bursar forecast freeze-drivers claims-assistant --reason \"for the business case\"",
                "One entry in the journal, with every term, values and assumptions"
            )
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(draft: run.Door.Draft);
                    var made = new ForecastDrivers(view, run.Get(seed), run.Get(draws)).All(run.Get(drivers), cancel);
                    var said = words.Read(run, run.Get(name) ?? run.Get(drivers)!);
                    var frozen = new FreezeDrivers(workspace, view).Freeze(made[0], said, cancel);
                    if (frozen.Actual is null)
                        run.Note(
                            "It names no scope, so nothing shows what came of it: its versions are only compared. "
                                + "Write scope: into the driver forecast, and freeze it again."
                        );
                    return Task.FromResult(FreezeOptions.Tell(run, frozen));
                }
            );
    }
}
