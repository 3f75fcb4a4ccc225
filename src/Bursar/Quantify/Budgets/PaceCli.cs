using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;

namespace Bursar.Quantify.Budgets;

/// <summary><c>bursar budgets pace</c> and what else looks at a budget's year.</summary>
internal static class PaceCli
{
    public static IEnumerable<ShellCommand> All(Shell shell) =>
        [Pace(shell), Show(shell), Breaches(shell), Unused(shell), Owner(shell), Log(shell)];

    private static ShellCommand Pace(Shell shell)
    {
        var through = Through();
        return new ShellCommand(
            shell,
            "pace",
            "How fast each budget is used, where its year lands, when nothing is left"
        )
        {
            through,
        }
            .WithFormat()
            .WithExample("bursar budgets pace", "Burn, estimate at completion, chance of a breach, run-out date")
            .WithExample("bursar budgets pace --through 2026-08-31 --format json", "As if only August were over")
            .Runs(
                (run, cancel) =>
                    run.Seen(view =>
                    {
                        var paces = new PaceOfBudgets(view).All(TimeText.Day(run.Get(through)), cancel);
                        run.Print(PaceTables.Pace(paces));
                        Tell(run, PaceTables.Notes(paces));
                    })
            );
    }

    private static ShellCommand Show(Shell shell)
    {
        var name = Name();
        var through = Through();
        return new ShellCommand(
            shell,
            "show",
            "One budget: its periods, versions, holdbacks, and what was done about it"
        )
        {
            name,
            through,
        }
            .WithFormat()
            .WithExample("bursar budgets show technology", "Month by month, with the change log")
            .Runs(
                (run, cancel) =>
                    run.Seen(view =>
                    {
                        var pace = new PaceOfBudgets(view);
                        var budget = pace.Book.Require(run.Get(name)!);
                        if (pace.Of(budget, TimeText.Day(run.Get(through)), cancel) is not { } found)
                        {
                            run.Print(PaceTables.Versions(pace.Book, budget));
                            run.Note($"{budget.Name} does not speak of the year of the newest charges.");
                            return;
                        }
                        run.Print(PaceTables.Record(found, pace.Book, run.Door.Format == OutputFormat.Table));
                        Tell(run, PaceTables.Notes([found]));
                    })
            );
    }

    private static ShellCommand Breaches(Shell shell) =>
        new ShellCommand(
            shell,
            "breaches",
            "Budgets that are exceeded, or whose forecast is, and what is done about them"
        )
            .WithFormat()
            .WithExample("bursar budgets breaches", "With the step of the workflow that is due")
            .Runs(
                (run, cancel) =>
                    run.Seen(view =>
                    {
                        var breaches = BudgetBreaches.Of(view, cancel);
                        var cases = OverageCases.Of(new BudgetBook(view), breaches);
                        run.Print(
                            run.Door.Format == OutputFormat.Table
                                ? ResultRecord.Of(
                                    ("breaches", PaceTables.Breaches(breaches, withSentence: false)),
                                    ("workflow", PaceTables.Cases(cases))
                                )
                                : ResultRecord.Of(
                                    ("breaches", PaceTables.Breaches(breaches).Records()),
                                    ("workflow", PaceTables.Cases(cases).Records())
                                )
                        );
                        foreach (var breach in breaches)
                            run.Note(breach.Sentence);
                    })
            );

    private static ShellCommand Unused(Shell shell) =>
        new ShellCommand(
            shell,
            "unused",
            "Budgets with money that will very probably not be needed, and how to give it back"
        )
            .WithFormat()
            .WithExample("bursar budgets unused", "What is left even if nine of ten years were cheaper")
            .Runs(
                (run, cancel) =>
                    run.Seen(view =>
                    {
                        var unused = UnusedFunds.Of(new PaceOfBudgets(view).All(null, cancel));
                        run.Print(PaceTables.Unused(unused));
                        foreach (var one in unused.Take(3))
                            run.Note(
                                $"To give it back: bursar budgets reclaim {one.Pace.Budget.Name} --period {one.Period} --amount {one.Unused} --reason \"…\""
                            );
                    })
            );

    private static ShellCommand Owner(Shell shell)
    {
        var owner = new Argument<string>("OWNER") { Description = "Who answers for the budgets" };
        return new ShellCommand(
            shell,
            "owner",
            "What one owner answers for: budget, forecast, commitments, actual, unit cost"
        )
        {
            owner,
        }
            .WithFormat()
            .WithExample("bursar budgets owner head-of-infrastructure", "On one screen")
            .Runs(
                (run, cancel) =>
                    run.Seen(view =>
                    {
                        var found = OwnersView.Of(view, run.Get(owner)!, cancel);
                        run.Print(OwnerTables.Record(found, run.Door.Format == OutputFormat.Table));
                        Tell(run, PaceTables.Notes(found.Budgets));
                    })
            );
    }

    private static ShellCommand Log(Shell shell) =>
        new ShellCommand(shell, "log", "Every version of every budget: what changed, why, who agreed, what waits")
            .WithFormat()
            .WithExample("bursar budgets log", "The change log")
            .Runs(
                (run, _) =>
                    run.Seen(view =>
                    {
                        var book = new BudgetBook(view);
                        run.Print(PaceTables.Versions(book, book.Budgets));
                    })
            );

    private static void Tell(ShellRun run, IEnumerable<string> notes)
    {
        foreach (var note in notes)
            run.Note(note);
    }

    private static Argument<string> Name() => new("BUDGET") { Description = "The budget" };

    private static Option<string?> Through() =>
        new("--through")
        {
            Description = "Spend up to this day counts (default: the newest whole day)",
            HelpName = "DAY",
        };
}
