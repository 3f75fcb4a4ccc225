using System.Text.Json;
using Bursar.Rulebooks;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation;

/// <summary>
/// Finds tags on unowned cost whose keys look like a key that rules read, or (where no rule reads one) like a cost
/// centre or team.
/// </summary>
internal sealed class SuggestTagSpellings(Rulebook rulebook, UnownedCost ask)
{
    /// <summary>What a tag that says who pays is usually called, when no rule says it.</summary>
    private static readonly string[] UsualKeys = ["cost-centre", "team", "owner", "business-unit", "department"];

    /// <summary>A set of tags as written, with what it costs.</summary>
    private sealed record TaggedCost(IReadOnlyDictionary<string, string> Tags, CostRow Row);

    public IEnumerable<RuleSuggestion> Find()
    {
        if (!ask.Has(ColumnNames.Tags))
            yield break;
        var unowned = ask.Rows([ColumnNames.Tags], UnownedCost.IsUnowned)
            .Select(row => new TaggedCost(Read(row.Keys[0]), row))
            .Where(tagged => tagged.Tags.Count > 0)
            .ToList();
        var present = unowned.SelectMany(tagged => tagged.Tags.Keys).Distinct().Order(StringComparer.Ordinal).ToList();
        var read = KeysRead();
        var wanted = read.Count > 0 ? read : UsualKeys;
        var known = rulebook
            .All<TagPolicy>()
            .SelectMany(policy => policy.Keys)
            .SelectMany(key => key.Spellings)
            .ToHashSet();
        foreach (var key in wanted)
        {
            var spellings = present
                .Where(other =>
                    !(read.Count > 0 && (other == key || known.Contains(other))) && TagKeys.AreLikelySame(key, other)
                )
                .ToList();
            if (spellings.Count > 0)
                yield return Suggestion(key, spellings, unowned);
        }
    }

    /// <summary>The tag keys from which rules take the field as it is.</summary>
    private IReadOnlyList<string> KeysRead() =>
        [
            .. rulebook
                .All<AllocationRule>()
                .Select(rule => rule.Set.GetValueOrDefault(SuggestRules.Field))
                .OfType<string>()
                .Where(value =>
                    value.StartsWith("{Tags/", StringComparison.Ordinal) && value.IndexOf('}') == value.Length - 1
                )
                .Select(value => value[6..^1].Trim())
                .Distinct(),
        ];

    private RuleSuggestion Suggestion(string key, List<string> spellings, List<TaggedCost> unowned)
    {
        var rows = unowned.Where(tagged => spellings.Exists(tagged.Tags.ContainsKey)).ToList();
        var explains = UnownedCost.Sums(rows.Select(tagged => tagged.Row));
        var charges = rows.Sum(tagged => tagged.Row.Charges);
        var words = string.Join(", ", spellings);
        var isSynonym = KeysRead().Contains(key);
        var (noun, ending) = spellings.Count == 1 ? ("tag", "s") : ("tags", "");
        var sentence = isSynonym
            ? $"the {noun} {words} mean{ending} {key}"
            : $"the {noun} {words} name{ending} the cost centre";
        var evidence = isSynonym
            ? $"{charges} charges without a cost centre carry {words}; rules read {key}, which is spelled almost alike."
            : $"{charges} charges carry {words}, and no rule takes a cost centre from a tag.";
        var yaml = string.Join("---\n", spellings.Select(Rule));
        // Any of the spellings: the largest question that one condition can ask.
        var behind = spellings is [var only]
            ? ask.Question(
                [$"Tags/{only}"],
                UnownedCost.IsUnowned,
                new CostFilter($"Tags/{only}", [null], Negated: true)
            )
            : ask.Question([.. spellings.Select(spelling => $"Tags/{spelling}")], UnownedCost.IsUnowned);
        return new RuleSuggestion(
            "cost-centre-from-tag-" + YamlText.Name(spellings[0]),
            sentence,
            evidence,
            explains,
            yaml,
            behind,
            IsReady: true
        );
    }

    private static string Rule(string spelling) =>
        $"kind: AllocationRule\nname: suggested-cost-centre-from-tag-{YamlText.Name(spelling)}\norder: 900\n"
        + $"when:\n  {YamlText.Quoted("Tags/" + spelling)}: {{not: null}}\n"
        + $"set:\n  {SuggestRules.Field}: {YamlText.Quoted("{Tags/" + spelling + "}")}\n";

    private static Dictionary<string, string> Read(string? json)
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
