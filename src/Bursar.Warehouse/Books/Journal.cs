using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Warehouse.Books;

/// <summary>The journal on disk: read with every hash proved, appended under the books' lock, never changed.</summary>
/// <remarks>
/// Reading takes no lock. The head is read before the journal, so a writer at work can only make the journal look ahead
/// of the head, which is fine. What was proved once is not read again while the file only grows; <see cref="Forget"/>
/// forgets that.
/// </remarks>
public sealed class Journal(BooksFolder books, TimeProvider clock)
{
    private readonly Lock gate = new();
    private ProvedJournal proved = ProvedJournal.Nothing;

    /// <summary>All entries, in order.</summary>
    /// <exception cref="RefusedException">The journal is damaged, or its tail is missing.</exception>
    public IReadOnlyList<JournalEntry> Read() => Prove().Entries;

    /// <summary>Makes the next reading start from the first byte.</summary>
    public void Forget()
    {
        lock (gate)
            proved = ProvedJournal.Nothing;
    }

    /// <summary>Appends an entry; the caller holds the books' lock.</summary>
    internal JournalEntry Append(string actor, NewEntry entry)
    {
        var before = Prove();
        MendAfterCrash(before);
        var last = before.Entries.Count > 0 ? before.Entries[^1] : null;
        var now = clock.GetUtcNow();
        var at = last is not null && now < last.At ? last.At : now;
        var line = JournalLine.Write(before.Entries.Count + 1, at, actor, entry, last?.Hash ?? JournalHead.NoHash);
        WriteTail(before, line);
        var after = Prove();
        HeadOf(after).TryWrite(books);
        return after.Entries[^1];
    }

    private static JournalHead HeadOf(ProvedJournal journal) =>
        journal.Entries.Count == 0
            ? JournalHead.Empty
            : new JournalHead(journal.Entries.Count, journal.Entries[^1].Hash);

    private ProvedJournal Prove()
    {
        lock (gate)
        {
            var head = JournalHead.Read(books);
            proved = JournalReader.Continue(books, proved, head);
            return proved;
        }
    }

    /// <summary>
    /// Finishes what a killed writer left: a torn line is moved aside, a head that lags is brought up.
    /// </summary>
    private void MendAfterCrash(ProvedJournal journal)
    {
        if (journal.TornLength > 0)
        {
            MoveTornAside(journal);
            using var file = OpenForWriting();
            file.SetLength(journal.Length);
            file.Flush(flushToDisk: true);
        }
        var head = HeadOf(journal);
        if (JournalHead.Read(books) != head)
            head.Write(books);
    }

    private void MoveTornAside(ProvedJournal journal)
    {
        using var file = new FileStream(books.Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = journal.Length;
        var torn = new byte[file.Length - journal.Length];
        file.ReadExactly(torn);
        var n = 1;
        while (File.Exists(TornPath(journal, n)))
            n++;
        Durable.WriteFile(TornPath(journal, n), torn);
    }

    private string TornPath(ProvedJournal journal, int n) =>
        Path.Combine(books.Root, $"journal.torn-{journal.Entries.Count + 1}-{n}");

    private void WriteTail(ProvedJournal before, byte[] line)
    {
        using var file = OpenForWriting();
        try
        {
            file.Position = before.Length;
            if (before.LacksLineFeed)
                file.WriteByte((byte)'\n');
            file.Write(line);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // These bytes are our own and were never acknowledged; shrinking needs no space. If even this fails,
            // readers see a torn line.
            file.SetLength(before.Length);
            throw;
        }
    }

    private FileStream OpenForWriting() =>
        new(books.Journal, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
}
