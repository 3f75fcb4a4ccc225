using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Ingestion.Tables;
using Bursar.Warehouse.Books.Files;
using DocumentFormat.OpenXml.Packaging;

namespace Bursar.Understand.Ingestion;

/// <summary>
/// Proves that a file is whole before the engine sees it: the engine checks no gzip checksum and reads a truncated
/// archive short without an error.
/// </summary>
/// <param name="file">The file to prepare.</param>
/// <param name="stagingFolder">Where the copy of its bytes will go, and the readable text when it is not the file
/// itself.</param>
internal sealed class PrepareFile(IncomingFile file, string stagingFolder)
{
    private const int BufferBytes = 1 << 20;

    private const int StartBytes = 4096;

    private const long JsonBytesMax = 1L << 30;

    /// <summary>Looks at the file: format, whole archive, and a UTF-8 text for the engine.</summary>
    /// <param name="takesHash">Whether its checksum is needed before it is converted.</param>
    /// <param name="cancel">Stops between two buffers.</param>
    /// <exception cref="RefusedException">The file is empty, damaged or of a kind that cannot be read.</exception>
    public PreparedFile Read(bool takesHash, CancellationToken cancel)
    {
        var stamp = FileStamp.Of(file.Path);
        FileFormat format;
        Encoding? encoding;
        string? sha256 = null;
        long bytes;
        var kept = Path.Combine(stagingFolder, Guid.NewGuid().ToString("n") + ".raw");
        using (var source = Open())
        {
            var start = Start(source, "is empty");
            format = FormatOf(start);
            encoding = format == FileFormat.Csv ? EncodingOf(start) : null;
            bytes = source.Length;
            source.Position = 0;
            if (takesHash)
                sha256 = Hash(source, cancel);
        }
        var readable = format switch
        {
            FileFormat.GzippedCsv => Decompress("gzip", GzipArchive.Unpack, cancel),
            FileFormat.ZippedCsv => Decompress("zip", Unzip, cancel),
            FileFormat.Csv when encoding is not null => Reencode(file.Path, encoding),
            FileFormat.Workbook => FromWorkbook(),
            _ => Path.GetFullPath(file.Path),
        };
        var isJson = format is FileFormat.Csv or FileFormat.GzippedCsv or FileFormat.ZippedCsv && IsJson(readable);
        if (isJson)
            readable = FromJson(readable);
        var titles = format is FileFormat.Parquet ? 0 : SkipTitles.In(readable);
        if (titles > 0)
            readable = WithoutTitles(readable, titles);
        var rows = Path.Combine(stagingFolder, Guid.NewGuid().ToString("n") + ".csv");
        var months = format is FileFormat.Parquet ? 0 : PivotedMonths.Write(readable, rows);
        if (months > 0)
            readable = rows;
        return new PreparedFile(file, format, sha256, bytes, readable, kept)
        {
            Stamp = stamp,
            TitleLines = titles,
            MonthColumns = months,
            IsJson = isJson,
        };
    }

    /// <summary>Where the books keep it: text is compressed there, archives and parquet stay as they are.</summary>
    public static string KeptPath(string sha256, FileFormat format) =>
        "raw/"
        + sha256
        + format switch
        {
            FileFormat.Csv => ".csv.br",
            FileFormat.GzippedCsv => ".gz",
            FileFormat.ZippedCsv => ".zip",
            FileFormat.Workbook => ".xlsx",
            _ => ".parquet",
        };

