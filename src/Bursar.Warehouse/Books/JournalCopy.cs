namespace Bursar.Warehouse.Books;

/// <summary>Reads a copy of a journal that lies outside any books: as evidence, or as a backup.</summary>
public static class JournalCopy
{
    /// <summary>The entries of <c>journal.jsonl</c> in a folder; the hash of each and the chain are proved.</summary>
    /// <exception cref="Bursar.Core.Diagnostics.RefusedException">An entry was changed.</exception>
    public static IReadOnlyList<JournalEntry> Read(string folder) =>
        JournalReader.ReadFrom(BooksFolder.Open(folder), ProvedJournal.Nothing, stamp: null, head: null).Entries;
}
