using Bursar.Warehouse.Books.Files;

namespace Bursar.Warehouse.Books;

/// <summary>
/// The right to bring staged files to their final names, held while the books are locked for one entry.
/// </summary>
/// <remarks>
/// Files are named only under the lock and against the fresh state. So no two commands can write the same name, no
/// booked file is ever overwritten with other bytes, and an unreferenced file seen under the lock is an orphan for
/// certain.
/// </remarks>
public sealed class Publication
{
    private readonly BooksFolder books;
    private readonly Lazy<Dictionary<string, string>> booked;

    internal Publication(BooksFolder books, BooksState state, DateTimeOffset at)
    {
        this.books = books;
        At = at;
        booked = new(() => BooksFiles.Of(state).ToDictionary(f => f.Path, f => f.Sha256));
    }

    /// <summary>The time that the entry will carry, unless the journal is later already.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Brings a staged file to its final name below the books folder.</summary>
    public BooksFile Publish(StagedFile file, string relativePath, long? rows = null)
    {
        var final = books.FullPath(relativePath);
        if (File.Exists(final) && booked.Value.TryGetValue(relativePath, out var sha256) && sha256 != file.Sha256)
            throw new InvalidOperationException(
                $"{relativePath} is booked with other content; a booked file is never rewritten."
            );
        Durable.PublishFile(file.Path, final);
        return new BooksFile(relativePath, file.Sha256, file.Bytes, rows);
    }
}
