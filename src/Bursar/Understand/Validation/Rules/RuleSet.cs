using Bursar.Core.Focus;

namespace Bursar.Understand.Validation.Rules;

/// <summary>The rules of one dataset in one release, each after those that it gathers or rests on.</summary>
internal sealed class RuleSet
{
    private readonly Dictionary<string, Rule> byId;

    private RuleSet(string focusVersion, string dataset, List<Rule> rules)
    {
        (FocusVersion, Dataset, Rules) = (focusVersion, dataset, rules);
        byId = rules.ToDictionary(rule => rule.Id);
        Gatherers = rules
            .SelectMany(rule => rule.Children.Select(child => (child, rule)))
            .ToLookup(pair => pair.child, pair => pair.rule);
        Dependents = rules
            .SelectMany(rule => rule.Parents.Select(parent => (parent, rule)))
            .ToLookup(pair => pair.parent, pair => pair.rule);
    }

    /// <summary>"1.2".</summary>
    public string FocusVersion { get; }

    /// <summary>"CostAndUsage".</summary>
    public string Dataset { get; }

    public IReadOnlyList<Rule> Rules { get; }

    /// <summary>The rules that gather a rule.</summary>
    public ILookup<string, Rule> Gatherers { get; }

    /// <summary>The rules that gather a rule or rest on it.</summary>
    public ILookup<string, Rule> Dependents { get; }

    /// <summary>Every feature that some rule asks for.</summary>
    public IReadOnlyList<string> Features =>
        [.. Rules.SelectMany(rule => rule.Supports).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The columns whose values show a feature: those it asks for, else those of its other rules.</summary>
    public IReadOnlyList<string> ColumnsOf(string feature)
    {
        var gated = Rules.Where(rule => rule.Supports.Contains(feature)).ToList();
        var present = gated.Where(rule => rule.Kind == RuleKind.Presence).ToList();
        return [.. (present.Count > 0 ? present : gated).Select(rule => rule.Column).Distinct()];
    }

    public bool Contains(string id) => byId.ContainsKey(id);

    /// <summary>The rules that a root gathers or rests on, without those that the set does not hold.</summary>
    public static RuleSet From(FocusVersion version, FocusDataset dataset, IReadOnlyList<Rule> rules) =>
        From(
            version.Number(),
            dataset.ToString(),
            rules,
            rules.Select(rule => rule.Id).Where(id => IsRoot(id, dataset))
        );

    /// <inheritdoc cref="From(FocusVersion, FocusDataset, IReadOnlyList{Rule})"/>
    public static RuleSet From(string version, string dataset, IReadOnlyList<Rule> rules, IEnumerable<string> roots)
    {
        var all = rules.ToDictionary(rule => rule.Id, rule => WithoutStrangers(rule, rules));
        var ordered = new List<Rule>();
        var seen = new HashSet<string>();
        foreach (var root in roots)
            Visit(root);
        return new RuleSet(version, dataset, ordered);

        void Visit(string id)
        {
            if (!all.TryGetValue(id, out var rule) || !seen.Add(id))
                return;
            foreach (var parent in rule.Parents)
                Visit(parent);
            ordered.Add(rule);
        }
    }

    private static bool IsRoot(string id, FocusDataset dataset) =>
        id.EndsWith($"{dataset}-D-000-M", StringComparison.Ordinal);

    private static Rule WithoutStrangers(Rule rule, IReadOnlyList<Rule> rules)
    {
        if (rule.Children.Count == 0)
            return rule;
        var known = rules.Select(other => other.Id).ToHashSet();
        return rule.Children.All(known.Contains)
            ? rule
            : rule with
            {
                Check = rule.Check! with { Arguments = [.. rule.Children.Where(known.Contains)] },
            };
    }
}
