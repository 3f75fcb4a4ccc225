using System.CommandLine;
using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Sources.Stores;
using Bursar.Workspaces;

namespace Bursar.Manage.Limits;

/// <summary><c>bursar limits</c>, and what happens after a delivery.</summary>
internal static class LimitsCli
{
    public static ShellCommand Create(Shell shell) =>
        new ShellCommand(shell, "limits", "How much keys, agents, teams and models may spend, and how fast it goes")
        {
            Show(shell),
            Check(shell),
            Calibration(shell),
            Override(shell),
        }
            .WithFormat()
            .WithExample("bursar limits", "What is left of each, the newest hour, the tripwire, the hours left")
            .Runs(
                (run, cancel) =>
                    run.Seen(view =>
                    {
                        var review = new MeasureLimits(view).Review(cancel);
                        run.Print(LimitTables.List(review));
                        foreach (var one in review.Items.Where(one => one.State > LimitState.Ok).Take(3))
                            run.Note($"{one.Name}: {LimitTables.Sentence(one)}");
                        run.Report(review.Items.SelectMany(one => one.MissingRates));
                    })
            );

    private static ShellCommand Show(Shell shell)
    {
        var name = Name();
        return new ShellCommand(shell, "show", "One limit: its last 72 hours, and which keys, agents, models drive it")
        {
            name,
        }
            .WithFormat()
            .WithExample("bursar limits show claims-triage-agent", "Hour by hour, the newest first")
            .Runs(
                (run, cancel) =>
                    run.Seen(view =>
                    {
                        var status = new MeasureLimits(view).Named(run.Get(name)!, cancel);
                        run.Print(
                            LimitTables.Full(ShowLimit.Of(view, status, cancel), run.Door.Format == OutputFormat.Table)
                        );
                        run.Report(status.MissingRates);
                    })
            );
    }

    private static ShellCommand Check(Shell shell) =>
        new ShellCommand(
            shell,
            "check",
            "Call the hooks of limits that reached a level; 1 when one is breached or lacks a rate"
        )
            .WithFormat()
            .OnlyNow()
            .WithExample("bursar limits check", "For cron: as `bursar ingest` and `bursar serve` do after a delivery")
            .Runs(
                async (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(null, run.Door.Draft);
                    if (run.TellIfEmpty(view))
                        return ExitCode.Fine;
                    IReadOnlyList<StopLine> lines;
                    if (view.IsDraft)
                    {
                        run.Note("DRAFT: no hook is called under rules that are not published (`bursar publish`).");
                        lines = [.. new MeasureLimits(view).Review(cancel).Items.Select(one => new StopLine(one, []))];
                    }
                    else
                        lines = await CallAsync(run, workspace, cancel);
                    run.Print(LimitTables.List([.. lines.Select(line => line.Status)]));
                    Tell(run, lines);
                    var gaps = lines.SelectMany(line => line.Status.MissingRates).ToList();
                    var code = run.Report([.. gaps, .. lines.Select(line => line.Failure).OfType<Diagnostic>()]);
                    return gaps.Count > 0 || lines.Any(line => line.Status.IsBreached) ? ExitCode.Findings : code;
                }
            );

    private static ShellCommand Calibration(Shell shell) =>
        new ShellCommand(shell, "calibration", "Which limits could be passed before anybody could act")
            .WithFormat()
            .WithExample("bursar limits calibration", "Peak speed × response time beside what needs no approval")
            .Runs(
                (run, cancel) =>
                    run.Seen(view =>
                    {
                        var items = CalibrateLimits.Of(view, cancel);
                        run.Print(LimitTables.Calibration(items));
                        foreach (var one in items.Where(one => one.IsFlagged || one.Exposure is null).Take(3))
                            run.Note($"{one.Status.Name}: {one.Says}");
                    })
            );

    private static ShellCommand Override(Shell shell)
    {
        var name = Name();
        var to = new Option<string>("--to")
        {
            Description = "What may be spent instead, in the currency of the limit",
            HelpName = "AMOUNT",
            Required = true,
        };
        var until = new Option<string>("--until")
        {
            Description = "The last day on which that holds",
            HelpName = "DAY",
            Required = true,
        };
        var reason = new Option<string>("--reason")
        {
            Description = "Why, for whoever reads the journal",
            HelpName = "TEXT",
            Required = true,
        };
        return new ShellCommand(shell, "override", "Let a limit be another amount until a day")
        {
            name,
            to,
            until,
            reason,
        }
            .WithFormat()
            .OnlyNow()
            .WithExample(
                "bursar limits override claims-triage-agent --to 300000 --until 2026-12-31 --reason \"storm claims\"",
                "One entry in the journal"
            )
            .Runs(
                (run, _) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(null, run.Door.Draft);
                    var made = new OverrideLimit(workspace, view).To(
                        run.Get(name)!,
                        run.Get(to)!,
                        TimeText.Day(run.Get(until))!.Value,
                        run.Get(reason)!
                    );
                    run.Print(LimitTables.Override(made));
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    /// <summary>After a delivery was booked: calls what is due. Without limits in force it does nothing.</summary>
    public static async Task AfterDeliveryAsync(ShellRun run, CancellationToken cancel)
    {
        using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
        var view = workspace.View();
        if (view.IsDraft || !view.Rulebook.All<SpendLimit>().Any())
            return;
        var lines = await CallAsync(run, workspace, cancel);
        Tell(run, lines);
        var gaps = lines.SelectMany(line => line.Status.MissingRates);
        foreach (var failure in gaps.Concat(lines.Select(line => line.Failure).OfType<Diagnostic>()))
            run.Warn($"{failure.Message} {failure.Remedy}");
    }

    private static Task<IReadOnlyList<StopLine>> CallAsync(
        ShellRun run,
        Workspace workspace,
        CancellationToken cancel
    ) =>
        new CallStops(
            workspace,
            new Environs(run.Io.Environment, run.Io.Clock, run.Door.Rulebook, run.Door.Books),
            new Retry(run.Io.Clock)
        ).RunAsync(_ => false, cancel);

    private static void Tell(ShellRun run, IReadOnlyList<StopLine> lines)
    {
        foreach (var line in lines.Where(line => line.Told.Count > 0))
        {
            var levels = string.Join(", ", line.Told.Select(level => LimitTables.Word(level.State)).Distinct());
            run.Note($"The limit {line.Status.Name} told: {levels}. {LimitTables.Sentence(line.Status)}");
        }
    }

    private static Argument<string> Name() =>
        new("LIMIT") { Description = "The limit; of one for each key, LIMIT/KEY" };
}
