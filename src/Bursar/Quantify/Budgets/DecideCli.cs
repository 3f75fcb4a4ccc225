using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>Commands by which people decide about budgets; each writes one entry into the journal.</summary>
internal static class DecideCli
{
    public static IEnumerable<ShellCommand> All(Shell shell) =>
        [
            Move(shell, HoldbackWay.Release),
            Move(shell, HoldbackWay.Reclaim),
            Overage(shell),
            Rebudget(shell),
            Rule(shell, isApproved: true),
            Rule(shell, isApproved: false),
        ];

    private static ShellCommand Move(Shell shell, HoldbackWay way)
    {
        var isRelease = way == HoldbackWay.Release;
        var name = Name();
        var level = new Option<string?>("--level")
        {
            Description = "The level of the holdback (default: the first)",
            HelpName = "NAME",
        };
        var period = new Option<string>("--period")
        {
            Description = "The month, quarter or year: 2026-10",
            HelpName = "PERIOD",
            Required = true,
        };
        var amount = Amount(required: true);
        var by = By(
            isRelease ? "Who releases it: the one whom releasedBy: of the level names" : "Who takes it back, by role"
        );
        var reason = Reason();
        var word = isRelease ? "release" : "reclaim";
        return new ShellCommand(
            shell,
            word,
            isRelease
                ? "Let money be spent that was held back"
                : "Take money back: a release, or funds that nobody will use"
        )
        {
            name,
            level,
            period,
            amount,
            by,
            reason,
        }
            .OnlyNow()
            .WithFormat()
            .WithExample(
                isRelease
                    ? "bursar budgets release claims-ai --period 2026-10 --amount 20000 --by head-of-claims-automation --reason \"second pilot\""
                    : "bursar budgets reclaim frankfurt-move --period 2026-10 --amount 20000 --reason \"one crew is enough\"",
                "One entry in the journal"
            )
            .Runs(
                (run, _) =>
                    Decided(
                        run,
                        (decide, _) =>
                        {
                            var fact = decide.Move(
                                run.Get(name)!,
                                way,
                                run.Get(level),
                                run.Get(period)!,
                                Read(run.Get(amount))!.Value,
                                run.Get(by),
                                run.Get(reason)!
                            );
                            run.Print(
                                ResultRecord.Of(
                                    ("budget", fact.Budget),
                                    ("level", fact.Level),
                                    ("period", fact.Period),
                                    ("way", word),
                                    ("amount", fact.Amount),
                                    ("by", fact.By),
                                    ("reason", fact.Reason)
                                )
                            );
                        }
                    )
            );
    }

    private static ShellCommand Overage(Shell shell)
    {
        var name = Name();
        var period = new Option<string?>("--period")
        {
            Description = "The month or year that is exceeded (default: the one that is)",
            HelpName = "PERIOD",
        };
        var step = Choice.OptionalOption<OverageStep>("--step", "Which step (default: the one that is due)");
        var outcome = Choice.Option("--outcome", "How it ended", OverageOutcome.Begun);
        var amount = Amount(required: false);
        var by = By("Who releases or decides: a decision, and a level with releasedBy:, need it");
        var reason = Reason();
        return new ShellCommand(
            shell,
            "overage",
            "Say what was done about an exceeded budget: investigate, optimise, holdback, higher holdback, decision"
        )
        {
            name,
            period,
            step,
            outcome,
            amount,
            by,
            reason,
        }
            .OnlyNow()
            .WithFormat()
            .WithExample(
                "bursar budgets overage technology --outcome not-enough --reason \"the savings plan lapsed\"",
                "Ends the step that is due; the next one is due then"
            )
            .Runs(
                (run, cancel) =>
                    Decided(
                        run,
                        (decide, _) =>
                        {
                            var found = decide.Step(
                                run.Get(name)!,
                                run.Get(period),
                                run.Get(step),
                                run.Get(outcome),
                                Read(run.Get(amount)),
                                run.Get(by),
                                run.Get(reason)!,
                                cancel
                            );
                            run.Print(PaceTables.Steps(found.Steps));
                            run.Note(
                                found.Next is { } next
                                    ? $"{found.Budget.Title}, {found.Period}: {PaceTables.State(found)}; due is {DecideBudgets.Word(next)}."
                                    : $"{found.Budget.Title}, {found.Period}: {PaceTables.State(found)}."
                            );
                        }
                    )
            );
    }

