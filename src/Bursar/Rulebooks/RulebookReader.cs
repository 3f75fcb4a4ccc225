using System.Text.RegularExpressions;
using Bursar.Core.Diagnostics;

namespace Bursar.Rulebooks;

/// <summary>Reads the files of a rulebook in three passes: YAML, documents by kind, then what refers to what.</summary>
/// <remarks>
/// A document with a mistake of its own is left out of the rulebook: half a condition would catch too much. Its name
/// still counts as declared, so that one mistake is told once. A reference to nothing is told, but the document stays.
/// </remarks>
internal sealed partial class RulebookReader
{
    private readonly Findings _findings = new();
    private readonly List<(Declaration Declaration, bool IsWhole)> _read = [];
    private readonly Dictionary<string, Dictionary<string, YamlMap>> _names = [];

    /// <param name="files">The files.</param>
    /// <param name="problems">What was found wrong before.</param>
    /// <param name="shownAs">How messages call the folder.</param>
    /// <param name="open">Opens a file that a document names.</param>
    /// <param name="wasChecked">True for rules that were checked before they were published: references are as they
    /// were then.</param>
    public static (Rulebook Rulebook, IReadOnlyList<Diagnostic> Diagnostics) Read(
        IEnumerable<RulebookFile> files,
        IReadOnlyList<Diagnostic> problems,
        string? shownAs = null,
        Func<string, RulebookFile?>? open = null,
        bool wasChecked = false
    )
    {
        var given = files
            .Select(file => new RulebookFile(file.Path.Replace('\\', '/'), Plain(file.Text)))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .ToList();
        var ordered = given.Where(file => RulebookFolder.IsYaml(file.Path)).ToList();
        var reader = new RulebookReader();
        foreach (var file in ordered)
        {
            var shown = shownAs is null ? file.Path : shownAs.TrimEnd('/') + "/" + file.Path;
            foreach (var document in YamlDocuments.Read(new YamlFile(shown, file.Text), reader._findings))
                reader.ReadDocument(document);
        }
        open ??= path => given.Find(file => file.Path == path);
        var rulebook = new Rulebook(
            [.. reader._read.Where(one => one.IsWhole).Select(one => one.Declaration)],
            [.. ordered.Concat(reader.NamedFiles(open)).OrderBy(file => file.Path, StringComparer.Ordinal)]
        );
        if (!wasChecked)
            reader.CheckAll(rulebook, shownAs);
        return (rulebook, [.. problems, .. reader._findings.InOrder()]);
    }

    /// <summary>The files that documents name, each once; what cannot be opened is the document's finding.</summary>
    private IEnumerable<RulebookFile> NamedFiles(Func<string, RulebookFile?> open) =>
        _read
            .Select(one => (one.Declaration as INamesFile)?.File)
            .OfType<string>()
            .Where(path => RulebookFolder.IsInside(path) && !RulebookFolder.IsYaml(path))
            .Distinct()
            .Select(open)
            .OfType<RulebookFile>()
            .Select(file => file with { Text = Plain(file.Text) });

    /// <summary>The text as it counts: no byte order mark, and line ends as on every other machine.</summary>
    private static string Plain(string text) =>
        text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private void ReadDocument(YamlNode node)
    {
        if (node is not YamlMap map)
        {
            _findings.Error(
                node,
                "wrong-type",
                $"A document is a map of keys; this is {node.What}.",
                "Begin with kind: and name:."
            );
            return;
        }
        var kind = ReadKind(map);
        if (kind is null)
            return;
        CheckVersion(map);
        var errorsBefore = _findings.ErrorCount;
        var record = (Declaration)RecordReader.Read(kind.Record, map, _findings);
        var named = ReadName(kind, map);
        _read.Add((record, named && _findings.ErrorCount == errorsBefore));
    }

    private RulebookKind? ReadKind(YamlMap map)
    {
        var names = RulebookKinds.All.Select(kind => kind.Name);
        var remedy = "Kinds are " + string.Join(", ", names) + ".";
        switch (map.Find("kind"))
        {
            case YamlScalar scalar when RulebookKinds.Find(scalar.Text) is { } kind:
                return kind;
            case YamlScalar scalar:
                _findings.Error(
                    scalar,
                    "unknown-kind",
                    $"No kind of document is called \"{scalar.Text}\"." + DidYouMean.Question(scalar.Text, names),
                    remedy
                );
                return null;
            case { } other:
                _findings.Error(other, "wrong-type", $"\"kind\" is a single word; this is {other.What}.", remedy);
                return null;
            default:
                _findings.Error(
                    map,
                    "missing-kind",
                    "This document does not say what kind it is.",
                    "Begin with kind: and one of " + string.Join(", ", names) + "."
                );
                return null;
        }
    }

    private void CheckVersion(YamlMap map)
    {
        if (map.Find("version") is not { } version || version is YamlScalar { Text: "1" })
            return;
        _findings.Error(
            version,
            "unknown-version",
            $"Documents of version {version.What} are not known here.",
            "Write version: 1, or use a newer Bursar."
        );
    }

    private bool ReadName(RulebookKind kind, YamlMap map)
    {
        if (map.Find("name") is not YamlScalar { Text.Length: > 0 } name)
            return false;
        if (!NameForm.IsMatch(name.Text))
        {
            _findings.Error(
                name,
                "bad-name",
                $"\"{name.Text}\" cannot be a name.",
                "Use letters, digits, dot, dash and underscore, beginning with a letter or digit."
            );
            return false;
        }
        if (!_names.TryGetValue(kind.Name, out var names))
            _names[kind.Name] = names = [];
        if (names.TryAdd(name.Text, map))
            return true;
        var first = names[name.Text].Position;
        _findings.Error(
            name,
            "duplicate-name",
            $"Another {kind.Name} is called \"{name.Text}\": {first.File}, line {first.Line}.",
            "Give one of them another name."
        );
        return false;
    }

    private void CheckAll(Rulebook rulebook, string? shownAs)
    {
        var check = new RulebookCheck(rulebook, NamesOf(), _findings) { ShownAs = shownAs };
        foreach (var (declaration, _) in _read)
        {
            check.Walk(declaration);
            declaration.Check(check);
        }
    }

    private Dictionary<string, IReadOnlySet<string>> NamesOf()
    {
        var names = _names.ToDictionary(kind => kind.Key, IReadOnlySet<string> (kind) => kind.Value.Keys.ToHashSet());
        foreach (var kind in RulebookKinds.All)
            names.TryAdd(kind.Name, new HashSet<string>());
        foreach (
            var list in _read
                .Select(one => one.Declaration)
                .OfType<Organisation>()
                .SelectMany(organisation => organisation.Lists)
                .GroupBy(list => list.List)
        )
        {
            var ids = list.SelectMany(part => part.Units).Select(unit => unit.Id).ToHashSet();
            if (ids.Count > 0)
                names[list.Key] = ids;
        }
        return names;
    }

    [GeneratedRegex(@"\A[\p{L}\p{N}][\p{L}\p{N}._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameForm { get; }
}
