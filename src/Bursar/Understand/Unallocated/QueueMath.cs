using Bursar.Core.Amounts;

namespace Bursar.Understand.Unallocated;

/// <summary>Cost of one place, owned by somebody or by nobody.</summary>
/// <param name="Account">The account that it is in.</param>
/// <param name="Places">The value of each narrowing column, in their order; null for none.</param>
/// <param name="Owner">Whose it is; null is nobody.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Cost">How much.</param>
internal sealed record PlacedCost(
    WorkScope Account,
    IReadOnlyList<string?> Places,
    string? Owner,
    Currency Currency,
    Amount Cost
);

/// <summary>How much of the owned cost of a place one owner has.</summary>
/// <param name="Owner">The largest owner.</param>
/// <param name="Share">Its part of the owned cost, 0 to 1.</param>
/// <param name="Owned">All owned cost of the place, whoever has it.</param>
internal sealed record OwnedShare(string Owner, decimal Share, Amount Owned)
{
    /// <summary>A support fee of a few dollars says nothing about the machines beside it.</summary>
    public bool TellsAbout(Amount unowned) => Owned.ShareOf(unowned) is not { } share || share >= 0.1m;
}

/// <summary>One bucket of age: from so many days to so many.</summary>
internal sealed record AgeBucket(string Name, int From, int? To)
{
    public bool Holds(int days) => days >= From && (To is not { } to || days <= to);
}

/// <summary>Cuts cost that nobody owns into pieces of work, and reckons with how long they take.</summary>
internal static class QueueMath
{
    /// <summary>With more than this share of the owned cost, a place is said to belong to its largest owner.</summary>
    public const decimal Dominant = 0.8m;

    /// <summary>A smaller part of an account's unowned cost is no work of its own.</summary>
    private const decimal LeastPart = 0.01m;

    /// <summary>The buckets of age, as an ageing list has them.</summary>
    public static IReadOnlyList<AgeBucket> Buckets { get; } =
    [
        new("0 to 30 days", 0, 30),
        new("31 to 60 days", 31, 60),
        new("61 to 90 days", 61, 90),
        new("over 90 days", 91, null),
    ];

    /// <summary>
    /// The pieces of work of all accounts: an account whose owned cost belongs to one owner, or of which nothing says
    /// more, is one piece; otherwise the narrowing column that explains most of its unowned cost, with the fewest
    /// pieces, cuts it, and what it does not explain stays one piece.
    /// </summary>
    /// <param name="rows">All cost of the period.</param>
    /// <param name="columns">The narrowing columns.</param>
    /// <param name="within">Those of them whose values mean something inside one account only (a service).</param>
    /// <param name="decided">What people have decided on: it stays a piece of work.</param>
    public static IReadOnlyList<WorkScope> Cut(
        IReadOnlyList<PlacedCost> rows,
        IReadOnlyList<string> columns,
        IReadOnlySet<string> within,
        IReadOnlySet<WorkScope> decided
    )
    {
        var known = columns
            .Select((_, place) => Owners(rows.Where(row => row.Places[place] is not null), row => row.Places[place]!))
            .ToList();
        var scopes = new List<WorkScope>();
        foreach (var account in rows.GroupBy(row => row.Account))
        {
            if (account.All(row => row.Owner is not null))
                continue;
            scopes.Add(account.Key);
            scopes.AddRange(Parts(account.Key, [.. account], columns, within, known, decided));
        }
        return scopes;
    }

    /// <summary>The piece of work of a place: the first part that has it, else the account.</summary>
    public static WorkScope ScopeOf(
        WorkScope account,
        IReadOnlyList<string?> places,
        IReadOnlyList<string> columns,
        ILookup<WorkScope, WorkScope> parts
    ) => parts[account].FirstOrDefault(part => places[IndexOf(columns, part.Column!)] == part.Value) ?? account;

    /// <summary>By place, whose its owned cost is; places with several owners are left out.</summary>
    public static IReadOnlyDictionary<TKey, OwnedShare> Owners<TKey>(
        IEnumerable<PlacedCost> rows,
        Func<PlacedCost, TKey> place,
        decimal least = Dominant
    )
        where TKey : notnull
    {
        var owners = new Dictionary<TKey, OwnedShare>();
        foreach (var same in rows.Where(row => row.Owner is not null).GroupBy(place))
        {
            // Two currencies are never added: the one with the most rows speaks for the place.
            var main = same.GroupBy(row => row.Currency)
                .OrderByDescending(rows => rows.Count())
                .ThenBy(rows => rows.Key);
            if (Largest(main.First().Select(row => (row.Owner!, row.Cost))) is { } share && share.Share > least)
                owners.Add(same.Key, share);
        }
        return owners;
    }

