using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;

namespace Bursar.Rulebooks;

/// <summary>The columns that conditions and templates may name: FOCUS ids, <c>x_…</c> columns and
/// <c>Tags/key</c>.</summary>
internal static class ColumnNames
{
    public const string Tags = "Tags";

    private const string TagPrefix = "Tags/";

    /// <summary>The tag key of <c>Tags/key</c>, or null for any other column.</summary>
    public static string? TagKey(string column) =>
        column.StartsWith(TagPrefix, StringComparison.Ordinal) ? column[TagPrefix.Length..] : null;

    /// <summary>The column that is meant, or null after saying what is wrong with the name.</summary>
    public static string? Resolve(string name, YamlNode at, Findings findings)
    {
        if (TagKey(name) is { } key)
            return ResolveTag(name, key, at, findings);
        if (name.StartsWith("x_", StringComparison.Ordinal) && name.Length > 2)
            return name;
        if (FocusColumns.Aliases.TryGetValue(name, out var current))
        {
            findings.Note(
                at,
                "older-column",
                $"\"{name}\" is read as {current}, the id of FOCUS 1.4.",
                $"Write {current}."
            );
            return current;
        }
        if (!FocusColumns.CostAndUsage.TryGetValue(name, out var column))
        {
            findings.Error(
                at,
                "unknown-column",
                $"FOCUS has no column \"{name}\".{DidYouMean.Question(name, Known)}",
                "Use a FOCUS column id, a column that begins with x_, or Tags/key."
            );
            return null;
        }
        if (column.Type is FocusType.String)
            return name;
        var (what, remedy) = column.Type switch
        {
            FocusType.Decimal => ("an amount", "Conditions compare text: names, ids, categories and tags."),
            FocusType.DateTime => ("a time", "Say when with from and to."),
            _ => (
                "a map",
                name == Tags ? "Name one tag: Tags/key." : "Conditions compare text: names, ids, categories and tags."
            ),
        };
        findings.Error(at, "column-not-text", $"{name} is {what}, not a text to compare.", remedy);
        return null;
    }

    private static IEnumerable<string> Known =>
        FocusColumns.CostAndUsage.Values.Where(column => column.Type == FocusType.String).Select(column => column.Id);

    private static string? ResolveTag(string name, string key, YamlNode at, Findings findings)
    {
        if (key.Length > 0)
            return name;
        findings.Error(
            at,
            "unknown-column",
            "Tags/ lacks the key of the tag.",
            "Write Tags/key, for example Tags/cost-centre."
        );
        return null;
    }
}
