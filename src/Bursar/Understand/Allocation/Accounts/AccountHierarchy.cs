using System.ComponentModel;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation.Accounts;

/// <summary>
/// How accounts are grouped, as an organisation, management groups or folders have them at a provider: rules may ask
/// for a group by its level, and groups pass on their tags.
/// </summary>
internal sealed record AccountHierarchy : Declaration
{
    [Description("Accounts and the groups above them, each with its parent.")]
    public required IReadOnlyList<AccountNode> Accounts { get; init; }

    public override void Check(RulebookCheck check)
    {
        var known = check
            .Rulebook.All<AccountHierarchy>()
            .SelectMany(hierarchy => hierarchy.Accounts)
            .Concat(Accounts)
            .Distinct()
            .ToLookup(node => node.Id, StringComparer.OrdinalIgnoreCase);
        foreach (var node in Accounts)
        {
            if (node.At("parent") is not { } at)
                continue;
            if (node.Parent is { } parent && !known.Contains(parent))
                check.Findings.Error(
                    at,
                    "unknown-account",
                    $"No account or group is called \"{parent}\".{DidYouMean.Question(parent, known.Select(same => same.Key))}",
                    "Declare it under accounts: with its id."
                );
            else if (IsInCircle(node, known))
                check.Findings.Error(
                    at,
                    "account-circle",
                    $"\"{node.Id}\" is above itself.",
                    "Follow the parents: one of them has the wrong parent."
                );
        }
        foreach (var same in Accounts.GroupBy(node => node.Id, StringComparer.OrdinalIgnoreCase))
            CheckPeriods(check, [.. same]);
    }

    /// <summary>An error when no account or group is of a level that a rule asks for.</summary>
    public static void CheckLevel(RulebookCheck check, YamlNode at, string level)
    {
        var levels = check
            .Rulebook.All<AccountHierarchy>()
            .SelectMany(hierarchy => hierarchy.Accounts)
            .Select(node => node.Level)
            .OfType<string>()
            .Distinct()
            .ToList();
        // a hierarchy with a mistake of its own is left out, and has said so
        if (levels.Contains(level) || (levels.Count == 0 && check.Names[nameof(AccountHierarchy)].Count > 0))
            return;
        check.Findings.Error(
            at,
            "unknown-level",
            $"No account or group is of the level \"{level}\".{DidYouMean.Question(level, levels)}",
            levels.Count == 0
                ? "Declare the groups of accounts: kind: AccountHierarchy."
                : "Levels are " + string.Join(", ", levels.Order(StringComparer.Ordinal)) + "."
        );
    }

    private static bool IsInCircle(AccountNode node, ILookup<string, AccountNode> known)
    {
        var parent = node.Parent;
        for (var steps = 0; steps < AccountTree.DepthMax && parent is not null; steps++)
        {
            if (parent.Equals(node.Id, StringComparison.OrdinalIgnoreCase))
                return true;
            parent = known[parent].FirstOrDefault(above => above.Overlaps(node))?.Parent;
        }
        return false;
    }

    private static void CheckPeriods(RulebookCheck check, IReadOnlyList<AccountNode> same)
    {
        for (var i = 1; i < same.Count; i++)
        {
            if (same.Take(i).FirstOrDefault(earlier => earlier.Overlaps(same[i])) is { } earlier)
                check.Error(
                    same[i],
                    "id",
                    "overlapping-periods",
                    $"The account \"{same[i].Id}\" stands here {same[i].Words()} and {earlier.Words()}.",
                    "Give each a from and a to, so that every day has one answer. A range ends before its to."
                );
        }
    }
}

/// <summary>An account, or a group of accounts, and what is above it; from a day to a day.</summary>
internal sealed record AccountNode : RulebookRecord, IEffectiveDated
{
    [Description("The SubAccountId, SubAccountName or billing account of charges; of a group any id. It is its value.")]
    public required string Id { get; init; }

    [Description("The name that people read.")]
    public string? Name { get; init; }

    [Description("What kind of group it is: business-unit. Rules ask for it as Hierarchy/business-unit.")]
    public string? Level { get; init; }

    [Description("The id of the group it is in.")]
    public string? Parent { get; init; }

    [Description("Tags: those of all charges below that lack them, when a TagPolicy says inherit: [account].")]
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    [Description("The first day it holds.")]
    public DateOnly? From { get; init; }

    [Description("The day after the last day it holds.")]
    public DateOnly? To { get; init; }
}
