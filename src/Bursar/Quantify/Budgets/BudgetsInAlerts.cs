using Bursar.Core.Amounts;
using Bursar.Quantify.UnitEconomics;
using Bursar.Understand.Anomalies.Alerts;
using Bursar.Web.Addresses;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>What an alert of budgets tells: each breach, actual or expected (BUD-03, BUD-07).</summary>
internal static class BudgetsInAlerts
{
    /// <summary>What alerts are about besides anomalies.</summary>
    public static AlertSources Sources { get; } = new(Find, UnitsInAlerts.Find);

    public static IReadOnlyList<AlertItem> Find(BooksView view, CancellationToken cancel) =>
        view.Rulebook.All<Budget>().Any() && view.Deliveries.Count > 0
            ? [.. BudgetBreaches.Of(view, cancel).Select(Item)]
            : [];

    private static AlertItem Item(BudgetBreach breach) =>
        new(
            breach.Key,
            breach.Kind == BreachKind.Actual
                ? $"{breach.Budget.Title} is exceeded in {breach.Period}"
                : $"{breach.Budget.Title} will probably be exceeded in {breach.Period}",
            breach.Sentence,
            breach.Budget.Owner,
            new Money(breach.Over, breach.Pace.Currency),
            $"Say what is done about it: bursar budgets overage {breach.Budget.Name} --period {breach.Period} --reason TEXT.",
            WebAddress.With("/budgets", "budget", breach.Budget.Name),
            PaceTables.Breaches([breach]).Records().Single()
        );
}
