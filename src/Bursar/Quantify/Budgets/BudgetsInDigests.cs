using Bursar.Manage.Chargeback.Digests;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>What a digest says of the budgets of its owner or scope.</summary>
internal static class BudgetsInDigests
{
    /// <summary>Each breach with the step that is due; that there is none, where there is none.</summary>
    public static IReadOnlyList<string> Say(BooksView view, Digest digest, CancellationToken cancel)
    {
        var pace = new PaceOfBudgets(view);
        var mine = pace
            .Book.Budgets.Where(budget =>
                digest.Owner is { } owner ? budget.Owner == owner : budget.Scope == digest.Scope
            )
            .ToList();
        if (mine.Count == 0)
            return ["No budget is declared for it."];
        var breaches = BudgetBreaches.Of(mine.Select(budget => pace.Of(budget, null, cancel)).OfType<BudgetPace>());
        if (breaches.Count == 0)
            return
            [
                mine.Count == 1
                    ? $"{mine[0].Title} is kept, and its forecast keeps it."
                    : $"All {Display.Count(mine.Count)} budgets are kept, and their forecasts keep them.",
            ];
        var cases = OverageCases.Of(pace.Book, breaches);
        return [.. breaches.Select(breach => breach.Sentence + Due(cases, breach))];
    }

    private static string Due(IReadOnlyList<OverageCase> cases, BudgetBreach breach) =>
        cases.FirstOrDefault(one => one.Budget.Name == breach.Budget.Name && one.Period == breach.Period)?.Next
            is { } next
            ? $" Due: {DecideBudgets.Word(next)}."
            : "";
}
