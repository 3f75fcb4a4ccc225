using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary><c>bursar ingest</c>.</summary>
internal static class IngestCli
{
    public static ShellCommand Create(Shell shell)
    {
        var names = new Argument<string[]>("FILE")
        {
            Description =
                "Files, folders or globs: FOCUS 1.0 to 1.4 or a provider's own cost export, as csv, csv.gz or parquet",
            Arity = ArgumentArity.OneOrMore,
        };
        var source = new Option<string?>("--source")
        {
            Description = "The source they come from (default: recognised by rulebook, or the provider's name)",
            HelpName = "NAME",
        };
        var currency = new Option<string?>("--currency")
        {
            Description = "The billing currency of files that do not say it",
            HelpName = "CODE",
        };
        var replace = new Option<bool>("--replace")
        {
            Description = "Take the place of earlier deliveries of the same period and accounts",
        };
        var yes = new Option<bool>("--yes") { Description = "Book it although a total falls by more than 5 %" };
        return new ShellCommand(shell, "ingest", "Take provider files into the books")
        {
            names,
            source,
            currency,
            replace,
            yes,
        }
            .WithFormat()
            .OnlyNow()
            .WithExample("bursar ingest exports/", "Everything in a folder, as many providers and months as there are")
            .WithExample("bursar ingest 'exports/aws/*.csv.gz' --source aws", "Some files, as source aws")
            .WithExample(
                "bursar ingest 2026-09.parquet --replace",
                "The month again: it takes the place of what was there"
            )
            .Runs(
                async (run, cancel) =>
                {
                    var request = new IngestRequest
                    {
                        Names = run.Get(names)!,
                        Source = run.Get(source),
                        Currency = run.Get(currency),
                        Replace = run.Get(replace),
                        Confirmed = run.Get(yes),
                    };
                    using var workspace = Workspace.Create(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var report = await run.WithProgressAsync(progress =>
                        Task.Run(() => new TakeDelivery(workspace, progress).Take(request, cancel), cancel)
                    );
                    return Show(run, report);
                }
            );
    }

    private static int Show(ShellRun run, IngestReport report)
    {
        run.Print(Record(report, forPeople: run.Door.Format == OutputFormat.Table));
        foreach (var same in report.Unchanged)
            run.Note($"Nothing to do for {same.Source} {same.BillingPeriod}: {same.Id} holds these files already.");
        foreach (var note in report.Notes)
            run.Note(note);
        foreach (var waiting in report.Waiting)
            run.Note(
                $"{waiting.Source} {waiting.BillingPeriod} waits: {waiting.Measure} would fall from {waiting.OldTotal} to {waiting.NewTotal}. "
                    + "If that is right, run the command again with --yes."
            );
        foreach (var delivery in report.Deliveries.Where(delivery => delivery.QuarantinedRows > 0))
            run.Note(
                $"{(delivery.QuarantinedRows == 1 ? "1 row" : $"{delivery.QuarantinedRows} rows")} of {delivery.Id} in quarantine: "
                    + $"`bursar deliveries {delivery.Id}` shows the reasons."
            );
        foreach (var refused in report.Refused)
            run.Note($"error {refused.Code}\n{refused.Reason}\n{refused.Remedy}");
        return report.HasFindings ? ExitCode.Findings : ExitCode.Fine;
    }

    private static ResultRecord Record(IngestReport report, bool forPeople) =>
        ResultRecord.Of(
            (
                "deliveries",
                report.Deliveries.Select(delivery =>
                    forPeople ? DeliveryRecord.Short(delivery) : DeliveryRecord.Full(delivery)
                )
            ),
            (
                "refused",
                report.Refused.Select(refused => ResultRecord.Of(("file", refused.File), ("reason", refused.Reason)))
            )
        );
}
