using Bursar.Core.Diagnostics;

namespace Bursar.Rulebooks;

/// <summary>A file of a rulebook as it is written: its path, forward slashes, and its text with plain line
/// ends.</summary>
internal sealed class YamlFile(string path, string text)
{
    private const int ExcerptLengthMax = 160;

    public string Path { get; } = path;

    public string[] Lines { get; } = text.Split('\n');

    /// <summary>The line for a message, or null when it is too long to help anybody.</summary>
    public string? Excerpt(SourcePosition position)
    {
        if (position.Line > Lines.Length)
            return null;
        var line = Lines[position.Line - 1];
        if (line.Length <= ExcerptLengthMax)
            return line;
        return position.Column + position.Length > ExcerptLengthMax ? null : line[..ExcerptLengthMax];
    }
}

/// <summary>A piece of a YAML document that knows where it is written.</summary>
internal abstract class YamlNode(YamlFile file, SourcePosition position)
{
    public YamlFile File { get; } = file;

    public SourcePosition Position { get; } = position;

    /// <summary>What it is, for messages: "a list".</summary>
    public abstract string What { get; }
}

/// <summary>A single value. It stays text until a field says what it is: <c>no</c>, <c>0123</c> and <c>2026-01-01</c>
/// are what was written.</summary>
internal sealed class YamlScalar(YamlFile file, SourcePosition position, string text, bool isPlain)
    : YamlNode(file, position)
{
    public string Text { get; } = text;

    /// <summary>Written without quotes.</summary>
    public bool IsPlain { get; } = isPlain;

    /// <summary>Nothing was written after the colon.</summary>
    public bool IsEmpty => IsPlain && Text.Length == 0;

    /// <summary>The word for "no value".</summary>
    public bool IsNull => IsPlain && Text is "null" or "~" or "Null" or "NULL";

    public override string What => IsEmpty ? "nothing" : $"\"{Text}\"";
}

/// <summary>A list of values.</summary>
internal sealed class YamlList(YamlFile file, SourcePosition position, IReadOnlyList<YamlNode> items)
    : YamlNode(file, position)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string What => "a list";
}

/// <summary>A map of keys to values, in the order written.</summary>
internal sealed class YamlMap(
    YamlFile file,
    SourcePosition position,
    IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> entries
) : YamlNode(file, position)
{
    public IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Entries { get; } = entries;

    public override string What => "a map of keys";

    public YamlNode? Find(string key)
    {
        foreach (var (name, value) in Entries)
        {
            if (name.Text == key)
                return value;
        }
        return null;
    }
}
