using System.CommandLine;
using Bursar.Cli;
using Bursar.Core.Diagnostics;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies;

/// <summary><c>bursar anomalies</c>: the list, and one in full.</summary>
internal static class AnomaliesCli
{
    public static ShellCommand Create(Shell shell)
    {
        var since = Since();
        return new ShellCommand(shell, "anomalies", "Cost that is not what it was: where, since when, how much, whose")
        {
            since,
            Show(shell),
            AnomalyDecisionsCli.Acknowledge(shell),
            AnomalyDecisionsCli.Escalate(shell),
            AnomalyDecisionsCli.Resolve(shell),
            AnomalyDecisionsCli.Missed(shell),
        }
            .WithFormat()
            .WithExample("bursar anomalies", "What began in the last 90 days, the largest first")
            .WithExample("bursar anomalies --since 2026-01-01 --format json", "For programs, with drivers and shares")
            .Runs(
                (run, cancel) =>
                {
                    var review = Ask(run, run.Get(since), cancel);
                    if (run.Door.Format == OutputFormat.Json)
                        run.Print(AnomalyRecord.Of(review));
                    else
                        run.Print(AnomalyRecord.Table(review));
                    if (review.IsDraft)
                        run.Note("DRAFT: these figures rest on rules that are not published (`bursar publish`).");
                    run.Note(AnomalyRecord.Basis(review));
                    if (AnomalyRecord.QualityWords(review.Quality) is { } words)
                        run.Note(words);
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ShellCommand Show(Shell shell)
    {
        var (id, since) = (Id(), Since());
        return new ShellCommand(shell, "show", "One anomaly: what carries it, day by day, and what was decided")
        {
            id,
            since,
        }
            .WithFormat()
            .WithExample("bursar anomalies show a3f9a1c07", "Its drivers, its days beside what was expected")
            .Runs(
                (run, cancel) =>
                {
                    var items = Ask(run, run.Get(since), cancel).Items;
                    var anomaly = DecideAnomaly.Named(items, run.Get(id)!);
                    run.Print(AnomalyRecord.Full(anomaly, forPeople: run.Door.Format == OutputFormat.Table));
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static AnomalyReview Ask(ShellRun run, string? since, CancellationToken cancel)
    {
        var from = Day(since);
        using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
        return new FindAnomalies(workspace.View(run.Door.AsOf, run.Door.Draft)).Of(from, cancel)
            ?? throw new RefusedException(
                "reporting/no-data",
                "Nothing has been delivered yet, so there is nothing to report.",
                "Take in a provider's export: bursar ingest FILE."
            );
    }

    /// <summary>A day as people write it; null is null.</summary>
    public static DateOnly? Day(string? text) =>
        text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day
        : throw new RefusedException(
            "anomalies/bad-day",
            $"\"{text}\" is no day.",
            "Write it as 2026-01-31.",
            ExitCode.WrongUsage
        );

    public static Argument<string> Id() =>
        new("ID") { Description = "An anomaly, as `bursar anomalies` shows it, or its beginning" };

    public static Option<string?> Since() =>
        new("--since")
        {
            Description = "Anomalies that began on or after this day (default: 90 days before the newest)",
            HelpName = "DAY",
        };
}
