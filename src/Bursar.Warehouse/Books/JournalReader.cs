using Bursar.Warehouse.Books.Files;

namespace Bursar.Warehouse.Books;

/// <summary>The part of a journal whose every byte is proved.</summary>
/// <param name="Entries">In order; entry n is at index n − 1.</param>
/// <param name="Length">Bytes of the proved lines.</param>
/// <param name="LacksLineFeed">True when the last line is whole but for its line feed.</param>
/// <param name="TornLength">Bytes after them: a line that a killed writer left unfinished.</param>
/// <param name="Stamp">What the file looked like; null before the first reading.</param>
internal sealed record ProvedJournal(
    IReadOnlyList<JournalEntry> Entries,
    long Length,
    bool LacksLineFeed,
    long TornLength,
    FileStamp? Stamp
)
{
    public static ProvedJournal Nothing { get; } = new([], 0, false, 0, null);
}

/// <summary>Reads a journal line by line and proves hash, chain, numbers and times of each.</summary>
internal static class JournalReader
{
    /// <summary>
    /// Reads what was added since the last reading, or everything when the file was not merely added to.
    /// </summary>
    public static ProvedJournal Continue(BooksFolder books, ProvedJournal known, JournalHead? head)
    {
        var stamp = FileStamp.Of(books.Journal);
        var journal = known;
        if (stamp != known.Stamp || known.TornLength > 0 || stamp is null)
        {
            var grown =
                stamp is { } now && known.Stamp is { } then && now.Inode == then.Inode && now.Bytes > known.Length;
            journal = ReadFrom(books, grown ? known : ProvedJournal.Nothing, stamp, head);
        }
        CheckHead(books, journal, head);
        return journal;
    }

    /// <summary>Reads on from what is known, without asking whether the head is reached.</summary>
    public static ProvedJournal ReadFrom(BooksFolder books, ProvedJournal known, FileStamp? stamp, JournalHead? head)
    {
        var bytes = ReadBytes(books, known.Length);
        var entries = new List<JournalEntry>(known.Entries);
        var start = 0;
        var lacksLineFeed = known.LacksLineFeed;
        if (lacksLineFeed && bytes.Length > 0)
        {
            if (bytes[0] != (byte)'\n')
                throw JournalDamage.Changed(books, entries.Count, "is followed by something else");
            start = 1;
            lacksLineFeed = false;
        }
        while (start < bytes.Length)
        {
            var feed = Array.IndexOf(bytes, (byte)'\n', start);
            var end = feed < 0 ? bytes.Length : feed;
            var entry = JournalLine.TryRead(bytes, start, end - start);
            if (entry is null && IsTorn(bytes, start, end, entries.Count + 1, head))
                break;
            entries.Add(Chained(books, entry, entries));
            lacksLineFeed = feed < 0;
            start = feed < 0 ? end : end + 1;
        }
        return new ProvedJournal(entries, known.Length + start, lacksLineFeed, bytes.Length - start, stamp);
    }

    /// <summary>
    /// True for a last line that a killed writer left: without line feed, or with blocks that never reached the disk
    /// (zero bytes) and unknown to the head, so never acknowledged. Everything else that does not prove is damage; a
    /// torn line that the head knows is a missing tail.
    /// </summary>
    private static bool IsTorn(byte[] bytes, int start, int end, long seq, JournalHead? head)
    {
        if (end == bytes.Length)
            return true;
        var unknown = head is null || head.Seq < seq;
        return unknown && end == bytes.Length - 1 && Array.IndexOf(bytes, (byte)0, start) >= 0;
    }

    private static JournalEntry Chained(BooksFolder books, JournalEntry? entry, List<JournalEntry> before)
    {
        var seq = before.Count + 1;
        if (entry is null)
            throw JournalDamage.Changed(books, seq, "does not have the hash that it states");
        var last = before.Count > 0 ? before[^1] : null;
        if (entry.Seq != seq || entry.Previous != (last?.Hash ?? JournalHead.NoHash))
            throw JournalDamage.Changed(books, seq, "does not follow the entry before it");
        if (last is not null && entry.At < last.At)
            throw JournalDamage.Changed(books, seq, "is dated earlier than the entry before it");
        return entry;
    }

    private static void CheckHead(BooksFolder books, ProvedJournal journal, JournalHead? head)
    {
        if (head is null)
        {
            if (journal.Entries.Count > 0)
                throw JournalDamage.HeadMissing(books);
            return;
        }
        if (journal.Entries.Count < head.Seq)
            throw JournalDamage.TailMissing(books, journal.Entries.Count, head);
        var hash = head.Seq == 0 ? JournalHead.NoHash : journal.Entries[(int)head.Seq - 1].Hash;
        if (hash != head.Hash)
            throw JournalDamage.Rewritten(books, head);
    }

    private static byte[] ReadBytes(BooksFolder books, long from)
    {
        try
        {
            using var file = new FileStream(
                books.Journal,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite,
                bufferSize: 0
            );
            if (file.Length <= from)
                return [];
            var bytes = new byte[file.Length - from];
            file.Position = from;
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return read == bytes.Length ? bytes : bytes[..read];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }
}
