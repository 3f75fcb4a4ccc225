using Bursar.Core.Diagnostics;
using Bursar.Core.Focus;

namespace Bursar.Rulebooks;

/// <summary>The columns that conditions and templates may name: FOCUS ids, <c>x_…</c> columns and
/// <c>Tags/key</c>.</summary>
internal static class ColumnNames
{
    public const string Tags = "Tags";

    private const string TagPrefix = "Tags/";
    private const string LevelPrefix = "Hierarchy/";
    private const string ItemPrefix = "Item/";

    /// <summary>What a rule may ask of the configuration item of a charge.</summary>
    public static IReadOnlyList<string> ItemFields { get; } = ["id", "name", "class", "application", "owner"];

    /// <summary>The tag key of <c>Tags/key</c>, or null for any other column.</summary>
    public static string? TagKey(string column) =>
        column.StartsWith(TagPrefix, StringComparison.Ordinal) ? column[TagPrefix.Length..] : null;

    /// <summary>The level of <c>Hierarchy/level</c>, or null for any other column.</summary>
    public static string? Level(string column) =>
        column.StartsWith(LevelPrefix, StringComparison.Ordinal) ? column[LevelPrefix.Length..] : null;

    /// <summary>The field of <c>Item/field</c>, or null for any other column.</summary>
    public static string? ItemField(string column) =>
        column.StartsWith(ItemPrefix, StringComparison.Ordinal) ? column[ItemPrefix.Length..] : null;

    /// <summary>The column that is meant, or null after saying what is wrong with the name.</summary>
    /// <param name="name">The name as written.</param>
    /// <param name="at">Where it stands.</param>
    /// <param name="findings">Where mistakes go.</param>
    /// <param name="ofRules">Whether it may be of the account's groups or of the configuration item.</param>
    public static string? Resolve(string name, YamlNode at, Findings findings, bool ofRules = false)
    {
        if (TagKey(name) is { } key)
            return ResolveTag(name, key, at, findings);
        if (Level(name) is not null || ItemField(name) is not null)
            return ResolveAround(name, at, findings, ofRules);
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

    private static string? ResolveAround(string name, YamlNode at, Findings findings, bool ofRules)
    {
        if (!ofRules)
            findings.Error(
                at,
                "unknown-column",
                $"Only allocation rules may ask for {name}.",
                "Set a shared field by it in a rule, and ask for that field here."
            );
        else if (ItemField(name) is { } field && !ItemFields.Contains(field))
            findings.Error(
                at,
                "unknown-column",
                $"A configuration item has no \"{field}\".{DidYouMean.Question(field, ItemFields)}",
                $"Write Item/ and one of {string.Join(", ", ItemFields)}."
            );
        else if (Level(name) is { Length: 0 })
            findings.Error(
                at,
                "unknown-column",
                "Hierarchy/ lacks the level.",
                "Write Hierarchy/level, for example Hierarchy/business-unit."
            );
        else
            return name;
        return null;
    }

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
