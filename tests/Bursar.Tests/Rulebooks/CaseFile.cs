using Bursar.Tests.Support;

namespace Bursar.Tests.Rulebooks;

/// <summary>One example of a case file: its heading, what goes in, and what comes out.</summary>
internal sealed record TextCase(string Title, string Input, string Expected);

/// <summary>Text files of examples: <c>## title</c>, input, a line <c>⇶</c>, output. What stands before the first
/// heading is for readers.</summary>
/// <remarks>With BURSAR_GOLDEN=write the outputs are written anew; the difference is then reviewed.</remarks>
internal static class CaseFile
{
    private const string Arrow = "⇶";

    public static IReadOnlyList<TextCase> Read(string path)
    {
        var cases = new List<TextCase>();
        foreach (var part in Parts(path).Skip(1))
        {
            var lines = part.TrimEnd('\n').Split('\n');
            var arrow = Array.IndexOf(lines, Arrow);
            Assert.True(arrow > 0, $"{path}: \"{lines[0]}\" has no line {Arrow}.");
            cases.Add(
                new TextCase(
                    lines[0].Trim(),
                    string.Join('\n', lines[1..arrow]) + "\n",
                    string.Join('\n', lines[(arrow + 1)..]).Trim('\n')
                )
            );
        }
        return cases;
    }

    /// <summary>Compares every case with what comes out now.</summary>
    public static void Check(string path, Func<TextCase, string> run)
    {
        var cases = Read(path);
        var actual = cases.Select(one => run(one).Trim('\n')).ToList();
        if (Environment.GetEnvironmentVariable("BURSAR_GOLDEN") == "write")
        {
            var texts = cases.Zip(actual, (one, now) => $"## {one.Title}\n{one.Input}{Arrow}\n{now}\n\n");
            File.WriteAllText(FullPath(path), Parts(path)[0] + string.Concat(texts).TrimEnd('\n') + "\n");
            return;
        }
        for (var i = 0; i < cases.Count; i++)
        {
            if (cases[i].Expected != actual[i])
                Assert.Fail($"{path}: {cases[i].Title}\n\n--- expected\n{cases[i].Expected}\n\n--- now\n{actual[i]}");
        }
        Assert.NotEmpty(cases);
    }

    private static string[] Parts(string path) =>
        ("\n" + File.ReadAllText(FullPath(path))).Split("\n## ") is var parts && parts.Length > 0
            ? [parts[0][1..] + "\n", .. parts[1..]]
            : [];

    private static string FullPath(string path) => RepositoryRoot.File("tests", "Bursar.Tests", path);
}
