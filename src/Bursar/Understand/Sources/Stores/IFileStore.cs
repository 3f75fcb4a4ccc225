namespace Bursar.Understand.Sources.Stores;

/// <summary>A place that files can be fetched from.</summary>
internal interface IFileStore
{
    /// <summary>What lies there now.</summary>
    /// <exception cref="FetchException">The place cannot be reached, or refuses.</exception>
    Task<IReadOnlyList<OfferedFile>> ListAsync(CancellationToken cancel);

    /// <summary>Brings a file to this machine; null when it is the version that is known.</summary>
    /// <param name="file">The file.</param>
    /// <param name="known">The version and checksum that were fetched last; null for any.</param>
    /// <param name="path">Where it goes.</param>
    /// <param name="cancel">Stops the fetching.</param>
    /// <exception cref="FetchException">It cannot be fetched whole.</exception>
    Task<FetchedFile?> FetchAsync(OfferedFile file, KnownVersion? known, string path, CancellationToken cancel);
}

/// <summary>A file that lies at a place.</summary>
/// <param name="Address">Its key, path or address: what stays the same while its content changes.</param>
/// <param name="Name">How reports call it.</param>
/// <param name="Version">What tells one content from another without fetching it; null when the place does not
/// say.</param>
/// <param name="Bytes">Its size, when known.</param>
/// <param name="ModifiedAt">When it was written, when known.</param>
internal sealed record OfferedFile(
    string Address,
    string Name,
    string? Version = null,
    long? Bytes = null,
    DateTimeOffset? ModifiedAt = null
);

/// <summary>What was fetched of a file the last time.</summary>
internal sealed record KnownVersion(string? Version, string? Sha256);

/// <summary>A file on this machine.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Version">Its version, as the place tells it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Hex SHA-256 of its bytes; null for a file that was not copied.</param>
internal sealed record FetchedFile(string Path, string? Version, long Bytes, string? Sha256);
