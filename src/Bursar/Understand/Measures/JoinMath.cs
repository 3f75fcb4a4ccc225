using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Measures;

/// <summary>A resource in a time with its cost and its measure; null where one of the two is missing.</summary>
/// <param name="ResourceId">The resource.</param>
/// <param name="Period">The start of the time; null over the whole period.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="Value">What was measured, in the unit of the series.</param>
internal sealed record JoinedRow(string ResourceId, DateOnly? Period, Amount? Cost, Amount? Value)
{
    /// <summary>Cost per unit; null without both, or where nothing was measured.</summary>
    public decimal? CostPerUnit => Cost is { } cost && Value is { } value ? PerUnit.Of(cost, value) : null;
}

/// <summary>Cost and measure of one currency, and how much of each found the other.</summary>
/// <param name="Currency">The currency.</param>
/// <param name="Rows">Those that have both first, the largest cost first.</param>
/// <param name="TotalCost">All cost of the question, that without a resource too.</param>
/// <param name="JoinedCost">The part whose resource was measured in the same time.</param>
/// <param name="TotalPoints">Resources and times that were measured.</param>
/// <param name="JoinedPoints">Those of them that cost something.</param>
internal sealed record CostJoin(
    Currency Currency,
    IReadOnlyList<JoinedRow> Rows,
    Amount TotalCost,
    Amount JoinedCost,
    long TotalPoints,
    long JoinedPoints
)
{
    /// <summary>The part of the cost that is explained by the measure.</summary>
    public decimal? CostJoinRatio => JoinedCost.ShareOf(TotalCost);

    /// <summary>The part of what was measured that has a cost.</summary>
    public decimal? PointJoinRatio => TotalPoints == 0 ? null : (decimal)JoinedPoints / TotalPoints;
}

/// <summary>Lays cost and measure of the same resource and time side by side.</summary>
internal static class JoinMath
{
    /// <param name="costs">Cost by ResourceId, of several currencies perhaps.</param>
    /// <param name="values">The measure by ResourceId, at the same grain.</param>
    public static IReadOnlyList<CostJoin> Join(IReadOnlyList<CostRow> costs, IReadOnlyList<SeriesRow> values)
    {
        var measured = values
            .Where(row => row.Keys[0] is not null)
            .ToDictionary(row => (row.Keys[0]!, row.Period), row => row.Value);
        return
        [
            .. costs
                .GroupBy(row => row.Currency)
                .OrderBy(group => group.Key.Code, StringComparer.Ordinal)
                .Select(group => OfOne(group.Key, [.. group], measured)),
        ];
    }

    private static CostJoin OfOne(
        Currency currency,
        IReadOnlyList<CostRow> costs,
        Dictionary<(string, DateOnly?), Amount> measured
    )
    {
        var cost = costs
            .Where(row => row.Keys[0] is not null)
            .ToDictionary(row => (row.Keys[0]!, row.Period), row => row.Total);
        var rows = cost
            .Keys.Union(measured.Keys)
            .Select(key => new JoinedRow(
                key.Item1,
                key.Item2,
                cost.TryGetValue(key, out var paid) ? paid : null,
                measured.TryGetValue(key, out var value) ? value : null
            ))
            .OrderByDescending(row => row is { Cost: not null, Value: not null })
            .ThenByDescending(row => row.Cost ?? Amount.Zero)
            .ThenBy(row => row.ResourceId, StringComparer.Ordinal)
            .ThenBy(row => row.Period)
            .ToList();
        var joined = rows.Where(row => row is { Cost: not null, Value: not null }).ToList();
        return new CostJoin(
            currency,
            rows,
            costs.Aggregate(Amount.Zero, (sum, row) => sum + row.Total),
            joined.Aggregate(Amount.Zero, (sum, row) => sum + row.Cost!.Value),
            measured.Count,
            joined.Count
        );
    }
}
