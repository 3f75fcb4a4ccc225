using System.CommandLine;
using Bursar.Cli;
using Bursar.Workspaces;

namespace Bursar.Quantify.Forecasts;

/// <summary><c>bursar forecast accuracy</c>.</summary>
internal static class AccuracyCli
{
    public static ShellCommand Create(Shell shell)
    {
        var name = new Argument<string?>("NAME")
        {
            Description = "Period by period, of the forecasts of this name",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var parts = new Option<bool>("--parts") { Description = "Each part of those that were frozen with --by" };
        return new ShellCommand(shell, "accuracy", "How frozen forecasts did, against what came") { name, parts }
            .WithFormat()
            .WithExample("bursar forecast accuracy", "Each frozen forecast: WAPE, bias, coverage, pinball, drift")
            .WithExample("bursar forecast accuracy board", "Its periods, version by version")
            .WithExample("bursar forecast accuracy board --parts", "Which part missed: accuracy by provider, by scope")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    if (run.TellIfEmpty(view))
                        return Task.FromResult(ExitCode.Fine);
                    var score = new ScoreForecasts(view);
                    var scored = score.All(run.Get(name), cancel);
                    run.Print(
                        run.Get(parts) ? AccuracyTables.Parts(score.PartsOf(scored, cancel))
                        : run.Get(name) is null ? AccuracyTables.List(scored)
                        : AccuracyTables.Periods(scored)
                    );
                    if (scored.Count > 0)
                        run.Note(
                            $"Levels by WAPE: run below 5 %, walk below 10 %, crawl below 20 % (maturity model, {ForecastMaturity.Revision}). "
                                + "Days that may still change are never scored."
                        );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }
}
