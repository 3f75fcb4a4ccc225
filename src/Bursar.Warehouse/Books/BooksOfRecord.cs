using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Warehouse.Books;

/// <summary>
/// The books of technology spend in one folder: what was delivered and decided, now and at every earlier moment.
/// </summary>
/// <remarks>
/// Safe for several threads, and for several processes on one folder. Readers never wait for writers.
/// </remarks>
public sealed class BooksOfRecord
{
    private readonly TimeProvider clock;
    private readonly Journal journal;
    private readonly FactCache facts = new();
    private readonly Lock gate = new();
    private BooksState? current;

    private BooksOfRecord(BooksFolder folder, TimeProvider clock)
    {
        Folder = folder;
        this.clock = clock;
        journal = new Journal(folder, clock);
        Trust = new FileTrust(folder);
    }

    public BooksFolder Folder { get; }

    /// <summary>Proves files of the books before they are read.</summary>
    public FileTrust Trust { get; }

    /// <summary>How long a writer waits for another.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The id of the person at this computer, for entries that name nobody else.</summary>
    public static string DefaultActor => Environment.UserName is { Length: > 0 } name ? name : "unknown";

    /// <summary>Opens the books in a folder, making them when there are none.</summary>
    public static BooksOfRecord Create(string folder, TimeProvider? clock = null) =>
        new(BooksFolder.Create(folder), clock ?? TimeProvider.System);

    /// <summary>Opens the books in a folder.</summary>
    /// <exception cref="RefusedException">There are none.</exception>
    public static BooksOfRecord Open(string folder, TimeProvider? clock = null) =>
        new(BooksFolder.Open(folder), clock ?? TimeProvider.System);

    /// <summary>The books as they stand.</summary>
    /// <exception cref="RefusedException">The journal is damaged.</exception>
    public BooksState Current()
    {
        lock (gate)
        {
            var entries = journal.Read();
            if (current is not null && ReferenceEquals(entries, current.Entries))
                return current;
            facts.Extend(entries);
            return current = BooksState.Of(entries, facts);
        }
    }

    /// <summary>The books as they stand, with every byte of the journal read again.</summary>
    public BooksState Fresh()
    {
        journal.Forget();
        return Current();
    }

    /// <summary>The books as they stood at a moment: after the last entry written at or before it.</summary>
    public BooksState AsOf(DateTimeOffset time)
    {
        var now = Current();
        var first = 0;
        var end = now.Entries.Count;
        while (first < end)
        {
            var middle = (first + end) / 2;
            if (now.Entries[middle].At <= time)
                first = middle + 1;
            else
                end = middle;
        }
        return AsOf(first);
    }

    /// <summary>The books as they stood after an entry; 0 for the empty books before the first.</summary>
    /// <exception cref="RefusedException">There is no such entry.</exception>
    public BooksState AsOf(long seq)
    {
        var now = Current();
        if (seq == now.HeadSeq)
            return now;
        if (seq < 0 || seq > now.HeadSeq)
        {
            throw new RefusedException(
                "books/no-such-entry",
                $"The journal has {now.HeadSeq} entries; there is no entry {seq}.",
                $"Use a number from 0 to {now.HeadSeq}, or a time.",
                exitCode: 2
            );
        }
        lock (gate)
            return BooksState.Of([.. now.Entries.Take((int)seq)], facts, now.PrunedIds);
    }

    /// <summary>
    /// Decides on the fresh state, with the books locked, and writes what was decided; null writes nothing.
    /// </summary>
    /// <returns>The entry written, or null.</returns>
    public JournalEntry? Commit(
        string actor,
        Func<BooksState, NewEntry?> decide,
        CancellationToken cancellation = default
    ) => Commit(actor, (state, _) => decide(state), cancellation);

    /// <summary>The same for a decision that also brings staged files to their final names.</summary>
    /// <remarks>
    /// Keep what happens in <paramref name="decide"/> short: seal the files before, only publish them here.
    /// </remarks>
    public JournalEntry? Commit(
        string actor,
        Func<BooksState, Publication, NewEntry?> decide,
        CancellationToken cancellation = default
    )
    {
        try
        {
            using var held = FileLock.Take(Folder.Lock, Patience, cancellation);
            var state = Current();
            var entry = decide(state, new Publication(Folder, state, clock.GetUtcNow()));
            if (entry is null)
                return null;
            state.Check(entry);
            return journal.Append(actor, entry);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(cause);
        }
    }

    /// <summary>Writes an entry that does not depend on the state of the books.</summary>
    public JournalEntry Append(string actor, NewEntry entry, CancellationToken cancellation = default) =>
        Commit(actor, _ => entry, cancellation)!;

    /// <summary>Opens a folder for the temporary files of one command.</summary>
    public StagingArea Stage()
    {
        try
        {
            return StagingArea.Open(Folder);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(cause);
        }
    }

    /// <summary>What to tell when the disk refuses: which folder, why, and that nothing booked is lost.</summary>
    public RefusedException CannotWrite(Exception cause) =>
        new(
            "books/cannot-write",
            $"The books at {Folder.Root} could not be written: {cause.Message}",
            "Free space on that disk or mend its rights, then run the command again. Nothing that was booked before is lost."
        );
}
