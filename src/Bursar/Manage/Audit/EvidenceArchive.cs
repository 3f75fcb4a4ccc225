using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Bursar.Cli.Output;

namespace Bursar.Manage.Audit;

/// <summary>
/// A zip of evidence that is being written: its files in order, each with its checksum, and the list of checksums at
/// the end. The same content gives the same bytes.
/// </summary>
/// <param name="stream">Where it goes.</param>
/// <param name="time">The time that all files get.</param>
internal sealed class EvidenceArchive(Stream stream, DateTimeOffset time) : IDisposable
{
    public const string Checksums = "SHA256SUMS";

    private readonly ZipArchive zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
    private readonly StringBuilder sums = new();

    public void Add(string path, byte[] content)
    {
        using (var entry = Entry(path))
            entry.Write(content);
        sums.Append(Convert.ToHexStringLower(SHA256.HashData(content))).Append("  ").Append(path).Append('\n');
    }

    public void Add(string path, ResultRecord record)
    {
        using var text = new StringWriter();
        JsonResult.Write(record, text);
        Add(path, Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Adds a table that need not fit in memory, part by part; there is at least one.</summary>
    public void Add(string path, IEnumerable<ResultTable> parts)
    {
        using var hash = SHA256.Create();
        using (var entry = Entry(path))
        using (var hashed = new CryptoStream(entry, hash, CryptoStreamMode.Write))
        using (var text = new StreamWriter(hashed, new UTF8Encoding(false)))
        {
            var isFirst = true;
            foreach (var part in parts)
            {
                if (isFirst)
                    CsvResult.Write(part, text);
                else
                    CsvResult.WriteRows(part, text);
                isFirst = false;
            }
        }
        sums.Append(Convert.ToHexStringLower(hash.Hash!)).Append("  ").Append(path).Append('\n');
    }

    /// <summary>Writes the list of checksums, as <c>sha256sum -c</c> reads it, and ends the archive.</summary>
    public void Dispose()
    {
        using (var entry = Entry(Checksums))
            entry.Write(Encoding.UTF8.GetBytes(sums.ToString()));
        zip.Dispose();
    }

    private Stream Entry(string path)
    {
        var entry = zip.CreateEntry(path, CompressionLevel.Fastest);
        entry.LastWriteTime = time;
        return entry.Open();
    }
}
