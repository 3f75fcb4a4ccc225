namespace Bursar.Tests.Support;

/// <summary>The folder of the repository that the tests were built from.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    /// <summary>A file or folder of the repository, by its path from the root.</summary>
    public static string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>
    /// The files of the repository with these extensions, without what is built or fetched; paths from the root, with
    /// '/'.
    /// </summary>
    public static IReadOnlyList<string> Files(params string[] extensions) =>
        [
            .. Walk(Path)
                .Where(file => extensions.Length == 0 || extensions.Contains(System.IO.Path.GetExtension(file)))
                .Select(file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
            yield return file;
        foreach (var inner in Directory.EnumerateDirectories(folder))
        {
            var name = System.IO.Path.GetFileName(inner);
            if (name is ".git" or "artifacts" or "node_modules" or "bin" or "obj")
                continue;
            if (folder == Path && name is "books" or "rulebook")
                continue;
            foreach (var file in Walk(inner))
                yield return file;
        }
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "Bursar.slnx")))
            folder = folder.Parent;
        if (folder is not null)
            return folder.FullName;
        throw new InvalidOperationException(
            "The tests do not run inside the repository: no Bursar.slnx above " + AppContext.BaseDirectory
        );
    }
}
