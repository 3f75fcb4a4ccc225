using System.Text.Json;

namespace Bursar.Understand.Ingestion;

/// <summary>Reads which data files a provider's manifest names, wherever in it they stand.</summary>
internal static class ManifestText
{
    private static readonly string[] Endings = [".csv", ".csv.gz", ".zip", ".parquet"];

    public static IEnumerable<string> DataFiles(JsonElement manifest) =>
        Texts(manifest).Where(text => Endings.Any(ending => text.EndsWith(ending, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Texts(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.String => [element.GetString()!],
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
            JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Texts(property.Value)),
            _ => [],
        };
}
