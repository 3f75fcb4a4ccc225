using System.Security.Cryptography;
using System.Text;

namespace Bursar.Rulebooks;

/// <summary>A hash of what documents say: not of their comments, layout, order of keys, or of the file they stand
/// in.</summary>
internal static class DocumentHash
{
    /// <summary>SHA-256 of a label and the documents, taken by kind and name.</summary>
    public static string Of(string label, IEnumerable<Declaration> declarations)
    {
        var text = new StringBuilder(label).Append('\n');
        foreach (
            var declaration in declarations
                .OrderBy(one => one.Kind, StringComparer.Ordinal)
                .ThenBy(one => one.Name, StringComparer.Ordinal)
        )
        {
            if (declaration.Origin is { } origin)
                Write(origin, text, withoutExamples: true);
            text.Append('\n');
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Write(YamlNode node, StringBuilder text, bool withoutExamples = false)
    {
        switch (node)
        {
            case YamlScalar { IsNull: true } or YamlScalar { IsEmpty: true }:
                text.Append('~');
                break;
            case YamlScalar scalar:
                WriteText(scalar.Text, text);
                break;
            case YamlList list:
                text.Append('[');
                foreach (var item in list.Items)
                    Write(item, text);
                text.Append(']');
                break;
            case YamlMap map:
                text.Append('{');
                // what tests a rule does not change what it does
                foreach (
                    var (key, value) in map
                        .Entries.Where(entry => !withoutExamples || entry.Key.Text != "examples")
                        .OrderBy(entry => entry.Key.Text, StringComparer.Ordinal)
                )
                {
                    WriteText(key.Text, text);
                    Write(value, text);
                }
                text.Append('}');
                break;
        }
    }

    private static void WriteText(string value, StringBuilder text) =>
        text.Append(value.Length).Append(':').Append(value);
}
