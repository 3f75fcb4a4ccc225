using Bursar.Warehouse.Books.Files;

namespace Bursar.Warehouse.Books;

/// <summary>Clears away what killed commands left behind; never anything that the journal names.</summary>
public static class BooksSweep
{
    /// <summary>The folders whose files count only if the journal names them. The others hold caches.</summary>
    internal static readonly string[] BookedFolders =
    [
        "charges",
        "series",
        "records",
        "raw",
        "quarantine",
        "rulebooks",
        "issued",
    ];

    /// <summary>
    /// Files in the books that no journal entry names: what a command published before it was killed.
    /// </summary>
    /// <remarks>Only under the books' lock is this certain; without it a command may be about to book them.</remarks>
    public static IReadOnlyList<string> Unreferenced(BooksFolder books, BooksState state)
    {
        var named = BooksFiles.Of(state).Select(f => f.Path).ToHashSet(StringComparer.Ordinal);
        named.UnionWith(BooksFiles.KeptSources(state));
        var quarantines = state.Deliveries.Select(d => $"quarantine/{d.Id}/").ToHashSet(StringComparer.Ordinal);
        return
        [
            .. from folder in BookedFolders
            let full = Path.Combine(books.Root, folder)
            where Directory.Exists(full)
            from file in Directory.EnumerateFiles(full, "*", SearchOption.AllDirectories)
            let path = books.RelativePath(file)
            where !named.Contains(path) && !quarantines.Contains(FirstTwoFolders(path))
            orderby path
            select path,
        ];
    }

    /// <summary>
    /// Removes abandoned temporary files, and unreferenced files last written before <paramref name="olderThan"/>.
    /// </summary>
    /// <returns>The paths removed, below the books folder.</returns>
    public static IReadOnlyList<string> Run(
        BooksOfRecord books,
        DateTimeOffset olderThan,
        CancellationToken cancellation = default
    )
    {
        StagingArea.Sweep(books.Folder);
        using var held = FileLock.Take(books.Folder.Lock, books.Patience, cancellation);
        var removed = new List<string>();
        foreach (var path in Unreferenced(books.Folder, books.Current()))
        {
            var full = books.Folder.FullPath(path);
            if (File.GetLastWriteTimeUtc(full) >= olderThan.UtcDateTime)
                continue;
            File.Delete(full);
            removed.Add(path);
        }
        return removed;
    }

    private static string FirstTwoFolders(string path)
    {
        var parts = path.Split('/');
        return parts.Length > 2 ? $"{parts[0]}/{parts[1]}/" : "";
    }
}
