using System.CommandLine;
using Bursar.Cli;
using Bursar.Understand.Reporting;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Quantify.Kpis;

/// <summary><c>bursar kpis</c>.</summary>
internal static class KpisCli
{
    public static ShellCommand Create(Shell shell)
    {
        var month = TimeText.MonthOption();
        var scope = Scope();
        var all = new Option<bool>("--all")
        {
            Description = "Also those that are not computable, with what is missing",
        };
        var lens = new LensOptions();
        var command = new ShellCommand(
            shell,
            "kpis",
            "Key figures against what counts as good, and what is missing for the rest"
        )
        {
            Show(shell),
            Inputs(shell),
            Peers(shell),
            Freeze(shell),
            Set(shell),
            Trend(shell),
            month,
            scope,
            all,
        };
        return lens.AddTo(command)
            .WithFormat()
            .WithExample("bursar kpis", "Every KPI that the books can answer, for the newest whole month")
            .WithExample("bursar kpis --all --format csv", "All of them; why says what is missing and how to give it")
            .WithExample("bursar kpis --scope ai-services", "Of one scope, against its own thresholds")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft).Through(lens.Read(run));
                    if (
                        run.TellIfEmpty(view)
                        || new MeasureKpis(view).All(run.Get(scope), TimeText.Month(run.Get(month)), cancel)
                            is not { } review
                    )
                        return Task.FromResult(ExitCode.Fine);
                    run.Print(KpiTables.List(review, run.Get(all), run.Door.Format == OutputFormat.Table));
                    Tell(run, view, review);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ShellCommand Show(Shell shell)
    {
        var name = Name();
        var month = TimeText.MonthOption();
        var scope = Scope();
        var lens = new LensOptions();
        var command = new ShellCommand(
            shell,
            "show",
            "One KPI: its formula with the numbers put in, and where they come from"
        )
        {
            name,
            month,
            scope,
        };
        return lens.AddTo(command)
            .WithFormat()
            .WithExample("bursar kpis show K001", "By its number")
            .WithExample("bursar kpis show pue", "What is missing, and how to give it")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft).Through(lens.Read(run));
                    var measure = new MeasureKpis(view);
                    var kpi = measure.Book.Require(run.Get(name)!);
                    if (
                        run.TellIfEmpty(view)
                        || measure.Of([kpi], run.Get(scope), TimeText.Month(run.Get(month)), cancel) is not { } review
                    )
                        return Task.FromResult(ExitCode.Fine);
                    run.Print(KpiTables.Record(review.Results[0], view.Today, run.Door.Format == OutputFormat.Table));
                    run.TellIfDraft(view.IsDraft);
                    foreach (var note in review.Notes)
                        run.Note(note);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ShellCommand Trend(Shell shell)
    {
        var name = Name();
        var month = TimeText.MonthOption("The last month, 2026-09");
        var scope = Scope();
        var months = new Option<int>("--months")
        {
            Description = $"So many months, up to {KpiTrend.MonthsMax} (default: {KpiTrend.MonthsUsual})",
            HelpName = "N",
            DefaultValueFactory = _ => KpiTrend.MonthsUsual,
        };
        return new ShellCommand(shell, "trend", "One KPI month by month") { name, month, scope, months }
            .WithFormat()
            .WithExample("bursar kpis trend engineering-hours", "Hours that engineers spend on cost, over a year")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var kpi = KpiBook.Of(view.Rulebook).Require(run.Get(name)!);
                    var last = TimeText.Month(run.Get(month));
                    if (
                        run.TellIfEmpty(view)
                        || KpiTrend.Of(view, kpi, run.Get(scope), last, run.Get(months), cancel) is not { } trend
                    )
                        return Task.FromResult(ExitCode.Fine);
                    run.Print(trend.Table());
                    run.TellIfDraft(view.IsDraft);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ShellCommand Set(Shell shell)
    {
        var name = new Argument<string>("NAME") { Description = "The kind: MeasureSet" };
        var month = TimeText.MonthOption();
        return new ShellCommand(shell, "set", "The measures that leaders see; a new edition stands beside the old one")
        {
            name,
            month,
        }
            .WithFormat()
            .WithExample("bursar kpis set executive", "In the newest whole month")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    if (
                        run.TellIfEmpty(view)
                        || new MeasureKpis(view).OfSet(run.Get(name)!, TimeText.Month(run.Get(month)), cancel)
                            is not { } review
                    )
                        return Task.FromResult(ExitCode.Fine);
                    run.Print(KpiTables.Set(review));
                    foreach (var line in KpiTables.Says(review.Sets[0], review.Month))
                        run.Note(line);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ShellCommand Inputs(Shell shell) =>
        new ShellCommand(shell, "inputs", "The named figures that formulas use, and who gives them")
            .WithFormat()
            .WithExample("bursar kpis inputs", "What to feed by a series or a declared value")
            .Runs(run =>
            {
                using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                run.Print(KpiTables.Known(KpiBook.Of(view.Rulebook)));
                run.TellIfEmpty(view);
                return ExitCode.Fine;
            });

    private static ShellCommand Peers(Shell shell)
    {
        var name = Name();
        var month = TimeText.MonthOption();
        var by = new Option<string>("--by")
        {
            Description = "Who the peers are: each value of this column of the charges",
            HelpName = "COLUMN",
            Required = true,
        };
        var min = new Option<int>("--min")
        {
            Description = "No rank is shown in a group of fewer (default: 5)",
            HelpName = "N",
            DefaultValueFactory = _ => MeasureKpis.GroupMinUsual,
        };
        return new ShellCommand(shell, "peers", "Where each part of the organisation stands among the others")
        {
            name,
            by,
            min,
            month,
        }
            .WithFormat()
            .WithExample("bursar kpis peers shared-field-completeness --by x_CostCentre", "Each cost centre among all")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var measure = new MeasureKpis(view);
                    var kpi = measure.Book.Require(run.Get(name)!);
                    if (run.TellIfEmpty(view))
                        return Task.FromResult(ExitCode.Fine);
                    var groupMin = Math.Max(MeasureKpis.GroupMinLeast, run.Get(min));
                    var peers = measure.Peers(kpi, run.Get(by)!, groupMin, TimeText.Month(run.Get(month)), cancel);
                    run.Print(KpiTables.Peers(peers, run.Get(by)!, groupMin));
                    foreach (var why in peers.Select(peer => peer.Result.Why).OfType<string>().Distinct().Take(3))
                        run.Note(why + ".");
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ShellCommand Freeze(Shell shell)
    {
        var names = new Argument<string[]>("KPI")
        {
            Description = "KPIs by name or number; without any, all that can be computed",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var month = TimeText.MonthOption();
        var scope = Scope();
        var initiative = new Option<string?>("--initiative")
        {
            Description = "The initiative that is about to begin",
            HelpName = "NAME",
        };
        var reason = new Option<string>("--reason")
        {
            Description = "Why: what is about to be changed",
            HelpName = "TEXT",
            Required = true,
        };
        return new ShellCommand(
            shell,
            "freeze",
            "Keep KPIs as they stand, before something begins that should move them"
        )
        {
            names,
            initiative,
            reason,
            month,
            scope,
        }
            .OnlyNow()
            .WithFormat()
            .WithExample("bursar kpis freeze K001 --reason \"before the tagging campaign\"", "One entry in the journal")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(draft: run.Door.Draft);
                    var baseline = new FreezeKpis(workspace, view).Freeze(
                        run.Get(names) ?? [],
                        run.Get(scope),
                        TimeText.Month(run.Get(month)),
                        run.Get(initiative),
                        run.Get(reason)!,
                        cancel
                    );
                    run.Print(KpiTables.Frozen(baseline));
                    run.Note($"{Display.Count(baseline.Figures.Count, "KPI", "KPIs")} of {baseline.Month} frozen.");
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static void Tell(ShellRun run, BooksView view, KpiReview review)
    {
        run.TellIfDraft(view.IsDraft);
        run.Note(
            $"{review.Computed.Count} of {review.Results.Count} KPIs can be computed; `bursar kpis --all` lists the rest, "
                + "`bursar kpis show NAME` says what is missing and how to give it."
        );
        foreach (var note in review.Notes)
            run.Note(note);
    }

    private static Argument<string> Name() => new("KPI") { Description = "The KPI, by its name or number" };

    private static Option<string?> Scope() =>
        new("--scope") { Description = "Of this scope (default: of all cost)", HelpName = "NAME" };
}
