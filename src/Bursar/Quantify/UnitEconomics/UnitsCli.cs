using System.CommandLine;
using Bursar.Cli;
using Bursar.Understand.Reporting;
using Bursar.Workspaces;

namespace Bursar.Quantify.UnitEconomics;

/// <summary><c>bursar units</c>.</summary>
internal static class UnitsCli
{
    public static ShellCommand Create(Shell shell)
    {
        var month = TimeText.MonthOption();
        var lens = new LensOptions();
        var command = new ShellCommand(shell, "units", "What one unit costs: a quote, a policy, a query, a token")
        {
            Show(shell),
            Forecast(shell),
            FreezeUnitsCli.Create(shell),
            month,
        };
        return lens.AddTo(command)
            .WithFormat()
            .WithExample("bursar units", "Every unit metric of the newest whole month, against its target")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft).Through(lens.Read(run));
                    if (run.TellIfEmpty(view))
                        return Task.FromResult(ExitCode.Fine);
                    var reviews = new MeasureUnits(view).All(null, TimeText.Month(run.Get(month)), cancel) ?? [];
                    run.Print(UnitTables.List(reviews));
                    foreach (var review in reviews.Where(one => one.Newest.UnitCost is null))
                        run.Note($"{review.Metric.Name} is not computable: {review.Newest.Why}.");
                    Tell(run, view, []);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ShellCommand Show(Shell shell)
    {
        var name = new Argument<string>("NAME") { Description = "The unit metric" };
        var month = TimeText.MonthOption("The last month, 2026-09");
        var by = new Option<string?>("--by")
        {
            Description = "Instead: the cost of a unit by this column of the charges",
            HelpName = "COLUMN",
        };
        var lens = new LensOptions();
        var command = new ShellCommand(
            shell,
            "show",
            "A unit metric over a year: demand, cost, average and marginal, fixed and variable, margin, break-even"
        )
        {
            name,
            month,
            by,
        };
        return lens.AddTo(command)
            .WithFormat()
            .WithExample("bursar units show cost-per-quote", "Thirteen months up to the newest whole one")
            .WithExample("bursar units show cost-per-quote --by ServiceCategory", "What the cost of a unit is made of")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft).Through(lens.Read(run));
                    var units = new MeasureUnits(view);
                    if (units.All(run.Get(name), TimeText.Month(run.Get(month)), cancel) is not [var review])
                    {
                        run.TellIfEmpty(view);
                        return Task.FromResult(ExitCode.Fine);
                    }
                    if (run.Get(by) is { } column)
                        run.Print(UnitTables.Groups(review, column, units.By(review, column, cancel)));
                    else if (run.Door.Format == OutputFormat.Json)
                        run.Print(UnitTables.Record(review));
                    else
                        run.Print(UnitTables.Months(review));
                    if (review.Newest.Why is { } why)
                        run.Note($"{review.Newest.Month}: {why}.");
                    Tell(run, view, review.Notes);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ShellCommand Forecast(Shell shell)
    {
        var name = new Argument<string>("NAME") { Description = "The unit metric" };
        var months = MonthsAheadOption();
        return new ShellCommand(shell, "forecast", "What a unit will cost: expected cost over expected demand")
        {
            name,
            months,
        }
            .WithFormat()
            .WithExample("bursar units forecast cost-per-quote", "Six months ahead, against its target")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    if (new MeasureUnits(view).All(run.Get(name), null, cancel) is not [var review])
                    {
                        run.TellIfEmpty(view);
                        return Task.FromResult(ExitCode.Fine);
                    }
                    var ahead = new ForecastUnits(view).Of(review, run.Get(months), cancel);
                    run.Print(UnitTables.Ahead(ahead));
                    Tell(run, view, ahead.Notes);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    public static Option<int> MonthsAheadOption() =>
        new("--months")
        {
            Description = "So many months ahead, up to 60 (default: 6)",
            HelpName = "N",
            DefaultValueFactory = _ => 6,
        };

    private static void Tell(ShellRun run, BooksView view, IReadOnlyList<string> notes)
    {
        run.TellIfDraft(view.IsDraft);
        foreach (var note in notes)
            run.Note(note);
    }
}
