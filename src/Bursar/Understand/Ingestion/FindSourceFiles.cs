using Bursar.Core.Diagnostics;
using Microsoft.Extensions.FileSystemGlobbing;

namespace Bursar.Understand.Ingestion;

/// <summary>Turns what a person names (files, folders, globs) into the files to deliver, in a stable order.</summary>
/// <remarks>
/// Links to folders are not followed, so that a loop of links ends, and nothing in the books is ever taken for an
/// export: what lies there is booked already.
/// </remarks>
internal static class FindSourceFiles
{
    private static readonly string[] Endings =
    [
        ".csv",
        ".csv.gz",
        ".gz",
        ".zip",
        ".parquet",
        ".tsv",
        ".txt",
        ".xlsx",
        ".jsonl",
    ];

    /// <param name="names">Files, folders and globs.</param>
    /// <param name="booksFolder">Full path of the books.</param>
    /// <exception cref="RefusedException">A name leads to no file.</exception>
    public static IReadOnlyList<IncomingFile> In(IEnumerable<string> names, string booksFolder)
    {
        var found = new SortedDictionary<string, IncomingFile>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (name.Length == 0)
                throw Nothing(name);
            var files = Expand(name).Where(file => !IsInside(Path.GetFullPath(file.Path), booksFolder)).ToList();
            if (files.Count == 0)
                throw Nothing(name);
            foreach (var file in files)
                found.TryAdd(Path.GetFullPath(file.Path), file);
        }
        return [.. found.Values];
    }

    private static List<IncomingFile> Expand(string name)
    {
        if (File.Exists(name))
            return [new IncomingFile(name, Path.GetFileName(name))];
        if (Directory.Exists(name))
            return Below(name, pattern: null);
        var star = name.IndexOfAny(['*', '?']);
        if (star < 0)
            return [];
        var cut = name.LastIndexOf(Path.DirectorySeparatorChar, star);
        var folder =
            cut < 0 ? "."
            : cut == 0 ? "/"
            : name[..cut];
        return Directory.Exists(folder) ? Below(folder, name[(cut + 1)..]) : [];
    }

    /// <summary>The files below a folder that match a pattern; without one, all that look like data.</summary>
    private static List<IncomingFile> Below(string folder, string? pattern)
    {
        var glob = new Matcher(StringComparison.Ordinal).AddInclude(pattern ?? "**/*");
        var paths = Walk(folder, pattern).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'));
        var found = new List<IncomingFile>();
        foreach (var path in paths.Where(path => pattern is null || glob.Match(path).HasMatches))
        {
            var name = Path.GetFileName(path);
            if (name.StartsWith('.') || name.StartsWith('_') || (pattern is null && !LooksLikeData(name)))
                continue;
            found.Add(new IncomingFile(Path.Combine(folder, path), path));
        }
        return found;
    }

    /// <summary>Whether a file ends as files of data do.</summary>
    public static bool LooksLikeData(string name) =>
        Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static List<string> Walk(string folder, string? pattern)
    {
        var isDeep = pattern is null || pattern.Contains("**", StringComparison.Ordinal);
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = isDeep || pattern!.Contains('/'),
            MaxRecursionDepth = isDeep ? int.MaxValue : pattern!.Count(letter => letter == '/'),
            AttributesToSkip = FileAttributes.None,
            IgnoreInaccessible = false,
        };
        try
        {
            return new System.IO.Enumeration.FileSystemEnumerable<string>(
                folder,
                (ref entry) => entry.ToSpecifiedFullPath(),
                options
            )
            {
                ShouldIncludePredicate = (ref entry) => !entry.IsDirectory,
                ShouldRecursePredicate = (ref entry) => !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            }.ToList();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                "ingestion/cannot-open",
                $"The folder \"{folder}\" cannot be read whole: {failure.Message}",
                "Check that you may read it and everything in it, or name the files one by one."
            );
        }
    }

    private static bool IsInside(string path, string booksFolder) =>
        path.StartsWith(booksFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static RefusedException Nothing(string name) =>
        Directory.Exists(name)
            ? new(
                "ingestion/empty-folder",
                $"There is no .csv, .csv.gz, .zip or .parquet file in \"{name}\".",
                "Name the folder that the provider's export is in, or a single file.",
                exitCode: 2
            )
            : new(
                "ingestion/no-such-file",
                $"There is no file, folder or match for \"{name}\".",
                "Check the path; quote a glob so that the shell passes it on unchanged.",
                exitCode: 2
            );
}
