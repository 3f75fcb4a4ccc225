using System.Globalization;
using System.Text;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Warehouse.Books;

/// <summary>Number and hash of the last journal entry, kept beside the journal so that a missing tail shows.</summary>
public sealed record JournalHead(long Seq, string Hash)
{
    /// <summary>What the first entry gives as the hash before it.</summary>
    public static readonly string NoHash = new('0', 64);

    public static JournalHead Empty { get; } = new(0, NoHash);

    /// <summary>Reads the head; null when there is no such file.</summary>
    /// <exception cref="RefusedException">The file is not exactly as it was written.</exception>
    internal static JournalHead? Read(BooksFolder books)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(books.Head);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        if (Parse(Encoding.UTF8.GetString(bytes)) is { } head && head.Bytes().AsSpan().SequenceEqual(bytes))
            return head;
        throw new RefusedException(
            "books/head-damaged",
            $"{books.Head} was changed: it does not hold the number and hash of a journal entry.",
            JournalDamage.HeadRemedy
        );
    }

    internal void Write(BooksFolder books) => Durable.WriteFile(books.Head, Bytes());

    /// <summary>
    /// Writes the head after an entry that is safe already: where this fails, the next append catches up.
    /// </summary>
    internal void TryWrite(BooksFolder books)
    {
        try
        {
            Write(books);
        }
        catch (IOException)
        {
            // The entry is on the disk and counts; a head that lags behind the journal is a state that every reader
            // accepts.
        }
    }

    private byte[] Bytes() =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{Seq},\"hash\":\"{Hash}\"}}\n"));

    private static JournalHead? Parse(string text)
    {
        const string start = "{\"seq\":";
        var comma = text.IndexOf(",\"hash\":\"");
        if (!text.StartsWith(start) || comma < start.Length || text.Length != comma + 9 + 64 + 3)
            return null;
        var read = long.TryParse(
            text[start.Length..comma],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var seq
        );
        var hash = text.Substring(comma + 9, 64);
        return read && hash.All(char.IsAsciiHexDigitLower) ? new JournalHead(seq, hash) : null;
    }
}
