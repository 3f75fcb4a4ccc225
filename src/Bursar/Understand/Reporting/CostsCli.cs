using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting;

/// <summary><c>bursar costs</c>.</summary>
internal static class CostsCli
{
    public static ShellCommand Create(Shell shell)
    {
        var options = new CostOptions();
        var command = new ShellCommand(
            shell,
            "costs",
            "What was spent or used: by anything, over time, in any of the four FOCUS costs or as a quantity"
        );
        foreach (var option in options.All)
            command.Options.Add(option);
        return command
            .WithFormat()
            .WithVocabulary()
            .WithExample("bursar costs --over month", "Effective cost by month")
            .WithExample(
                "bursar costs --by ServiceName --top 10 --from 2026-09 --to 2026-09",
                "September's ten largest services"
            )
            .WithExample(
                "bursar costs --by x_CostCentre,x_Owner --where ServiceProviderName=AWS",
                "Who spends it on AWS"
            )
            .WithExample(
                "bursar costs --measure BilledCost --time billing --over month --format json",
                "What was invoiced, for a program"
            )
            .WithExample("bursar costs --measure ConsumedQuantity --by ServiceName", "What was used, unit by unit")
            .WithExample(
                "bursar costs --by x_CostCentre --structure today",
                "As if today's organisation had always been"
            )
            .WithExample(
                "bursar costs --by x_Product --allocation distributed",
                "What each product costs with its part of what is shared"
            )
            .WithExample("bursar costs --currency USD --rates plan", "Everything in dollars, at the plan's rates")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    run.Speak(view);
                    var asked = new AskCosts(view).Answer(options.Read(run), cancel);
                    var answer = StandBehind.With(view, asked, cancel);
                    var isMore =
                        answer.Query.Conversion is not null
                        || answer.Query.Measure.IsQuantity
                        || answer.Query.Structure is not null
                        || answer.Query.Allocation == CostAllocation.Distributed
                        || answer.Marks.Count > 0
                        || StandBehind.IsKnown(answer);
                    if (run.Door.Format == OutputFormat.Json)
                    {
                        IReadOnlyList<Deployment> live = answer.Query.Over is null
                            ? []
                            : new FindDeployments(view).In(answer.Query, cancel);
                        run.Print(isMore ? CostTable.Record(answer, live) : CostTable.Export(answer, live));
                    }
                    else
                        run.Print(CostTable.Of(answer));
                    Tell(run, view, answer);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    /// <summary>What stands beside the figures: measure, period, totals, draft and what is missing.</summary>
    public static void Tell(ShellRun run, BooksView view, CostAnswer answer, bool tellsRates = true)
    {
        if (run.TellIfEmpty(view))
            return;
        run.TellIfDraft(answer.Draft);
        foreach (var note in answer.Notes)
            run.Note(note);
        foreach (var sentence in tellsRates ? RateFields.Sentences(answer) : [])
            run.Note(sentence);
        foreach (var sentence in StandBehind.Sentences(answer))
            run.Note(sentence);
        if (run.Door.Format != OutputFormat.Table)
            return;
        var query = answer.Query;
        if (answer.Totals.Count == 0)
            run.Note("Nothing in the books fits this question.");
        foreach (var total in answer.Totals)
            run.Note(
                $"Total {query.Measure}: {CellText.Figure(total.Amount, total.Currency.Decimals)} {total.Currency}".TrimEnd()
            );
        var days = Days(query);
        var basis =
            query.Measure == CostMeasure.BilledCost || query.Time == TimeBasis.Billing
                ? "by billing period"
                : "by the days that charges serve";
        run.Note($"{days}, {basis}; data through {answer.DataAsOf?.ToString("yyyy-MM-dd") ?? "none"}.");
    }

    private static string Days(CostQuery query) =>
        (query.From, query.To) switch
        {
            (null, null) => "All days",
            ({ } from, null) => $"{CostQueryText.WriteStart(from)} and later",
            (null, { } to) => $"Until {CostQueryText.WriteEnd(to)}",
            ({ } from, { } to) when CostQueryText.WriteStart(from) == CostQueryText.WriteEnd(to) =>
                CostQueryText.WriteEnd(to),
            ({ } from, { } to) => $"{CostQueryText.WriteStart(from)} to {CostQueryText.WriteEnd(to)}",
        };
}
