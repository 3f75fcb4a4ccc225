using System.Globalization;
using System.Text;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Warehouse.Books;

/// <summary>A file whose checksum was proved while it looked like this.</summary>
internal sealed record ProvedFile(string Path, string Sha256, FileStamp Stamp);

/// <summary>
/// What earlier processes proved, so that a cold start does not read every file again. May be deleted at any time.
/// </summary>
/// <remarks>
/// One file per line; the last line is the checksum of those before, so that a damaged cache proves nothing.
/// </remarks>
internal sealed class TrustCache
{
    private readonly BooksFolder books;
    private readonly Dictionary<string, ProvedFile> files;

    private TrustCache(BooksFolder books, Dictionary<string, ProvedFile> files)
    {
        this.books = books;
        this.files = files;
    }

    public static TrustCache Load(BooksFolder books) => new(books, Read(books));

    public bool Holds(ProvedFile file) => files.TryGetValue(file.Path, out var known) && known == file;

    /// <summary>Adds what was proved since. A cache that cannot be written is done without.</summary>
    public void Save(IEnumerable<ProvedFile> proved)
    {
        lock (files)
        {
            var added = proved.Where(file => !Holds(file)).ToArray();
            if (added.Length == 0)
                return;
            // Other processes may have proved other files meanwhile.
            foreach (var file in Read(books).Values.Where(f => !files.ContainsKey(f.Path)))
                files[file.Path] = file;
            foreach (var file in added)
                files[file.Path] = file;
            Write();
        }
    }

    private void Write()
    {
        var text = new StringBuilder();
        foreach (var file in files.Values.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            var stamp = file.Stamp;
            text.Append(
                CultureInfo.InvariantCulture,
                $"{file.Sha256} {stamp.Bytes} {stamp.Inode} {stamp.Modified} {stamp.Changed} {file.Path}\n"
            );
        }
        var lines = Encoding.UTF8.GetBytes(text.ToString());
        try
        {
            Durable.WriteFile(books.TrustCache, [.. lines, .. Encoding.ASCII.GetBytes(Checksum.Of(lines)), (byte)'\n']);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Read-only books and full disks are no reason not to answer.
        }
    }

    private static Dictionary<string, ProvedFile> Read(BooksFolder books)
    {
        var known = new Dictionary<string, ProvedFile>(StringComparer.Ordinal);
        if (!File.Exists(books.TrustCache))
            return known;
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(books.TrustCache);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return known;
        }
        const int footer = 65;
        if (bytes.Length < footer)
            return known;
        var lines = bytes.AsSpan(..^footer);
        if (Encoding.ASCII.GetString(bytes.AsSpan(^footer)) != Checksum.Of(lines) + "\n")
            return known;
        foreach (var line in Encoding.UTF8.GetString(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split(' ', 6);
            var stamp = new FileStamp(
                Number(parts[1]),
                ulong.Parse(parts[2], CultureInfo.InvariantCulture),
                Number(parts[3]),
                Number(parts[4])
            );
            known[parts[5]] = new ProvedFile(parts[5], parts[0], stamp);
        }
        return known;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
