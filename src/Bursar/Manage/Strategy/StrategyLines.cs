using Bursar.Core.Amounts;
using Bursar.Rulebooks;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Strategy;

/// <summary>
/// Writes what a priority costs as lines: priority, initiative, scope, each with the question that opens it.
/// </summary>
internal sealed class StrategyLines(Rulebook rulebook, Amount total, CostQuery whole, IReadOnlyList<ScopedCost> scoped)
{
    public PriorityLine Of(PrioritySpend spend, IReadOnlyList<Amount> trend, decimal? change)
    {
        var initiatives = spend.Initiatives.Select(part => Of(part)).ToList();
        var behind = initiatives is [var only] && only.Line.Spend == spend.Cost ? only.Line.Behind : null;
        return new PriorityLine(
            Line(Title(spend.Priority), spend.Cost, behind),
            spend.Priority.Class,
            OwnerName(spend.Priority.Owner),
            trend,
            change,
            initiatives
        );
    }

    public string Title(Priority priority) => priority.DisplayName ?? priority.Name;

    public IReadOnlyList<ClaimCap> Caps(IReadOnlyList<CappedClaim> capped) =>
        [
            .. capped
                .GroupBy(claim => string.Join(", ", claim.Scopes.Select(ScopeTitle)))
                .Select(same => new ClaimCap(
                    same.Key,
                    1 + (same.Sum(claim => claim.ClaimedPercent - claim.GrantedPercent) / 100),
                    [.. same.Select(claim => TitleOf(claim.Priority)).Distinct()],
                    same.Aggregate(
                        Amount.Zero,
                        (sum, claim) => sum + claim.Cost.Times((claim.ClaimedPercent - claim.GrantedPercent) / 100)
                    )
                )),
        ];

    /// <summary>The name that people read of an owner's id.</summary>
    public string? OwnerName(string? id) =>
        id is null
            ? null
            : rulebook
                .All<Organisation>()
                .SelectMany(organisation => organisation.Owners)
                .FirstOrDefault(owner => owner.Id == id)
                ?.Name
                ?? id;

    private InitiativeLine Of(InitiativeSpend spend)
    {
        var links = spend
            .Initiative.Scopes.Where(link => CostOf(link.Scope) != Amount.Zero)
            .DistinctBy(link => link.Scope)
            .ToList();
        var scopes = Parts(spend.Cost, links)
            .Zip(
                links,
                (part, link) =>
                    new ScopeLine(
                        Line(ScopeTitle(link.Scope), part, Behind(link.Scope, part)),
                        link.WeightPercent / 100
                    )
            )
            .ToList();
        var behind = scopes is [var only] ? only.Line.Behind : null;
        return new InitiativeLine(
            Line(spend.Initiative.DisplayName ?? spend.Initiative.Name, spend.Cost, behind),
            scopes
        );
    }

    /// <summary>The cost that comes through each scope: in proportion to what the initiative claims of it.</summary>
    private IReadOnlyList<Amount> Parts(Amount cost, List<ScopeLink> links)
    {
        if (links.Count == 0)
            return [];
        var weights = links.ConvertAll(link =>
            KeyValuePair.Create(link.Scope, CostOf(link.Scope).Abs().Times(link.WeightPercent / 100))
        );
        if (weights.TrueForAll(weight => weight.Value.IsZero))
            return [.. links.Select(_ => Amount.Zero)];
        return [.. LargestRemainder.Split(cost, weights, Amount.Scale).Select(part => part.Value)];
    }

    private Amount CostOf(string scope) =>
        scoped.Where(cost => cost.Scopes.Contains(scope)).Aggregate(Amount.Zero, (sum, cost) => sum + cost.Cost);

    /// <summary>The question of the scope, where it gives exactly this cost.</summary>
    private CostQuery? Behind(string scope, Amount cost) =>
        cost == CostOf(scope) && rulebook.Find<Scope>(scope) is { } declared
            ? whole with
            {
                By = ["ServiceName"],
                Where = declared.Charges.ToFilters(),
            }
            : null;

    private SpendLine Line(string title, Amount cost, CostQuery? behind) =>
        new(title, cost, cost.ShareOf(total), behind);

    private string TitleOf(string priority) =>
        rulebook.Find<Priority>(priority) is { } declared ? Title(declared) : priority;

    private string ScopeTitle(string scope) => rulebook.Find<Scope>(scope)?.DisplayName ?? scope;
}
