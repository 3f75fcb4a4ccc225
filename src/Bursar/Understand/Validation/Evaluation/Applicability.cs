using Bursar.Understand.Validation.Rules;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary>An optional feature of a provider, and how we know whether it has it.</summary>
/// <param name="Name">The feature ("commitment-discount").</param>
/// <param name="IsSupported">Whether rules that ask for it apply.</param>
/// <param name="Evidence">Why, in half a sentence.</param>
public sealed record Feature(string Name, bool IsSupported, string Evidence);

/// <summary>What a person says about a provider's features, where the data would say something else.</summary>
/// <param name="Supported">Features it has ("all" is every one).</param>
/// <param name="NotSupported">Features it has not.</param>
internal sealed record DeclaredFeatures(IReadOnlyList<string> Supported, IReadOnlyList<string> NotSupported)
{
    public static DeclaredFeatures None { get; } = new([], []);
}

/// <summary>
/// Which optional features a provider supports: what was declared; else those whose columns hold values.
/// </summary>
internal static class Applicability
{
    /// <param name="rules">The rules.</param>
    /// <param name="declared">What a person said.</param>
    /// <param name="filledRows">Rows with a value in a column; null without the column.</param>
    /// <param name="infer">False to support nothing but what was declared.</param>
    public static IReadOnlyList<Feature> Of(
        RuleSet rules,
        DeclaredFeatures declared,
        Func<string, long?> filledRows,
        bool infer
    ) => [.. rules.Features.Select(name => Judge(name, rules.ColumnsOf(name), declared, filledRows, infer))];

    private static Feature Judge(
        string name,
        IReadOnlyList<string> columns,
        DeclaredFeatures declared,
        Func<string, long?> filledRows,
        bool infer
    )
    {
        if (declared.NotSupported.Contains(name))
            return new Feature(name, false, "as declared");
        if (declared.Supported.Contains(name) || declared.Supported.Contains("all"))
            return new Feature(name, true, "as declared");
        if (!infer)
            return new Feature(name, false, "not declared");
        var best = columns.MaxBy(column => filledRows(column) ?? 0);
        if (best is not null && filledRows(best) is > 0 and var rows)
            return new Feature(name, true, $"{best} has values in {rows} rows");
        var named = columns.Count == 0 ? "no column shows it" : $"{string.Join(" and ", columns.Take(2))}: no values";
        return new Feature(name, false, named);
    }
}
