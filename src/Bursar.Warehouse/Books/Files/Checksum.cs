using System.Buffers;
using System.Security.Cryptography;

namespace Bursar.Warehouse.Books.Files;

/// <summary>SHA-256 checksums, written in lower-case hexadecimal as sha256sum does.</summary>
public static class Checksum
{
    private const int BufferBytes = 1 << 20;

    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>The checksum of a file, read once from start to end.</summary>
    public static string OfFile(string path, CancellationToken cancellation = default)
    {
        using var file = File.OpenHandle(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete,
            FileOptions.SequentialScan
        );
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long position = 0;
            int read;
            while ((read = RandomAccess.Read(file, buffer, position)) > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
                position += read;
            }
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
