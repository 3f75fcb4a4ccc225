using System.Text.Json;
using Bursar.Understand.Ingestion;

namespace Bursar.Understand.Deliveries;

/// <summary>A file that a manifest names and the command does not deliver.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsThere">True when it lies beside the manifest all the same.</param>
internal sealed record MissingFile(string Name, bool IsThere)
{
    public string Sentence =>
        IsThere
            ? $"The manifest names {Name}, and this command does not deliver it."
            : $"The manifest names {Name}, and it is not here.";

    public string Remedy => IsThere ? "Name the folder instead of single files." : "Fetch the whole export again.";
}

/// <summary>
/// A provider's list of the files of one export (AWS, Azure and others write manifest.json beside them).
/// </summary>
/// <remarks>
/// The layouts differ and change; what they share is that the names of the data files stand in them as text.
/// </remarks>
internal static class Manifest
{
    /// <summary>
    /// Files that a manifest in one of the folders lists and that are not among the files to deliver.
    /// </summary>
    public static IReadOnlyList<MissingFile> MissingFiles(IReadOnlyList<IncomingFile> files)
    {
        var present = files.Select(file => Path.GetFileName(file.Path)).ToHashSet();
        var folders = files.Select(file => Path.GetDirectoryName(Path.GetFullPath(file.Path))!).Distinct();
        return
        [
            .. from folder in folders.Where(Directory.Exists)
            from manifest in Directory.EnumerateFiles(folder, "*anifest*.json").Order(StringComparer.Ordinal)
            from name in Listed(manifest)
            where !present.Contains(name)
            group folder by name into missing
            select new MissingFile(missing.Key, missing.Any(folder => File.Exists(Path.Combine(folder, missing.Key)))),
        ];
    }

    private static List<string> Listed(string manifest)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(manifest));
            return
            [
                .. ManifestText
                    .DataFiles(document.RootElement)
                    .Select(text => text[(text.LastIndexOf('/') + 1)..])
                    .Distinct(),
            ];
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            // Not a manifest of this kind; the files themselves say whether they are whole.
            return [];
        }
    }
}
