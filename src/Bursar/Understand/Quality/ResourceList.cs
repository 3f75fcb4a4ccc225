using System.Text.Json;

namespace Bursar.Understand.Quality;

/// <summary>A plain list of resources: objects, or the rows of a csv file.</summary>
internal static class ResourceList
{
    private static readonly string[] NameKeys =
    [
        "name",
        "id",
        "resource",
        "resourceid",
        "resourcename",
        "address",
        "arn",
    ];
    private static readonly string[] TypeKeys = ["type", "resourcetype", "kind"];
    private static readonly string[] ProviderKeys = ["provider", "serviceprovidername", "providername"];
    private static readonly string[] TagKeys = ["tags", "labels"];
    private static readonly string[] TagPrefixes =
    [
        "tags/",
        "tag:",
        "tags.",
        "tag/",
        "label:",
        "labels.",
        "tag_",
        "x_tag_",
    ];

    public static IEnumerable<DeclaredResource> Resources(ResourceNode list) =>
        list.Items.Select(
            (item, place) =>
            {
                var tags = item.Entries.FirstOrDefault(entry => Is(entry.Key, TagKeys)).Value;
                return new DeclaredResource(
                    Text(item, NameKeys) ?? $"item {place + 1}",
                    Text(item, TypeKeys) ?? "",
                    Text(item, ProviderKeys),
                    tags?.Tags() ?? new Dictionary<string, string>()
                );
            }
        );

    /// <summary>A row: a column Tags with JSON, or a column for each tag ("Tags/owner", "tag:owner").</summary>
    public static DeclaredResource OfCells(IReadOnlyList<(string Header, string Cell)> cells, int line)
    {
        var tags = new Dictionary<string, string>();
        foreach (var (header, cell) in cells.Where(pair => pair.Cell.Length > 0))
        {
            if (Is(header, TagKeys))
                foreach (var (key, value) in Json(cell))
                    tags[key] = value;
            else if (
                Array.Find(TagPrefixes, prefix => header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) is
                { } prefix
            )
                tags[header[prefix.Length..]] = cell;
        }
        return new DeclaredResource(Cell(NameKeys) ?? $"line {line}", Cell(TypeKeys) ?? "", Cell(ProviderKeys), tags);

        string? Cell(string[] keys) =>
            cells
                .Where(pair => Is(pair.Header, keys) && pair.Cell.Length > 0)
                .Select(pair => pair.Cell)
                .FirstOrDefault();
    }

    private static IReadOnlyDictionary<string, string> Json(string cell)
    {
        try
        {
            using var document = JsonDocument.Parse(cell);
            return ResourceNode.Of(document.RootElement).Tags();
        }
        catch (JsonException)
        {
            // "owner=claims;env=prod" is common in exports of inventories.
            return cell.Split([';', ','], StringSplitOptions.TrimEntries)
                .Select(pair => pair.Split(['=', ':'], 2))
                .Where(pair => pair is [{ Length: > 0 }, { Length: > 0 }])
                .DistinctBy(pair => pair[0])
                .ToDictionary(pair => pair[0].Trim(), pair => pair[1].Trim());
        }
    }

    private static string? Text(ResourceNode item, string[] keys) =>
        item
            .Entries.Where(entry => Is(entry.Key, keys))
            .Select(entry => item.Text(entry.Key))
            .FirstOrDefault(text => text is not null);

    private static bool Is(string key, string[] keys) =>
        keys.Contains(key.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant());
}
