using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation.Checks;

/// <summary>
/// Finds rules of the same order that may take the same charge and set the same field to different values: their names
/// alone decide then.
/// </summary>
internal static class FindOverlaps
{
    public static void In(IReadOnlyList<ExaminedRule> rules, Findings findings)
    {
        for (var i = 1; i < rules.Count; i++)
        {
            ExaminedRule? first = null;
            var others = 0;
            // rules stand in the order in which they are tried: those of the same number are neighbours
            for (var j = i - 1; j >= 0 && rules[j].Written.Order == rules[i].Written.Order; j--)
            {
                if (FieldOfBoth(rules[j], rules[i]) is null)
                    continue;
                first = rules[j];
                others++;
            }
            if (first is not null)
                Tell(first, rules[i], others - 1, findings);
        }
    }

    /// <summary>A field that both set, each to something else, on the same day for the same charge.</summary>
    private static int? FieldOfBoth(ExaminedRule one, ExaminedRule other)
    {
        if ((one.Fields & other.Fields) == 0 || !one.Overlaps(other) || one.Excludes(other))
            return null;
        foreach (var (field, value) in other.Compiled.Set)
        {
            if ((one.Fields & (1 << field)) != 0 && !ExaminedRule.IsSame(one.ValueOf(field), value))
                return field;
        }
        return null;
    }

    private static void Tell(ExaminedRule first, ExaminedRule rule, int others, Findings findings)
    {
        if (rule.Written.At("order") is not { } at || FieldOfBoth(first, rule) is not { } field)
            return;
        var name = SharedFields.Names[field];
        var more = others switch
        {
            0 => "",
            1 => " So may one more rule.",
            _ => $" So may {others} more rules.",
        };
        findings.Warn(
            at,
            "same-order",
            $"\"{first.Written.Name}\" ({RulebookCheck.Where(first.Written)}) has the order {rule.Written.Order} too, "
                + $"and both may hold for the same charge: it sets {name} to \"{first.Written.Set[name]}\", this rule to "
                + $"\"{rule.Written.Set[name]}\". \"{first.Written.Name}\" counts, by its name.{more}",
            "Give the one that should count the smaller order."
        );
    }
}
