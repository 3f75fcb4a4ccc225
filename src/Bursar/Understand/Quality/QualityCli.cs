using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Understand.Deliveries;
using Bursar.Workspaces;

namespace Bursar.Understand.Quality;

/// <summary><c>bursar quality</c>.</summary>
internal static class QualityCli
{
    public static ShellCommand Create(Shell shell)
    {
        var month = TimeText.MonthOption("The month whose cost is looked at");
        return new ShellCommand(
            shell,
            "quality",
            "How good the data is: trust, filled fields, freshness, held deliveries"
        )
        {
            month,
        }
            .WithFormat()
            .WithExample("bursar quality", "The newest whole month")
            .WithExample("bursar quality --month 2026-09 --format json", "September, for a program")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    var report = new ReviewQuality(view).Of(run.Get(month), cancel);
                    run.Print(run.Door.Format == OutputFormat.Table ? ForPeople(report) : QualityRecords.Of(report));
                    run.TellIfDraft(view.IsDraft);
                    foreach (var held in report.Held)
                        run.Note(HeldWords.Of(held.Delivery));
                    return Task.FromResult(
                        report.Held.Count > 0 || report.Sources.Any(source => source.Breach is not null)
                            ? ExitCode.Findings
                            : ExitCode.Fine
                    );
                }
            );
    }

    private static ResultRecord ForPeople(QualityReport report)
    {
        var all = report.Fields.First(fill => fill is { Source: null, Field: ReviewQuality.AllSeven });
        return ResultRecord.Of(
            ("month", report.Month.ToString()),
            ("dataAsOf", report.DataAsOf),
            ("trust", TrustCli.Score(report.Trust)),
            ("completeByCost", QualityRecords.Percent(all.ByCost)),
            ("completeByRows", QualityRecords.Percent(all.ByRows)),
            ("filledFieldsByCost", QualityRecords.FillTable(report)),
            ("worstAccounts", report.WorstAccounts.Select(QualityRecords.Account)),
            ("freshness", QualityRecords.FreshnessTable(report))
        );
    }
}
