using Bursar.Rulebooks;
using Bursar.Understand.Allocation;
using Bursar.Understand.Allocation.SharedCosts;

namespace Bursar.Workspaces;

/// <summary>A rulebook, and the first day of the charges that it holds for.</summary>
internal sealed record RulesTurn(DateOnly From, Rulebook Rulebook);

/// <summary>
/// The rules of a view. Rulebooks may hold one after the other; each charge has the rules of its own day.
/// </summary>
/// <param name="Turns">By day; the first holds from the beginning of time.</param>
/// <param name="Allocation">All of them, made ready for charges.</param>
internal sealed record RulesInTurn(IReadOnlyList<RulesTurn> Turns, CompiledAllocation Allocation)
{
    public RulesInTurn(Rulebook rulebook, CompiledAllocation allocation)
        : this([new RulesTurn(DateOnly.MinValue, rulebook)], allocation) { }

    /// <summary>The rulebook that holds for the charges of a day.</summary>
    public Rulebook On(DateOnly day) => Turns.Last(turn => turn.From <= day).Rulebook;

    /// <summary>The shared costs of all of them, each for the days of its rulebook.</summary>
    /// <param name="structure">The day whose rulebook holds for all days; null when each day has its own.</param>
    public IReadOnlyList<SharedCost> Pools(DateOnly? structure) =>
        structure is { } day
            ?
            [
                .. On(day)
                    .Pools()
                    .Where(pool => pool.Benefit is null || pool.HoldsOn(day))
                    .Select(pool => pool with { From = null, To = null }),
            ]
            :
            [
                .. Turns
                    .Zip(Turns.Skip(1).Select(turn => (DateOnly?)turn.From).Append(null))
                    .SelectMany(pair =>
                        pair.First.Rulebook.Pools().Select(pool => Within(pool, pair.First.From, pair.Second))
                    ),
            ];

    private static SharedCost Within(SharedCost pool, DateOnly from, DateOnly? to) =>
        pool with
        {
            From =
                pool.From > from ? pool.From
                : from == DateOnly.MinValue ? null
                : from,
            To = pool.To < to || to is null ? pool.To : to,
        };
}