    private static string Hash(Stream source, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = source.Read(buffer)) > 0)
        {
            cancel.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>
    /// Opens the file. Only this may fail for a reason that lies with the file; writing fails for the disk's.
    /// </summary>
    private FileStream Open()
    {
        try
        {
            var stream = new FileStream(
                file.Path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                BufferBytes,
                FileOptions.SequentialScan
            );
            if (stream.CanSeek)
                return stream;
            stream.Dispose();
            throw Refuse(
                "ingestion/cannot-open",
                "is a pipe or a device, not a file",
                "Write its content to a file and ingest that."
            );
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Refuse(
                "ingestion/cannot-open",
                $"cannot be opened ({failure.Message.TrimEnd('.')})",
                "Check that the file is there and that you may read it."
            );
        }
    }

    private byte[] Start(Stream stream, string whenEmpty)
    {
        var start = new byte[StartBytes];
        var read = stream.ReadAtLeast(start, StartBytes, throwOnEndOfStream: false);
        return read > 0
            ? start[..read]
            : throw Refuse(
                "ingestion/empty-file",
                whenEmpty,
                "Deliver it again; if the provider really has nothing for this period, leave it out."
            );
    }

    private FileFormat FormatOf(byte[] start)
    {
        if (start is [0x1F, 0x8B, ..])
            return FileFormat.GzippedCsv;
        if (start.AsSpan().StartsWith("PAR1"u8))
            return FileFormat.Parquet;
        if (start.AsSpan().StartsWith("PK\u0003\u0004"u8))
            return WorkbookTable.Is(file.Path) ? FileFormat.Workbook
                : file.Name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase)
                    ? throw BrokenWorkbook("it is damaged")
                : FileFormat.ZippedCsv;
        if (start is [0x28, 0xB5, 0x2F, 0xFD, ..])
            throw Refuse(
                "ingestion/not-a-table",
                "is compressed with zstd",
                "Unpack it (`zstd -d`) or compress it with gzip."
            );
        if (start is not [0xFF, 0xFE, ..] and not [0xFE, 0xFF, ..] && start.Contains((byte)0))
            throw Refuse(
                "ingestion/not-a-table",
                "holds binary data, not a table",
                "Bursar reads csv, parquet, json and xlsx, and text packed with gzip or zip."
            );
        return FileFormat.Csv;
    }

    private UnicodeEncoding? EncodingOf(byte[] start) =>
        start switch
        {
            [0xFF, 0xFE, 0, 0, ..] => throw Refuse("ingestion/not-a-table", "is UTF-32 text", "Save it as UTF-8."),
            [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
            [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
            _ => null,
        };

    private string Decompress(string kind, Action<Stream, Stream, CancellationToken> unpack, CancellationToken cancel)
    {
        var path = Path.Combine(stagingFolder, Guid.NewGuid().ToString("n") + ".csv");
        using var target = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes);
        try
        {
            using var source = Open();
            unpack(source, target, cancel);
        }
        catch (InvalidDataException broken)
        {
            throw Refuse(
                "ingestion/damaged-archive",
                $"is a {kind} archive that cannot be unpacked ({broken.Message.TrimEnd('.')})",
                "Fetch the file again; nothing of it was loaded."
            );
        }
        target.Position = 0;
        var start = Start(target, "holds an empty file");
        if (IsArchive(start) || FormatOf(start) != FileFormat.Csv)
            throw Refuse(
                "ingestion/not-a-table",
                $"holds an archive, a workbook or a parquet file inside the {kind} archive",
                "Unpack it first."
            );
        if (EncodingOf(start) is not { } encoding)
            return path;
        target.Close();
        return Reencode(path, encoding);
    }

    private static bool IsArchive(byte[] start) => start is [0x1F, 0x8B, ..] or [0x50, 0x4B, 3, 4, ..];

    private void Unzip(Stream source, Stream target, CancellationToken cancel)
    {
        using var archive = new ZipArchive(source, ZipArchiveMode.Read);
        if (ZippedTable.IsDocument(archive))
            throw Refuse(
                "ingestion/not-a-table",
                "is an office document and no workbook that Bursar reads",
                "Save its table as .xlsx or CSV."
            );
        var tables = ZippedTable.Tables(archive);
        if (tables is not [var only])
            throw Refuse(
                "ingestion/several-in-archive",
                tables.Count == 0
                    ? "is a zip archive without a file in it"
                    : $"is a zip archive with {tables.Count} files in it: {ZippedTable.Names(tables)}",
                tables.Count == 0
                    ? "Fetch it again; if the provider really has nothing for this period, leave it out."
                    : $"Unpack it (`unzip {file.Quoted} -d FOLDER`) and name the folder, so that each file is booked under its own name."
            );
        ZippedTable.Unpack(only, target, cancel);
    }

    private string WithoutTitles(string from, int titles)
    {
        var path = Path.Combine(stagingFolder, Guid.NewGuid().ToString("n") + ".csv");
        SkipTitles.Write(from, path, titles);
        return path;
    }

    private static bool IsJson(string path)
    {
        using var stream = File.OpenRead(path);
        Span<byte> start = stackalloc byte[64];
        return JsonTable.Is(start[..stream.Read(start)]);
    }

    private string FromJson(string from)
    {
        var path = Path.Combine(stagingFolder, Guid.NewGuid().ToString("n") + ".csv");
        try
        {
            if (new FileInfo(from).Length <= JsonBytesMax && JsonTable.TryWrite(from, path))
                return path;
        }
        catch (JsonException problem)
        {
            throw Refuse(
                "ingestion/damaged-json",
                $"begins like JSON and cannot be read to its end ({problem.Message.Split(". ")[0].TrimEnd('.')})",
                "Fetch the file again; it may have been cut off."
            );
        }
        throw Refuse(
            "ingestion/not-a-table",
            "is JSON without an array of objects, or of more than 1 GB",
            "Deliver an array of objects or an object a line; large exports as csv or parquet."
        );
    }

    private string FromWorkbook()
    {
        var path = Path.Combine(stagingFolder, Guid.NewGuid().ToString("n") + ".csv");
        try
        {
            if (WorkbookTable.TryWrite(file.Path, path))
                return path;
        }
        catch (Exception broken)
            when (broken is InvalidDataException or XmlException or FormatException or OpenXmlPackageException)
        {
            throw BrokenWorkbook(broken.Message.TrimEnd('.'));
        }
        throw Refuse(
            "ingestion/not-a-table",
            "is a workbook without a sheet that has a header and rows",
            "Put the table on a sheet of its own, its header in one row."
        );
    }

    private RefusedException BrokenWorkbook(string why) =>
        Refuse(
            "ingestion/damaged-workbook",
            $"is a workbook that cannot be read ({why})",
            "Open it in the program that wrote it and save it again, or save the sheet as CSV."
        );

    private string Reencode(string from, Encoding encoding)
    {
        var path = Path.Combine(stagingFolder, Guid.NewGuid().ToString("n") + ".csv");
        try
        {
            using var reader = new StreamReader(from, encoding);
            using var writer = new StreamWriter(
                path,
                append: false,
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
            );
            var buffer = new char[1 << 16];
            int read;
            while ((read = reader.Read(buffer)) > 0)
                writer.Write(buffer, 0, read);
            return path;
        }
        catch (DecoderFallbackException)
        {
            throw Refuse(
                "ingestion/damaged-text",
                "is UTF-16 text with broken characters in it",
                "Export it again, as UTF-8 if you can."
            );
        }
    }

    private RefusedException Refuse(string code, string what, string remedy) =>
        new(code, $"{file.Name} {what}.", remedy);
}
