using Bursar.Cli;
using Bursar.Understand.Reporting;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary><c>bursar budgets</c>.</summary>
internal static class BudgetsCli
{
    public static ShellCommand Create(Shell shell)
    {
        var month = TimeText.MonthOption();
        var lens = new LensOptions();
        var command = new ShellCommand(shell, "budgets", "What was spent in a month against each budget") { month };
        foreach (var sub in PaceCli.All(shell).Concat(DecideCli.All(shell)).Concat(ImportCli.All(shell)))
            command.Subcommands.Add(sub);
        return lens.AddTo(command)
            .WithFormat()
            .WithVocabulary()
            .WithExample("bursar budgets", "The newest whole month, each budget in its own currency")
            .WithExample("bursar budgets --currency EUR", "In euros, spend at the rates of its days")
            .Runs(
                (run, cancel) =>
                {
                    using var workspace = Workspace.Open(run.Door.Books, run.Door.Rulebook, run.Io.Clock);
                    var view = workspace.View(run.Door.AsOf, run.Door.Draft).Through(lens.Read(run));
                    run.Speak(view);
                    var asked = TimeText.Month(run.Get(month)) ?? ReportSubject.NewestWholeMonth(view);
                    var statuses = new CheckBudgets(view, new AskCosts(view)).Of(asked, cancel);
                    run.Print(BudgetTables.Of(statuses, asked));
                    run.TellIfDraft(view.IsDraft);
                    foreach (var note in BudgetTables.Notes(statuses))
                        run.Note(note);
                    var through = view.Lens.ToString() is { Length: > 0 } words ? ", " + words : "";
                    run.Note($"{asked}{through}; data through {ReportSubject.DataThrough(view):yyyy-MM-dd}.");
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }
}
