using System.Text.Json;
using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation;

/// <summary>
/// Finds tags whose keys look like a key that rules read, or (where no rule reads one) like a cost centre or team.
/// </summary>
internal static class TagLookalikes
{
    /// <summary>What a tag that says who pays is usually called, when no rule says it.</summary>
    private static readonly string[] UsualKeys = ["cost-centre", "team", "owner", "business-unit", "department"];

    /// <summary>By the key as it should be, the keys that are there and probably mean the same.</summary>
    /// <param name="rulebook">The rules.</param>
    /// <param name="field">The shared field that they set.</param>
    /// <param name="present">The keys that are there.</param>
    public static IEnumerable<(string Key, IReadOnlyList<string> Spellings)> Of(
        Rulebook rulebook,
        string field,
        IReadOnlySet<string> present
    )
    {
        var read = KeysRead(rulebook, field);
        var known = rulebook
            .All<TagPolicy>()
            .SelectMany(policy => policy.Keys)
            .SelectMany(key => key.Spellings)
            .ToHashSet();
        foreach (
            var key in read.Count > 0 ? read
            : field == SuggestRules.Field ? UsualKeys
            : []
        )
        {
            var spellings = present
                .Where(other =>
                    !(read.Count > 0 && (other == key || known.Contains(other))) && TagKeys.AreLikelySame(key, other)
                )
                .Order(StringComparer.Ordinal)
                .ToList();
            if (spellings.Count > 0)
                yield return (key, spellings);
        }
    }

    /// <summary>The tag keys from which rules take the field as it is.</summary>
    public static IReadOnlyList<string> KeysRead(Rulebook rulebook, string field) =>
        [
            .. rulebook
                .All<AllocationRule>()
                .Select(rule => rule.Set.GetValueOrDefault(field))
                .OfType<string>()
                .Where(value =>
                    value.StartsWith("{Tags/", StringComparison.Ordinal) && value.IndexOf('}') == value.Length - 1
                )
                .Select(value => value[6..^1].Trim())
                .Distinct(),
        ];

    /// <summary>The tags of a charge, as their column has them; none where it is no JSON object.</summary>
    public static Dictionary<string, string> Read(string? json)
    {
        var tags = new Dictionary<string, string>();
        if (json is null)
            return tags;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return tags;
            foreach (var tag in document.RootElement.EnumerateObject())
            {
                if (tag.Value.ValueKind == JsonValueKind.String && tag.Value.GetString() is { Length: > 0 } value)
                    tags[tag.Name] = value;
            }
        }
        catch (JsonException)
        {
            // Tags that are no JSON are no tags; ingestion has said so.
        }
        return tags;
    }
}
