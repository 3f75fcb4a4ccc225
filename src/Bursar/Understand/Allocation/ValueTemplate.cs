using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation;

/// <summary>A value to set: text with columns in braces, <c>"{Tags/team}-{RegionId}"</c>; <c>{{</c> and <c>}}</c> stand
/// for braces.</summary>
/// <param name="Parts">Text and columns in turn.</param>
internal sealed record ValueTemplate(IReadOnlyList<ValueTemplate.Part> Parts)
{
    /// <summary>A piece of text, or a column whose value goes there.</summary>
    internal sealed record Part(string Text, bool IsColumn);

    /// <summary>The text when no column is in it, else null.</summary>
    public string? Literal => Parts is [{ IsColumn: false } only] ? only.Text : null;

    /// <summary>Reads a template; null after saying what is wrong with it.</summary>
    public static ValueTemplate? Read(string text, YamlNode at, Findings findings)
    {
        var parts = new List<Part>();
        var literal = "";
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '{' or '}' && i + 1 < text.Length && text[i + 1] == text[i])
                literal += text[i++];
            else if (text[i] == '{' && text.IndexOf('}', i) is > 0 and var end)
            {
                if (ColumnNames.Resolve(text[(i + 1)..end].Trim(), at, findings, ofRules: true) is not { } column)
                    return null;
                if (literal.Length > 0)
                    parts.Add(new Part(literal, IsColumn: false));
                parts.Add(new Part(column, IsColumn: true));
                literal = "";
                i = end;
            }
            else if (text[i] is '{' or '}')
            {
                findings.Error(
                    at,
                    "bad-template",
                    $"A brace of \"{text}\" has no partner.",
                    "Write {Column}; for a brace itself write it twice."
                );
                return null;
            }
            else
                literal += text[i];
        }
        if (literal.Length > 0)
            parts.Add(new Part(literal, IsColumn: false));
        return new ValueTemplate(parts);
    }
}
