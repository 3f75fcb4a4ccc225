using System.IO.Compression;

namespace Bursar.Understand.Ingestion;

/// <summary>The one table in a zip archive, as AWS and others deliver their reports.</summary>
/// <remarks>
/// The library neither compares checksums nor minds how much comes out; both are done here while the bytes pass.
/// </remarks>
internal static class ZippedTable
{
    private const int BufferBytes = 1 << 20;

    /// <summary>A smaller archive does no harm, whatever is in it.</summary>
    private const long HarmlessBytes = 64L << 20;

    /// <summary>Bills shrink to a tenth or a fiftieth; only what was made to fill disks shrinks further.</summary>
    private const int TimesPackedMax = 500;

    private const int NamesShown = 3;

    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(Remainder)];

    /// <summary>The files in it that may be tables: folders, notes of the system and manifests are none.</summary>
    public static IReadOnlyList<ZipArchiveEntry> Tables(ZipArchive archive) =>
        [.. archive.Entries.Where(entry => !IsBeside(entry))];

    /// <summary>True for what Word and its like write: a zip archive of their own parts.</summary>
    public static bool IsDocument(ZipArchive archive) =>
        archive.GetEntry("[Content_Types].xml") is not null || archive.GetEntry("mimetype") is not null;

    /// <summary>"a.csv, b.csv, c.csv and 4 more"</summary>
    public static string Names(IReadOnlyList<ZipArchiveEntry> entries) =>
        string.Join(", ", entries.Take(NamesShown).Select(entry => entry.FullName))
        + (entries.Count > NamesShown ? $" and {entries.Count - NamesShown} more" : "");

    /// <summary>Writes the unpacked bytes to <paramref name="target"/>.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged, needs a password, or holds far more than a table
    /// of its size can.</exception>
    public static void Unpack(ZipArchiveEntry entry, Stream target, CancellationToken cancel)
    {
        if (entry.IsEncrypted)
            throw new InvalidDataException("it needs a password");
        var most = Math.Max(HarmlessBytes, entry.CompressedLength * TimesPackedMax);
        var (written, checksum) = (0L, uint.MaxValue);
        var buffer = new byte[BufferBytes];
        using var source = entry.Open();
        int read;
        while ((read = source.Read(buffer)) > 0)
        {
            cancel.ThrowIfCancellationRequested();
            written += read;
            if (written > most)
                throw new InvalidDataException(
                    $"it unpacks to more than {TimesPackedMax} times its size, as no table does"
                );
            checksum = Continued(checksum, buffer.AsSpan(0, read));
            target.Write(buffer, 0, read);
        }
        if (written != entry.Length || ~checksum != entry.Crc32)
            throw new InvalidDataException("it is truncated, or its checksum does not match its content");
    }

    private static bool IsBeside(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith('/')
        || entry.Name.StartsWith('.')
        || entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal)
        || entry.Name.EndsWith("anifest.json", StringComparison.Ordinal);

    private static uint Continued(uint checksum, ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
            checksum = Remainders[(checksum ^ one) & 0xFF] ^ (checksum >> 8);
        return checksum;
    }

    private static uint Remainder(int one)
    {
        var rest = (uint)one;
        for (var bit = 0; bit < 8; bit++)
            rest = (rest & 1) == 0 ? rest >> 1 : (rest >> 1) ^ 0xEDB88320;
        return rest;
    }
}
