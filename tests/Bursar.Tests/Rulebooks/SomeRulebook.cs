using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;

namespace Bursar.Tests.Rulebooks;

/// <summary>Rulebooks for tests, from text.</summary>
internal static class SomeRulebook
{
    /// <summary>A rulebook without any finding; several files are divided by lines <c>>> path</c>.</summary>
    public static Rulebook Of(string text)
    {
        var (rulebook, findings) = Read(text);
        Assert.Empty(findings.Select(finding => finding.ToString()));
        return rulebook;
    }

    public static (Rulebook Rulebook, IReadOnlyList<Diagnostic> Findings) Read(string text) =>
        Rulebook.Load(FilesOf(text));

    public static IReadOnlyList<RulebookFile> FilesOf(string text)
    {
        var files = new List<RulebookFile>();
        var path = "rules.yaml";
        var lines = new List<string>();
        foreach (var line in text.Split('\n').Append(">> "))
        {
            if (!line.StartsWith(">> ", StringComparison.Ordinal))
            {
                lines.Add(line);
                continue;
            }
            if (lines.Count > 0)
                files.Add(new RulebookFile(path, string.Join('\n', lines)));
            path = line[3..];
            lines = [];
        }
        return files;
    }
}
