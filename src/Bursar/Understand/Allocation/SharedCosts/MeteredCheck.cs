using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>Mistakes of a shared cost that is divided by a log of its use.</summary>
internal static class MeteredCheck
{
    public static void Check(SharedCost pool, RulebookCheck check)
    {
        if (pool.Method != SharedCostMethod.Metered)
        {
            OnlyMetered(pool, check);
            return;
        }
        if (pool.Weigh is not { Count: > 0 })
            Incomplete(pool, check, "weigh", "Say which records are the log: weigh: {x_Source: ai-gateway}.");
        if (pool.Residual == SharedCostResidual.Owner && pool.ResidualTo is null)
            Incomplete(pool, check, "residualTo", "Name who gets the difference: residualTo: ai-platform.");
        if (pool.Residual != SharedCostResidual.Owner && pool.ResidualTo is not null)
            Contradicts(
                pool,
                check,
                "residualTo",
                $"\"{pool.Name}\" names who gets the residual, and does not say residual: owner.",
                "Write residual: owner as well, or leave residualTo away."
            );
        if (pool.Classes.Count > 0 && pool.Within.Count == 0)
            Contradicts(
                pool,
                check,
                "classes",
                $"\"{pool.Name}\" has classes, and nothing within which they are looked for.",
                "Say which column of the invoice is which of the log: within: {SkuMeter: x_TokenClass}."
            );
        foreach (
            var (key, isThere) in new[]
            {
                ("toPools", pool.ToPools.Count > 0),
                ("among", pool.Among.Count > 0),
                ("whole", pool.Whole is not null),
            }
        )
        {
            if (isThere)
                Contradicts(
                    pool,
                    check,
                    key,
                    $"\"{pool.Name}\" is divided by what a log says; {key} does not go with that.",
                    $"Leave {key} away: what the log does not explain is the residual."
                );
        }
        CheckColumns(pool, check);
    }

    /// <summary>Keys that only a log gives a meaning.</summary>
    private static void OnlyMetered(SharedCost pool, RulebookCheck check)
    {
        foreach (
            var (key, isThere) in new[]
            {
                ("keep", pool.Keep.Count > 0),
                ("classes", pool.Classes.Count > 0),
                ("each", pool.Each != SharedCostTime.Month),
                ("residual", pool.Residual != SharedCostResidual.Apart),
                ("residualTo", pool.ResidualTo is not null),
            }
        )
        {
            if (isThere)
                Contradicts(
                    pool,
                    check,
                    key,
                    $"\"{pool.Name}\" is not divided by a log, so {key} has no meaning.",
                    $"Write method: metered, or leave {key} away."
                );
        }
    }

    private static void CheckColumns(SharedCost pool, RulebookCheck check)
    {
        foreach (var column in pool.Keep)
            ColumnNames.Resolve(column, pool.At("keep")!, check.Findings);
        if (SharedFields.IndexOf(pool.By) is >= 0 and var field && pool.ResidualTo is { } owner)
            check.Reference(pool, "residualTo", owner, SharedFields.OrganisationLists[field]);
        if (pool.Keep.Contains(pool.By))
            Contradicts(
                pool,
                check,
                "keep",
                $"\"{pool.By}\" receives already.",
                "Keep only further columns, or leave it away."
            );
    }

    private static void Incomplete(SharedCost pool, RulebookCheck check, string key, string remedy) =>
        check.Error(
            pool,
            "method",
            "shared-cost-incomplete",
            $"The shared cost \"{pool.Name}\" is divided by metered and has no {key}.",
            remedy
        );

    private static void Contradicts(SharedCost pool, RulebookCheck check, string key, string message, string remedy) =>
        check.Error(pool, key, "shared-cost-contradicts", message, remedy);
}
