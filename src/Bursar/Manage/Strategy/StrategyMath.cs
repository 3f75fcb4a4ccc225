using Bursar.Core.Amounts;
using Bursar.Rulebooks;

namespace Bursar.Manage.Strategy;

/// <summary>The cost of the charges that are in exactly these scopes, from a day on that the weights are taken
/// of.</summary>
/// <param name="Scopes">The scopes the charges are in; none is allowed.</param>
/// <param name="Cost">Their cost, in one currency.</param>
/// <param name="Day">The first day of the charges. Cut at <see cref="StrategyMath.Breakpoints"/> where weights
/// change.</param>
internal sealed record ScopedCost(IReadOnlyCollection<string> Scopes, Amount Cost, DateOnly Day);

/// <summary>What a priority costs, and through which initiatives.</summary>
internal sealed record PrioritySpend(Priority Priority, Amount Cost, IReadOnlyList<InitiativeSpend> Initiatives);

/// <summary>The part of a priority's cost that comes through one initiative.</summary>
internal sealed record InitiativeSpend(Initiative Initiative, Amount Cost);

/// <summary>A claim that could not be served in full, for others had claimed the same cost before it.</summary>
/// <param name="Priority">The priority that claims.</param>
/// <param name="Initiative">The initiative through which it claims.</param>
/// <param name="Scopes">The scopes whose overlap, or whose weights, add up to more than there is.</param>
/// <param name="ClaimedPercent">What was claimed of that cost.</param>
/// <param name="GrantedPercent">What was left for it.</param>
/// <param name="Cost">The cost of the charges that are claimed too often.</param>
internal sealed record CappedClaim(
    string Priority,
    string Initiative,
    IReadOnlyList<string> Scopes,
    decimal ClaimedPercent,
    decimal GrantedPercent,
    Amount Cost
);

/// <summary>How spend maps to priorities. The parts and the unclaimed rest sum to the total, to the last
/// digit.</summary>
internal sealed record StrategySpend(
    Amount Total,
    IReadOnlyList<PrioritySpend> ByPriority,
    Amount Unclaimed,
    IReadOnlyList<Priority> WithoutSpend,
    IReadOnlyList<CappedClaim> Capped
)
{
    /// <summary>What some priority, of any class, claims.</summary>
    public Amount Aligned => Total - Unclaimed;

    public decimal? AlignedRatio => Aligned.ShareOf(Total);

    public decimal? UnclaimedRatio => Unclaimed.ShareOf(Total);

    public Amount Of(PriorityClass priorityClass) =>
        ByPriority
            .Where(spend => spend.Priority.Class == priorityClass)
            .Aggregate(Amount.Zero, (sum, spend) => sum + spend.Cost);
}

/// <summary>The arithmetic that ties spend to priorities (STR-01, STR-02).</summary>
/// <remarks>
/// A priority claims of a scope's cost: the initiative's weight on the scope times its weight on the priority. Charges
/// that are in several scopes may so be claimed by more than 100 %. Claims are then served in this order until nothing
/// is left: strategic, mandatory, run; within a class the priority declared first, then the initiative declared first.
/// What was cut is reported, and never an error.
/// </remarks>
internal static class StrategyMath
{
    private const string Unclaimed = "";

    /// <summary>A claim on charges: so many percent of their cost.</summary>
    private sealed record Claim(Priority Priority, Initiative Initiative, decimal Percent);

    /// <summary>Days on which a weight, a link or a priority begins or ends: cost has to be asked for between
    /// them.</summary>
    public static IReadOnlyList<DateOnly> Breakpoints(Rulebook rulebook)
    {
        var dated = rulebook
            .All<Priority>()
            .Cast<IEffectiveDated>()
            .Concat(rulebook.All<Scope>())
            .Concat(
                rulebook
                    .All<Initiative>()
                    .SelectMany(initiative => initiative.Priorities.Cast<IEffectiveDated>().Concat(initiative.Scopes))
            );
        return [.. dated.SelectMany(one => new[] { one.From, one.To }).OfType<DateOnly>().Distinct().Order()];
    }

    /// <summary>Spend by priority, of costs of one currency.</summary>
    /// <param name="costs">Costs by the set of scopes they are in; together all the cost there is.</param>
    /// <param name="rulebook">Priorities and initiatives, in the order declared.</param>
    public static StrategySpend Spend(IEnumerable<ScopedCost> costs, Rulebook rulebook)
    {
        var sums = new Dictionary<(string Priority, string Initiative), Amount>();
        var capped = new List<CappedClaim>();
        var (total, unclaimed) = (Amount.Zero, Amount.Zero);
        foreach (var cost in costs)
        {
            total += cost.Cost;
            var granted = Serve(ClaimsOn(cost, rulebook), cost, capped);
            foreach (var (key, part) in Split(cost.Cost, granted))
            {
                if (key is not { } claim)
                    unclaimed += part;
                else
                    sums[claim] = sums.GetValueOrDefault(claim) + part;
            }
        }
        var byPriority = rulebook.All<Priority>().Select(priority => SpendOf(priority, rulebook, sums)).ToList();
        var without = byPriority.Where(spend => spend.Initiatives.Count == 0).Select(spend => spend.Priority).ToList();
        return new StrategySpend(total, byPriority, unclaimed, without, Merged(capped));
    }

