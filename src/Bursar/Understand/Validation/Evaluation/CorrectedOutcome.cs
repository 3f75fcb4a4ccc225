using Bursar.Understand.Validation.Rules;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary>Puts the rules together: what does not apply is skipped, and rules that gather others follow theirs.</summary>
internal static class CorrectedOutcome
{
    public static List<RuleResult> Of(RuleSet rules, IReadOnlyList<RuleResult> leaves, IReadOnlyList<Feature> features)
    {
        var supported = features.Where(feature => feature.IsSupported).Select(feature => feature.Name).ToHashSet();
        var done = new Dictionary<string, RuleResult>();
        foreach (var leaf in leaves)
            done.Add(leaf.Rule.Id, Judge(leaf, supported, done));
        return [.. rules.Rules.Select(rule => done[rule.Id])];
    }

    private static RuleResult Judge(RuleResult leaf, HashSet<string> supported, Dictionary<string, RuleResult> done)
    {
        var rule = leaf.Rule;
        if (leaf.Status == RuleStatus.Skip)
            return leaf;
        if (rule.Supports.Count > 0 && !rule.Supports.Any(supported.Contains))
            return RuleResult.Skipped(rule, $"The provider does not show {string.Join(" or ", rule.Supports)}.");
        if (rule.Check is not { Gathers: true })
            return leaf;
        var judged = rule
            .Children.Select(child => done[child])
            .Where(child => child.Status != RuleStatus.Skip)
            .ToList();
        if (judged.Count == 0)
            return RuleResult.Skipped(rule, "None of the rules that it gathers was checked.");
        var broken = judged.Count(child => child.Status == RuleStatus.Fail);
        var fails = rule.Check.Kind == CheckKind.All ? broken > 0 : broken == judged.Count;
        return fails ? new RuleResult(rule, RuleStatus.Fail, broken, "", [], []) : RuleResult.Passed(rule);
    }
}
