using System.Collections;
using Bursar.Warehouse.Queries;

namespace Bursar.Rulebooks;

/// <summary>How a condition compares.</summary>
internal enum ConditionOperator
{
    /// <summary>Equal to one of the values; a value with <c>*</c> is a pattern, null is "no value".</summary>
    Is,
    StartsWith,
    EndsWith,
    Contains,

    /// <summary>The whole value fits the regular expression.</summary>
    Matches,
}

/// <summary>One condition on one column: any of the values will do; negated, none of them may.</summary>
/// <param name="Column">A FOCUS column id, an x_ column, or <c>Tags/key</c>.</param>
/// <param name="Operator">How it compares. Capital and small letters differ.</param>
/// <param name="Values">What it compares with; null (only with Is) is "no value".</param>
/// <param name="Negated">True for "none of these"; a charge without a value fulfils it.</param>
internal sealed record Condition(
    string Column,
    ConditionOperator Operator,
    IReadOnlyList<string?> Values,
    bool Negated
);

/// <summary>Conditions that must all hold, as <c>when:</c> and <c>where:</c> have them. No condition at all holds for
/// every charge.</summary>
internal sealed record Conditions(IReadOnlyList<Condition> Items) : IReadOnlyList<Condition>
{
    public int Count => Items.Count;

    public Condition this[int index] => Items[index];

    public IEnumerator<Condition> GetEnumerator() => Items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The same as a question to the books. Regular expressions have no such form and are refused when a
    /// filter is read.</summary>
    public IReadOnlyList<CostFilter> ToFilters() => [.. Items.Select(ToFilter)];

    private static CostFilter ToFilter(Condition condition)
    {
        IReadOnlyList<string?> values = condition.Operator switch
        {
            ConditionOperator.Is => condition.Values,
            ConditionOperator.StartsWith => [.. condition.Values.Select(value => value + "*")],
            ConditionOperator.EndsWith => [.. condition.Values.Select(value => "*" + value)],
            ConditionOperator.Contains => [.. condition.Values.Select(value => "*" + value + "*")],
            _ => throw new InvalidOperationException("A filter has no regular expressions."),
        };
        return new CostFilter(condition.Column, values, condition.Negated);
    }
}
