using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary><c>bursar ingest</c>.</summary>
internal static class IngestCli
{
    private const int UnchangedShown = 5;

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
        var reason = new Option<string?>("--reason")
        {
            Description = "Why it is booked, or who approved it; kept with the delivery",
            HelpName = "TEXT",
        };
        var yes = new Option<bool>("--yes") { Description = "Book it although a total falls by more than 5 %" };
        return new ShellCommand(shell, "ingest", "Take provider files into the books")
        {
            names,
            source,
            currency,
            replace,
            reason,
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
                        Reason = run.Get(reason),
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
        var forPeople = run.Door.Format == OutputFormat.Table;
        if (!forPeople || report.Deliveries.Count > 0)
            run.Print(Record(report, forPeople));
        TellUnchanged(run, report.Unchanged);
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
        foreach (var gap in report.Gaps)
            run.Note(gap);
        foreach (var refused in report.Refused)
            run.Note($"error {refused.Code}\n{refused.Reason}\n{refused.Remedy}");
        return report.HasFindings ? ExitCode.Findings : ExitCode.Fine;
    }

    /// <summary>What was in the books before, so that nobody takes it for lost.</summary>
    private static void TellUnchanged(ShellRun run, IReadOnlyList<UnchangedFile> unchanged)
    {
        var deliveries = unchanged.DistinctBy(file => file.Delivery).ToList();
        if (deliveries.Count > UnchangedShown)
        {
            var files = unchanged.Select(file => file.File).Distinct().Count();
            run.Note(
                $"Nothing to do for {files} {(files == 1 ? "file" : "files")}: "
                    + $"{deliveries.Count} deliveries hold what is in them already."
            );
            return;
        }
        foreach (var same in deliveries)
            run.Note(
                $"Nothing to do for {same.Source} {same.BillingPeriod}: {same.Delivery} holds these files already."
            );
    }

    private static ResultRecord Record(IngestReport report, bool forPeople) =>
        ResultRecord.Of(
            (
                "deliveries",
                forPeople ? DeliveryTable.OfNew(report.Deliveries) : report.Deliveries.Select(DeliveryRecord.Full)
            ),
            (
                "unchanged",
                forPeople
                    ? null
                    : report.Unchanged.Select(file =>
                        ResultRecord.Of(
                            ("file", file.File),
                            ("source", file.Source),
                            ("billingPeriod", file.BillingPeriod),
                            ("delivery", file.Delivery)
                        )
                    )
            ),
            (
                "refused",
                forPeople
                    ? null
                    : report.Refused.Select(refused =>
                        ResultRecord.Of(("file", refused.File), ("reason", refused.Reason))
                    )
            )
        );
}
