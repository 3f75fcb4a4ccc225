using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation;

/// <summary>Makes the direct allocation rules of a rulebook ready for use.</summary>
internal static class AllocationRules
{
    /// <summary>Raised whenever the same documents would allocate differently, so that older sums are not taken for
    /// today's.</summary>
    public const string EngineVersion = "allocation-1";

    /// <summary>Compiles the rules, in order: by number, then by name.</summary>
    public static CompiledAllocation Compile(Rulebook rulebook)
    {
        var rules = rulebook
            .All<AllocationRule>()
            .OrderBy(rule => rule.Order)
            .ThenBy(rule => rule.Name, StringComparer.Ordinal)
            .ToList();
        var tags = new TagResolver(rulebook.All<TagPolicy>());
        var templates = rules.ToDictionary(rule => rule, Templates);
        var names = rules
            .SelectMany(rule => rule.When.Select(condition => condition.Column))
            .Concat(
                templates
                    .Values.SelectMany(set => set)
                    .SelectMany(set => set.Template.Parts)
                    .Where(part => part.IsColumn)
                    .Select(part => part.Text)
            );
        IReadOnlyList<string> columns =
        [
            .. names
                .Select(name => ColumnNames.TagKey(name) is null ? name : ColumnNames.Tags)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        var slots = new Slots(columns, tags);
        var compiled = rules.ConvertAll(rule => new CompiledAllocation.CompiledRule(
            rule.Name,
            rule.From ?? DateOnly.MinValue,
            rule.To ?? DateOnly.MaxValue,
            [.. rule.When.Select(condition => Compile(condition, slots))],
            [.. templates[rule].Select(set => (set.Field, Compile(set.Template, slots)))]
        ));
        return new CompiledAllocation(
            HashOf(rulebook),
            columns,
            compiled,
            tags,
            new OrganisationDirectory(rulebook.All<Organisation>())
        );
    }

    /// <summary>Where the value of a column stands: columns first, then tags.</summary>
    private sealed record Slots(IReadOnlyList<string> Columns, TagResolver Tags)
    {
        public int Of(string column) =>
            ColumnNames.TagKey(column) is { } key ? Columns.Count + Tags.Ask(key) : Columns.ToList().IndexOf(column);
    }

    private static string HashOf(Rulebook rulebook) =>
        DocumentHash.Of(
            EngineVersion,
            rulebook.Declarations.Where(declaration => declaration is AllocationRule or TagPolicy or Organisation)
        );

    private static List<(int Field, ValueTemplate Template)> Templates(AllocationRule rule)
    {
        // what is wrong with a template was said when the rulebook was checked
        var findings = new Findings();
        var set = new List<(int, ValueTemplate)>();
        foreach (var (name, text) in rule.Set.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var at = rule.At("set");
            if (
                at is not null
                && SharedFields.IndexOf(name) is >= 0 and var field
                && ValueTemplate.Read(text, at, findings) is { } template
            )
                set.Add((field, template));
        }
        return set;
    }

    private static CompiledCondition Compile(Condition condition, Slots slots)
    {
        var slot = slots.Of(condition.Column);
        var tag = slot - slots.Columns.Count;
        return new CompiledCondition(
            slot,
            condition,
            value => tag >= 0 ? slots.Tags.Canonical(tag, value) : value,
            tag >= 0 && slots.Tags.IgnoresCase(tag)
        );
    }

    private static CompiledAllocation.CompiledTemplate Compile(ValueTemplate template, Slots slots) =>
        new([.. template.Parts.Select(part => part.IsColumn ? (null, slots.Of(part.Text)) : ((string?)part.Text, -1))]);
}
