using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Understand.Ingestion;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Measures;

/// <summary><c>bursar series</c>.</summary>
internal static class SeriesCli
{
    public static ShellCommand Create(Shell shell) =>
        new ShellCommand(shell, "series", "Measures beside the cost: orders, customers, revenue, CPU hours")
        {
            Show(shell),
            Load(shell),
            History(shell),
            Join(shell),
        }
            .WithFormat()
            .WithExample("bursar series", "Which series there are, and how far they reach")
            .Runs(run =>
            {
                using var workspace = Open(run);
                run.Print(SeriesTables.Of(new ListSeries(workspace.View(run.Door.AsOf, run.Door.Draft)).Lines()));
                return ExitCode.Fine;
            });

    private static ShellCommand Show(Shell shell)
    {
        var name = Name();
        var options = new SeriesOptions();
        var command = new ShellCommand(shell, "show", "The figures of a series: by time and key, as of any moment")
        {
            name,
        };
        foreach (var option in options.All)
            command.Options.Add(option);
        return command
            .WithFormat()
            .WithExample("bursar series show orders --over month", "By month")
            .WithExample("bursar series show orders --over month --as-of 2026-09-01", "As it was known on that day")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Open(run);
                    var ask = new AskMeasures(workspace.View(run.Door.AsOf, run.Door.Draft));
                    var answer = ask.Answer(options.Read(run, run.Get(name)!), cancel);
                    var series = ask.Declared(run.Get(name)!);
                    run.Print(SeriesTables.Of(series, answer));
                    if (run.Door.Format == OutputFormat.Table)
                        run.Note(
                            $"{series.Source}; owner {series.Owner ?? "not named"}; data through {answer.DataAsOf?.ToString("yyyy-MM-dd") ?? "none"}."
                        );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ShellCommand Load(Shell shell)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Files, folders or globs: csv (also packed as gz or zip), parquet, json or xlsx",
            Arity = ArgumentArity.OneOrMore,
        };
        var name = new Option<string?>("--name")
        {
            Description = "The series (default: each whose files: fit)",
            HelpName = "NAME",
        };
        return new ShellCommand(shell, "load", "Take points into series: new ones, and restatements") { files, name }
            .OnlyNow()
            .WithFormat()
            .WithExample("bursar series load orders-2026.csv --name orders", "The points of one file")
            .Runs(
                async (run, cancel) =>
                {
                    using var workspace = Workspace.Create(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var found = FindSourceFiles.In(run.Get(files)!, workspace.Books.Folder.Root);
                    var report = await run.WithProgressAsync(progress =>
                        Task.Run(
                            () =>
                                new TakeSeries(workspace, progress).Take(
                                    run.Get(name),
                                    found,
                                    BooksOfRecord.DefaultActor,
                                    cancel
                                ),
                            cancel
                        )
                    );
                    return Tell(run, report);
                }
            );
    }

    /// <summary>What was booked, and what was not.</summary>
    private static int Tell(ShellRun run, SeriesReport report)
    {
        run.Print(
            new ResultTable(
                [
                    new("delivery", ColumnKind.Whole),
                    new("new", ColumnKind.Figure),
                    new("restated", ColumnKind.Figure),
                    new("from", ColumnKind.Whole),
                    new("through", ColumnKind.Whole),
                ],
                [
                    .. report.Deliveries.Select(one =>
                        (IReadOnlyList<object?>)
                            [one.Id, one.Points - one.Restated, one.Restated, one.From, one.To.AddDays(-1)]
                    ),
                ]
            )
            {
                WhenEmpty = "Nothing new.",
            }
        );
        foreach (var (series, file) in report.Unchanged)
            run.Note($"Nothing to do for {series}: the books hold every point of {file} already.");
        foreach (var note in report.Deliveries.SelectMany(one => one.Notes))
            run.Note(note);
        foreach (var refused in report.Refused)
            run.Note($"error {refused.Code}\n{refused.Reason}\n{refused.Remedy}");
        return report.Refused.Count > 0 ? ExitCode.Findings : ExitCode.Fine;
    }

    private static ShellCommand History(Shell shell)
    {
        var name = Name();
        return new ShellCommand(shell, "history", "Points of a series that were told anew with another figure") { name }
            .WithFormat()
            .WithExample("bursar series history revenue", "Every restatement, before and after")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Open(run);
                    var ask = new AskMeasures(workspace.View(run.Door.AsOf, run.Door.Draft));
                    var series = ask.Declared(run.Get(name)!);
                    run.Print(SeriesTables.Of(series, ask.Restatements(series, cancel), ask.Booked(series.Name)));
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ShellCommand Join(Shell shell)
    {
        var name = Name();
        var options = new SeriesOptions();
        var measure = Choice.Option(
            "--measure",
            "Which of the four FOCUS costs",
            CostMeasure.EffectiveCost,
            verbatim: true
        );
        var top = new Option<int>("--top")
        {
            Description = "So many resources, those that cost most (default: 20)",
            HelpName = "N",
            DefaultValueFactory = _ => 20,
        };
        var command = new ShellCommand(
            shell,
            "join",
            "Cost and measure of the same resources, and how much of each has its counterpart"
        )
        {
            name,
            measure,
            top,
        };
        foreach (var option in options.OfTime)
            command.Options.Add(option);
        return command
            .WithFormat()
            .WithExample("bursar series join cpu-hours --over month", "What a CPU hour costs on each machine")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Open(run);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var asked = options.Read(run, run.Get(name)!);
                    var joins = new JoinCosts(view).Join(asked, run.Get(measure), cancel);
                    run.Print(
                        Record(
                            run,
                            new AskMeasures(view).Declared(asked.Name),
                            joins,
                            asked.Over,
                            run.Get(measure),
                            Math.Max(1, run.Get(top))
                        )
                    );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ResultRecord Record(
        ShellRun run,
        Series series,
        IReadOnlyList<CostJoin> joins,
        TimeGrain? grain,
        CostMeasure measure,
        int top
    )
    {
        var fields = new List<(string, object?)>();
        foreach (var join in joins)
        {
            var prefix = joins.Count == 1 ? "" : join.Currency.Code.ToLowerInvariant() + "-";
            fields.Add((prefix + "currency", join.Currency.Code));
            fields.Add((prefix + "joinedCost", new Bursar.Core.Amounts.Money(join.JoinedCost, join.Currency)));
            fields.Add((prefix + "totalCost", new Bursar.Core.Amounts.Money(join.TotalCost, join.Currency)));
            fields.Add((prefix + "costJoinPercent", Percent(join.CostJoinRatio)));
            fields.Add((prefix + "pointJoinPercent", Percent(join.PointJoinRatio)));
            var table = SeriesTables.Of(series, join, grain, measure, top);
            fields.Add((prefix + "resources", run.Door.Format == OutputFormat.Table ? table : table.Records()));
        }
        return ResultRecord.Of([.. fields]);
    }

    private static decimal? Percent(decimal? ratio) =>
        ratio is { } share ? decimal.Round(share * 100, 2, MidpointRounding.ToEven) : null;

    private static Argument<string> Name() => new("NAME") { Description = "The series" };

    private static Workspace Open(ShellRun run) => Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
}
