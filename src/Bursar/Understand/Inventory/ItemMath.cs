using Bursar.Rulebooks;
using Bursar.Understand.Allocation.Items;

namespace Bursar.Understand.Inventory;

/// <summary>What a newer export of a register makes of the items that are known.</summary>
internal static class ItemMath
{
    /// <summary>
    /// A changed item ends on the day and goes on as the export says; one that is not in the export ends, unless the
    /// export is a part. The first export holds for all days.
    /// </summary>
    public static (IReadOnlyList<ConfigurationItem> Items, (int New, int Changed, int Ended) Counts) Merge(
        IReadOnlyList<ConfigurationItem> before,
        IReadOnlyList<ConfigurationItem> export,
        DateOnly day,
        bool partial
    )
    {
        var exported = export.ToLookup(item => item.Id);
        var dated = export
            .Where(item => item.From is not null || item.To is not null)
            .Select(item => item.Id)
            .ToHashSet();
        var items = new List<ConfigurationItem>();
        var (added, changed, ended) = (0, 0, 0);
        var kept = new HashSet<string>();
        // What the export dates itself is taken at its word.
        foreach (var item in before.Where(item => !dated.Contains(item.Id)))
        {
            var isOpen = item.HoldsOn(day) || item.From >= day;
            var now = exported[item.Id].FirstOrDefault();
            if (!isOpen || (now is null && partial))
                items.Add(item);
            else if (now is not null && now.SaysTheSameAs(item))
            {
                items.Add(item);
                kept.Add(item.Id);
            }
            else
            {
                (changed, ended) = now is null ? (changed, ended + 1) : (changed + 1, ended);
                // Said and taken back on one day, it never held.
                if (item.From is null || item.From < day)
                    items.Add(item with { To = day });
            }
        }
        var known = before.Select(item => item.Id).ToHashSet();
        foreach (var item in export.Where(item => !kept.Contains(item.Id)))
        {
            if (!known.Contains(item.Id))
                added++;
            items.Add(before.Count == 0 || dated.Contains(item.Id) ? item : item with { From = day });
        }
        return (
            [.. items.OrderBy(item => item.Id, StringComparer.Ordinal).ThenBy(item => item.From ?? DateOnly.MinValue)],
            (added, changed, ended)
        );
    }
}
