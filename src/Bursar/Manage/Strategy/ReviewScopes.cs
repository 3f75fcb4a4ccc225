using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Rulebooks;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Manage.Strategy;

/// <summary>All scopes of a period, as of a moment; null where there is no month with charges.</summary>
internal delegate Task<ScopesReview?> ReadScopes(
    string? asOf,
    BillingPeriod? month,
    CancellationToken cancellationToken
);

/// <summary>A scope: where it is in its life, what it costs, who uses it.</summary>
/// <param name="Scope">How it is declared.</param>
/// <param name="State">Where it is in its life at the end of the period.</param>
/// <param name="Profile">How it is reported, the organisation's defaults filled in.</param>
/// <param name="Costs">All its cost, by currency, whatever else holds the same charges.</param>
/// <param name="Elsewhere">The part of it that another scope holds too, each row once.</param>
/// <param name="UsedBy">What refers to it: initiatives, budgets, decisions, and statements issued of late.</param>
/// <param name="IsUnused">It is in use, and nobody has used it for the agreed time.</param>
internal sealed record ReviewedScope(
    Scope Scope,
    ScopeState State,
    ScopeProfile Profile,
    IReadOnlyList<Money> Costs,
    IReadOnlyList<Money> Elsewhere,
    IReadOnlyList<string> UsedBy,
    bool IsUnused
);

/// <summary>What two scopes hold both.</summary>
internal sealed record ScopeOverlap(string One, string Other, Money Cost);

/// <summary>All cost of one currency, each row once.</summary>
/// <param name="Total">Of the organisation.</param>
/// <param name="InScopes">In one scope or more, each row once.</param>
/// <param name="Together">The scopes' own totals added up: rows in two scopes count twice.</param>
internal sealed record ScopeTotals(Money Total, Amount InScopes, Amount Together)
{
    public Amount InNone => Total.Amount - InScopes;

    /// <summary>What adding up the scopes would count again.</summary>
    public Amount CountedAgain => Together - InScopes;
}

/// <summary>All scopes of a month.</summary>
internal sealed record ScopesReview(
    BillingPeriod Month,
    CostMeasure Measure,
    IReadOnlyList<ReviewedScope> Scopes,
    IReadOnlyList<ScopeOverlap> Overlaps,
    IReadOnlyList<ScopeTotals> Totals,
    int UnusedDays,
    bool IsDraft,
    DateOnly? DataAsOf
);

/// <summary>
/// Reviews the scopes: life, cost, and what they hold together. A scope's total is all it holds; the organisation's
/// counts each row once (SCP-02).
/// </summary>
internal sealed class ReviewScopes(BooksView view)
{
    /// <summary>The kind of issued document that shows that a scope is used, and how its file is called.</summary>
    public const string StatementKind = "statement";

    private readonly ILookup<string, Declaration> references = FindReferences.To(nameof(Scope), view.Rulebook);

    /// <param name="asked">The month; null is the newest whole one.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <returns>The review; null without charges.</returns>
    public ScopesReview? Of(BillingPeriod? asked, CancellationToken cancel)
    {
        if (ReportSubject.DataThrough(view) is null)
            return null;
        var month = asked ?? ReportSubject.NewestWholeMonth(view);
        var measure = ReportSubject.Measure(view);
        var costs = new MapSpend(view, new AskCosts(view), measure).Costs(DateRange.Of(month), cancel);
        var scopes = view.Rulebook.All<Scope>().OrderBy(scope => scope.Name, StringComparer.Ordinal).ToList();
        var unusedDays = Defaults(view.Rulebook).UnusedDays;
        return new ScopesReview(
            month,
            measure,
            [.. scopes.Select(scope => Reviewed(scope, month.End.AddDays(-1), costs, unusedDays))],
            [.. Overlaps(scopes, costs)],
            [.. Totals(costs).OrderByDescending(total => total.Total.Currency.Code == view.Rulebook.ReportingCurrency)],
            unusedDays,
            view.IsDraft,
            view.DataThrough
        );
    }

