using Bursar.Core.Amounts;

namespace Bursar.Understand.Allocation;

/// <summary>Rows with the same number of filled shared fields: their cost and how many they are.</summary>
internal sealed record FilledRows(int FilledFields, Amount Cost, long Rows = 1);

/// <summary>How complete the shared fields are: the part of the cost, and of the rows, that has all seven.</summary>
/// <param name="Cost">All cost.</param>
/// <param name="CompleteCost">The cost of rows with all seven fields.</param>
/// <param name="Rows">All rows.</param>
/// <param name="CompleteRows">Rows with all seven fields.</param>
/// <param name="ByCost">0 to 1; null when there is no cost.</param>
/// <param name="ByRows">0 to 1; null when there is no row.</param>
internal sealed record Completeness(
    Amount Cost,
    Amount CompleteCost,
    long Rows,
    long CompleteRows,
    decimal? ByCost,
    decimal? ByRows
);

/// <summary>The figures about allocation.</summary>
/// <param name="AllocatedRatio">Direct and distributed cost of the total.</param>
/// <param name="UnallocatedRatio">The rest of the total.</param>
/// <param name="AccuracyRatio">Direct cost of the total: what needs no key to split it.</param>
/// <param name="UnallocatedSharedRatio">The part of shared cost that is not distributed.</param>
internal sealed record AllocationRatios(
    decimal? AllocatedRatio,
    decimal? UnallocatedRatio,
    decimal? AccuracyRatio,
    decimal? UnallocatedSharedRatio
);

/// <summary>The arithmetic of allocation.</summary>
internal static class AllocationMath
{
    /// <summary>Completeness by cost and by rows. Tax and credits are to be left out by who asks.</summary>
    public static Completeness Completeness(IEnumerable<FilledRows> rows)
    {
        var (cost, completeCost) = (Amount.Zero, Amount.Zero);
        var (count, completeCount) = (0L, 0L);
        foreach (var row in rows)
        {
            cost += row.Cost;
            count += row.Rows;
            if (row.FilledFields != SharedFields.Count)
                continue;
            completeCost += row.Cost;
            completeCount += row.Rows;
        }
        decimal? byRows = count == 0 ? null : (decimal)completeCount / count;
        return new Completeness(cost, completeCost, count, completeCount, completeCost.ShareOf(cost), byRows);
    }

    /// <summary>The allocation ratios of a total, of which a part is direct, and a shared part is distributed or not
    /// (yet).</summary>
    public static AllocationRatios Ratios(Amount total, Amount direct, Amount shared, Amount sharedDistributed)
    {
        var allocated = direct + sharedDistributed;
        return new AllocationRatios(
            allocated.ShareOf(total),
            (total - allocated).ShareOf(total),
            direct.ShareOf(total),
            (shared - sharedDistributed).ShareOf(shared)
        );
    }
}
