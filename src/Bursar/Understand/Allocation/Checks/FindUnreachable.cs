using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation.Checks;

/// <summary>
/// Finds rules that never set anything: for every field, on every day, a rule before them takes all their charges.
/// </summary>
internal static class FindUnreachable
{
    /// <summary>Tells of them, and returns them.</summary>
    public static IReadOnlyList<ExaminedRule> In(IReadOnlyList<ExaminedRule> rules, Findings findings)
    {
        var unreachable = new List<ExaminedRule>();
        var known = new HashSet<ExaminedRule>();
        for (var i = 0; i < rules.Count; i++)
        {
            var before = Before(rules, i, known);
            if (before.Count == 0 || !rules[i].Compiled.Set.All(set => IsTaken(rules[i], set.Field, before)))
                continue;
            unreachable.Add(rules[i]);
            known.Add(rules[i]);
            Tell(rules[i], before, findings);
        }
        return unreachable;
    }

    /// <summary>Rules before a rule that take all its charges, as far as their days go.</summary>
    private static List<ExaminedRule> Before(
        IReadOnlyList<ExaminedRule> rules,
        int at,
        HashSet<ExaminedRule> unreachable
    )
    {
        var before = new List<ExaminedRule>();
        var rule = rules[at];
        for (var i = 0; i < at; i++)
        {
            var earlier = rules[i];
            if (
                (earlier.Fields & rule.Fields) != 0
                && (earlier.Places & ~rule.Places) == 0
                && earlier.Overlaps(rule)
                && !unreachable.Contains(earlier)
                && rule.IsWithin(earlier)
            )
                before.Add(earlier);
        }
        return before;
    }

    /// <summary>Whether earlier rules set a field on all days of a rule.</summary>
    private static bool IsTaken(ExaminedRule rule, int field, List<ExaminedRule> before)
    {
        var day = rule.Compiled.From;
        var days = before
            .Where(earlier => (earlier.Fields & (1 << field)) != 0 && AlwaysSets(earlier, field, rule))
            .OrderBy(earlier => earlier.Compiled.From);
        foreach (var earlier in days)
        {
            if (earlier.Compiled.From > day)
                return false;
            if (earlier.Compiled.To > day)
                day = earlier.Compiled.To;
            if (day >= rule.Compiled.To)
                return true;
        }
        return false;
    }

    /// <summary>A template sets nothing where a part of it is missing, unless the rules' conditions need that
    /// part.</summary>
    private static bool AlwaysSets(ExaminedRule earlier, int field, ExaminedRule rule)
    {
        var template = earlier.ValueOf(field);
        return ExaminedRule.IsSame(template, rule.ValueOf(field))
            || template.Parts.All(part =>
                part.Slot < 0
                || rule.Compiled.Conditions.Any(condition => condition.Slot == part.Slot && !condition.Holds(null))
            );
    }

    private static void Tell(ExaminedRule rule, List<ExaminedRule> before, Findings findings)
    {
        if (rule.Written.At("name") is not { } at)
            return;
        var taking = before
            .Where(earlier => rule.Compiled.Set.Any(set => IsTakenBy(earlier, rule, set.Field)))
            .ToList();
        var names = string.Join(" and ", taking.Take(3).Select(Name));
        var more = taking.Count > 3 ? $" and {taking.Count - 3} more" : "";
        var (take, set, are) = taking.Count == 1 ? ("takes", "sets", "is") : ("take", "set", "are");
        findings.Warn(
            at,
            "rule-never-reached",
            $"No charge ever reaches this rule: {names}{more} {are} tried first, {take} every charge that it would take, "
                + $"and {set} all that it sets.",
            $"Give it an order before {taking.Min(earlier => earlier.Written.Order)}, or remove it."
        );
    }

    private static bool IsTakenBy(ExaminedRule earlier, ExaminedRule rule, int field) =>
        (earlier.Fields & (1 << field)) != 0 && AlwaysSets(earlier, field, rule);

    private static string Name(ExaminedRule rule) => $"\"{rule.Written.Name}\" ({RulebookCheck.Where(rule.Written)})";
}
