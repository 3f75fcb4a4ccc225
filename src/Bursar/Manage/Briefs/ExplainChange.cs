using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Briefs;

/// <summary>
/// Finds why a month cost more or less than the one before. Every charge counts for one reason only, so the reasons net
/// out.
/// </summary>
internal sealed class ExplainChange(BriefFacts facts)
{
    private const int DriversMax = 5;

    /// <summary>A movement below this part of all movement is no reason to be named.</summary>
    private const decimal MovementMin = 0.04m;

    /// <summary>The reasons; null when there is no whole month before to compare with.</summary>
    public ChangeExplained? Explain()
    {
        if (facts.Before is not { } before || !facts.IsWhole)
            return null;
        var change = facts.Total - before;
        var lapsed = new FindLapsedDiscounts(facts).Find();
        var ended = new FindEndedCredits(facts).Find(lapsed.Rest);
        var movements = Movements.Of(facts, ended.Rest);
        var spikes = new FindSpikes(facts).Find(movements, ended.Rest, change);
        List<ChangeDriver> stories = [.. lapsed.Drivers, .. ended.Drivers, .. spikes];
        stories = [.. stories.OrderByDescending(driver => driver.Change.Abs()).Take(DriversMax - 1)];
        var places = movements.Without(spikes.Where(stories.Contains)).Drivers(DriversMax - stories.Count, MovementMin);
        var drivers = stories.Concat(places).OrderByDescending(driver => driver.Change.Abs());
        // Reasons that go the way of the whole come first: they answer "why".
        return new ChangeExplained(
            change,
            [.. drivers.OrderByDescending(driver => driver.Change.IsNegative == change.IsNegative)]
        );
    }
}

/// <summary>Reasons found, and the conditions of the charges that are still to be explained.</summary>
internal sealed record FoundDrivers(IReadOnlyList<ChangeDriver> Drivers, IReadOnlyList<CostFilter> Rest);
