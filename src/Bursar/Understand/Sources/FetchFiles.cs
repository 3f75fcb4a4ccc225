using Bursar.Understand.Sources.Stores;
using Bursar.Workspaces;

namespace Bursar.Understand.Sources;

/// <summary>What was fetched of one source.</summary>
/// <param name="Files">What is new, on this machine.</param>
/// <param name="Unchanged">What lies there as it was fetched before.</param>
/// <param name="Incomplete">Months whose manifest lists files that are not there yet: nothing of them was
/// fetched.</param>
internal sealed record FetchedFiles(
    IReadOnlyList<(OfferedFile Offered, FetchedFile Fetched)> Files,
    IReadOnlyList<OfferedFile> Unchanged,
    IReadOnlyList<Assembly> Incomplete
);

/// <summary>Fetches what is new at one place into a folder for temporary files.</summary>
internal sealed class FetchFiles(Environs environs, Retry retry, IProgressReport progress)
{
    private const int ManifestBytesMax = 64 << 20;

    /// <param name="target">What to fetch.</param>
    /// <param name="known">What was booked before, by address.</param>
    /// <param name="folder">Where new files go.</param>
    /// <param name="cancel">Stops the fetching.</param>
    /// <exception cref="FetchException">The place cannot be reached or read.</exception>
    public async Task<FetchedFiles> FromAsync(
        FetchTarget target,
        IReadOnlyDictionary<string, FetchedVersion> known,
        string folder,
        CancellationToken cancel
    )
    {
        var store = OpenStore.At(target.From, environs);
        try
        {
            var listed = await retry.RunAsync(() => store.ListAsync(cancel), cancel).ConfigureAwait(false);
            var (files, incomplete) = await ChosenAsync(store, target, listed, folder, cancel).ConfigureAwait(false);
            if (files.Count == 0 && incomplete.Count == 0)
                throw Nothing(target, listed.Count);
            var unchanged = files.Where(file => file.Version is not null && IsKnown(file, known)).ToList();
            var wanted = files.Except(unchanged).ToList();
            var fetched = await AllAsync(store, target, wanted, known, folder, cancel).ConfigureAwait(false);
            return new FetchedFiles(
                [.. fetched.Where(one => one.Fetched is not null).Select(one => (one.Offered, one.Fetched!))],
                [.. unchanged, .. fetched.Where(one => one.Fetched is null).Select(one => one.Offered)],
                incomplete
            );
        }
        finally
        {
            (store as IDisposable)?.Dispose();
        }
    }

    private async Task<List<(OfferedFile Offered, FetchedFile? Fetched)>> AllAsync(
        IFileStore store,
        FetchTarget target,
        List<OfferedFile> wanted,
        IReadOnlyDictionary<string, FetchedVersion> known,
        string folder,
        CancellationToken cancel
    )
    {
        var fetched = new List<(OfferedFile, FetchedFile?)>();
        if (wanted.Count == 0)
            return fetched;
        FetchException? absent = null;
        using var step = progress.Begin($"Fetching {target.Name}", wanted.Count);
        foreach (var file in wanted)
        {
            var path = PathFor(folder, file);
            var last = known.GetValueOrDefault(file.Address);
            var version = last is null ? null : new KnownVersion(last.Version, last.Sha256);
            try
            {
                var one = await retry
                    .RunAsync(() => store.FetchAsync(file, version, path, cancel), cancel)
                    .ConfigureAwait(false);
                fetched.Add((file, one));
            }
            catch (FetchException notYet) when (notYet.Diagnostic.Code == "sources/not-there" && wanted.Count > 1)
            {
                // Of several months at addresses, the newest is often not there yet.
                absent = notYet;
            }
            step.Advance(1);
        }
        return fetched.Count == 0 && absent is not null ? throw absent : fetched;
    }

    private async Task<(IReadOnlyList<OfferedFile>, IReadOnlyList<Assembly>)> ChosenAsync(
        IFileStore store,
        FetchTarget target,
        IReadOnlyList<OfferedFile> listed,
        string folder,
        CancellationToken cancel
    )
    {
        var wanted = listed.Where(file => !NewestAssemblies.IsManifest(file) && target.Wants(file.Name)).ToList();
        var groups = wanted.Select(file => NewestAssemblies.GroupOf(file.Address)).OfType<string>().ToHashSet();
        var manifests = listed
            .Where(file =>
                NewestAssemblies.IsManifest(file)
                && file.Bytes <= ManifestBytesMax
                && NewestAssemblies.GroupOf(file.Address) is { } group
                && groups.Contains(group)
            )
            .ToList();
        var texts = new List<(OfferedFile, string)>();
        foreach (var manifest in manifests)
        {
            var path = PathFor(folder, manifest);
            var fetched = await retry
                .RunAsync(() => store.FetchAsync(manifest, known: null, path, cancel), cancel)
                .ConfigureAwait(false);
            texts.Add((manifest, await File.ReadAllTextAsync(fetched!.Path, cancel).ConfigureAwait(false)));
        }
        return NewestAssemblies.Of(wanted, texts);
    }

    private static bool IsKnown(OfferedFile file, IReadOnlyDictionary<string, FetchedVersion> known) =>
        known.TryGetValue(file.Address, out var last) && last.Version == file.Version;

    /// <summary>Each file in a folder of its own, under its own name: the name's ending may matter.</summary>
    private static string PathFor(string folder, OfferedFile file)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("n")));
        var name = string.Concat(Path.GetFileName(file.Name).Split(Path.GetInvalidFileNameChars()));
        return Path.Combine(own.FullName, name.Length is > 0 and < 200 ? name : "file");
    }

    private static FetchException Nothing(FetchTarget target, int listed) =>
        FetchException.Of(
            "sources/no-files",
            listed == 0
                ? $"There is no file at {target.From}."
                : $"There are {listed} files at {target.From}, and none of them fits {string.Join(", ", target.Patterns.DefaultIfEmpty("a kind of file that Bursar reads"))}.",
            "Check the place in from: and the patterns in files:; the provider's export may also not have begun."
        );
}
