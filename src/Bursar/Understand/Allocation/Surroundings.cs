using System.Collections.Concurrent;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation.Accounts;
using Bursar.Understand.Allocation.Items;

namespace Bursar.Understand.Allocation;

/// <summary>
/// What rules know of a charge beyond its own columns: the groups its account is in, its configuration item, and the
/// tags that both pass on.
/// </summary>
internal sealed class Surroundings
{
    private static readonly string[] AccountColumns =
    [
        "SubAccountId",
        "SubAccountName",
        "BillingAccountId",
        "BillingAccountName",
    ];

    /// <summary>
    /// What a provider split is the item that received the part, before the machine that it ran on.
    /// </summary>
    private static readonly string[] ItemColumns =
    [
        "AllocatedResourceId",
        "AllocatedResourceName",
        "ResourceId",
        "ResourceName",
        "SubAccountId",
        "SubAccountName",
    ];

    private const int ItemResourceColumns = 4;

    private readonly AccountTree? accounts;
    private readonly ItemDirectory? items;
    private readonly TagResolver tags;
    private readonly IReadOnlyList<string> names;
    private readonly int[] accountSlots;
    private readonly int[] itemSlots;
    private readonly int firstName;
    private readonly int firstTag;
    private readonly int[] inheriting;
    private readonly ConcurrentDictionary<(string Account, int Interval), AccountFacts> known = new();

    /// <param name="rulebook">Where accounts and items are declared.</param>
    /// <param name="needs">What of it the rules ask for.</param>
    /// <param name="columns">The columns of charges that rules are given.</param>
    /// <param name="tags">The tags that rules ask for, all of them.</param>
    /// <param name="firstTag">The place of the first tag; those of <paramref name="needs"/> stand before it.</param>
    public Surroundings(Rulebook rulebook, Needs needs, IReadOnlyList<string> columns, TagResolver tags, int firstTag)
    {
        accounts = needs.Accounts ? new AccountTree(rulebook.All<AccountHierarchy>()) : null;
        items = needs.Items
            ? new ItemDirectory([
                .. rulebook.All<ConfigurationItems>().SelectMany(document => document.AllIn(rulebook)),
            ])
            : null;
        this.tags = tags;
        this.firstTag = firstTag;
        names = needs.Names;
        firstName = firstTag - names.Count;
        var places = columns.ToList();
        accountSlots = [.. AccountColumns.Select(column => places.IndexOf(column))];
        itemSlots = [.. ItemColumns.Select(column => places.IndexOf(column))];
        inheriting = [.. Enumerable.Range(0, tags.Count).Where(tag => tags.Inherits(tag).Count > 0)];
    }

    /// <summary>What rules ask for beyond the columns of charges.</summary>
    /// <param name="Names">Such as <c>Hierarchy/business-unit</c> and <c>Item/application</c>, ordinal.</param>
    /// <param name="Accounts">Whether accounts are looked at.</param>
    /// <param name="Items">Whether configuration items are looked at.</param>
    internal sealed record Needs(IReadOnlyList<string> Names, bool Accounts, bool Items)
    {
        /// <summary>The columns of charges by which accounts and items are found.</summary>
        public IEnumerable<string> Columns =>
            (Accounts ? AccountColumns : []).Concat(Items ? ItemColumns : []).Distinct();
    }

    /// <summary>
    /// What an account is in, and the tags it passes on, in the interval of rules that holds a day.
    /// </summary>
    private sealed record AccountFacts(string?[] Levels, string?[] Tags);

    /// <summary>How many places it fills, before the tags.</summary>
    public int Count => names.Count;

    /// <summary>The days on which an answer may change.</summary>
    public IEnumerable<DateOnly> ChangeDays => (accounts?.ChangeDays ?? []).Concat(items?.ChangeDays ?? []);

    /// <summary>Adds to the values of a charge what is around it; says which tags were passed on, by place.</summary>
    public TagSource?[]? Fill(string?[] slots, DateOnly day, int interval)
    {
        if (accounts is null && items is null)
            return null;
        var facts = accounts is null ? null : FactsOf(slots, accounts, day, interval);
        var item = items is null ? null : ItemOf(slots, items, day);
        for (var i = 0; i < names.Count; i++)
            slots[firstName + i] = ColumnNames.ItemField(names[i]) is { } field ? Field(item, field) : facts?.Levels[i];
        TagSource?[]? sources = null;
        foreach (var tag in inheriting)
        {
            if (slots[firstTag + tag] is not null)
                continue;
            foreach (var source in tags.Inherits(tag))
            {
                var value = source == TagSource.Account ? facts?.Tags[tag] : Tag(tag, item);
                if (value is null)
                    continue;
                slots[firstTag + tag] = value;
                (sources ??= new TagSource?[slots.Length])[firstTag + tag] = source;
                break;
            }
        }
        return sources;
    }

    private AccountFacts? FactsOf(string?[] slots, AccountTree tree, DateOnly day, int interval)
    {
        foreach (var slot in accountSlots)
        {
            if (slot >= 0 && tree.Find(slots[slot], day) is { } account)
                return known.GetOrAdd((account.Id, interval), _ => FactsOf(tree.Path(account, day)));
        }
        return null;
    }

    private AccountFacts FactsOf(IReadOnlyList<AccountNode> path)
    {
        var levels = names.Select(name =>
            ColumnNames.Level(name) is { } level ? path.FirstOrDefault(node => node.Level == level)?.Id : null
        );
        var passedOn = new string?[tags.Count];
        foreach (var tag in inheriting)
            passedOn[tag] = path.Select(node => tags.In(tag, node.Tags)).FirstOrDefault(value => value is not null);
        return new AccountFacts([.. levels], passedOn);
    }

    private ConfigurationItem? ItemOf(string?[] slots, ItemDirectory directory, DateOnly day)
    {
        for (var i = 0; i < itemSlots.Length; i++)
        {
            if (itemSlots[i] < 0 || slots[itemSlots[i]] is not { } key)
                continue;
            if ((i < ItemResourceColumns ? directory.OfResource(key, day) : directory.OfAccount(key, day)) is { } item)
                return item;
        }
        return null;
    }

    private string? Tag(int tag, ConfigurationItem? item)
    {
        if (item is null)
            return null;
        if (tags.In(tag, item.Tags) is { } value)
            return value;
        return tags.IsSpelled(tag, "application") && item.Application is not null
                ? tags.Canonical(tag, item.Application)
            : tags.IsSpelled(tag, "owner") && item.Owner is not null ? tags.Canonical(tag, item.Owner)
            : null;
    }

    private static string? Field(ConfigurationItem? item, string field) =>
        field switch
        {
            "id" => item?.Id,
            "name" => item?.Name,
            "class" => item?.Class,
            "application" => item?.Application,
            _ => item?.Owner,
        };
}
