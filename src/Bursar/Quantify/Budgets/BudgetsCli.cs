using System.CommandLine;
using Bursar.Cli;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Understand.Reporting;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary><c>bursar budgets</c>.</summary>
internal static class BudgetsCli
{
    private static readonly ResultColumn[] Columns =
    [
        new("budget"),
        new("owner", Spare: true),
        new("measure", ColumnKind.Whole, Spare: true),
        new("currency", ColumnKind.Whole),
        new("amount", ColumnKind.Figure, "Budget"),
        new("spent", ColumnKind.Figure, "Spent"),
        new("over", ColumnKind.Figure, "Over"),
        new("overPercent", ColumnKind.Figure, "Over, %"),
    ];

    public static ShellCommand Create(Shell shell)
    {
        var month = new Option<string?>("--month")
        {
            Description = "The month, 2026-09 (default: the newest whole one)",
            HelpName = "MONTH",
        };
        var lens = new LensOptions();
        var command = new ShellCommand(shell, "budgets", "What was spent in a month against each budget") { month };
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
                    run.Print(
                        new ResultTable(Columns, [.. statuses.Select(Row)])
                        {
                            WhenEmpty = $"No budget speaks of {asked}.",
                        }
                    );
                    if (view.IsDraft)
                        run.Note("DRAFT: these figures rest on rules that are not published (`bursar publish`).");
                    foreach (var note in statuses.SelectMany(Notes).Distinct())
                        run.Note(note);
                    var through = view.Lens.ToString() is { Length: > 0 } words ? ", " + words : "";
                    run.Note($"{asked}{through}; data through {ReportSubject.DataThrough(view):yyyy-MM-dd}.");
                    return Task.FromResult(ExitCode.Fine);
                }
            );
    }

    private static IReadOnlyList<object?> Row(BudgetStatus status) =>
        [
            status.Budget.Name,
            status.Budget.Owner,
            status.Budget.Measure.ToString(),
            status.Currency.Code,
            new Money(status.Amount, status.Currency),
            new Money(status.Spent, status.Currency),
            new Money(status.Over, status.Currency),
            status.OverRatio is { } ratio ? decimal.Round(ratio * 100, 2, MidpointRounding.AwayFromZero) : null,
        ];

    private static IEnumerable<string> Notes(BudgetStatus status)
    {
        if (status.Note is { } note)
            yield return note;
        foreach (var money in status.LeftOut)
            yield return $"{status.Budget.Name}: another {Display.Full(money)} ({money.Currency}) was spent and is in no "
                + $"figure of {status.Currency}; --currency brings together what has rates.";
    }
}
