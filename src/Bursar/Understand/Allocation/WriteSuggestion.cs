using System.Text;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;

namespace Bursar.Understand.Allocation;

/// <summary>What was added to the rules.</summary>
internal sealed record WrittenSuggestion(string Path, string Text, bool IsNew);

/// <summary>Adds a suggested rule to a file of the working copy, below what is there.</summary>
internal sealed class WriteSuggestion(string rulebookFolder)
{
    public const string FileName = "suggested.yaml";

    private const string Head =
        "# Rules that bursar suggest found in the books. They count from the next bursar publish on.\n";

    /// <exception cref="RefusedException">The rules would not read any more, or the file cannot be written.</exception>
    public WrittenSuggestion Write(RuleSuggestion suggestion)
    {
        var path = Path.Combine(rulebookFolder, FileName);
        try
        {
            var before = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
            var text = $"# {Capital(suggestion.Sentence)}. {suggestion.Evidence}\n{suggestion.Yaml}";
            if (before.Contains(suggestion.Yaml, StringComparison.Ordinal))
                return new WrittenSuggestion(path, text, IsNew: false);
            Directory.CreateDirectory(rulebookFolder);
            var after = before.Length == 0 ? Head + text : before.TrimEnd('\n') + "\n---\n" + text;
            RefuseMistakes(after);
            File.WriteAllText(path, after, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return new WrittenSuggestion(path, text, IsNew: true);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                "suggest/cannot-write",
                $"{path} could not be written: {problem.Message}",
                "Name a folder that you may write to with --rulebook DIR."
            );
        }
    }

    /// <summary>What is written must pass <c>bursar check</c> together with everything else.</summary>
    private void RefuseMistakes(string text)
    {
        var files = RulebookFolder
            .FilesIn(rulebookFolder)
            .Where(path => path != FileName)
            .Select(path => new RulebookFile(path, File.ReadAllText(Path.Combine(rulebookFolder, path))));
        var (_, diagnostics) = Rulebook.Load(files.Append(new RulebookFile(FileName, text)));
        if (
            diagnostics.FirstOrDefault(found => found.Severity == Severity.Error && found.Position?.File == FileName) is
            { } mistake
        )
            throw new RefusedException(mistake);
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
