using System.Globalization;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Warehouse.Books;

/// <summary>
/// Puts rulebooks in force and keeps issued documents: the content in the books, the fact in the journal.
/// </summary>
public static class BooksDocuments
{
    /// <summary>Puts a rulebook in force. Publishing what is in force already writes nothing.</summary>
    /// <param name="books">The books.</param>
    /// <param name="actor">Who publishes.</param>
    /// <param name="files">Path within the rulebook ("budgets/platform.yaml") and content.</param>
    /// <param name="note">Why, for people.</param>
    /// <param name="effective">The first day of charges that it holds for; null for the charges of all days.</param>
    /// <param name="approver">Who agreed to it.</param>
    /// <param name="author">Who proposed it, where that was somebody else.</param>
    /// <param name="cancellation">Ends the waiting for another writer.</param>
    /// <returns>The entry, or null when this rulebook is in force for those days.</returns>
    public static JournalEntry? PublishRulebook(
        this BooksOfRecord books,
        string actor,
        IReadOnlyList<KeyValuePair<string, byte[]>> files,
        string? note = null,
        DateOnly? effective = null,
        string? approver = null,
        string? author = null,
        CancellationToken cancellation = default
    ) =>
        books.KeepRulebook(
            actor,
            files,
            (state, hash, sorted) =>
                state.RulebooksInForce is [.., var last]
                && last.Rulebook.Hash == hash
                && last.From <= (effective ?? DateOnly.MinValue)
                    ? null
                    : NewEntry.Of(new RulebookPublished(hash, sorted, note, effective, approver, author)),
            cancellation
        );

    /// <summary>Keeps a rulebook that waits for approval. Proposing what waits already writes nothing.</summary>
    /// <inheritdoc cref="PublishRulebook" path="/param"/>
    public static JournalEntry? ProposeRulebook(
        this BooksOfRecord books,
        string actor,
        IReadOnlyList<KeyValuePair<string, byte[]>> files,
        string? note = null,
        DateOnly? effective = null,
        CancellationToken cancellation = default
    ) =>
        books.KeepRulebook(
            actor,
            files,
            (state, hash, sorted) =>
                state.WaitingRulebooks.Any(one => one.Hash == hash && one.Effective == effective)
                    ? null
                    : NewEntry.Of(new RulebookProposed(hash, sorted, note, effective)),
            cancellation
        );

    private static JournalEntry? KeepRulebook(
        this BooksOfRecord books,
        string actor,
        IReadOnlyList<KeyValuePair<string, byte[]>> files,
        Func<BooksState, string, PublishedFile[], NewEntry?> decide,
        CancellationToken cancellation
    )
    {
        var published = files
            .Select(f => new PublishedFile(f.Key, Checksum.Of(f.Value)))
            .OrderBy(f => f.Path, StringComparer.Ordinal);
        PublishedFile[] sorted = [.. published];
        var hash = RulebookHash.Of(sorted);
        using var staging = books.Stage();
        var staged = files
            .Select((file, i) => (file.Key, File: books.Seal(staging, $"rulebook-{i}", file.Value)))
            .ToArray();
        return books.Commit(
            actor,
            (state, publication) =>
            {
                if (decide(state, hash, sorted) is not { } entry)
                    return null;
                foreach (var (path, file) in staged)
                    publication.Publish(file, $"{BooksFolder.RulebookPath(hash)}/{path}");
                return entry;
            },
            cancellation
        );
    }

    /// <summary>
    /// Keeps a document as it is issued, byte for byte. Its id is its kind, the day and a number: "brief-2026-10-11-1".
    /// </summary>
    public static DocumentIssued IssueDocument(
        this BooksOfRecord books,
        string actor,
        string kind,
        string fileName,
        string title,
        byte[] content,
        IReadOnlyList<IssuedFigure>? figures = null,
        CancellationToken cancellation = default
    )
    {
        using var staging = books.Stage();
        var staged = books.Seal(staging, "document", content);
        DocumentIssued? issued = null;
        books.Commit(
            actor,
            (state, publication) =>
            {
                var id = NextId(state, kind, publication.At);
                var file = publication.Publish(staged, BooksFolder.IssuedPath(id, fileName));
                issued = new DocumentIssued(id, kind, file.Path, file.Sha256, title, figures);
                return NewEntry.Of(issued);
            },
            cancellation
        );
        return issued!;
    }

    private static string NextId(BooksState state, string kind, DateTimeOffset at)
    {
        var day = at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        for (var n = 1; ; n++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{kind}-{day}-{n}");
            if (state.IssuedDocuments.All(d => d.Document.Id != id))
                return id;
        }
    }

    private static StagedFile Seal(this BooksOfRecord books, StagingArea staging, string name, byte[] content)
    {
        var path = staging.PathOf(name);
        try
        {
            File.WriteAllBytes(path, content);
            return StagingArea.Seal(path);
        }
        catch (IOException cause)
        {
            throw books.CannotWrite(cause);
        }
    }
}
