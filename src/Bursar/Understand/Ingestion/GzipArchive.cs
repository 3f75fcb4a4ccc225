using System.IO.Compression;

namespace Bursar.Understand.Ingestion;

/// <summary>Unpacks a gzip archive of any number of members and proves that it is whole.</summary>
/// <remarks>
/// The library checks each member's CRC and length but takes the end of a truncated file for the end of the data.
/// Therefore a small member of our own is fed after the last byte: only behind a whole archive does it come out again
/// as the last bytes.
/// </remarks>
internal static class GzipArchive
{
    private const int BufferBytes = 1 << 20;

    private static readonly byte[] Seal = "bursar:end-of-archive:9d41c7f2"u8.ToArray();

    private static readonly byte[] PackedSeal = Pack(Seal);

    /// <summary>Writes the unpacked bytes to <paramref name="target"/>, which must be empty and able to seek.</summary>
    /// <exception cref="InvalidDataException">The archive is truncated, damaged or followed by something
    /// else.</exception>
    public static void Unpack(Stream source, Stream target, CancellationToken cancel)
    {
        using var sealedSource = new FollowedStream(source, PackedSeal);
        using (var gzip = new GZipStream(sealedSource, CompressionMode.Decompress, leaveOpen: true))
        {
            var buffer = new byte[BufferBytes];
            int read;
            while ((read = ReadChecked(gzip, buffer)) > 0)
            {
                cancel.ThrowIfCancellationRequested();
                target.Write(buffer, 0, read);
            }
        }
        CutSeal(target);
    }

    private static int ReadChecked(GZipStream gzip, byte[] buffer)
    {
        try
        {
            return gzip.Read(buffer);
        }
        catch (InvalidDataException broken)
        {
            throw new InvalidDataException("it is truncated, or its checksum does not match its content", broken);
        }
    }

    private static void CutSeal(Stream target)
    {
        var found = new byte[Seal.Length];
        if (target.Length >= Seal.Length)
        {
            target.Flush();
            target.Position = target.Length - Seal.Length;
            target.ReadExactly(found);
        }
        if (!found.AsSpan().SequenceEqual(Seal))
            throw new InvalidDataException("it is truncated, or other bytes follow it");
        target.SetLength(target.Length - Seal.Length);
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>A stream, and then some bytes more.</summary>
    private sealed class FollowedStream(Stream first, byte[] after) : Stream
    {
        private int sent;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = first.Read(buffer, offset, count);
            if (read > 0)
                return read;
            var more = Math.Min(count, after.Length - sent);
            after.AsSpan(sent, more).CopyTo(buffer.AsSpan(offset));
            sent += more;
            return more;
        }

        public override void Flush() => first.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
