using System.Security.Cryptography;
using System.Text;
using Bursar.Rulebooks;
using Bursar.Understand.Allocation.Accounts;
using Bursar.Understand.Allocation.Items;
using Bursar.Understand.Allocation.SharedCosts;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation;

/// <summary>Makes the direct allocation rules of a rulebook ready for use.</summary>
internal static class AllocationRules
{
    /// <summary>Raised whenever the same documents would allocate differently, so that older sums are not taken for
    /// today's.</summary>
    public const string EngineVersion = "allocation-3";

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
        // What commitments saved is no charge of its own: it is found when pools are divided.
        var pools = rulebook.Pools().Where(pool => pool.Benefit is null).ToList();
        var names = rules
            .SelectMany(rule => rule.When.Select(condition => condition.Column))
            .Concat(
                pools
                    .SelectMany(pool => pool.Pool.Select(condition => condition.Column))
                    .Where(column => SharedFields.IndexOf(column) < 0)
            )
            .Concat(
                templates
                    .Values.SelectMany(set => set)
                    .SelectMany(set => set.Template.Parts)
                    .Where(part => part.IsColumn)
                    .Select(part => part.Text)
            );
        var needs = NeedsOf(rulebook, [.. names]);
        IReadOnlyList<string> columns =
        [
            .. names
                .Where(name => !needs.Names.Contains(name))
                .SelectMany(name =>
                    ColumnNames.TagKey(name) is null ? [name] : new[] { ColumnNames.Tags, CostColumns.AllocatedTags }
                )
                .Concat(needs.Columns)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
        var slots = new Slots(columns, needs.Names, tags);
        var compiled = rules.ConvertAll(rule => new CompiledAllocation.CompiledRule(
            rule.Name,
            rule.From ?? DateOnly.MinValue,
            rule.To ?? DateOnly.MaxValue,
            [.. rule.When.Select(condition => Compile(condition, slots))],
            [.. templates[rule].Select(set => (set.Field, Compile(set.Template, slots)))]
        ));
        var compiledPools = pools.ConvertAll(pool => new CompiledAllocation.CompiledPool(
            pool.Name,
            pool.From ?? DateOnly.MinValue,
            pool.To ?? DateOnly.MaxValue,
            [.. pool.Pool.Select(condition => CompilePool(condition, slots))],
            pool.IsDivided ? AllocationTypes.Shared : AllocationTypes.Central
        ));
        return new CompiledAllocation(
            HashOf(rulebook, pools, needs),
            columns,
            compiled,
            tags,
            new OrganisationDirectory(rulebook.All<Organisation>()),
            compiledPools,
            new Surroundings(rulebook, needs, columns, tags, slots.FirstTag)
        );
    }

    /// <summary>
    /// Accounts and items are looked at when a rule names them, or a tag policy inherits from them.
    /// </summary>
    private static Surroundings.Needs NeedsOf(Rulebook rulebook, IReadOnlyList<string> names)
    {
        var around = names
            .Where(name => ColumnNames.Level(name) is not null || ColumnNames.ItemField(name) is not null)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        var inherited = names.Any(name => ColumnNames.TagKey(name) is not null)
            ? rulebook.All<TagPolicy>().SelectMany(policy => policy.Inherit).ToHashSet()
            : [];
        return new Surroundings.Needs(
            around,
            inherited.Contains(TagSource.Account) || around.Exists(name => ColumnNames.Level(name) is not null),
            inherited.Contains(TagSource.Item) || around.Exists(name => ColumnNames.ItemField(name) is not null)
        );
    }

    /// <summary>A pool may ask for what the rules set.</summary>
    private static CompiledCondition CompilePool(Condition condition, Slots slots) =>
        SharedFields.IndexOf(condition.Column) is >= 0 and var field
            ? new CompiledCondition(slots.Columns.Count + field, condition, value => value, ignoreCase: false)
            : Compile(condition, slots);

    /// <summary>
    /// Where the value of a column stands: columns first, then the shared fields that rules set, then what is around
    /// a
    /// charge, then tags.
    /// </summary>
    private sealed record Slots(IReadOnlyList<string> Columns, IReadOnlyList<string> Around, TagResolver Tags)
    {
        private readonly Dictionary<string, int> places = Columns
            .Select((column, place) => (column, place))
            .Concat(Around.Select((name, i) => (name, Columns.Count + SharedFields.Count + i)))
            .ToDictionary(one => one.Item1, one => one.Item2);

        public int FirstTag => Columns.Count + SharedFields.Count + Around.Count;

        public int Of(string column) =>
            ColumnNames.TagKey(column) is { } key ? FirstTag + Tags.Ask(key) : places.GetValueOrDefault(column, -1);
    }

    /// <summary>
    /// Of shared costs, only which charges are in them: by what they are divided does not change to whom charges
    /// belong.
    /// </summary>
    private static string HashOf(Rulebook rulebook, IEnumerable<SharedCost> pools, Surroundings.Needs needs) =>
        DocumentHash.Of(
            string.Join(
                '\n',
                pools
                    .Select(pool =>
                        $"{pool.Name} {pool.From:o} {pool.To:o} {pool.IsDivided} {string.Join(" and ", pool.Pool.Select(Text))}"
                    )
                    .Prepend(EngineVersion)
                    .Concat(needs.Items ? ItemFilesOf(rulebook) : [])
            ),
            rulebook.Declarations.Where(declaration =>
                declaration is AllocationRule or TagPolicy or Organisation
                || (needs.Accounts && declaration is AccountHierarchy)
                || (needs.Items && declaration is ConfigurationItems)
            )
        );

    private static IEnumerable<string> ItemFilesOf(Rulebook rulebook)
    {
        var named = rulebook.All<ConfigurationItems>().Select(document => document.File).ToHashSet();
        return rulebook
            .Files.Where(file => named.Contains(file.Path))
            .Select(file =>
                $"{file.Path} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.Text)))}"
            );
    }

    private static string Text(Condition condition) =>
        $"{condition.Column} {condition.Operator} {condition.Negated} "
        + string.Join('\u0001', condition.Values.Select(value => value ?? "\u0000"));

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
        var tag = slot - slots.FirstTag;
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
