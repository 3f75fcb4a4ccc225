using System.CommandLine;
using System.Globalization;
using Bursar.Cli;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies;

/// <summary><c>bursar anomalies acknowledge</c>, <c>escalate</c>, <c>resolve</c> and <c>missed</c>.</summary>
internal static class AnomalyDecisionsCli
{
    private static readonly string[] Categories = ["true", "planned", "false", "data"];

    public static ShellCommand Acknowledge(Shell shell)
    {
        var (id, since) = (AnomaliesCli.Id(), AnomaliesCli.Since());
        return new ShellCommand(shell, "acknowledge", "Say that somebody looks at an anomaly") { id, since }
            .WithFormat()
            .OnlyNow()
            .WithExample("bursar anomalies acknowledge a3f9a1c07", "It stays listed, and people see that it is known")
            .Runs(
                (run, cancel) =>
                    Decide(run, (decide, day) => decide.Acknowledge(run.Get(id)!, day, cancel), run.Get(since))
            );
    }

    public static ShellCommand Escalate(Shell shell)
    {
        var (id, since, cause) = (AnomaliesCli.Id(), AnomaliesCli.Since(), Cause());
        var to = new Option<string>("--to")
        {
            Description = "Who shall look at it",
            HelpName = "WHOM",
            Required = true,
        };
        return new ShellCommand(shell, "escalate", "Ask somebody else to look at an anomaly") { id, to, cause, since }
            .WithFormat()
            .OnlyNow()
            .WithExample(
                "bursar anomalies escalate a3f9a1c07 --to head-of-digital --cause \"no answer for two days\"",
                "Whose it is now, and why"
            )
            .Runs(
                (run, cancel) =>
                    Decide(
                        run,
                        (decide, day) => decide.Escalate(run.Get(id)!, run.Get(to)!, run.Get(cause)!, day, cancel),
                        run.Get(since)
                    )
            );
    }

    public static ShellCommand Resolve(Shell shell)
    {
        var (id, since, cause) = (AnomaliesCli.Id(), AnomaliesCli.Since(), Cause());
        var category = new Option<string>("--as")
        {
            Description = "What it was: true, planned, false, or data (a defect of the data)",
            HelpName = "CATEGORY",
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
                    var was = Enum.Parse<AnomalyCategory>(asked, ignoreCase: true);
                    return Decide(
                        run,
                        (decide, day) => decide.Resolve(run.Get(id)!, was, run.Get(cause)!, day, cancel),
                        run.Get(since)
                    );
                }
            );
    }

    public static ShellCommand Missed(Shell shell)
    {
        var (what, cause) = (new Argument<string>("WHAT") { Description = "What cost more, in words" }, Cause());
        var since = new Option<string>("--since")
        {
            Description = "Its first day",
            HelpName = "DAY",
            Required = true,
        };
        var excess = new Option<string>("--excess")
        {
            Description = "What it cost beyond what was expected",
            HelpName = "AMOUNT",
            Required = true,
        };
        var currency = new Option<string>("--currency")
        {
            Description = "The currency of the amount",
            HelpName = "CODE",
            Required = true,
        };
        return new ShellCommand(shell, "missed", "Write down an event that was not told: recall counts it")
        {
            what,
            since,
            excess,
            currency,
            cause,
        }
            .WithFormat()
            .OnlyNow()
            .WithExample(
                "bursar anomalies missed \"test database\" --since 2026-09-03 --excess 4200 --currency USD --cause \"left on\"",
                "People saw it first"
            )
            .Runs(
                (run, _) =>
                {
                    if (
                        !decimal.TryParse(
                            run.Get(excess),
                            NumberStyles.AllowDecimalPoint,
                            CultureInfo.InvariantCulture,
                            out var amount
                        )
                        || amount <= 0
                    )
                        throw new RefusedException(
                            "anomalies/bad-amount",
                            $"\"{run.Get(excess)}\" is no amount above zero.",
                            "Write digits and a point: 4200.50.",
                            ExitCode.WrongUsage
                        );
                    var code = new Currency(run.Get(currency)!.ToUpper(CultureInfo.InvariantCulture));
                    return Decide(
                        run,
                        (decide, day) =>
                            decide.Missed(
                                run.Get(what)!,
                                day!.Value,
                                new Money(Amount.From(amount), code),
                                run.Get(cause)!
                            ),
                        run.Get(since)
                    );
                }
            );
    }

    private static Task<int> Decide(
        ShellRun run,
        Func<DecideAnomaly, DateOnly?, MadeAnomalyDecision> decide,
        string? since
    )
    {
        var day = AnomaliesCli.Day(since);
        using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
        if (run.TellIfEmpty(workspace.View(run.Door.AsOf, run.Door.Draft)))
            return Task.FromResult(ExitCode.Fine);
        var made = decide(new DecideAnomaly(workspace, workspace.View(draft: run.Door.Draft)), day);
        run.Print(AnomalyRecord.Decision(made));
        return Task.FromResult(ExitCode.Fine);
    }

    private static Option<string> Cause() =>
        new("--cause")
        {
            Description = "Why, for whoever asks later",
            HelpName = "TEXT",
            Required = true,
        };
}