    private static ShellCommand Rebudget(Shell shell)
    {
        var name = Name();
        var from = new Option<string>("--from")
        {
            Description = "The first month that changes",
            HelpName = "MONTH",
            Required = true,
        };
        var months = new Option<int>("--months")
        {
            Description = "How many months (default: 12)",
            HelpName = "N",
            DefaultValueFactory = _ => 12,
        };
        var version = ImportCli.Version("rolling MONTH");
        var assume = ImportCli.Assume();
        var approver = ImportCli.Approver();
        var reason = Reason();
        return new ShellCommand(shell, "rebudget", "Budget the months to come anew, as the forecast expects them")
        {
            name,
            from,
            months,
            version,
            assume,
            approver,
            reason,
        }
            .OnlyNow()
            .WithFormat()
            .WithExample(
                "bursar budgets rebudget technology --from 2026-11 --reason \"rolling forecast\"",
                "It waits until somebody approves it"
            )
            .Runs(
                (run, cancel) =>
                    Decided(
                        run,
                        (decide, _) =>
                        {
                            var change = decide.Rolling(
                                run.Get(name)!,
                                TimeText.Month(run.Get(from))!.Value,
                                Math.Clamp(run.Get(months), 1, 60),
                                run.Get(version),
                                run.Get(reason)!,
                                run.Get(assume) ?? [],
                                cancel
                            );
                            var seq = decide.Revise([change], run.Get(approver));
                            ImportCli.Say(run, [change], seq, run.Get(approver));
                        }
                    )
            );
    }

    private static ShellCommand Rule(Shell shell, bool isApproved)
    {
        var entry = new Argument<long>("ENTRY")
        {
            Description = "The journal entry of the change: `bursar budgets log`",
        };
        var budget = new Option<string?>("--budget")
        {
            Description = "Only this one of its budgets (default: all)",
            HelpName = "NAME",
        };
        var by = new Option<string>("--by")
        {
            Description = "Who decides: an owner of the organisation",
            HelpName = "OWNER",
            Required = true,
        };
        var reason = Reason();
        var word = isApproved ? "approve" : "reject";
        return new ShellCommand(
            shell,
            word,
            isApproved ? "Put a change of a budget in force" : "Decide that a change of a budget never counts"
        )
        {
            entry,
            budget,
            by,
            reason,
        }
            .OnlyNow()
            .WithFormat()
            .WithExample(
                $"bursar budgets {word} 214 --by chief-operating-officer --reason \"as discussed on 2 October\"",
                "One entry in the journal"
            )
            .Runs(
                (run, _) =>
                    Decided(
                        run,
                        (decide, workspace) =>
                        {
                            var ruled = decide.Rule(
                                run.Get(entry),
                                run.Get(budget),
                                isApproved,
                                run.Get(by)!,
                                run.Get(reason)!
                            );
                            var book = new BudgetBook(workspace.View(draft: run.Door.Draft));
                            run.Print(
                                PaceTables.Versions(book, [.. ruled.Select(one => book.Require(one.Fact.Budget))])
                            );
                        }
                    )
            );
    }

    internal static Task<int> Decided(ShellRun run, Action<DecideBudgets, Workspace> decide)
    {
        using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
        var view = workspace.View(draft: run.Door.Draft);
        decide(new DecideBudgets(workspace, view), workspace);
        return Task.FromResult(ExitCode.Fine);
    }

    internal static Option<string> Reason() =>
        new("--reason")
        {
            Description = "Why, for whoever asks later",
            HelpName = "TEXT",
            Required = true,
        };

    private static Option<string?> By(string description) =>
        new("--by") { Description = description, HelpName = "OWNER" };

    private static Argument<string> Name() => new("BUDGET") { Description = "The budget" };

    private static Option<string?> Amount(bool required) =>
        new("--amount")
        {
            Description = "How much, in the budget's currency",
            HelpName = "AMOUNT",
            Required = required,
        };

    private static Amount? Read(string? text) =>
        text is null ? null
        : AmountText.TryRead(text, out var amount, out _) == AmountReading.Exact ? amount
        : throw new RefusedException(
            "budgets/bad-amount",
            $"\"{text}\" is not an amount.",
            "Write digits with a point for decimals: 20000 or 1999.50.",
            ExitCode.WrongUsage
        );
}
