using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Diagnostics;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies;

/// <summary><c>bursar anomalies</c>, <c>acknowledge</c> and <c>resolve</c>.</summary>
internal static class AnomaliesCli
{
    private static readonly string[] Categories = ["true", "planned", "false", "data"];

    public static ShellCommand Create(Shell shell)
    {
        var since = Since();
        return new ShellCommand(shell, "anomalies", "Cost that is not what it was: where, since when, how much, whose")
        {
            since,
            Acknowledge(shell),
            Resolve(shell),
        }
            .WithFormat()
            .WithExample("bursar anomalies", "What began in the last 90 days, the largest first")
            .WithExample("bursar anomalies --since 2026-01-01 --format json", "For programs, with drivers and shares")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft);
                    if (new FindAnomalies(view).Of(Day(run.Get(since)), cancel) is not { } review)
                        throw NothingDelivered();
                    if (run.Door.Format == OutputFormat.Json)
                        run.Print(AnomalyRecord.Of(review));
                    else
                        run.Print(AnomalyRecord.Table(review));
                    if (review.IsDraft)
                        run.Note("DRAFT: these figures rest on rules that are not published (`bursar publish`).");
                    run.Note(
                        $"{review.SeriesCount} series were looked at. Below {string.Join(" and ", review.Floors.Select(floor => $"{floor.Amount.RoundedTo(0)} {floor.Currency}"))} nothing is told."
                    );
                    if (AnomalyRecord.QualityWords(review.Quality) is { } words)
                        run.Note(words);
                    return Task.FromResult(ExitCode.Fine);
                }
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

    private static RefusedException NothingDelivered() =>
        new(
            "reporting/no-data",
            "Nothing has been delivered yet, so there is nothing to report.",
            "Take in a provider's export: bursar ingest FILE."
        );

    private static ShellCommand Acknowledge(Shell shell)
    {
        var (id, since) = (Id(), Since());
        return new ShellCommand(shell, "acknowledge", "Say that somebody looks at an anomaly") { id, since }
            .WithFormat()
            .OnlyNow()
            .WithExample("bursar anomalies acknowledge a3f9a1c07", "It stays on the list, and people see that it is known")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var decide = new DecideAnomaly(workspace, workspace.View(draft: run.Door.Draft));
                    run.Print(
                        AnomalyRecord.Decision(decide.Acknowledge(run.Get(id)!, Day(run.Get(since)), cancel))
                    );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static ShellCommand Resolve(Shell shell)
    {
        var (id, since) = (Id(), Since());
        var category = new Option<string>("--as")
        {
            Description = "What it was: true, planned, false, or data (a defect of the data)",
            HelpName = "CATEGORY",
            Required = true,
        };
        var cause = new Option<string>("--cause")
        {
            Description = "Why, for whoever asks later",
            HelpName = "TEXT",
            Required = true,
        };
        return new ShellCommand(shell, "resolve", "Say what an anomaly was; \"false\" makes its place harder to alert")
        {
            id,
            category,
            cause,
            since,
        }
            .WithFormat()
            .OnlyNow()
            .WithExample(
                "bursar anomalies resolve a3f9a1c07 --as true --cause \"the savings plan lapsed\"",
                "A resolution in the journal"
            )
            .Runs(
                (run, cancel) =>
                {
                    var asked = run.Get(category)!;
                    if (!Categories.Contains(asked))
                        throw new RefusedException(
                            "anomalies/unknown-category",
                            $"\"{asked}\" is no category.",
                            $"Write one of {string.Join(", ", Categories)}.",
                            ExitCode.WrongUsage
                        );
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var decide = new DecideAnomaly(workspace, workspace.View(draft: run.Door.Draft));
                    run.Print(
                        AnomalyRecord.Decision(
                            decide.Resolve(
                                run.Get(id)!,
                                Enum.Parse<AnomalyCategory>(asked, ignoreCase: true),
                                run.Get(cause)!,
                                Day(run.Get(since)),
                                cancel
                            )
                        )
                    );
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static Argument<string> Id() =>
        new("ID") { Description = "An anomaly, as `bursar anomalies` shows it, or its beginning" };

    private static Option<string?> Since() =>
        new("--since")
        {
            Description = "Anomalies that began on or after this day (default: 90 days before the newest)",
            HelpName = "DAY",
        };
}
