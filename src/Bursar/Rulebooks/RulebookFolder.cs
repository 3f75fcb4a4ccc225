using System.Text;
using Bursar.Core.Diagnostics;

namespace Bursar.Rulebooks;

/// <summary>Finds the files of a rulebook in a folder.</summary>
internal static class RulebookFolder
{
    private const long FileBytesMax = 16 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Paths of the rulebook's files inside the folder, forward slashes, ordinal. Hidden files and folders do
    /// not count.</summary>
    public static IReadOnlyList<string> FilesIn(string folder)
    {
        if (!Directory.Exists(folder))
            return [];
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System };
        return
        [
            .. Directory
                .EnumerateFiles(folder, "*", options)
                .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
                .Where(IsYaml)
                .Where(path => !path.Split('/').Any(part => part.StartsWith('.')))
                .Order(StringComparer.Ordinal),
        ];
    }

    public static bool IsYaml(string path) =>
        path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal);

    /// <summary>Whether a path that a document names stays inside the folder.</summary>
    public static bool IsInside(string path) =>
        path.Length > 0
        && !path.Contains('\\')
        && !path.Contains(':')
        && path.Split('/').All(part => part.Length > 0 && !part.StartsWith('.'));

    public static (Rulebook Rulebook, IReadOnlyList<Diagnostic> Diagnostics) Load(
        string folder,
        string? shownAs,
        bool wasChecked = false
    )
    {
        var files = new List<RulebookFile>();
        var problems = new List<Diagnostic>();
        foreach (var path in FilesIn(folder))
        {
            if (Open(path) is { } file)
                files.Add(file);
        }
        return RulebookReader.Read(
            files,
            problems,
            shownAs,
            path => File.Exists(Path.Combine(folder, path)) ? Open(path) : null,
            wasChecked
        );

        RulebookFile? Open(string path)
        {
            var shown = shownAs is null ? path : shownAs.TrimEnd('/') + "/" + path;
            return ReadText(Path.Combine(folder, path), shown, problems) is { } text
                ? new RulebookFile(path, text)
                : null;
        }
    }

    private static string? ReadText(string path, string shown, List<Diagnostic> problems)
    {
        try
        {
            if (new FileInfo(path).Length > FileBytesMax)
            {
                problems.Add(
                    Problem(shown, "file-too-large", "This file is larger than 16 MB.", "Split it into several files.")
                );
                return null;
            }
            return StrictUtf8.GetString(File.ReadAllBytes(path));
        }
        catch (DecoderFallbackException)
        {
            problems.Add(Problem(shown, "not-utf8", "This file is not UTF-8 text.", "Save it as UTF-8."));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            problems.Add(
                Problem(shown, "unreadable", $"This file cannot be read: {problem.Message}", "Check its permissions.")
            );
        }
        return null;
    }

    private static Diagnostic Problem(string path, string code, string message, string remedy) =>
        new("rulebook/" + code, Severity.Error, message, remedy, new SourcePosition(path, 1, 1));
}
