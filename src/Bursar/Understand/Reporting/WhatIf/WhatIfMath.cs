using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Reporting.WhatIf;

/// <summary>Sums what moves between two rulebooks. Every amount counts once before and once after.</summary>
internal static class WhatIfMath
{
    /// <summary>The change of one currency, from all its cost with its places before and after.</summary>
    public static CurrencyChange Direct(Currency currency, IReadOnlyList<MovedCost> all)
    {
        var moved = all.Where(move => move.IsMoved).ToList();
        var before = Sums(all.Select(move => (move.Before, move.Cost)));
        var after = Sums(all.Select(move => (move.After, move.Cost)));
        var total = CostGroups.Sum(all.Select(move => move.Cost));
        return new CurrencyChange(
            currency,
            total,
            CostGroups.Sum(after.Values.Select(one => one.Sum)),
            CostGroups.Sum(moved.Select(move => move.Cost.Abs())),
            moved.Sum(move => move.Charges),
            Unallocated(before),
            Unallocated(after),
            Groups(before, after),
            [
                .. moved
                    .OrderByDescending(move => move.Cost.Abs())
                    .ThenByDescending(move => move.Charges)
                    .ThenBy(move => Key([.. move.Before, .. move.After]), StringComparer.Ordinal)
                    .ThenBy(move => Key([.. move.RulesBefore, .. move.RulesAfter]), StringComparer.Ordinal),
            ],
            []
        );
    }

    /// <summary>The change of one currency, from the cost of both sides with shared costs divided.</summary>
    /// <param name="currency">The currency.</param>
    /// <param name="fields">How many fields are compared: the keys of a row are their values, then their rules.</param>
    /// <param name="rowsBefore">Cost by values and rules, before.</param>
    /// <param name="rowsAfter">The same after.</param>
    public static CurrencyChange Distributed(
        Currency currency,
        int fields,
        IReadOnlyList<CostRow> rowsBefore,
        IReadOnlyList<CostRow> rowsAfter
    )
    {
        var (before, after) = (Values(rowsBefore), Values(rowsAfter));
        var groups = Groups(before, after);
        return new CurrencyChange(
            currency,
            CostGroups.Sum(rowsBefore.Select(row => row.Total)),
            CostGroups.Sum(rowsAfter.Select(row => row.Total)),
            CostGroups.Sum(groups.Select(group => group.Difference).Where(gain => gain > Amount.Zero)),
            null,
            Unallocated(before),
            Unallocated(after),
            groups,
            [],
            [
                .. Groups(Rules(rowsBefore), Rules(rowsAfter))
                    .Select(one => new RuleChange(one.Keys, one.Before, one.After)),
            ]
        );

        Dictionary<string, (IReadOnlyList<string?> Keys, Amount Sum)> Values(IEnumerable<CostRow> rows) =>
            Sums(rows.Select(row => ((IReadOnlyList<string?>)[.. row.Keys.Take(fields)], row.Total)));

        Dictionary<string, (IReadOnlyList<string?> Keys, Amount Sum)> Rules(IEnumerable<CostRow> rows) =>
            Sums(rows.Select(row => ((IReadOnlyList<string?>)[.. row.Keys.Skip(fields)], row.Total)));
    }

    /// <summary>A part of a whole, 0 to 1; null of nothing.</summary>
    public static decimal? Share(Amount part, Amount whole) =>
        whole.IsZero ? null : part.ToDecimal() / whole.ToDecimal();

    private static Dictionary<string, (IReadOnlyList<string?> Keys, Amount Sum)> Sums(
        IEnumerable<(IReadOnlyList<string?> Keys, Amount Cost)> rows
    ) =>
        rows.GroupBy(row => Key(row.Keys))
            .ToDictionary(
                same => same.Key,
                same => (same.First().Keys, CostGroups.Sum(same.Select(row => row.Cost))),
                StringComparer.Ordinal
            );

    /// <summary>Who has another amount afterwards, what moves most first.</summary>
    private static List<GroupChange> Groups(
        Dictionary<string, (IReadOnlyList<string?> Keys, Amount Sum)> before,
        Dictionary<string, (IReadOnlyList<string?> Keys, Amount Sum)> after
    ) =>
        [
            .. before
                .Keys.Union(after.Keys)
                .Select(key =>
                    (
                        Key: key,
                        Change: new GroupChange(
                            before.TryGetValue(key, out var one) ? one.Keys : after[key].Keys,
                            before.GetValueOrDefault(key).Sum,
                            after.GetValueOrDefault(key).Sum
                        )
                    )
                )
                .Where(group => !group.Change.Difference.IsZero)
                .OrderByDescending(group => group.Change.Difference.Abs())
                .ThenByDescending(group => group.Change.Difference)
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.Change),
        ];

    private static Amount Unallocated(Dictionary<string, (IReadOnlyList<string?> Keys, Amount Sum)> groups) =>
        CostGroups.Sum(groups.Values.Where(group => group.Keys.Contains(null)).Select(group => group.Sum));

    private static string Key(IReadOnlyList<string?> keys) =>
        string.Join('\u0001', keys.Select(key => key ?? "\u0000"));
}