    /// <summary>How a scope is reported: its own profile over the organisation's.</summary>
    public static ScopeProfile Profile(Scope? scope, Rulebook rulebook)
    {
        var (own, defaults) = (scope?.Profile, Defaults(rulebook).Profile);
        return new ScopeProfile
        {
            Detail = own?.Detail ?? defaults.Detail ?? ReportDetail.Usual,
            RefreshDays = own?.RefreshDays ?? defaults.RefreshDays,
            ChangePercent = own?.ChangePercent ?? defaults.ChangePercent,
        };
    }

    /// <summary>How the file of a scope's statement begins.</summary>
    public static string FileStart(string scope) => $"{StatementKind}-scope-{scope}-2";

    private static ScopeDefaults Defaults(Rulebook rulebook) =>
        rulebook.All<ScopeDefaults>().FirstOrDefault() ?? new ScopeDefaults { Name = "default" };

    private ReviewedScope Reviewed(
        Scope scope,
        DateOnly day,
        IReadOnlyList<(ScopedCost Cost, Currency Currency)> costs,
        int unusedDays
    )
    {
        var usedBy = references[scope.Name]
            .Select(document => $"{document.Kind} {document.Name}")
            .Concat(Issued(scope, unusedDays))
            .ToList();
        var isYoung = scope.From is { } from && view.Today.DayNumber - from.DayNumber < unusedDays;
        return new ReviewedScope(
            scope,
            scope.On(day),
            Profile(scope, view.Rulebook),
            ByCurrency(costs.Where(cost => cost.Cost.Scopes.Contains(scope.Name))),
            ByCurrency(costs.Where(cost => cost.Cost.Scopes.Count > 1 && cost.Cost.Scopes.Contains(scope.Name))),
            usedBy,
            usedBy.Count == 0 && !isYoung && scope.IsInUse(day)
        );
    }

    private IEnumerable<string> Issued(Scope scope, int days)
    {
        var start = FileStart(scope.Name);
        return view
            .State.IssuedDocuments.Where(issued =>
                issued.Document.Kind == StatementKind
                && Path.GetFileName(issued.Document.Path).StartsWith(start, StringComparison.Ordinal)
                && view.Today.DayNumber - DateOnly.FromDateTime(issued.IssuedAt.UtcDateTime).DayNumber <= days
            )
            .Select(issued => issued.Document.Id);
    }

    private static IEnumerable<ScopeOverlap> Overlaps(
        List<Scope> scopes,
        IReadOnlyList<(ScopedCost Cost, Currency Currency)> costs
    ) =>
        from one in scopes
        from other in scopes
        where string.CompareOrdinal(one.Name, other.Name) < 0
        from same in costs
            .Where(cost => cost.Cost.Scopes.Contains(one.Name) && cost.Cost.Scopes.Contains(other.Name))
            .GroupBy(cost => cost.Currency)
            .OrderBy(same => same.Key)
        select new ScopeOverlap(one.Name, other.Name, new Money(Sum(same), same.Key));

    private static IEnumerable<ScopeTotals> Totals(IReadOnlyList<(ScopedCost Cost, Currency Currency)> costs) =>
        costs
            .GroupBy(cost => cost.Currency)
            .OrderBy(same => same.Key)
            .Select(same => new ScopeTotals(
                new Money(Sum(same), same.Key),
                Sum(same.Where(cost => cost.Cost.Scopes.Count > 0)),
                Sum(same.SelectMany(cost => cost.Cost.Scopes.Select(_ => cost)))
            ));

    private static List<Money> ByCurrency(IEnumerable<(ScopedCost Cost, Currency Currency)> costs) =>
        [
            .. costs
                .GroupBy(cost => cost.Currency)
                .OrderBy(same => same.Key)
                .Select(same => new Money(Sum(same), same.Key)),
        ];

    private static Amount Sum(IEnumerable<(ScopedCost Cost, Currency Currency)> costs) =>
        costs.Aggregate(Amount.Zero, (sum, cost) => sum + cost.Cost.Cost);
}
