using Bursar.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Bursar.Rulebooks;

/// <summary>Reads the documents of one file, each on its own, so that a slip in one leaves the others
/// readable.</summary>
internal sealed class YamlDocuments
{
    private const int DepthMax = 32;

    private readonly YamlFile _file;
    private readonly Findings _findings;
    private int _lineOffset;

    private YamlDocuments(YamlFile file, Findings findings)
    {
        _file = file;
        _findings = findings;
    }

    /// <summary>The documents that are valid YAML; the others are findings.</summary>
    public static List<YamlNode> Read(YamlFile file, Findings findings) => new YamlDocuments(file, findings).ReadAll();

    private List<YamlNode> ReadAll()
    {
        var documents = new List<YamlNode>();
        var start = 0;
        for (var line = 0; line <= _file.Lines.Length; line++)
        {
            // a marker at the start of a line ends a document wherever it stands, also in quoted and block text (YAML
            // 1.2, 9.1.2)
            if (line < _file.Lines.Length && !IsMarker(_file.Lines[line]))
                continue;
            if (ReadOne(start, line) is { } document)
                documents.Add(document);
            start = line;
        }
        return documents;
    }

    private static bool IsMarker(string line) =>
        line.StartsWith("---", StringComparison.Ordinal) && (line.Length == 3 || line[3] is ' ' or '\t');

    private YamlNode? ReadOne(int start, int end)
    {
        _lineOffset = start;
        var text = string.Join('\n', _file.Lines[start..end]) + "\n";
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
                return null;
            parser.Consume<DocumentStart>();
            var root = Build(parser, 0);
            parser.Consume<DocumentEnd>();
            return root is YamlScalar { IsEmpty: true } ? null : root;
        }
        catch (YamlException problem)
        {
            Refuse(problem, start, end);
            return null;
        }
        catch (InvalidOperationException)
        {
            // the scanner throws this, without a position, for some texts that break off: the last thing read is the
            // nearest place
            var mark = parser.Current?.End ?? Mark.Empty;
            Refuse(new YamlException(mark, mark, "the text breaks off here"), start, end);
            return null;
        }
    }

    private void Refuse(YamlException problem, int start, int end)
    {
        var tab = Array.FindIndex(_file.Lines, start, end - start, text => text.TrimStart(' ').StartsWith('\t'));
        var last = Array.FindLastIndex(_file.Lines, end - 1, end - start, text => text.Trim().Length > 0);
        var line = tab >= 0 ? tab + 1 : Math.Clamp((int)problem.Start.Line + _lineOffset, 1, last + 1);
        var text = _file.Lines[line - 1];
        var column =
            tab >= 0
                ? text.IndexOf('\t') + 1
                : Math.Clamp(
                    line == last + 1 && problem.Start.Line + _lineOffset > line
                        ? text.Length
                        : (int)problem.Start.Column,
                    1,
                    text.Length + 1
                );
        var remedy =
            tab >= 0
                ? "Indent with spaces: YAML does not allow tabs at the start of a line."
                : "Check the indentation, and put values that hold ': ', ' #' or begin with one of *&!{[%@` into quotes.";
        _findings.Error(
            _file,
            new SourcePosition(_file.Path, line, column),
            "yaml-syntax",
            $"This is not valid YAML: {Sentence(problem.Message)}",
            remedy
        );
    }

    private static string Sentence(string message)
    {
        // the parser repeats the position in front of its message
        var text =
            message.StartsWith('(') && message.IndexOf("): ", StringComparison.Ordinal) is > 0 and var cut
                ? message[(cut + 3)..]
                : message;
        text = text.Trim().TrimEnd('.');
        return text.Length == 0 ? "it ends too early." : char.ToLowerInvariant(text[0]) + text[1..] + ".";
    }

    private YamlNode Build(Parser parser, int depth)
    {
        if (depth > DepthMax)
            throw new YamlException(parser.Current!.Start, parser.Current.End, "lists and maps are nested too deeply");
        var current = parser.Current!;
        if (current is NodeEvent { Tag.IsEmpty: false } tagged)
        {
            _findings.Error(
                _file,
                Place(tagged.Start, tagged.End),
                "yaml-tag",
                "A word that begins with ! is a YAML type tag, and rulebooks have none.",
                "Put the value into quotes if the ! belongs to it."
            );
        }
        switch (current)
        {
            case Scalar scalar:
                parser.MoveNext();
                return new YamlScalar(
                    _file,
                    Place(scalar.Start, scalar.End),
                    scalar.Value,
                    scalar.Style == ScalarStyle.Plain
                );
            case AnchorAlias alias:
                parser.MoveNext();
                return Alias(alias);
            case SequenceStart start:
                parser.MoveNext();
                return BuildList(parser, start, depth);
            case MappingStart start:
                parser.MoveNext();
                return BuildMap(parser, start, depth);
            default:
                throw new YamlException(current.Start, current.End, "a value was expected here");
        }
    }

    private YamlScalar Alias(AnchorAlias alias)
    {
        var place = Place(alias.Start, alias.End);
        _findings.Error(
            _file,
            place,
            "yaml-alias",
            "A value that begins with * is a YAML alias, and rulebooks have none.",
            $"Put a pattern into quotes: \"*{alias.Value}\". Write a repeated value again."
        );
        return new YamlScalar(_file, place, "*" + alias.Value, isPlain: false);
    }

    private YamlList BuildList(Parser parser, SequenceStart start, int depth)
    {
        var items = new List<YamlNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(Build(parser, depth + 1));
        return new YamlList(_file, Place(start.Start, start.End), items);
    }

    private YamlMap BuildMap(Parser parser, MappingStart start, int depth)
    {
        var entries = new List<KeyValuePair<YamlScalar, YamlNode>>();
        var seen = new Dictionary<string, int>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = Build(parser, depth + 1);
            var value = Build(parser, depth + 1);
            if (key is not YamlScalar name)
            {
                _findings.Error(key, "yaml-key", $"A key is a word; this one is {key.What}.", "Write key: value.");
            }
            else if (!seen.TryAdd(name.Text, name.Position.Line))
            {
                _findings.Error(
                    name,
                    "duplicate-key",
                    $"\"{name.Text}\" is given twice here; the first is on line {seen[name.Text]}.",
                    "Keep one of the two, or make it a list where a list is allowed."
                );
            }
            else
                entries.Add(new(name, value));
        }
        var position =
            entries.Count > 0 && start.Style != MappingStyle.Flow
                ? entries[0].Key.Position
                : Place(start.Start, start.End);
        return new YamlMap(_file, position, entries);
    }

    private SourcePosition Place(in Mark start, in Mark end)
    {
        var line = Math.Clamp((int)start.Line + _lineOffset, 1, _file.Lines.Length);
        var column = (int)start.Column;
        var lastColumn = end.Line == start.Line ? (int)end.Column : _file.Lines[line - 1].Length + 1;
        return new SourcePosition(_file.Path, line, column, Math.Max(lastColumn - column, 1));
    }
}
