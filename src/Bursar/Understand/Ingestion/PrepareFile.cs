using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Bursar.Core.Diagnostics;

namespace Bursar.Understand.Ingestion;

/// <summary>
/// Proves that a file is whole before the engine sees it: the engine checks no gzip checksum and reads a truncated archive short without
/// an error.
/// </summary>
internal static class PrepareFile
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Reads the file once: hash, format, whole archive, and a UTF-8 text for the engine.</summary>
    /// <param name="file">The file to prepare.</param>
    /// <param name="stagingFolder">Where the readable text goes when it is not the file itself.</param>
    /// <param name="cancel">Stops between two buffers.</param>
    /// <exception cref="RefusedException">The file is empty, damaged or of a kind that cannot be read.</exception>
    public static PreparedFile Read(IncomingFile file, string stagingFolder, CancellationToken cancel)
    {
        var start = FirstBytes(file);
        var format = FormatOf(file, start);
        var encoding = EncodingOf(file, start, format);
        var kept = Path.Combine(stagingFolder, Guid.NewGuid().ToString("n") + ".raw");
        var bytes = 0L;
        string sha256;
        using (var source = Open(file.Path))
        using (var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256))
        {
            var buffer = new byte[BufferBytes];
            int read;
            while ((read = source.Read(buffer)) > 0)
            {
                cancel.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
                bytes += read;
            }
            sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        var readable = format switch
        {
            FileFormat.GzippedCsv => Decompress(file, stagingFolder, cancel),
            FileFormat.Csv when encoding is not null => Reencode(file, stagingFolder, encoding),
            _ => Path.GetFullPath(file.Path),
        };
        return new PreparedFile(file, format, sha256, bytes, readable, kept);
    }

    /// <summary>Where the books keep it: text is compressed there, archives and parquet stay as they are.</summary>
    public static string KeptPath(string sha256, FileFormat format) => "raw/" + sha256 + format switch
    {
        FileFormat.Csv => ".csv.gz",
        FileFormat.GzippedCsv => ".gz",
        _ => ".parquet",
    };

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);

    private static byte[] FirstBytes(IncomingFile file)
    {
        using var stream = Open(file.Path);
        var start = new byte[Math.Min(stream.Length, 4096)];
        stream.ReadExactly(start);
        return start.Length > 0 ? start : throw Refuse(file, "ingestion/empty-file", "is empty",
            "Deliver it again; if the provider really has nothing for this period, leave it out.");
    }

    private static FileFormat FormatOf(IncomingFile file, byte[] start)
    {
        if (start is [0x1F, 0x8B, ..]) return FileFormat.GzippedCsv;
        if (start.AsSpan().StartsWith("PAR1"u8)) return FileFormat.Parquet;
        if (start.AsSpan().StartsWith("PK\u0003\u0004"u8))
            throw Refuse(file, "ingestion/not-a-table", "is a zip archive or an Excel workbook", "Unpack it, or save the sheet as CSV.");
        if (start is [0x28, 0xB5, 0x2F, 0xFD, ..])
            throw Refuse(file, "ingestion/not-a-table", "is compressed with zstd", "Unpack it (`zstd -d`) or compress it with gzip.");
        if (start is not [0xFF, 0xFE, ..] and not [0xFE, 0xFF, ..] && start.Contains((byte)0))
            throw Refuse(file, "ingestion/not-a-table", "holds binary data, not a table", "Bursar reads csv, csv.gz and parquet.");
        return FileFormat.Csv;
    }

    private static Encoding? EncodingOf(IncomingFile file, byte[] start, FileFormat format) => (format, start) switch
    {
        (FileFormat.Csv, [0xFF, 0xFE, 0, 0, ..]) => throw Refuse(file, "ingestion/not-a-table", "is UTF-32 text", "Save it as UTF-8."),
        (FileFormat.Csv, [0xFF, 0xFE, ..]) => Encoding.Unicode,
        (FileFormat.Csv, [0xFE, 0xFF, ..]) => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static string Decompress(IncomingFile file, string stagingFolder, CancellationToken cancel)
    {
        var path = Path.Combine(stagingFolder, Guid.NewGuid().ToString("n") + ".csv");
        try
        {
            using var source = Open(file.Path);
            using var target = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes);
            GzipArchive.Unpack(source, target, cancel);
        }
        catch (InvalidDataException broken)
        {
            throw Refuse(file, "ingestion/damaged-archive", $"is a damaged gzip archive ({broken.Message.TrimEnd('.')})",
                "Fetch the file again; nothing of it was loaded.");
        }
        using var check = Open(path);
        var first = new byte[Math.Min(check.Length, 4096)];
        check.ReadExactly(first);
        if (first.Length == 0) throw Refuse(file, "ingestion/empty-file", "holds an empty file", "Deliver it again.");
        if (first.Contains((byte)0)) throw Refuse(file, "ingestion/not-a-table", "holds binary data, not a table", "Bursar reads csv, csv.gz and parquet.");
        return path;
    }

    private static string Reencode(IncomingFile file, string stagingFolder, Encoding encoding)
    {
        var path = Path.Combine(stagingFolder, Guid.NewGuid().ToString("n") + ".csv");
        using var reader = new StreamReader(file.Path, encoding);
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var buffer = new char[1 << 16];
        int read;
        while ((read = reader.Read(buffer)) > 0) writer.Write(buffer, 0, read);
        return path;
    }

    private static RefusedException Refuse(IncomingFile file, string code, string what, string remedy) =>
        new(code, $"{file.Name} {what}.", remedy);
}
