using System.Text.Json;
using Bursar.Understand.Ingestion;

namespace Bursar.Understand.Deliveries;

/// <summary>A provider's list of the files of one export (AWS, Azure and others write manifest.json beside them).</summary>
/// <remarks>The layouts differ and change; what they share is that the names of the data files stand in them as text.</remarks>
internal static class Manifest
{
    private static readonly string[] Endings = [".csv", ".csv.gz", ".parquet", ".snappy.parquet"];

    /// <summary>Names of files that a manifest in one of the folders lists and that are not among the files to deliver.</summary>
    public static IReadOnlyList<string> MissingFiles(IReadOnlyList<IncomingFile> files)
    {
        var present = files.Select(file => Path.GetFileName(file.Path)).ToHashSet();
        var folders = files.Select(file => Path.GetDirectoryName(Path.GetFullPath(file.Path))!).Distinct();
        return [.. folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*anifest*.json")).Order(StringComparer.Ordinal)
            .SelectMany(Listed).Where(name => !present.Contains(name)).Distinct()];
    }

    private static List<string> Listed(string manifest)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(manifest));
            return [.. Texts(document.RootElement).Where(IsDataFile).Select(text => text[(text.LastIndexOf('/') + 1)..]).Distinct()];
        }
        catch (JsonException)
        {
            // Not a manifest of this kind; the files themselves say whether they are whole.
            return [];
        }
    }

    private static bool IsDataFile(string text) => Endings.Any(ending => text.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Texts(property.Value)),
        _ => [],
    };
}
