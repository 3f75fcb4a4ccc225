using Bursar.Core.Amounts;
using Bursar.Understand.Measures;

namespace Bursar.Quantify.UnitEconomics;

/// <summary>The arithmetic of unit economics, month by month.</summary>
internal static class UnitMath
{
    /// <param name="metric">What is divided by what, and the target.</param>
    /// <param name="months">Ascending, without a gap.</param>
    public static IReadOnlyList<UnitMonth> Of(UnitMetric metric, IReadOnlyList<UnitInputs> months)
    {
        var found = new List<UnitMonth>();
        foreach (var known in months)
            found.Add(Of(metric, known, found.LastOrDefault()));
        return found;
    }

    private static UnitMonth Of(UnitMetric metric, UnitInputs known, UnitMonth? before)
    {
        var unitCost = UnitCost(metric, known);
        return new UnitMonth(
            known,
            unitCost,
            unitCost is { } now && before?.UnitCost is { } then && then != 0 ? Rounded((now / then) - 1) : null,
            Marginal(metric, known, before?.Known),
            BreakEven(metric, known),
            State(metric.Target, unitCost),
            unitCost is null ? WhyNot(metric, known) : WhyNotAll(metric, known)
        );
    }

    /// <summary>
    /// The cost of a unit; with a fallback also that of the person who does what failed: c + (1 − p) · h.
    /// </summary>
    private static decimal? UnitCost(UnitMetric metric, UnitInputs known)
    {
        if (
            known is not { Cost: { } cost, Demand: { } demand }
            || PerUnit.Of(cost.Times(metric.Per), demand) is not { } each
        )
            return null;
        if (metric.Fallback is not { } fallback)
            return each;
        return known.Accepted is { } accepted && accepted <= demand
            ? each + Rounded((1 - accepted.ShareOf(demand)!.Value) * fallback.Cost.ToDecimal() * metric.Per)
            : null;
    }

    /// <summary>Change of cost by change of demand; null where demand stood still.</summary>
    private static decimal? Marginal(UnitMetric metric, UnitInputs known, UnitInputs? before) =>
        known is { Cost: { } cost, Demand: { } demand } && before is { Cost: { } costBefore, Demand: { } demandBefore }
            ? PerUnit.Of((cost - costBefore).Times(metric.Per), demand - demandBefore)
            : null;

    /// <summary>Fixed cost by what each unit leaves of its revenue after variable cost.</summary>
    private static decimal? BreakEven(UnitMetric metric, UnitInputs known)
    {
        if (known is not { Demand: { } demand, Fixed: { } fixedCost, Cost: { } cost, Revenue: { } revenue })
            return null;
        var contribution = revenue - (cost - fixedCost);
        return contribution > Amount.Zero && demand > Amount.Zero
            ? Rounded(fixedCost.ShareOf(contribution)!.Value * demand.ToDecimal() / metric.Per)
            : null;
    }

    /// <summary>Where the cost of a unit stands against its target.</summary>
    public static UnitState State(UnitTarget? target, decimal? unitCost) =>
        unitCost is not { } cost ? UnitState.NotComputable
        : target is null ? UnitState.NoTarget
        : cost <= target.Value.ToDecimal() ? UnitState.OnTarget
        : cost >= target.Value.ToDecimal() * (1 + (target.AlertPercent / 100)) ? UnitState.Alert
        : UnitState.AboveTarget;

    private static string? WhyNot(UnitMetric metric, UnitInputs known)
    {
        var what = metric.Series is { } series ? $"the series {series}" : "the usage";
        return known switch
        {
            { Cost: null } => $"no charge of it falls in {known.Month}",
            { Demand: null } => $"{what} has no figure for {known.Month}",
            { Demand.IsZero: true } => $"{what} is 0 in {known.Month}, and nothing is divided by 0",
            { Accepted: null } => $"the series {metric.Fallback?.Accepted} has no figure for {known.Month}",
            _ => $"more succeeded than were tried in {known.Month}",
        };
    }

    private static string? WhyNotAll(UnitMetric metric, UnitInputs known)
    {
        if (metric.Revenue is not null && known.Revenue is null)
            return $"the series {metric.Revenue} has no figure for {known.Month} in this currency";
        if (metric.Revenue is null || known.Fixed is null)
            return null;
        return known.Revenue - (known.Cost - known.Fixed) <= Amount.Zero
            ? "variable cost takes all the revenue, so no volume breaks even"
            : null;
    }

    private static decimal Rounded(decimal figure) => decimal.Round(figure, PerUnit.Decimals, MidpointRounding.ToEven);
}
