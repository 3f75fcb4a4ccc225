namespace Bursar.Understand.Validation.Rules;

/// <summary>What a rule is about, as FOCUS sorts its requirements.</summary>
public enum RuleKind
{
    Composite,
    Presence,
    Type,
    Format,
    Nullability,
    Validation,
}

/// <summary>One requirement of a FOCUS release.</summary>
/// <param name="Id">Its id ("BilledCost-C-003-M").</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Entity">"dataset", "column", "attribute" or "object".</param>
/// <param name="Column">The column or attribute it belongs to.</param>
/// <param name="Keyword">MUST, MUST NOT, SHOULD, SHOULD NOT, RECOMMENDED or MAY.</param>
/// <param name="Supports">It holds only for providers with one of these features; empty is for all.</param>
/// <param name="Check">What is checked; null when data cannot decide it.</param>
/// <param name="Condition">For which rows; null is all.</param>
/// <param name="Depends">Other rules that it rests on.</param>
public sealed record Rule(
    string Id,
    RuleKind Kind,
    string Entity,
    string Column,
    string Keyword,
    IReadOnlyList<string> Supports,
    Check? Check,
    Check? Condition,
    IReadOnlyList<string> Depends
)
{
    /// <summary>True when breaking it is an error, not a remark.</summary>
    public bool IsMandatory => Keyword is "MUST" or "MUST NOT";

    /// <summary>True for a permission: nobody can break it.</summary>
    public bool IsPermission => Keyword == "MAY";

    /// <summary>The rules that it gathers, in order.</summary>
    public IReadOnlyList<string> Children => Check is { Gathers: true } ? Check.Arguments : [];

    /// <summary>Everything that it gathers or rests on.</summary>
    public IEnumerable<string> Parents => Children.Concat(Depends).Distinct();
}
