using System.CommandLine;
using System.Globalization;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Understand.Validation;
using Bursar.Understand.Validation.Output;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Understand.Deliveries;

/// <summary><c>bursar conformance</c>.</summary>
internal static class ConformanceCli
{
    public static ShellCommand Create(Shell shell)
    {
        var id = new Argument<string?>("DELIVERY")
        {
            Description = "One delivery, rule by rule: its id, or the beginning of it",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var source = new Option<string?>("--source") { Description = "Only one source", HelpName = "NAME" };
        var report = new Option<string?>("--report")
        {
            Description = "Write one delivery's report in HTML, to send to the provider",
            HelpName = "FILE",
        };
        return new ShellCommand(shell, "conformance", "How what was delivered conforms to FOCUS, period by period")
        {
            id,
            source,
            report,
        }
            .WithFormat()
            .WithExample("bursar conformance", "Rules that are broken, per source and billing period")
            .WithExample(
                "bursar conformance aws-2026-09 --report aws.html",
                "One delivery, as a report for the provider"
            )
            .Runs(
                async (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var judge = new JudgeDeliveries(workspace.Books);
                    if (run.Get(id) is { } named)
                        return await OneAsync(
                            run,
                            judge,
                            new ShowDeliveries(view).Find(named),
                            run.Get(report),
                            cancel
                        );
                    var deliveries = new ShowDeliveries(view).List(run.Get(source), all: false);
                    var judged = await run.WithProgressAsync(progress =>
                        Task.Run(() => judge.Judge(deliveries, progress, cancel), cancel)
                    );
                    Print(run, judged, deliveries.Count - judged.Count);
                    return judged.Any(delivery => delivery.Broken.Any(rule => rule.IsMandatory))
                        ? ExitCode.Findings
                        : ExitCode.Fine;
                }
            );
    }

    private static async Task<int> OneAsync(
        ShellRun run,
        JudgeDeliveries judge,
        BookedDelivery booked,
        string? html,
        CancellationToken cancel
    )
    {
        var reports = await run.WithProgressAsync(progress =>
            Task.Run(() => judge.InFull(booked, progress, cancel), cancel)
        );
        PrintReports.Print(run, reports);
        if (html is not null)
            await ReportFile.WriteAsync(html, reports, run.Io.Clock.GetUtcNow(), cancel);
        return reports.Any(one => one.HasErrors) ? ExitCode.Findings : ExitCode.Fine;
    }

    private static void Print(ShellRun run, IReadOnlyList<DeliveryConformance> judged, int converted)
    {
        if (run.Door.Format == OutputFormat.Json)
        {
            run.Print(ConformanceRecord.Of(judged));
            return;
        }
        run.Print(
            new ResultTable(
                [
                    new("delivery", ColumnKind.Whole),
                    new("focus", ColumnKind.Whole),
                    new("rows", ColumnKind.Figure),
                    new("must", ColumnKind.Figure, "MUST broken"),
                    new("should", ColumnKind.Figure, "others"),
                    new("first", ColumnKind.Text, "most rows break", Spare: true),
                ],
                [
                    .. judged.Select(delivery =>
                        (IReadOnlyList<object?>)
                            [
                                delivery.Delivery.Id,
                                string.Join(
                                    ", ",
                                    delivery.Files.Select(file => file.Conformance!.FocusVersion).Distinct()
                                ),
                                delivery.Files.Sum(file => file.Conformance!.Rows),
                                delivery.Broken.Count(rule => rule.IsMandatory),
                                delivery.Broken.Count(rule => !rule.IsMandatory),
                                delivery.Broken is [var first, ..] ? first.Id : null,
                            ]
                    ),
                ]
            )
            {
                WhenEmpty =
                    "No delivery came as FOCUS files. `bursar ingest FILE` takes one; `bursar validate FILE` judges a file first.",
            }
        );
        if (converted > 0)
            run.Note(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{converted} {(converted == 1 ? "delivery is" : "deliveries are")} left out: a mapping converted them, so they are no FOCUS files."
                )
            );
        if (judged.FirstOrDefault(delivery => delivery.Broken.Count > 0) is { } worst)
            run.Note($"Rule by rule: `bursar conformance {worst.Delivery.Id}`.");
    }
}

/// <summary>How deliveries conform, for programs.</summary>
internal static class ConformanceRecord
{
    public static ResultRecord Of(IEnumerable<DeliveryConformance> deliveries) =>
        ResultRecord.Of(("deliveries", deliveries.Select(One)));

    private static ResultRecord One(DeliveryConformance delivery) =>
        ResultRecord.Of(
            ("delivery", delivery.Delivery.Id),
            ("source", delivery.Delivery.Source),
            ("billingPeriod", delivery.Delivery.BillingPeriod),
            ("isJudged", delivery.IsJudged),
            (
                "files",
                delivery.Files.Select(file =>
                    ResultRecord.Of(
                        ("file", file.File.Name),
                        ("focusVersion", file.Conformance?.FocusVersion),
                        ("dataset", file.Conformance?.Dataset),
                        ("rows", file.Conformance?.Rows),
                        ("passed", file.Conformance?.Passed),
                        ("failed", file.Conformance?.Failed),
                        ("skipped", file.Conformance?.Skipped),
                        ("broken", file.Conformance?.Broken.Select(Broken))
                    )
                )
            )
        );

    private static ResultRecord Broken(BrokenRule rule) =>
        ResultRecord.Of(("id", rule.Id), ("keyword", rule.Keyword), ("violations", rule.Violations));
}
