using Bursar.Rulebooks;
using Bursar.Understand.Measures;

namespace Bursar.Quantify.UnitEconomics;

/// <summary>Mistakes of a unit metric that its shape alone does not show.</summary>
internal static class UnitMetricCheck
{
    public static void Check(UnitMetric metric, RulebookCheck check)
    {
        if (metric.Scope is not null && metric.Where is not null)
            check.Error(
                metric,
                "where",
                "scope-and-filter",
                "This unit metric has both a scope and a filter.",
                "Keep one of them."
            );
        if ((metric.Series is null) == (metric.Usage is null))
            check.Error(
                metric,
                metric.Series is null ? "name" : "usage",
                "unit-demand",
                metric.Series is null
                    ? "Nothing says what the cost is divided by."
                    : "The cost is divided by a series and by usage at once.",
                "Give series: with the name of a kind: Series, or usage: with the charges whose quantity counts."
            );
        CheckKeys(metric, metric.Series, metric.Only, "only", check);
        CheckKeys(metric, metric.Revenue, metric.RevenueOnly, "revenueOnly", check);
        CheckOther(metric, check);
        CheckDrivers(metric, check);
        if (metric.Target is { } target && target.Value <= Core.Amounts.Amount.Zero)
            check.Error(
                target,
                "value",
                "unit-target",
                $"A unit of \"{metric.Name}\" should cost {target.Value}, and none costs so little.",
                "Write an amount above zero, or remove target:."
            );
        if (metric.At("beside") is { } beside)
            foreach (var name in metric.Beside)
                check.Reference(beside, name, nameof(Series));
        if (metric.Fallback is not null && metric.Series is null)
            check.Error(
                metric,
                "fallback",
                "unit-fallback",
                "Tries that succeeded are compared with a series of tries, and there is none.",
                "Give series: the tries; fallback.accepted: those that succeeded."
            );
    }

    private static void CheckKeys(
        UnitMetric metric,
        string? name,
        IReadOnlyDictionary<string, string> only,
        string key,
        RulebookCheck check
    )
    {
        if (only.Count == 0 || name is null || check.Rulebook.Find<Series>(name) is not { } series)
            return;
        foreach (var column in only.Keys.Where(column => !series.Columns.Contains(column)))
            check.Error(
                metric,
                key,
                "unknown-series-key",
                $"The series \"{series.Name}\" has no key \"{column}\".",
                series.Columns.Count == 0
                    ? "It has none: add by: to its kind: Series."
                    : $"It has {string.Join(", ", series.Columns)}."
            );
    }

    private static void CheckOther(UnitMetric metric, RulebookCheck check)
    {
        if (metric.Level != CostLevel.Tco && metric.Other.Count > 0)
            check.Error(
                metric,
                "other",
                "unit-other",
                "Other cost counts only at level: tco.",
                "Write level: tco, or remove other:."
            );
        foreach (var other in metric.Other)
        {
            var ways = new object?[] { other.Where, other.Series, other.PerMonth }.Count(way => way is not null);
            if (ways != 1)
                check.Error(
                    other,
                    "name",
                    "unit-other",
                    $"\"{other.Name}\" says {(ways == 0 ? "nowhere" : "in more than one way")} how much it is.",
                    "Give one of where (charges), series, and perMonth (an amount)."
                );
            if (other.PerMonth is not null && metric.Currency is null)
                check.Error(
                    other,
                    "perMonth",
                    "unit-currency",
                    "An amount was declared, and the metric does not say in which currency.",
                    "Give the metric currency:."
                );
        }
    }

    /// <summary>A business metric depends on technical ones, and never the other way round.</summary>
    private static void CheckDrivers(UnitMetric metric, RulebookCheck check)
    {
        if (metric.At("drivers") is not { } at)
            return;
        foreach (var name in metric.Drivers)
        {
            check.Reference(at, name, nameof(UnitMetric));
            if (check.Rulebook.Find<UnitMetric>(name) is { Class: UnitClass.Business })
                check.Findings.Error(
                    at,
                    "unit-drivers",
                    $"\"{name}\" is a business metric itself, so it drives none.",
                    "Name metrics of class: resource-efficiency."
                );
        }
        if (metric.Class != UnitClass.Business && metric.Drivers.Count > 0)
            check.Findings.Error(
                at,
                "unit-drivers",
                "A metric of resource efficiency has no drivers: it is one.",
                "Write class: business, or move drivers: to the business metric."
            );
    }
}
