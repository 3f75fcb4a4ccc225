using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation.Checks;

/// <summary>A rule as written, and as it is tried.</summary>
internal sealed class ExaminedRule(AllocationRule written, CompiledAllocation.CompiledRule compiled)
{
    /// <summary>Those that list their values first: most pairs of rules are told apart by them.</summary>
    private readonly CompiledCondition[] conditions =
    [
        .. compiled
            .Conditions.OrderBy(condition => condition.ExactValues is null)
            .ThenBy(condition => condition.ExactValues?.Count),
    ];

    public AllocationRule Written { get; } = written;

    public CompiledAllocation.CompiledRule Compiled { get; } = compiled;

    /// <summary>A bit for each field it sets.</summary>
    public int Fields { get; } = compiled.Set.Aggregate(0, (fields, set) => fields | (1 << set.Field));

    /// <summary>A bit for each place that its conditions look at, those beyond 64 folded: to tell quickly that two
    /// rules cannot be compared.</summary>
    public ulong Places { get; } =
        compiled.Conditions.Aggregate(0UL, (places, condition) => places | (1UL << (condition.Slot % 64)));

    /// <summary>The rules in the order in which they are tried.</summary>
    public static IReadOnlyList<ExaminedRule> All(Rulebook rulebook) =>
        [
            .. AllocationRules
                .Compile(rulebook)
                .Rules.Select(rule => new ExaminedRule(rulebook.Find<AllocationRule>(rule.Name)!, rule)),
        ];

    public bool Overlaps(ExaminedRule other) => Compiled.From < other.Compiled.To && other.Compiled.From < Compiled.To;

    /// <summary>Whether every charge that this rule takes on a day of both is one that the other would take.</summary>
    public bool IsWithin(ExaminedRule other)
    {
        if ((other.Places & ~Places) != 0)
            return false;
        foreach (var weaker in other.conditions)
        {
            if (!HasWithin(weaker))
                return false;
        }
        return true;
    }

    /// <summary>Whether no charge can fulfil the conditions of both.</summary>
    public bool Excludes(ExaminedRule other)
    {
        if ((Places & other.Places) == 0)
            return false;
        foreach (var mine in conditions)
        foreach (var one in other.conditions)
        {
            if (one.Slot == mine.Slot && CompareConditions.Exclude(mine, one))
                return true;
        }
        return false;
    }

    private bool HasWithin(CompiledCondition weaker)
    {
        foreach (var mine in conditions)
        {
            if (mine.Slot == weaker.Slot && CompareConditions.Implies(mine, weaker))
                return true;
        }
        return false;
    }

    /// <summary>What it sets a field to.</summary>
    public CompiledAllocation.CompiledTemplate ValueOf(int field) =>
        Compiled.Set.First(set => set.Field == field).Value;

    /// <summary>Whether two templates are the same text.</summary>
    public static bool IsSame(CompiledAllocation.CompiledTemplate one, CompiledAllocation.CompiledTemplate other) =>
        one.Parts.SequenceEqual(other.Parts);
}
