using Bursar.Warehouse.Books.Files;

namespace Bursar.Warehouse.Books;

/// <summary>
/// Removes the charges and the delivered files of deliveries that count no more. The journal entry comes first: killed
/// at any instant, the books are whole, and what is left over goes with the next prune or <c>verify --sweep</c>.
/// </summary>
public static class BooksPrune
{
    private static readonly string[] CacheFolders =
    [
        "daily",
        "allocation",
        "hourly",
        "shared-daily",
        "shared-allocation",
    ];

    /// <summary>The files that would go, and their size: those that nothing else needs.</summary>
    public static IReadOnlyList<(string Path, long Bytes)> Files(
        BooksFolder books,
        BooksState state,
        IReadOnlySet<string> ids
    )
    {
        var needed = BooksFiles
            .Of(state.Deliveries.Where(booked => !ids.Contains(booked.Id) && !booked.IsPruned))
            .ToHashSet(StringComparer.Ordinal);
        var gone = state.Deliveries.Where(booked => ids.Contains(booked.Id)).ToList();
        return
        [
            .. BooksFiles
                .Of(gone)
                .Except(needed)
                .Concat(gone.SelectMany(booked => Caches(books, booked.Id)))
                .Select(path => (path, Size: new FileInfo(books.FullPath(path))))
                .Where(file => file.Size.Exists)
                .Select(file => (file.path, file.Size.Length)),
        ];
    }

    /// <summary>Writes the entry and removes the files.</summary>
    /// <param name="books">The books.</param>
    /// <param name="actor">Who prunes.</param>
    /// <param name="choose">Chooses deliveries on the fresh state.</param>
    /// <param name="policy">The policy in words.</param>
    /// <param name="cancellation">Ends the waiting for another writer.</param>
    /// <returns>The entry, or null when nothing was chosen.</returns>
    public static JournalEntry? Run(
        BooksOfRecord books,
        string actor,
        Func<BooksState, IReadOnlyList<string>> choose,
        string policy,
        CancellationToken cancellation = default
    )
    {
        var entry = books.Commit(
            actor,
            state => choose(state) is { Count: > 0 } ids ? NewEntry.Of(new DeliveriesPruned(ids, policy)) : null,
            cancellation
        );
        if (entry is not null)
            Remove(books, cancellation);
        return entry;
    }

    /// <summary>Removes what pruned deliveries left, also what an earlier prune that was killed did.</summary>
    /// <remarks>Under the lock: a file that is being delivered again is named by its entry before it can go.</remarks>
    public static void Remove(BooksOfRecord books, CancellationToken cancellation = default)
    {
        using var held = FileLock.Take(books.Folder.Lock, books.Patience, cancellation);
        var state = books.Current();
        foreach (var (path, _) in Files(books.Folder, state, state.PrunedIds))
            File.Delete(books.Folder.FullPath(path));
    }

    private static IEnumerable<string> Caches(BooksFolder books, string id) =>
        from kind in CacheFolders
        let folder = Path.Combine(books.Root, kind)
        where Directory.Exists(folder)
        from key in Directory.EnumerateDirectories(folder)
        from file in Directory.EnumerateFiles(key, id + ".*")
        select books.RelativePath(file);
}
