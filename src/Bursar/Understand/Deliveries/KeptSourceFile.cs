using System.IO.Compression;
using System.Security.Cryptography;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>A provider's file as the books keep it: text compressed, archives and parquet as they came.</summary>
internal static class KeptSourceFile
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Compares its bytes with the checksum that it came with; null when they are the same.</summary>
    public static Diagnostic? Examine(BooksFolder books, SourceFile file, CancellationToken cancel)
    {
        var path = books.FullPath(file.Kept!);
        if (!File.Exists(path))
            return Wrong(file, "is missing");
        try
        {
            using var stream = Open(path, IsPackedText(file));
            return Hash(stream, cancel) == file.Sha256 ? null : Wrong(file, "is not the file that came");
        }
        catch (Exception cause) when (cause is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return Wrong(file, $"cannot be read ({cause.Message.TrimEnd('.')})");
        }
    }

    /// <summary>A path under which its bytes can be read as they came: text is unpacked into a folder.</summary>
    public static string Unpack(BooksFolder books, SourceFile file, string folder)
    {
        var kept = books.FullPath(file.Kept!);
        if (!IsPackedText(file))
            return kept;
        var path = Path.Combine(folder, Guid.NewGuid().ToString("n") + ".csv");
        using var plain = Open(kept, isPackedText: true);
        using var copy = File.Create(path);
        plain.CopyTo(copy);
        return path;
    }

    private static bool IsPackedText(SourceFile file) => file.Kept!.EndsWith(".csv.br", StringComparison.Ordinal);

    private static Stream Open(string path, bool isPackedText)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes);
        return isPackedText ? new BrotliStream(file, CompressionMode.Decompress) : file;
    }

    private static string Hash(Stream stream, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Diagnostic Wrong(SourceFile file, string what) =>
        new(
            "books/source-file-damaged",
            Severity.Error,
            $"{file.Kept} ({file.Name} as it came) {what}. Figures do not rest on it; only a later conversion would.",
            "Restore the file from a backup, or ingest the provider's file again into other books and copy it from there."
        );
}
