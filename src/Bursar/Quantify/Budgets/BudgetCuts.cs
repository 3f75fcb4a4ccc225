using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Arrival;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Books;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>Up to which day what was spent under a budget is known: as far as the providers in it have
/// delivered.</summary>
internal static class BudgetCuts
{
    /// <summary>A state of the books never changes; the rules may be a draft, so they are part of the key.</summary>
    private static readonly ConditionalWeakTable<BooksState, ConcurrentDictionary<string, DateOnly>> Known = [];

    /// <summary>The day; of a budget without cost in the last weeks, that of all providers together.</summary>
    public static DateOnly Of(BooksView view, Budget budget, DateOnly newest, CancellationToken cancel)
    {
        var known = Known.GetOrCreateValue(view.State);
        var key = $"{view.Rulebook.Hash} {view.Lens} {budget.Name}";
        if (known.TryGetValue(key, out var day))
            return day;
        var plain = view.Through(view.Lens with { Conversion = null });
        var window = new DateRange(newest.AddDays(1 - ArrivalCurves.WindowDays), newest.AddDays(1));
        var parts = new SpendOfBudgets(plain, new AskCosts(plain)).ByProvider(budget, window, cancel);
        var curves = ArrivalCurves.Of(view, cancel);
        return known[key] = parts.Any(part => part.Cost > Amount.Zero)
            ? curves.ReachesThrough(parts)
            : curves.ReachesThrough();
    }
}
