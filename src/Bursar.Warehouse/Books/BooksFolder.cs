using System.Text;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Warehouse.Books;

/// <summary>Where everything lies in a books folder. Paths in the journal are relative to it and use "/".</summary>
public sealed class BooksFolder
{
    private BooksFolder(string root) => Root = root;

    /// <summary>The full path of the books.</summary>
    public string Root { get; }

    public string Journal => Path.Combine(Root, "journal.jsonl");

    public string Head => Path.Combine(Root, "journal.head");

    public string Lock => Path.Combine(Root, ".lock");

    /// <summary>Work in progress; nothing in it belongs to the books.</summary>
    public string Temporary => Path.Combine(Root, "tmp");

    /// <summary>Checksums already proved, a cache that may be deleted.</summary>
    public string TrustCache => Path.Combine(Root, ".trust");

    public static string ChargesPath(string source, BillingPeriod period, string deliveryId) =>
        $"charges/{CheckedName(source)}/{period}/{CheckedName(deliveryId)}.parquet";

    public static string AllocationPath(string key, string deliveryId) =>
        $"allocation/{CheckedName(key)}/{CheckedName(deliveryId)}.parquet";

    /// <summary>How pools of shared cost are divided under a key.</summary>
    public static string SharedPlanPath(string key) => $"shared-plans/{CheckedName(key)}.json";

    /// <summary>The daily sums of the parts of a delivery's shared cost.</summary>
    public static string SharedDailyPath(string key, string deliveryId) =>
        $"shared-daily/{CheckedName(key)}/{CheckedName(deliveryId)}.parquet";

    /// <summary>Whom these parts belong to.</summary>
    public static string SharedAllocationPath(string key, string deliveryId) =>
        $"shared-allocation/{CheckedName(key)}/{CheckedName(deliveryId)}.parquet";

    public static string DailyPath(string key, string deliveryId) =>
        $"daily/{CheckedName(key)}/{CheckedName(deliveryId)}.parquet";

    public static string HourlyPath(string key, string deliveryId) =>
        $"hourly/{CheckedName(key)}/{CheckedName(deliveryId)}.parquet";

    public static string SeriesPath(string name, string deliveryId) =>
        $"series/{CheckedName(name)}/{CheckedName(deliveryId)}.parquet";

    /// <summary>Business records (invoices, journal lines) of one delivery.</summary>
    public static string RecordsPath(string kind, string deliveryId) =>
        $"records/{CheckedName(kind)}/{CheckedName(deliveryId)}.jsonl";

    public static string QuarantinePath(string deliveryId, string file) =>
        $"quarantine/{CheckedName(deliveryId)}/{CheckedName(file)}";

    public static string RulebookPath(string hash) => $"rulebooks/{CheckedName(hash)}";

    public static string IssuedPath(string id, string file) => $"issued/{CheckedName(id)}/{CheckedName(file)}";

    /// <summary>
    /// Makes the folder ready for books, on disk to stay; books that are there already are left as they are.
    /// </summary>
    public static BooksFolder Create(string folder)
    {
        var books = new BooksFolder(Path.GetFullPath(folder));
        try
        {
            Durable.CreateFolder(books.Root);
            if (File.Exists(books.Journal) && File.Exists(books.Head))
                return books;
            using var held = FileLock.Take(books.Lock, TimeSpan.FromSeconds(30));
            if (new FileInfo(books.Journal) is { Exists: true, Length: > 0 })
                return books;
            // The head comes first: a journal without a head is then always damage, never a half-made folder.
            if (!File.Exists(books.Head))
                JournalHead.Empty.Write(books);
            if (!File.Exists(books.Journal))
                Durable.WriteFile(books.Journal, []);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(
                "books/cannot-create",
                $"No books can be kept at {books.Root}: {cause.Message}",
                "Choose a folder that you may write to with --books DIR, or free space on its disk."
            );
        }
        return books;
    }

    /// <summary>Whether a folder holds books.</summary>
    public static bool IsThere(string folder) => File.Exists(new BooksFolder(folder).Journal);

    /// <summary>Opens a folder that holds books.</summary>
    /// <exception cref="RefusedException">There are none.</exception>
    public static BooksFolder Open(string folder)
    {
        var books = new BooksFolder(Path.GetFullPath(folder));
        if (File.Exists(books.Head) || File.Exists(books.Journal))
            return books;
        throw new RefusedException(
            "books/not-found",
            $"There are no books at {books.Root}.",
            "Start with `bursar ingest FILE` or `bursar demo`, or name another folder with --books DIR."
        );
    }

    /// <summary>The full path of a file the journal names.</summary>
    /// <exception cref="RefusedException">The path leads out of the books.</exception>
    public string FullPath(string relative)
    {
        var full = Path.GetFullPath(Path.Combine(Root, relative));
        // Only a path that is written as we write it: "rulebooks/x/../../journal.jsonl" lies in the books and is
        // refused all the same.
        var inside = full.StartsWith(Root + Path.DirectorySeparatorChar);
        if (inside && !Path.IsPathRooted(relative) && RelativePath(full) == relative)
            return full;
        throw new RefusedException(
            "books/path-outside",
            $"The path \"{relative}\" does not lie in the books at {Root}.",
            "Use a path below the books folder, with \"/\" and without \"..\"."
        );
    }

    /// <summary>The path below the books folder, as the journal writes it.</summary>
    public string RelativePath(string full) => Path.GetRelativePath(Root, full).Replace('\\', '/');

    /// <summary>A name for a file or folder, made from any text: "Größe/2" becomes "gr-e-2".</summary>
    public static string SafeName(string text)
    {
        var name = new StringBuilder();
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(c) || c == '_')
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }
        var safe = name.ToString().Trim('-');
        return safe.Length switch
        {
            0 => "unnamed",
            > 60 => safe[..60].TrimEnd('-'),
            _ => safe,
        };
    }

    /// <summary>The name itself when it can name a file on every system.</summary>
    /// <exception cref="RefusedException">It cannot: it is empty, long, or has other characters.</exception>
    public static string CheckedName(string name)
    {
        var fits =
            name.Length is > 0 and <= 120
            && char.IsAsciiLetterOrDigit(name[0])
            && name[^1] != '.'
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
        return fits
            ? name
            : throw new RefusedException(
                "books/bad-name",
                $"\"{name}\" cannot name a part of the books: a letter or digit first, then letters, digits, \"-\", \"_\" and \".\", at most 120.",
                $"Use \"{SafeName(name)}\", for example."
            );
    }
}
