using System.Runtime.CompilerServices;

namespace Bursar.Tests.Support;

/// <summary>
/// Compares text with a file that people reviewed. BURSAR_GOLDEN=write writes the file anew; look at the diff.
/// </summary>
internal static class Golden
{
    private static readonly bool Writes = Environment.GetEnvironmentVariable("BURSAR_GOLDEN") == "write";

    /// <summary>Compares with <c>golden/NAME</c> beside the test's source file.</summary>
    public static void Match(string name, string actual, [CallerFilePath] string testFile = "")
    {
        // Deterministic builds map source paths to /_/, so the folder is found by its name below the test project.
        var folder = Path.GetFileName(Path.GetDirectoryName(testFile.Replace('\\', '/'))!);
        MatchFile(RepositoryRoot.File("tests", "Bursar.Tests", folder, "golden", name), actual);
    }

    /// <summary>
    /// Compares with a file of the repository that is made by the product itself, such as docs/cli.md.
    /// </summary>
    public static void MatchFile(string path, string actual)
    {
        var text = actual.ReplaceLineEndings("\n");
        if (Writes)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return;
        }
        var shown = Path.GetRelativePath(RepositoryRoot.Path, path);
        Assert.True(
            File.Exists(path),
            $"{shown} is missing. Run the test once with BURSAR_GOLDEN=write and review what it writes."
        );
        var expected = File.ReadAllText(path).ReplaceLineEndings("\n");
        if (expected == text)
            return;
        const string Mend = "If the new text is right, run with BURSAR_GOLDEN=write and review the diff.";
        Assert.Fail($"{shown} differs. {Mend}\n{FirstDifference(expected, text)}");
    }

    private static string FirstDifference(string expected, string actual)
    {
        var (left, right) = (expected.Split('\n'), actual.Split('\n'));
        var line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
            line++;
        var (wanted, got) = (left.ElementAtOrDefault(line) ?? "(end)", right.ElementAtOrDefault(line) ?? "(end)");
        return $"line {line + 1}\nexpected: {wanted}\nactual:   {got}";
    }
}
