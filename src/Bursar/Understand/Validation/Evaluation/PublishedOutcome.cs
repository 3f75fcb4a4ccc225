using Bursar.Understand.Validation.Rules;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary>
/// Puts the rules together as the published validator (2.0) does, quirks included, so that its reports can be compared
/// with ours, line by line.
/// </summary>
internal static class PublishedOutcome
{
    /// <summary>
    /// Its "or" asks of each alternative whether any row satisfies it, not whether each row satisfies any: a list of
    /// allowed values fails only when no row at all is in it, and then for all rows.
    /// </summary>
    public static long Violations(Rule rule, long broken, long rows) =>
        rule.Check!.Kind switch
        {
            CheckKind.In => broken == rows ? rows : 0,
            CheckKind.Pairs or CheckKind.Or => rows > 1 ? 0 : broken,
            _ => broken,
        };

    /// <summary>A query on a column that is not there counts as one violation, of an alternative too.</summary>
    public static long Missing(Rule rule, long rows) =>
        rule.Check!.Kind is CheckKind.In or CheckKind.Pairs or CheckKind.Or ? (rows > 1 ? 0 : rows) : 1;

    public static List<RuleResult> Of(RuleSet rules, IReadOnlyList<RuleResult> leaves, IReadOnlyList<Feature> features)
    {
        var notApplicable = NotApplicable(rules, features);
        var done = new Dictionary<string, RuleResult>();
        foreach (var leaf in leaves)
        {
            var rule = leaf.Rule;
            done.Add(
                rule.Id,
                leaf.Status == RuleStatus.Skip ? leaf
                    : notApplicable.Contains(rule.Id) ? RuleResult.Skipped(rule, "rule not applicable")
                    : rule.Kind == RuleKind.Composite ? Composite(rule, done)
                    : rule.Parents.Any(parent => IsSkipped(parent, done))
                        ? RuleResult.Skipped(rule, "upstream dependency was skipped")
                    : IsUnknown(rule.Check!) ? RuleResult.Skipped(rule, "check not implemented")
                    : leaf
            );
        }
        return [.. rules.Rules.Select(rule => done[rule.Id])];
    }

    private static RuleResult Composite(Rule rule, Dictionary<string, RuleResult> done)
    {
        var judged = rule
            .Children.Select(child => done[child])
            .Where(child => child.Status != RuleStatus.Skip)
            .ToList();
        if (judged.Count == 0)
            return RuleResult.Skipped(rule, "Rule skipped - all child rules were skipped");
        var all = rule.Check!.Kind == CheckKind.All;
        var passes = all
            ? judged.TrueForAll(child => child.Status == RuleStatus.Pass)
            : judged.Exists(child => child.Status == RuleStatus.Pass);
        return passes ? RuleResult.Passed(rule) : new RuleResult(rule, RuleStatus.Fail, all ? 1 : 0, "", [], []);
    }

    /// <summary>
    /// Rules that ask for a feature nobody declared, every rule that rests on one, and all rules of a column whose
    /// presence asks for one.
    /// </summary>
    private static HashSet<string> NotApplicable(RuleSet rules, IReadOnlyList<Feature> features)
    {
        var supported = features.Where(feature => feature.IsSupported).Select(feature => feature.Name).ToHashSet();
        var gated = rules
            .Rules.Where(rule => rule.Supports.Count > 0 && !rule.Supports.Any(supported.Contains))
            .ToList();
        var columns = gated.Where(rule => rule.Kind == RuleKind.Presence).Select(rule => rule.Column).ToHashSet();
        var found = gated.Select(rule => rule.Id).ToHashSet();
        var open = new Stack<string>(found);
        while (open.TryPop(out var id))
        {
            foreach (var rule in rules.Dependents[id])
            {
                if (found.Add(rule.Id))
                    open.Push(rule.Id);
            }
        }
        found.UnionWith(rules.Rules.Where(rule => columns.Contains(rule.Id.Split('-')[0])).Select(rule => rule.Id));
        return found;
    }

    private static bool IsSkipped(string id, Dictionary<string, RuleResult> done) =>
        done.TryGetValue(id, out var result) && result.Status == RuleStatus.Skip;

    private static bool IsUnknown(Check check) =>
        check.Kind == CheckKind.DecimalValue
        || check.Kind.ToString().StartsWith("Json", StringComparison.Ordinal)
        || check.Items.Any(IsUnknown);
}
