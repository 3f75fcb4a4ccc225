using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Bursar.Cli;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Books;
using Bursar.Web.Addresses;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>The budgets of a month, and of which months they speak.</summary>
/// <param name="Month">The month.</param>
/// <param name="IsWhole">Whether the books hold its charges to the last day.</param>
/// <param name="Statuses">Each budget that speaks of the month.</param>
/// <param name="Months">The newest months of charges that a budget speaks of, the newest first.</param>
internal sealed record BudgetReview(
    BillingPeriod Month,
    bool IsWhole,
    IReadOnlyList<BudgetStatus> Statuses,
    IReadOnlyList<BillingPeriod> Months
)
{
    private const int MonthsShown = 6;

    /// <summary>What owners are called.</summary>
    public required OwnerTitles Owners { get; init; }

    /// <summary>Every budget there is, whatever it speaks of.</summary>
    public required BudgetBook Book { get; init; }

    /// <summary>
    /// The budgets of a month, the newest whole one when none is asked; null when the books are empty.
    /// </summary>
    public static BudgetReview? Of(BooksView view, BillingPeriod? asked, CancellationToken cancel)
    {
        if (view.Deliveries.Count == 0)
            return null;
        var month = asked ?? ReportSubject.NewestWholeMonth(view);
        var book = new BudgetBook(view);
        var charged = view.Deliveries.Select(booked => booked.Delivery.BillingPeriod).ToHashSet();
        return new BudgetReview(
            month,
            ReportSubject.IsWhole(month, view),
            new CheckBudgets(view, new AskCosts(view)).Of(month, cancel),
            [
                .. book
                    .Budgets.SelectMany(budget => book.PlanOf(budget).Months)
                    .Distinct()
                    .Where(charged.Contains)
                    .OrderDescending()
                    .Take(MonthsShown),
            ]
        )
        {
            Owners = new OwnerTitles(view.Rulebook),
            Book = book,
        };
    }
}

/// <summary>Reviews the budgets of a month ("2026-09", null is the newest whole one), for a page or the API.</summary>
internal delegate Task<BudgetReview?> ReviewBudgets(
    CostQuestion question,
    string? month,
    CancellationToken cancellationToken
);

/// <summary>The year of every budget, for the page.</summary>
/// <param name="Paces">Where each stands.</param>
/// <param name="Cases">What is exceeded, and what is done about it.</param>
/// <param name="Unused">What will very probably not be needed.</param>
/// <param name="Waiting">Changes that wait for approval.</param>
internal sealed record BudgetYears(
    IReadOnlyList<BudgetPace> Paces,
    IReadOnlyList<OverageCase> Cases,
    IReadOnlyList<UnusedFunds> Unused,
    IReadOnlyList<BudgetRevision> Waiting
)
{
    /// <summary>A page waits so long for forecasts that nobody has made yet.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly ConditionalWeakTable<BooksState, ConcurrentDictionary<string, Task<BudgetYears?>>> Making =
    [];

    /// <summary>Whether forecasts are being made, so that figures that rest on them are missing.</summary>
    public bool IsPending { get; private init; }

    /// <summary>The years with their forecasts, or without, when those take long; they are there later.</summary>
    public static async Task<BudgetYears?> InTimeAsync(BooksView view, CancellationToken cancel)
    {
        var all = Making.GetOrCreateValue(view.State);
        var key = $"{view.Rulebook.Hash} {view.Today:yyyy-MM-dd}";
        if (all.TryGetValue(key, out var made) && made.IsCompletedSuccessfully)
            return await made;
        // What is known at once comes first: forecasts take every core there is.
        var known = await Task.Run(() => Of(view, cancel, withForecast: false), cancel);
        var making = all.GetOrAdd(key, _ => Begin(view));
        try
        {
            return await making.WaitAsync(Patience, view.Clock, cancel);
        }
        catch (TimeoutException)
        {
            return known is null ? null : known with { IsPending = true };
        }
        finally
        {
            if (making.IsFaulted)
                all.TryRemove(key, out _);
        }
    }

    /// <summary>On a thread of its own, so that readers of other pages need not wait for one.</summary>
    private static Task<BudgetYears?> Begin(BooksView view) =>
        Task.Factory.StartNew(
            () => Of(view, CancellationToken.None),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    public static BudgetYears? Of(BooksView view, CancellationToken cancel, bool withForecast = true)
    {
        if (view.Deliveries.Count == 0)
            return null;
        var pace = new PaceOfBudgets(view, withForecast);
        var paces = pace.All(null, cancel);
        return new BudgetYears(
            paces,
            OverageCases.Of(pace.Book, BudgetBreaches.Of(paces)),
            UnusedFunds.Of(paces),
            [.. pace.Book.Log.Revisions.Where(one => one.State == RevisionState.Waiting)]
        );
    }
}

/// <summary>The years of all budgets, as of a moment; null without charges.</summary>
internal delegate Task<BudgetYears?> ReviewYear(string? asOf, CancellationToken cancellationToken);

/// <summary>What an owner answers for, as of a moment.</summary>
internal delegate Task<OwnersView> ReviewOwner(string? asOf, string owner, CancellationToken cancellationToken);

/// <summary>Gives the pages and the API their use case.</summary>
internal static class BudgetPages
{
    public static void Add(IServiceCollection services, Func<string?, BooksView> view)
    {
        services.AddSingleton<ViewOfBudgets>(asOf => view(asOf));
        services.AddSingleton<ReviewYear>((asOf, cancel) => Task.Run(() => BudgetYears.Of(view(asOf), cancel), cancel));
        services.AddSingleton<ReviewOwner>(
            (asOf, owner, cancel) => Task.Run(() => OwnersView.Of(view(asOf), owner, cancel), cancel)
        );
        services.AddSingleton<ReviewBudgets>(
            (question, month, cancel) =>
                Task.Run(
                    () =>
                        BudgetReview.Of(
                            view(question.AsOf).Through(new Lens(question.Query.Conversion, question.Query.Structure)),
                            TimeText.Month(month),
                            cancel
                        ),
                    cancel
                )
        );
    }
}
