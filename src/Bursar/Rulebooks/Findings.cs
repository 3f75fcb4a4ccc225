using Bursar.Core.Diagnostics;

namespace Bursar.Rulebooks;

/// <summary>The mistakes and notes found while a rulebook is read: all of them, with their places.</summary>
internal sealed class Findings
{
    private readonly List<Diagnostic> _found = [];

    public int ErrorCount { get; private set; }

    public void Error(YamlNode at, string code, string message, string remedy) =>
        Add(at, Severity.Error, code, message, remedy);

    public void Warn(YamlNode at, string code, string message, string remedy) =>
        Add(at, Severity.Warning, code, message, remedy);

    public void Note(YamlNode at, string code, string message, string remedy) =>
        Add(at, Severity.Note, code, message, remedy);

    public void Error(YamlFile file, SourcePosition at, string code, string message, string remedy) =>
        Add(new Diagnostic("rulebook/" + code, Severity.Error, message, remedy, at, file.Excerpt(at)));

    /// <summary>By file, line and column; what was found first stays first.</summary>
    public IReadOnlyList<Diagnostic> InOrder() =>
        [
            .. _found
                .OrderBy(found => found.Position?.File, StringComparer.Ordinal)
                .ThenBy(found => found.Position?.Line)
                .ThenBy(found => found.Position?.Column),
        ];

    private void Add(YamlNode at, Severity severity, string code, string message, string remedy) =>
        Add(new Diagnostic("rulebook/" + code, severity, message, remedy, at.Position, at.File.Excerpt(at.Position)));

    private void Add(Diagnostic diagnostic)
    {
        if (diagnostic.Severity == Severity.Error)
            ErrorCount++;
        _found.Add(diagnostic);
    }
}
