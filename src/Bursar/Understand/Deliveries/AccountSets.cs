namespace Bursar.Understand.Deliveries;

/// <summary>
/// Sorts the files of one source and month into sets that have no billing account in common: what shares an account is
/// one bill in parts, what shares none is the bill of somebody else.
/// </summary>
internal static class AccountSets
{
    public static IReadOnlyList<(IReadOnlyList<string> Ids, IReadOnlyList<T> Items)> Of<T>(
        IReadOnlyList<T> items,
        Func<T, IReadOnlyList<string>> accountsOf
    )
    {
        var sets = new List<(SortedSet<string> Ids, List<(int Place, T Item)> Items)>();
        for (var place = 0; place < items.Count; place++)
        {
            var accounts = accountsOf(items[place]);
            var joined = (
                Ids: new SortedSet<string>(accounts, StringComparer.Ordinal),
                Items: new List<(int, T)> { (place, items[place]) }
            );
            foreach (var set in sets.Where(set => Belong(set.Ids, accounts)).ToList())
            {
                joined.Ids.UnionWith(set.Ids);
                joined.Items.AddRange(set.Items);
                sets.Remove(set);
            }
            sets.Add(joined);
        }
        return
        [
            .. sets.OrderBy(set => set.Ids.FirstOrDefault(), StringComparer.Ordinal)
                .Select(set =>
                    (
                        (IReadOnlyList<string>)[.. set.Ids],
                        (IReadOnlyList<T>)[.. set.Items.OrderBy(item => item.Place).Select(item => item.Item)]
                    )
                ),
        ];
    }

    private static bool Belong(SortedSet<string> ids, IReadOnlyList<string> accounts) =>
        ids.Overlaps(accounts) || (ids.Count == 0 && accounts.Count == 0);
}
