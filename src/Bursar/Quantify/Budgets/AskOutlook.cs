using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>Asks the forecast what a budget is expected to cost.</summary>
internal static class AskOutlook
{
    public static (BudgetOutlook? Outlook, string? Why) Of(
        BooksView view,
        Budget budget,
        DateOnly? knownThrough,
        DateOnly last,
        CancellationToken cancel
    ) => (null, "there is no forecast");
}
