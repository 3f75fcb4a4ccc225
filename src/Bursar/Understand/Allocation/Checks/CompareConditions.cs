using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation.Checks;

/// <summary>
/// What can be said of two conditions on the same column without looking at any charge. When in doubt the answer is no.
/// </summary>
internal static class CompareConditions
{
    /// <summary>Whether every value that fulfils one fulfils the other.</summary>
    public static bool Implies(CompiledCondition one, CompiledCondition other)
    {
        if (one.ExactValues is { } values)
            return HoldsAll(other, values);
        if (!HoldsForNull(one) && IsAnyValue(other))
            return true;
        var (mine, theirs) = (one.Written, other.Written);
        if (mine.Operator == theirs.Operator && mine.Negated == theirs.Negated)
        {
            var (narrow, wide) = mine.Negated ? (other, one) : (one, other);
            if (
                narrow.Values.All(value => wide.Values.Contains(value))
                && (!narrow.Written.Values.Contains(null) || wide.Written.Values.Contains(null))
            )
                return true;
        }
        if (one.Prefixes is not { } beginnings)
            return false;
        if (theirs.Negated)
            return theirs.Operator == ConditionOperator.Is
                && !theirs.Values.Any(value => value is not null && Wildcard.IsPattern(value))
                && other.Values.All(value => !beginnings.Any(start => Starts(value, start)));
        var wider = PureBeginnings(other);
        return wider.Count > 0 && beginnings.All(start => wider.Any(shorter => Starts(start, shorter)));
    }

    /// <summary>Whether no value fulfils both.</summary>
    public static bool Exclude(CompiledCondition one, CompiledCondition other)
    {
        if (one.ExactValues is { } values)
            return HoldsNone(other, values);
        if (other.ExactValues is { } others)
            return HoldsNone(one, others);
        if (one.Prefixes is { } mine && other.Prefixes is { } theirs)
            return mine.All(start => theirs.All(next => !Starts(start, next) && !Starts(next, start)));
        return IsOppositeOf(one, other) || IsOppositeOf(other, one);
    }

    private static bool HoldsAll(CompiledCondition condition, IReadOnlyList<string?> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (!condition.Holds(values[i]))
                return false;
        }
        return true;
    }

    private static bool HoldsNone(CompiledCondition condition, IReadOnlyList<string?> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (condition.Holds(values[i]))
                return false;
        }
        return true;
    }

    /// <summary>"not X" against X, or a part of X.</summary>
    private static bool IsOppositeOf(CompiledCondition one, CompiledCondition other) =>
        one.Written.Negated
        && !other.Written.Negated
        && one.Written.Operator == other.Written.Operator
        && other.Values.All(value => one.Values.Contains(value))
        && (!other.Written.Values.Contains(null) || one.Written.Values.Contains(null));

    private static bool HoldsForNull(CompiledCondition condition) => condition.Holds(null);

    /// <summary>"not null": anything will do.</summary>
    private static bool IsAnyValue(CompiledCondition condition) =>
        condition.Written is { Negated: true, Operator: ConditionOperator.Is, Values: [null] }
        || (condition.Written is { Negated: false, Operator: ConditionOperator.Is } && condition.Values.Contains("*"));

    /// <summary>Beginnings after which anything may come: of startsWith, and of patterns such as "team-*".</summary>
    private static List<string> PureBeginnings(CompiledCondition condition) =>
        condition.IgnoresCase ? []
        : condition.Written.Operator == ConditionOperator.StartsWith ? [.. condition.Values]
        : condition.Written.Operator != ConditionOperator.Is ? []
        :
        [
            .. condition
                .Values.Where(value => value.IndexOf('*', StringComparison.Ordinal) == value.Length - 1)
                .Select(value => value[..^1]),
        ];

    private static bool Starts(string text, string start) => text.StartsWith(start, StringComparison.Ordinal);
}
