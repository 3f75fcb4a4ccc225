using System.CommandLine;
using Bursar.Cli;
using Bursar.Workspaces;

namespace Bursar.Quantify.Forecasts.Drivers;

/// <summary><c>bursar forecast drivers</c>.</summary>
internal static class DriversCli
{
    public static ShellCommand Create(Shell shell)
    {
        var name = new Argument<string?>("NAME")
        {
            Description = "Month by month, of this driver forecast",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var (seed, draws) = (SeedOption(), DrawsOption());
        return new ShellCommand(
            shell,
            "drivers",
            "Cost from its causes: demand, usage per unit, price, discount, exchange rate; AI workloads by stage"
        )
        {
            name,
            seed,
            draws,
        }
            .WithFormat()
            .WithExample("bursar forecast drivers", "All driver forecasts of the rulebook")
            .WithExample("bursar forecast drivers claims-assistant --seed 7", "Month by month, expected, low and high")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var cases = new ForecastDrivers(view, run.Get(seed), run.Get(draws)).All(run.Get(name), cancel);
                    if (run.Get(name) is null)
                        run.Print(DriverTables.List(cases));
                    else if (run.Door.Format == OutputFormat.Json)
                        run.Print(DriverTables.Record(cases[0]));
                    else
                        run.Print(DriverTables.Months(cases[0]));
                    run.TellIfDraft(view.IsDraft);
                    foreach (var note in cases.SelectMany(one => one.Notes).Distinct())
                        run.Note(note);
                    if (cases.Count > 0)
                        run.Note(
                            "Low and high: all terms as low, or as high, as one time in ten. P10 and P90: of the draws."
                        );
                    else
                        run.TellIfEmpty(view);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    public static Option<int> SeedOption() =>
        new("--seed")
        {
            Description = "The seed of the draws; the same seed gives the same figures (default: 1)",
            HelpName = "N",
            DefaultValueFactory = _ => ForecastDrivers.SeedUsual,
        };

    public static Option<int> DrawsOption() =>
        new("--draws")
        {
            Description = "How many draws (default: 10000)",
            HelpName = "N",
            DefaultValueFactory = _ => ForecastDrivers.DrawsUsual,
        };
}
