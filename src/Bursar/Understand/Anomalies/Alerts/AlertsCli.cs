using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Sources.Outlets;
using Bursar.Understand.Sources.Stores;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies.Alerts;

/// <summary><c>bursar alerts</c>, and what happens after a delivery.</summary>
internal static class AlertsCli
{
    public static ShellCommand Create(Shell shell, AlertSources sources)
    {
        var name = new Argument<string?>("name")
        {
            Description = "One alert: what it would send; with --send, only this one",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var send = new Option<bool>("--send")
        {
            Description =
                "Send what is due; each anomaly and each breach is told once. Without it, nothing leaves the machine",
        };
        return new ShellCommand(
            shell,
            "alerts",
            "Who hears of anomalies, budgets and unit costs: which alerts there are, what is due"
        )
        {
            name,
            send,
        }
            .WithFormat()
            .OnlyNow()
            .WithExample("bursar alerts", "Which there are, and what is due")
            .WithExample("bursar alerts practice", "What one of them would send now")
            .WithExample("bursar alerts --send", "Sends what is due, as `bursar ingest` and `bursar serve` do")
            .Runs(
                async (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    if (run.Get(send))
                        return await SendAsync(run, workspace, sources, run.Get(name), cancel);
                    var lines = new ListAlerts(workspace.View(null, run.Door.Draft), sources).Lines(
                        run.Get(name),
                        cancel
                    );
                    if (run.Get(name) is not null && lines is [{ Messages.Count: > 0 } one])
                    {
                        foreach (var message in one.Messages)
                            if (run.Door.Format == OutputFormat.Table)
                                run.Io.Out.Write(message.Out().Text());
                            else
                                run.Print(message.Out().Fields);
                        return ExitCode.Fine;
                    }
                    run.Print(Table(lines));
                    if (lines.Any(line => line.State == AlertState.Due))
                        run.Note("Nothing was sent: `bursar alerts --send` sends what is due.");
                    return ExitCode.Fine;
                }
            );
    }

    public static ResultTable Table(IReadOnlyList<AlertLine> lines) =>
        new(
            [
                new("alert", ColumnKind.Whole),
                new("of"),
                new("state", ColumnKind.Whole),
                new("new", ColumnKind.Figure),
                new("sentThisWeek", ColumnKind.Figure, "this week"),
                new("last", ColumnKind.Whole, Spare: true),
                new("to"),
                new("form", ColumnKind.Whole, Spare: true),
                new("about", ColumnKind.Whole, Spare: true),
            ],
            [
                .. lines.Select(
                    IReadOnlyList<object?> (line) =>
                        [
                            line.Alert.Name,
                            Whose(line.Alert),
                            line.State.ToString().ToLowerInvariant(),
                            line.New,
                            line.SentThisWeek,
                            line.LastAt,
                            line.Alert.Place(),
                            line.Alert.WrittenIn().ToString().ToLowerInvariant(),
                            line.Alert.Of.ToString().ToLowerInvariant(),
                        ]
                ),
            ]
        )
        {
            WhenEmpty = "No alert is declared. kind: Alert in the rulebook says who hears of what (`bursar schema`).",
        };

    /// <summary>After a delivery was booked: sends what is new. Without alerts in force it does nothing.</summary>
    public static async Task AfterDeliveryAsync(ShellRun run, AlertSources sources, CancellationToken cancel)
    {
        using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
        var view = workspace.View();
        if (view.IsDraft || !view.Rulebook.All<Alert>().Any())
            return;
        var lines = await SendAlerts(run, workspace, sources).RunAsync(null, _ => false, cancel);
        foreach (var line in lines.Where(line => line.State == AlertState.Sent))
            run.Note($"The alert {line.Alert.Name} told {Told(line.Alert.Of, line.New)}.");
        foreach (var failure in lines.Select(line => line.Failure).OfType<Diagnostic>())
            run.Warn($"{failure.Message} {failure.Remedy}");
    }

    /// <summary>"2 new anomalies", "1 breach of a budget".</summary>
    private static string Told(AlertSubject subject, int count) =>
        subject switch
        {
            AlertSubject.Budgets => Display.Count(count, "breach of a budget", "breaches of budgets"),
            AlertSubject.Units => Display.Count(count, "unit that costs too much", "units that cost too much"),
            _ => Display.Count(count, "new anomaly", "new anomalies"),
        };

    private static string Whose(Alert alert)
    {
        var whose = alert.Owner ?? (alert.Unowned ? "what has no owner" : "everything");
        return alert.Of switch
        {
            AlertSubject.Budgets => $"budgets: {whose}",
            AlertSubject.Units => $"unit costs: {whose}",
            _ => whose,
        };
    }

    private static SendAlerts SendAlerts(ShellRun run, Workspace workspace, AlertSources sources)
    {
        var environs = new Environs(run.Io.Environment, run.Io.Clock, run.Door.Rulebook, run.Door.Books);
        return new SendAlerts(workspace, sources, environs, new Retry(run.Io.Clock));
    }

    private static async Task<int> SendAsync(
        ShellRun run,
        Workspace workspace,
        AlertSources sources,
        string? name,
        CancellationToken cancel
    )
    {
        if (run.Door.Draft)
            throw new RefusedException(
                "alerts/draft",
                "Alerts are sent under the published rules only.",
                "Leave --draft out, or look at them without --send.",
                ExitCode.WrongUsage
            );
        var lines = await SendAlerts(run, workspace, sources).RunAsync(name, _ => false, cancel);
        run.Print(Table(lines));
        return run.Report(lines.Select(line => line.Failure).OfType<Diagnostic>());
    }
}
