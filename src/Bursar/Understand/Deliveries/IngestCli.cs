using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary><c>bursar ingest</c>.</summary>
internal static class IngestCli
{
    private const int OthersShown = 4;
    private const int UnchangedShown = 5;

    /// <param name="shell">The shell.</param>
    /// <param name="update">What the command does without files: run, the source named, --yes.</param>
    /// <param name="delivered">What is done after a delivery was booked.</param>
    public static ShellCommand Create(
        Shell shell,
        Func<ShellRun, string?, bool, CancellationToken, Task<int>> update,
        Func<ShellRun, CancellationToken, Task> delivered
    )
    {
        var names = new Argument<string[]>("FILE")
        {
            Description =
                "Files, folders or globs: FOCUS 1.0 to 1.4 or a provider's own cost export, as csv (also packed as gz or zip), json, xlsx or parquet. "
                + "Without any, every source of the rulebook that says where it comes from is brought up to date",
            Arity = ArgumentArity.ZeroOrMore,
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
        var add = new Option<bool>("--add")
        {
            Description = "Add to earlier deliveries, though the source overwrites: late rows, corrections",
        };
        var reason = new Option<string?>("--reason")
        {
            Description = "Why it is booked, or who approved it; kept with the delivery",
            HelpName = "TEXT",
        };
        var yes = new Option<bool>("--yes") { Description = "Let it count although a check would hold it" };
        return new ShellCommand(shell, "ingest", "Take provider files into the books")
        {
            IsListedFirst = true,
            Options = { source, currency, replace, add, reason, yes },
            Arguments = { names },
        }
            .WithFormat()
            .OnlyNow()
            .WithExample("bursar ingest", "Fetch what is new from every source of the rulebook")
            .WithExample("bursar ingest exports/", "Everything in a folder, as many providers and months as there are")
            .WithExample("bursar ingest 'exports/aws/*.csv.gz' --source aws", "Some files, as source aws")
            .WithExample(
                "bursar ingest 2026-09.parquet --replace",
                "The month again: it takes the place of what was there"
            )
            .Runs(
                async (run, cancel) =>
                {
                    if (run.Get(names) is not { Length: > 0 } && (run.Get(replace) || run.Get(currency) is not null))
                        throw new RefusedException(
                            "ingestion/needs-files",
                            "--replace and --currency are for files that are named.",
                            "Name the files, or leave the options away to bring all sources up to date.",
                            ExitCode.WrongUsage
                        );
                    if (run.Get(names) is not { Length: > 0 })
                    {
                        var updated = await update(run, run.Get(source), run.Get(yes), cancel);
                        await delivered(run, cancel);
                        return updated;
                    }
                    var request = new IngestRequest
                    {
                        Names = run.Get(names)!,
                        Source = run.Get(source),
                        Currency = run.Get(currency),
                        Replace = run.Get(replace),
                        Add = run.Get(add),
                        Reason = run.Get(reason),
                        Confirmed = run.Get(yes),
                    };
                    var report = await TakeAsync(run, request, cancel);
                    if (report.Deliveries.Count > 0)
                        await delivered(run, cancel);
                    return Show(run, report);
                }
            );
    }

    private static async Task<IngestReport> TakeAsync(ShellRun run, IngestRequest request, CancellationToken cancel)
    {
        using var workspace = Workspace.Create(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
        return await run.WithProgressAsync(progress =>
            Task.Run(() => new TakeDelivery(workspace, progress).Take(request, cancel), cancel)
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
        foreach (var found in report.Deliveries.SelectMany(delivery => delivery.Findings, Warning))
            run.Note(found);
        foreach (var blocked in report.Blocked)
            run.Warn(TwinWords.HowToChoose(blocked));
        foreach (var held in report.Held)
            run.Warn(HeldWords.Of(held));
        foreach (var delivery in report.Deliveries.Where(delivery => delivery.QuarantinedRows > 0))
            run.Warn(
                $"{(delivery.QuarantinedRows == 1 ? "1 row" : $"{delivery.QuarantinedRows} rows")} of {delivery.Id} in quarantine: "
                    + $"`bursar deliveries {delivery.Id}` shows the reasons."
            );
        foreach (var gap in report.Gaps)
            run.Warn(gap);
        foreach (
            var same in report.Refused.GroupBy(refused => (refused.Code, refused.Reason.Replace(refused.File, "")))
        )
            run.Warn(Refusal([.. same]));
        return report.HasFindings ? ExitCode.Findings : ExitCode.Fine;
    }

    /// <summary>What is wrong with many files in the same way is said once.</summary>
    private static string Refusal(IReadOnlyList<RefusedFile> same)
    {
        var others = same.Skip(1).Select(refused => refused.File).ToList();
        var more = others.Count switch
        {
            0 => "",
            <= OthersShown => $"The same is wrong with {string.Join(", ", others)}.\n",
            _ =>
                $"The same is wrong with {string.Join(", ", others.Take(OthersShown))} and {others.Count - OthersShown} more files.\n",
        };
        return $"error {same[0].Code}\n{same[0].Reason}\n{more}{same[0].Remedy}";
    }

    private static string Warning(Delivery delivery, DeliveryFinding found) =>
        $"{delivery.Source} {delivery.BillingPeriod}, {found.Check}: {found.Message}";

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
            ("held", forPeople ? null : report.Held.Select(DeliveryRecord.Full)),
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
                "blocked",
                forPeople
                    ? null
                    : report.Blocked.Select(blocked =>
                        ResultRecord.Of(
                            ("delivery", blocked.Id),
                            ("holdsTheChargesOf", blocked.BecauseOf),
                            ("sentence", TwinWords.HowToChoose(blocked))
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
