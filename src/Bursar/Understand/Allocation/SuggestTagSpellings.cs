using Bursar.Rulebooks;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation;

/// <summary>
/// Finds tags on unowned cost whose keys look like a key that rules read, or (where no rule reads one) like a cost
/// centre or team.
/// </summary>
internal sealed class SuggestTagSpellings(Rulebook rulebook, UnownedCost ask)
{
    /// <summary>A set of tags as written, with what it costs.</summary>
    private sealed record TaggedCost(IReadOnlyDictionary<string, string> Tags, CostRow Row);

    public IEnumerable<RuleSuggestion> Find()
    {
        if (!ask.Has(ColumnNames.Tags))
            yield break;
        var unowned = ask.Rows([ColumnNames.Tags], UnownedCost.IsUnowned)
            .Select(row => new TaggedCost(TagLookalikes.Read(row.Keys[0]), row))
            .Where(tagged => tagged.Tags.Count > 0)
            .ToList();
        var present = unowned.SelectMany(tagged => tagged.Tags.Keys).ToHashSet();
        foreach (var (key, spellings) in TagLookalikes.Of(rulebook, SuggestRules.Field, present))
            yield return Suggestion(key, spellings, unowned);
    }

    private RuleSuggestion Suggestion(string key, IReadOnlyList<string> spellings, List<TaggedCost> unowned)
    {
        var rows = unowned.Where(tagged => spellings.Any(tagged.Tags.ContainsKey)).ToList();
        var explains = UnownedCost.Sums(rows.Select(tagged => tagged.Row));
        var charges = rows.Sum(tagged => tagged.Row.Charges);
        var words = string.Join(", ", spellings);
        var isSynonym = TagLookalikes.KeysRead(rulebook, SuggestRules.Field).Contains(key);
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
}
