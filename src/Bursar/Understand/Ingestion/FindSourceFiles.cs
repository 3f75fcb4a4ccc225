using Bursar.Core.Diagnostics;

namespace Bursar.Understand.Ingestion;

/// <summary>Turns what a person names (files, folders, globs) into the files to deliver, in a stable order.</summary>
internal static class FindSourceFiles
{
    private static readonly string[] Endings = [".csv", ".csv.gz", ".gz", ".parquet", ".tsv", ".txt"];

    /// <exception cref="RefusedException">A name leads to no file.</exception>
    public static IReadOnlyList<IncomingFile> In(IEnumerable<string> names)
    {
        var found = new SortedDictionary<string, IncomingFile>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var before = found.Count;
            foreach (var file in Expand(name)) found.TryAdd(Path.GetFullPath(file.Path), file);
            if (found.Count == before && !found.Keys.Any(path => Path.GetFullPath(name) == path)) throw Nothing(name);
        }
        return [.. found.Values];
    }

    private static IEnumerable<IncomingFile> Expand(string name)
    {
        if (File.Exists(name)) return [new IncomingFile(name, Path.GetFileName(name))];
        if (Directory.Exists(name)) return Below(name, "*", name);
        var star = name.IndexOfAny(['*', '?']);
        if (star < 0) return [];
        var cut = name.LastIndexOf(Path.DirectorySeparatorChar, star);
        var folder = cut < 0 ? "." : cut == 0 ? "/" : name[..cut];
        return Directory.Exists(folder) ? Below(folder, name[(cut + 1)..], folder, matchEndings: false) : [];
    }

    private static IEnumerable<IncomingFile> Below(string folder, string pattern, string root, bool matchEndings = true)
    {
        var glob = new Microsoft.Extensions.FileSystemGlobbing.Matcher(StringComparison.Ordinal);
        glob.AddInclude(pattern == "*" ? "**/*" : pattern);
        foreach (var match in glob.Execute(new Microsoft.Extensions.FileSystemGlobbing.Abstractions.DirectoryInfoWrapper(new DirectoryInfo(folder))).Files)
        {
            var fileName = Path.GetFileName(match.Path);
            if (fileName.StartsWith('.') || fileName.StartsWith('_')) continue;
            if (matchEndings && !Endings.Any(ending => fileName.EndsWith(ending, StringComparison.OrdinalIgnoreCase))) continue;
            yield return new IncomingFile(Path.Combine(root, match.Path), match.Path.Replace('\\', '/'));
        }
    }

    private static RefusedException Nothing(string name) => Directory.Exists(name)
        ? new("ingestion/empty-folder", $"There is no .csv, .csv.gz or .parquet file in \"{name}\".",
            "Name the folder that the provider's export is in, or a single file.", exitCode: 2)
        : new("ingestion/no-such-file", $"There is no file, folder or match for \"{name}\".",
            "Check the path; quote a glob so that the shell passes it on unchanged.", exitCode: 2);
}