    /// <summary>The one with the largest sum, and its share of all; null when there is nothing.</summary>
    public static OwnedShare? Largest(IEnumerable<(string Owner, Amount Cost)> costs)
    {
        var sums = costs
            .GroupBy(cost => cost.Owner)
            .Select(same => (Owner: same.Key, Cost: Sum(same.Select(cost => cost.Cost))))
            .Where(sum => sum.Cost > Amount.Zero)
            .OrderByDescending(sum => sum.Cost)
            .ThenBy(sum => sum.Owner, StringComparer.Ordinal)
            .ToList();
        return sums.Count == 0
            ? null
            : new OwnedShare(
                sums[0].Owner,
                sums[0].Cost.ShareOf(Sum(sums.Select(sum => sum.Cost)))!.Value,
                Sum(sums.Select(sum => sum.Cost))
            );
    }

    /// <summary>The middle of an ordered list; of an even number, between the two in the middle.</summary>
    public static decimal? Median(IEnumerable<int> days)
    {
        var ordered = days.Order().ToList();
        return ordered.Count == 0 ? null : (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2m;
    }

    public static Amount Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);

    private static IEnumerable<WorkScope> Parts(
        WorkScope account,
        IReadOnlyList<PlacedCost> rows,
        IReadOnlyList<string> columns,
        IReadOnlySet<string> within,
        List<IReadOnlyDictionary<string, OwnedShare>> known,
        IReadOnlySet<WorkScope> decided
    )
    {
        var parts = decided
            .Where(scope => scope.Column is not null && scope.Whole == account && columns.Contains(scope.Column))
            .OrderBy(scope => IndexOf(columns, scope.Column!))
            .ThenBy(scope => scope.Value, StringComparer.Ordinal)
            .ToList();
        if (decided.Contains(account))
            return parts;
        var unowned = rows.Where(row =>
                row.Owner is null && !parts.Exists(part => row.Places[IndexOf(columns, part.Column!)] == part.Value)
            )
            .ToList();
        if (
            Owners(rows, _ => 0).TryGetValue(0, out var owner)
            && owner.TellsAbout(Sum(unowned.Select(row => row.Cost.Abs())))
        )
            return parts;
        var best = columns
            .Select(
                (column, place) =>
                {
                    var owners = within.Contains(column)
                        ? Owners(rows.Where(row => row.Places[place] is not null), row => row.Places[place]!)
                        : known[place];
                    return Explained(account, column, place, unowned, owners);
                }
            )
            .OrderByDescending(found => found.Weight)
            .ThenBy(found => found.Scopes.Count)
            .First();
        return parts.Concat(best.Scopes);
    }

    private static (decimal Weight, IReadOnlyList<WorkScope> Scopes) Explained(
        WorkScope account,
        string column,
        int place,
        IReadOnlyList<PlacedCost> unowned,
        IReadOnlyDictionary<string, OwnedShare> owners
    )
    {
        var found = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var same in unowned.GroupBy(row => row.Currency))
        {
            var all = Sum(same.Select(row => row.Cost.Abs()));
            foreach (var group in same.Where(row => row.Places[place] is not null).GroupBy(row => row.Places[place]!))
            {
                var cost = Sum(group.Select(row => row.Cost.Abs()));
                var share = cost.ShareOf(all) ?? 0;
                if (share >= LeastPart && owners.TryGetValue(group.Key, out var owner) && owner.TellsAbout(cost))
                    found[group.Key] = found.GetValueOrDefault(group.Key) + share;
            }
        }
        return (
            found.Values.Sum(),
            [
                .. found
                    .Keys.Order(StringComparer.Ordinal)
                    .Select(value => account with { Column = column, Value = value }),
            ]
        );
    }

    private static int IndexOf(IReadOnlyList<string> columns, string column)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            if (columns[i] == column)
                return i;
        }
        return -1;
    }
}
