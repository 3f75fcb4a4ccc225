using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation.Accounts;

/// <summary>Finds an account and the groups above it on a day.</summary>
internal sealed class AccountTree
{
    /// <summary>A circle of parents is a finding of check; it only must not hang.</summary>
    public const int DepthMax = 32;

    private readonly Dictionary<string, AccountNode[]> nodes;

    public AccountTree(IEnumerable<AccountHierarchy> hierarchies) =>
        nodes = hierarchies
            .SelectMany(hierarchy => hierarchy.Accounts)
            .GroupBy(node => node.Id, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(same => same.Key, same => same.ToArray(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The days on which an answer may change.</summary>
    public IEnumerable<DateOnly> ChangeDays =>
        nodes.Values.SelectMany(same => same).SelectMany(node => new[] { node.From, node.To }).OfType<DateOnly>();

    public AccountNode? Find(string? id, DateOnly day) =>
        id is not null && nodes.TryGetValue(id, out var same) ? Array.Find(same, node => node.HoldsOn(day)) : null;

    /// <summary>The account itself, then the groups above it, nearest first.</summary>
    public IReadOnlyList<AccountNode> Path(AccountNode account, DateOnly day)
    {
        var path = new List<AccountNode>();
        for (AccountNode? node = account; node is not null && path.Count < DepthMax; node = Find(node.Parent, day))
            path.Add(node);
        return path;
    }
}
