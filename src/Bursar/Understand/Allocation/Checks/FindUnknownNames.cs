using System.Collections;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation.Items;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Ingestion.Mappings;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation.Checks;

/// <summary>Finds columns that no delivery has and tag keys that no policy knows: a rule that asks for them never
/// holds.</summary>
internal static class FindUnknownNames
{
    public static void In(Rulebook rulebook, IReadOnlySet<string>? delivered, Findings findings)
    {
        var tags = new TagResolver(rulebook.All<TagPolicy>());
        var spellings = tags.Spellings.Distinct().ToList();
        var mapped = rulebook.All<Mapping>().SelectMany(mapping => mapping.Columns.Keys).ToHashSet();
        var told = new HashSet<(string, string)>();
        foreach (var rule in rulebook.All<AllocationRule>())
        foreach (var (column, at) in NamesOf(rule))
        {
            if (!told.Add((rule.Name, column)))
                continue;
            if (ColumnNames.TagKey(column) is { } key)
                CheckTag(key, at, tags, spellings, findings);
            else if (ColumnNames.ItemField(column) is not null && !rulebook.All<ConfigurationItems>().Any())
                findings.Warn(
                    at,
                    "no-known-items",
                    $"{column} has no value: the rulebook has no configuration items.",
                    "Declare them with kind: ConfigurationItems, or `bursar organisation import FILE`."
                );
            else if (column.StartsWith("x_", StringComparison.Ordinal))
                CheckColumn(column, at, delivered, mapped, findings);
        }
        if (delivered is null)
            return;
        // Questions may also ask for what Bursar sets, and never for what nobody delivers.
        foreach (var (column, at) in rulebook.All<Declaration>().SelectMany(FiltersOf))
            if (column.StartsWith("x_", StringComparison.Ordinal) && !CostColumns.IsKnown(column, delivered))
                CheckColumn(column, at, delivered, mapped, findings);
    }

    private static void CheckTag(string key, YamlNode at, TagResolver tags, List<string> spellings, Findings findings)
    {
        if (spellings.Count == 0 || tags.Knows(key))
            return;
        findings.Warn(
            at,
            "unknown-tag",
            $"No tag policy knows the tag \"{key}\".{DidYouMean.Question(key, spellings)}",
            "Add it to the keys of a kind: TagPolicy, or write the key that is there."
        );
    }

    private static void CheckColumn(
        string column,
        YamlNode at,
        IReadOnlySet<string>? delivered,
        HashSet<string> mapped,
        Findings findings
    )
    {
        if (ReservedColumns.Contains(column))
            findings.Warn(
                at,
                "not-a-column-of-charges",
                $"{column} is not delivered but set by Bursar after the rules: a rule cannot ask for it.",
                "Ask for what is delivered: columns of FOCUS, x_ columns of the provider, Tags/key."
            );
        else if (delivered is not null && !delivered.Contains(column) && !mapped.Contains(column))
            findings.Warn(
                at,
                "column-never-delivered",
                $"No delivery has a column {column}.{DidYouMean.Question(column, delivered)}",
                "Write it as the provider's file does, or wait for its delivery."
            );
    }

    /// <summary>The columns that a document asks the books for: of a limit, a unit metric, a KPI's input.</summary>
    private static IEnumerable<(string Column, YamlNode At)> FiltersOf(RulebookRecord record)
    {
        foreach (var field in RecordFields.Of(record.GetType()))
        {
            var value = field.Property.GetValue(record);
            if (value is Conditions && field.Has<AsFilterAttribute>())
                foreach (var (key, _) in (record.At(field.Key) as YamlMap)?.Entries ?? [])
                    yield return (key.Text, key);
            var parts =
                value is RulebookRecord part ? [part]
                : value is IEnumerable items and not string ? items.OfType<RulebookRecord>()
                : [];
            foreach (var name in parts.SelectMany(FiltersOf))
                yield return name;
        }
    }

    private static IEnumerable<(string Column, YamlNode At)> NamesOf(AllocationRule rule)
    {
        if (rule.At("when") is YamlMap when)
        {
            foreach (var (key, _) in when.Entries)
                yield return (key.Text, key);
        }
        if (rule.At("set") is not YamlMap set)
            yield break;
        foreach (var (_, value) in set.Entries)
        {
            if (
                value is not YamlScalar text
                || ValueTemplate.Read(text.Text, value, new Findings()) is not { } template
            )
                continue;
            foreach (var part in template.Parts.Where(part => part.IsColumn))
                yield return (part.Text, value);
        }
    }
}
