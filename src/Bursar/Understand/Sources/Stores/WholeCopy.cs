using System.Security.Cryptography;

namespace Bursar.Understand.Sources.Stores;

/// <summary>Copies what a server sends into a file, and proves that all of it came.</summary>
internal static class WholeCopy
{
    private const int BufferBytes = 1 << 17;

    /// <summary>A server that is silent for so long has gone.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <param name="body">What is sent.</param>
    /// <param name="announced">How many bytes there should be; null when the server does not say.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="cancel">Stops the copying.</param>
    /// <returns>Size and checksum.</returns>
    /// <exception cref="FetchException">It did not come whole.</exception>
    public static async Task<(long Bytes, string Sha256)> ToAsync(
        Stream body,
        long? announced,
        string name,
        string path,
        CancellationToken cancel
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes, useAsync: true);
        await using var _ = file.ConfigureAwait(false);
        var buffer = new byte[BufferBytes];
        long bytes = 0;
        int read;
        while ((read = await ReadAsync(body, buffer, name, cancel).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancel).ConfigureAwait(false);
            bytes += read;
        }
        if (announced is { } expected && expected != bytes)
            throw FetchException.CutShort(name, $"{bytes} of {expected} bytes came");
        return (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Only what lies with the sender becomes a failure of the fetch; the disk's stay what they are.</summary>
    private static async Task<int> ReadAsync(Stream body, byte[] buffer, string name, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Silence);
        try
        {
            return await body.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw FetchException.CutShort(name, $"no byte came for {Silence.TotalSeconds:0} seconds");
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException or InvalidDataException)
        {
            throw FetchException.CutShort(name, broken.Message);
        }
    }
}
