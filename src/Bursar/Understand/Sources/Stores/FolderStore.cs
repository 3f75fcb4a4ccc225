using System.Globalization;
using Bursar.Core.Diagnostics;
using Bursar.Understand.Ingestion;

namespace Bursar.Understand.Sources.Stores;

/// <summary>A folder of this machine. Its files are read where they are.</summary>
internal sealed class FolderStore(string folder, string booksFolder) : IFileStore
{
    public Task<IReadOnlyList<OfferedFile>> ListAsync(CancellationToken cancel)
    {
        if (!Directory.Exists(folder))
            throw FetchException.Of(
                "sources/no-folder",
                $"There is no folder {folder}.",
                "Check folder: in from: of the source; a relative path begins at the rulebook's folder."
            );
        try
        {
            var files = FindSourceFiles.In([folder], booksFolder);
            return Task.FromResult<IReadOnlyList<OfferedFile>>([.. files.Select(Offered)]);
        }
        catch (RefusedException refused) when (refused.Diagnostic.Code == "ingestion/empty-folder")
        {
            return Task.FromResult<IReadOnlyList<OfferedFile>>([]);
        }
    }

    public Task<FetchedFile?> FetchAsync(
        OfferedFile file,
        KnownVersion? known,
        string path,
        CancellationToken cancel
    ) =>
        Task.FromResult<FetchedFile?>(
            new FetchedFile(Path.Combine(folder, file.Address), file.Version, file.Bytes ?? 0, Sha256: null)
        );

    /// <summary>A file that is written anew has another time or size.</summary>
    private static OfferedFile Offered(IncomingFile file)
    {
        var found = new FileInfo(file.Path);
        var version = string.Create(CultureInfo.InvariantCulture, $"{found.Length}-{found.LastWriteTimeUtc.Ticks}");
        return new OfferedFile(file.Name, file.Name, version, found.Length, new DateTimeOffset(found.LastWriteTimeUtc));
    }
}
