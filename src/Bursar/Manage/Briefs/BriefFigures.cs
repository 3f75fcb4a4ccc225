using Bursar.Understand.Reporting;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Manage.Briefs;

/// <summary>The figures of a brief that are the answer to one question each, and so can be compared with other
/// reports.</summary>
internal static class BriefFigures
{
    public static IReadOnlyList<IssuedFigure> Of(Brief brief, BooksView view, CancellationToken cancel)
    {
        var ask = new AskCosts(view);
        var figures = new List<IssuedFigure>();
        foreach (var figure in brief.Figures)
        {
            if (
                figure is not { Amount: { } amount, Questions: [{ By.Count: 0, Over: null, Top: null } asked] }
                || asked.Period is not { } period
            )
                continue;
            // A figure that was computed of its question (a saving, a change) is no total of it.
            var total = ask.Answer(asked, cancel).Totals.FirstOrDefault(one => one.Currency == amount.Currency).Amount;
            if (total == amount.Amount && !amount.Amount.IsZero)
                figures.Add(
                    IssuedQuestion.Figure(view.Lens.Over(asked), period, amount, brief.Sequence, brief.IsDraft)
                );
        }
        return [.. figures.DistinctBy(figure => (string.Join('\u0001', figure.Where), figure.From, figure.To))];
    }
}
