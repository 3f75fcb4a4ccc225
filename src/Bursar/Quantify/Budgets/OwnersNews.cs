using Bursar.Core.Amounts;
using Bursar.Manage.Chargeback;
using Bursar.Manage.Chargeback.Digests;
using Bursar.Understand.Anomalies;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>What budgets and anomalies have to say to an owner.</summary>
internal sealed class OwnersNews : IOwnersNews
{
    public IReadOnlyList<string> Budgets(BooksView view, Digest digest, CancellationToken cancel) =>
        BudgetsInDigests.Say(view, digest, cancel);

    /// <summary>The largest open anomaly, else the worst breach of a budget.</summary>
    public (string Says, CostQuery? Behind)? Urgent(BooksView view, string owner, CancellationToken cancel) =>
        Anomaly(view, owner, cancel) ?? Breach(view, owner, cancel);

    private static (string, CostQuery?)? Anomaly(BooksView view, string owner, CancellationToken cancel)
    {
        var mine = (new FindAnomalies(view).Of(null, cancel)?.Open ?? [])
            .Where(one => one.Owner == owner && one.Excess > Amount.Zero)
            .ToList();
        if (mine is not [var worst, ..])
            return null;
        var others = mine.Count > 1 ? $" {Display.Count(mine.Count, "anomaly is", "anomalies are")} open in all." : "";
        return (
            $"Say what {worst.Title} is ({AnomalyRecord.Word(worst.Kind)}): {AnomalyPages.Sentence(worst)}{others}",
            AnomalyPages.Timeline(worst)
        );
    }

    private static (string, CostQuery?)? Breach(BooksView view, string owner, CancellationToken cancel)
    {
        var pace = new PaceOfBudgets(view);
        var mine = pace.Book.Budgets.Where(budget => budget.Owner == owner);
        var breaches = BudgetBreaches.Of(mine.Select(budget => pace.Of(budget, null, cancel)).OfType<BudgetPace>());
        return breaches.Count > 0 ? (breaches[0].Sentence, null) : null;
    }
}
