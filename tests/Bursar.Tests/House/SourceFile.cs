using Bursar.Tests.Support;

namespace Bursar.Tests.House;

/// <summary>A file of the repository, as the house rules read it.</summary>
/// <param name="Path">From the root, with '/': "src/Bursar.Core/Amounts/Amount.cs".</param>
internal sealed record SourceFile(string Path)
{
    public static IReadOnlyList<SourceFile> CSharp { get; } = Under([".cs"], "src/", "tests/", "bench/");

    public static IReadOnlyList<SourceFile> Product { get; } = Under([".cs", ".razor"], "src/");

    public static IReadOnlyList<SourceFile> Markdown { get; } = Under([".md"], "");

    public string Text => field ??= File.ReadAllText(RepositoryRoot.File(Path)).ReplaceLineEndings("\n");

    public string[] Lines => field ??= Text.Split('\n');

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Lines that are code, with their numbers from 1: comments are left out, strings are not.</summary>
    public IEnumerable<(int Number, string Text)> Code =>
        Lines
            .Select((line, place) => (Number: place + 1, Text: line))
            .Where(line => !line.Text.TrimStart().StartsWith("//"));

    public static IReadOnlyList<SourceFile> Under(string[] extensions, params string[] folders) =>
        [
            .. RepositoryRoot
                .Files(extensions)
                .Where(path => folders.Any(path.StartsWith))
                .Select(path => new SourceFile(path)),
        ];

    /// <summary>Fails with every finding at once and what to do about it.</summary>
    public static void None(IEnumerable<string> findings, string howToMend)
    {
        var list = findings.ToList();
        if (list.Count > 0)
            Assert.Fail($"{howToMend}\n  {string.Join("\n  ", list)}");
    }
}