    /// <summary>Whether any priority claims charges that are in these scopes on that day.</summary>
    public static bool IsClaimed(IReadOnlyCollection<string> scopes, DateOnly day, Rulebook rulebook) =>
        ClaimsOn(new ScopedCost(scopes, Amount.Zero, day), rulebook).Count > 0;

    private static List<Claim> ClaimsOn(ScopedCost cost, Rulebook rulebook)
    {
        var priorities = rulebook.All<Priority>().Where(priority => priority.HoldsOn(cost.Day)).ToList();
        var initiatives = rulebook
            .All<Initiative>()
            .Where(initiative => initiative.Status != InitiativeStatus.Proposed)
            .ToList();
        var claims = new List<Claim>();
        foreach (var priority in priorities.OrderBy(priority => priority.Class))
        {
            foreach (var initiative in initiatives)
            {
                var serves = initiative
                    .Priorities.Where(link => link.Priority == priority.Name && link.HoldsOn(cost.Day))
                    .Sum(link => link.WeightPercent);
                var causes = initiative
                    .Scopes.Where(link => cost.Scopes.Contains(link.Scope) && link.HoldsOn(cost.Day))
                    .Sum(link => link.WeightPercent);
                if (serves * causes > 0)
                    claims.Add(new Claim(priority, initiative, serves * causes / 100));
            }
        }
        return claims;
    }

    /// <summary>Serves claims in order until 100 % are given away.</summary>
    private static List<Claim> Serve(List<Claim> claims, ScopedCost cost, List<CappedClaim> capped)
    {
        var granted = new List<Claim>();
        var left = 100m;
        foreach (var claim in claims)
        {
            var percent = Math.Min(claim.Percent, left);
            if (percent < claim.Percent)
            {
                capped.Add(
                    new CappedClaim(
                        claim.Priority.Name,
                        claim.Initiative.Name,
                        [.. cost.Scopes.Order(StringComparer.Ordinal)],
                        claim.Percent,
                        percent,
                        cost.Cost
                    )
                );
            }
            if (percent > 0)
                granted.Add(claim with { Percent = percent });
            left -= percent;
        }
        return granted;
    }

    private static IEnumerable<((string Priority, string Initiative)? Claim, Amount Part)> Split(
        Amount cost,
        List<Claim> granted
    )
    {
        var weights = granted.ConvertAll(claim =>
            KeyValuePair.Create(claim.Priority.Name + "/" + claim.Initiative.Name, Amount.From(claim.Percent))
        );
        var rest = weights.Aggregate(Amount.From(100), (left, weight) => left - weight.Value);
        weights.Add(new(Unclaimed, rest));
        var parts = LargestRemainder.Split(cost, weights, Amount.Scale);
        for (var i = 0; i < parts.Count; i++)
            yield return (
                i < granted.Count ? (granted[i].Priority.Name, granted[i].Initiative.Name) : null,
                parts[i].Value
            );
    }

    private static PrioritySpend SpendOf(
        Priority priority,
        Rulebook rulebook,
        Dictionary<(string Priority, string Initiative), Amount> sums
    )
    {
        var initiatives = rulebook
            .All<Initiative>()
            .Where(initiative => sums.ContainsKey((priority.Name, initiative.Name)))
            .Select(initiative => new InitiativeSpend(initiative, sums[(priority.Name, initiative.Name)]))
            .ToList();
        return new PrioritySpend(
            priority,
            initiatives.Aggregate(Amount.Zero, (sum, spend) => sum + spend.Cost),
            initiatives
        );
    }

    /// <summary>The same cut on several days is told once, with the cost of all of them.</summary>
    private static IReadOnlyList<CappedClaim> Merged(List<CappedClaim> capped) =>
        [
            .. capped
                .GroupBy(claim =>
                    (
                        claim.Priority,
                        claim.Initiative,
                        string.Join('\n', claim.Scopes),
                        claim.ClaimedPercent,
                        claim.GrantedPercent
                    )
                )
                .Select(same =>
                    same.First() with
                    {
                        Cost = same.Aggregate(Amount.Zero, (sum, claim) => sum + claim.Cost),
                    }
                ),
        ];
}
