using System.Text;

namespace Bursar.Understand.Allocation;

/// <summary>Writes values into YAML so that they read as what they are.</summary>
internal static class YamlText
{
    /// <summary>A text in double quotes.</summary>
    public static string Quoted(string text) =>
        "\""
        + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        + "\"";

    /// <summary>A name for a document, made of any text; small letters, digits and dashes.</summary>
    public static string Name(string text)
    {
        var name = new StringBuilder();
        foreach (var letter in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
                name.Append(letter);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }
        var trimmed = name.ToString().Trim('-');
        return trimmed.Length switch
        {
            0 => "unnamed",
            > 60 => trimmed[..60].TrimEnd('-'),
            _ => trimmed,
        };
    }
}
