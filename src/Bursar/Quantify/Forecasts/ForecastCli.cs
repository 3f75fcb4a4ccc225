using Bursar.Cli;
using Bursar.Quantify.Forecasts.Commitments;
using Bursar.Quantify.Forecasts.Drivers;
using Bursar.Workspaces;

namespace Bursar.Quantify.Forecasts;

/// <summary><c>bursar forecast</c>.</summary>
internal static class ForecastCli
{
    public static ShellCommand Create(Shell shell)
    {
        var options = new ForecastOptions();
        var command = new ShellCommand(
            shell,
            "forecast",
            "What any part of the cost, a quantity or a series will come to, and how sure that is"
        )
        {
            FreezeCli.Create(shell),
            AccuracyCli.Create(shell),
            DriversCli.Create(shell),
            FreezeDriversCli.Create(shell),
            CommitmentsCli.Create(shell),
        };
        foreach (var option in options.All)
            command.Options.Add(option);
        return command
            .WithFormat()
            .WithVocabulary()
            .WithExample("bursar forecast", "All cost, month by month: where this month lands, and a year ahead")
            .WithExample("bursar forecast --by ServiceProviderName --to 2026-12", "Each provider; the parts add up")
            .WithExample("bursar forecast --over day --where ServiceProviderName=AWS", "The next 30 days")
            .WithExample("bursar forecast --series quotes --over month", "What drives the cost")
            .WithExample("bursar forecast --known-through 2026-06-10 --quantile P95", "How it would have been in June")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    run.Speak(view);
                    var question = options.Read(run);
                    if (run.TellIfEmpty(view))
                        return Task.FromResult(ExitCode.Fine);
                    var forecast = ForecastCosts.Ask(view, question, cancel);
                    if (run.Door.Format == OutputFormat.Json)
                        run.Print(ForecastTables.Record(forecast));
                    else
                        run.Print(ForecastTables.Of(forecast));
                    Tell(run, forecast);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static void Tell(ShellRun run, CostForecast forecast)
    {
        run.TellIfDraft(forecast.IsDraft);
        run.Note(forecast.Reason);
        foreach (var planned in forecast.Events)
            run.Note($"Planned: {planned.What} {planned.Effect} ({planned.Name}).");
        foreach (var note in forecast.Notes)
            run.Note(note);
    }
}
