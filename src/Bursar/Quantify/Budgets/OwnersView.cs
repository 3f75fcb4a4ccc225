using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Manage.Contracts;
using Bursar.Quantify.UnitEconomics;
using Bursar.Understand.Reporting;
using Bursar.Workspaces;

namespace Bursar.Quantify.Budgets;

/// <summary>A promise to a supplier that its owner answers for.</summary>
internal sealed record OwnedCommitment(ReviewedContract Contract, ReviewedYear Year)
{
    public Amount? Counted => Year.Settled?.Counted;

    /// <summary>What is promised and not yet spent.</summary>
    public Amount? Open => Year.Settled is { } settled ? Max(Year.Committed - settled.Counted) : null;

    private static Amount Max(Amount amount) => amount < Amount.Zero ? Amount.Zero : amount;
}

/// <summary>
/// What somebody answers for, on one screen: budget, forecast, commitments, actual, unit cost (BUD-06).
/// </summary>
/// <param name="Owner">Who.</param>
/// <param name="Budgets">The budgets, with what was spent and where they land.</param>
/// <param name="Commitments">What is promised to suppliers in the current contract years.</param>
/// <param name="Units">What one unit costs.</param>
internal sealed record OwnersView(
    string Owner,
    IReadOnlyList<BudgetPace> Budgets,
    IReadOnlyList<OwnedCommitment> Commitments,
    IReadOnlyList<UnitReview> Units
)
{
    /// <summary>What owners are called.</summary>
    public required OwnerTitles Owners { get; init; }

    /// <summary>What this one is called.</summary>
    public string Title => Owners.Of(Owner);

    /// <summary>Everybody who answers for a budget.</summary>
    public static IReadOnlyList<string> All(BooksView view) =>
        [.. view.Rulebook.All<Budget>().Select(budget => budget.Owner).OfType<string>().Distinct().Order()];

    /// <exception cref="RefusedException">Nobody of that name answers for anything here.</exception>
    public static OwnersView Of(BooksView view, string owner, CancellationToken cancel)
    {
        var pace = new PaceOfBudgets(view);
        var mine = pace.Book.Budgets.Where(budget => budget.Owner == owner).ToList();
        var scopes = mine.Select(budget => budget.Scope).OfType<string>().ToHashSet();
        var contracts = view.Rulebook.All<Contract>().Where(contract => contract.Owner == owner).ToList();
        var metrics = view
            .Rulebook.All<UnitMetric>()
            .Where(metric => metric.Owner == owner || (metric.Scope is { } scope && scopes.Contains(scope)))
            .ToList();
        if (mine.Count == 0 && contracts.Count == 0 && metrics.Count == 0)
            throw new RefusedException(
                "budgets/unknown-owner",
                $"\"{owner}\" answers for no budget, contract or unit metric.{DidYouMean.Question(owner, All(view))}",
                "Owners of budgets are " + string.Join(", ", All(view)) + ".",
                exitCode: 2
            );
        var month = ReportSubject.NewestWholeMonth(view);
        var units = new MeasureUnits(view);
        return new OwnersView(
            owner,
            [.. mine.Select(budget => pace.Of(budget, null, cancel)).OfType<BudgetPace>()],
            Promised(view, contracts, cancel),
            [.. metrics.Select(metric => units.Of(metric, month, cancel))]
        )
        {
            Owners = new OwnerTitles(view.Rulebook),
        };
    }

    private static IReadOnlyList<OwnedCommitment> Promised(
        BooksView view,
        List<Contract> contracts,
        CancellationToken cancel
    )
    {
        if (contracts.Count == 0)
            return [];
        var names = contracts.Select(contract => contract.Name).ToHashSet();
        var day = view.DataThrough ?? view.Today;
        return
        [
            .. from contract in ReviewContracts.Of(view, day, cancel)
            where contract.Origin == "rulebook" && contract.Description is { } name && names.Contains(name)
            from year in contract.Years
            where year.From <= day && day < year.To
            select new OwnedCommitment(contract, year),
        ];
    }
}
