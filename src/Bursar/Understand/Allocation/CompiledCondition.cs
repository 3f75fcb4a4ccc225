using System.Text.RegularExpressions;
using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation;

/// <summary>A condition ready to be asked many times.</summary>
internal sealed class CompiledCondition
{
    private readonly Func<string, bool> _test;
    private readonly bool _matchesNull;
    private readonly bool _negated;

    /// <param name="slot">Where the value stands.</param>
    /// <param name="condition">The condition as written.</param>
    /// <param name="canonical">Brings a value to compare with into its proper spelling; tags have one.</param>
    /// <param name="ignoreCase">Whether capital and small letters are the same.</param>
    public CompiledCondition(int slot, Condition condition, Func<string, string> canonical, bool ignoreCase)
    {
        Slot = slot;
        Written = condition;
        _negated = condition.Negated;
        _matchesNull = condition.Values.Contains(null);
        var values = condition.Values.OfType<string>().ToList();
        if (condition.Operator == ConditionOperator.Is)
            values = [.. values.Select(value => Wildcard.IsPattern(value) ? value : canonical(value))];
        Values = values;
        IgnoresCase = ignoreCase;
        var isExact = condition.Operator == ConditionOperator.Is && !values.Exists(Wildcard.IsPattern);
        if (isExact && !_negated)
            ExactValues = [.. values.Distinct(), .. _matchesNull ? [null] : Array.Empty<string?>()];
        Prefixes = PrefixesOf(condition.Operator, values, ignoreCase);
        _test = Test(condition.Operator, values, isExact, ignoreCase);
    }

    public int Slot { get; }

    /// <summary>The condition as it stands in the rulebook.</summary>
    public Condition Written { get; }

    /// <summary>What it compares with, without null, in proper spelling.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Whether capital and small letters are the same.</summary>
    public bool IgnoresCase { get; }

    /// <summary>The only values that fulfil it (null is "no value"), when they can be listed; else null.</summary>
    public IReadOnlyList<string?>? ExactValues { get; }

    /// <summary>Beginnings, one of which every value that fulfils it has; null when that cannot be said.</summary>
    public IReadOnlyList<string>? Prefixes { get; }

    public bool Holds(string? value) => (value is null ? _matchesNull : _test(value)) != _negated;

    private List<string>? PrefixesOf(ConditionOperator comparison, List<string> values, bool ignoreCase)
    {
        if (
            _negated
            || _matchesNull
            || ignoreCase
            || comparison is not (ConditionOperator.Is or ConditionOperator.StartsWith)
        )
            return null;
        var prefixes =
            comparison == ConditionOperator.StartsWith ? values : values.ConvertAll(value => value.Split('*')[0]);
        return prefixes.TrueForAll(prefix => prefix.Length > 0) ? [.. prefixes.Distinct()] : null;
    }

    private static Func<string, bool> Test(
        ConditionOperator comparison,
        List<string> values,
        bool isExact,
        bool ignoreCase
    )
    {
        var letters = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        switch (comparison)
        {
            case ConditionOperator.Is when isExact:
                var exact = values.ToHashSet();
                return exact.Contains;
            case ConditionOperator.Is:
                var patterns = values.ConvertAll(value => new Wildcard(value, letters));
                return value => patterns.Exists(pattern => pattern.Matches(value));
            case ConditionOperator.StartsWith:
                return value => values.Exists(start => value.StartsWith(start, letters));
            case ConditionOperator.EndsWith:
                return value => values.Exists(end => value.EndsWith(end, letters));
            case ConditionOperator.Contains:
                return value => values.Exists(piece => value.Contains(piece, letters));
            default:
                List<Regex> expressions = values.ConvertAll(value => ConditionsReader.Compile(value, ignoreCase));
                return value => expressions.Exists(expression => expression.IsMatch(value));
        }
    }
}
