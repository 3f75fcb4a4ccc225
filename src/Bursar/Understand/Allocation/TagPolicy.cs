using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation;

/// <summary>Which tags there should be, and which spellings of keys and values mean the same.</summary>
internal sealed record TagPolicy : Declaration
{
    [Description("The tag keys, each with its other spellings.")]
    public required IReadOnlyList<TagKey> Keys { get; init; }

    [Description(
        "The charges and resources it is for, as in an allocation rule: ResourceType, ServiceProviderName, "
            + "Tags/key. Without it, all. Spellings count everywhere."
    )]
    public Conditions? AppliesTo { get; init; }

    [Description(
        "Where a tag comes from that a charge lacks, in this order: account (kind: AccountHierarchy), item (kind: "
            + "ConfigurationItems; its application and owner count as tags of these names)."
    )]
    public IReadOnlyList<TagSource> Inherit { get; init; } = [];

    public override void Check(RulebookCheck check)
    {
        var policies = check.Rulebook.All<TagPolicy>().ToList();
        var spellings = new Dictionary<string, string>();
        foreach (var policy in policies.TakeWhile(policy => !ReferenceEquals(policy, this)))
        {
            foreach (var key in policy.Keys)
            foreach (var spelling in key.Spellings)
                spellings.TryAdd(spelling, key.Key);
        }
        foreach (var key in Keys)
            CheckKey(check, key, spellings);
    }

    private static void CheckKey(RulebookCheck check, TagKey key, Dictionary<string, string> spellings)
    {
        if (key.Format is { } format && !IsExpression(format))
            check.Error(
                key,
                "format",
                "bad-expression",
                $"\"{format}\" is no regular expression.",
                "Write one that fits the whole value: [0-9]{4}."
            );
        foreach (var spelling in key.Spellings)
        {
            if (spellings.TryAdd(spelling, key.Key))
                continue;
            check.Error(
                key,
                spelling == key.Key ? "key" : "synonyms",
                "tag-key-twice",
                $"The tag key \"{spelling}\" already stands for \"{spellings[spelling]}\".",
                "Give every spelling to one key."
            );
        }
        CheckValues(check, key);
    }

    private static bool IsExpression(string format)
    {
        try
        {
            _ = ConditionsReader.Compile(format, ignoreCase: false);
            return true;
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static void CheckValues(RulebookCheck check, TagKey key)
    {
        var values = new Dictionary<string, string>();
        foreach (var (canonical, others) in key.Values.OrderBy(value => value.Key, StringComparer.Ordinal))
        {
            foreach (var value in others.Prepend(canonical))
            {
                if (values.TryAdd(value, canonical) || values[value] == canonical)
                    continue;
                check.Error(
                    key,
                    "values",
                    "tag-value-twice",
                    $"The value \"{value}\" stands for \"{values[value]}\" and for \"{canonical}\".",
                    "Give every spelling to one value."
                );
            }
        }
    }
}

/// <summary>What passes its tags on to its charges.</summary>
internal enum TagSource
{
    /// <summary>The account, else the groups above it.</summary>
    Account,

    /// <summary>The configuration item.</summary>
    Item,
}

/// <summary>The lists of the organisation that the values of a tag may come from.</summary>
internal sealed class OrganisationListNames : IWordList
{
    public static IReadOnlyList<string> Words => SharedFields.OrganisationLists;
}

/// <summary>A tag key as it should be written, and how else it is written.</summary>
internal sealed record TagKey : RulebookRecord
{
    [Description("The key as it should be: cost-centre.")]
    public required string Key { get; init; }

    [Description("Other spellings, in the order in which they count when several are present.")]
    public IReadOnlyList<string> Synonyms { get; init; } = [];

    [Description(
        "Capital and small letters are the same, in keys and values; values not listed below are written small."
    )]
    public bool IgnoreCase { get; init; }

    [Description("Every resource should have it.")]
    public bool Required { get; init; }

    [Description("The values it may have, in their proper spelling; * stands for any text. Without it, any.")]
    public IReadOnlyList<string> Allowed { get; init; } = [];

    [Description("Its values are the ids of this list of the organisation: costCentres."), OneOf<OrganisationListNames>]
    public string? AllowedFrom { get; init; }

    [Description("A regular expression that its whole value fits: [0-9]{4}.")]
    public string? Format { get; init; }

    [Description("Value as it should be: [other spellings].")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Values { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The key itself, then its synonyms.</summary>
    internal IEnumerable<string> Spellings => Synonyms.Prepend(Key).Distinct();
}
