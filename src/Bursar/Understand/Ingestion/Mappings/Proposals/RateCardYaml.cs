using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Bursar.Understand.Ingestion.Mappings.Proposals;

/// <summary>Makes a price book of a cluster's cost model, the JSON of OpenShift's cost management.</summary>
internal static class RateCardYaml
{
    /// <summary>What the card calls a metric, and the meter of the usage reports that it prices.</summary>
    private static readonly Dictionary<string, string> Meters = new()
    {
        ["cpu_core_usage_per_hour"] = "cpu-core-hours-usage",
        ["cpu_core_request_per_hour"] = "cpu-core-hours-request",
        ["cpu_core_effective_usage_per_hour"] = "cpu-core-hours",
        ["memory_gb_usage_per_hour"] = "memory-gib-hours-usage",
        ["memory_gb_request_per_hour"] = "memory-gib-hours-request",
        ["memory_gb_effective_usage_per_hour"] = "memory-gib-hours",
        ["storage_gb_usage_per_month"] = "storage-gib-months-usage",
        ["storage_gb_request_per_month"] = "storage-gib-months-request",
        ["node_cost_per_month"] = "node-months",
        ["pvc_cost_per_month"] = "claim-months",
        ["project_per_month"] = "namespace-months",
    };

    /// <param name="name">The name of the price book.</param>
    /// <param name="path">The card.</param>
    /// <returns>The YAML, and sentences about what could not be carried over.</returns>
    public static (string Yaml, IReadOnlyList<string> Notes) Write(string name, string path)
    {
        using var card = JsonDocument.Parse(Text(path));
        var (entries, notes) = (new StringBuilder(), new List<string>());
        var (seen, currency) = (new HashSet<string>(), "");
        foreach (var rate in card.RootElement.GetProperty("rates").EnumerateArray())
        {
            var metric = rate.GetProperty("metric").GetProperty("name").GetString() ?? "";
            if (!Meters.TryGetValue(metric, out var meter))
            {
                notes.Add($"{metric} is left out: no usage report measures it.");
                continue;
            }
            if (!seen.Add(meter))
            {
                notes.Add($"{metric} is in the card more than once; the first price of it counts.");
                continue;
            }
            foreach (var (tags, price) in Prices(rate))
            {
                currency = Field(price, "unit") ?? currency;
                var condition = tags is null ? "" : $"    tags: {tags}\n";
                entries.Append(
                    $"  - items: [\"*\"]\n{condition}    rates: {{{meter}: {price.GetProperty("value").GetRawText()}}}\n"
                );
            }
        }
        var yaml =
            $"# Made from {Path.GetFileName(path)} by `bursar source add`. Look through it: from now on it is yours.\n"
            + string.Concat(notes.Select(note => $"# {note}\n"))
            + $"kind: PriceBook\nname: {name}\nprovider: Kubernetes\ncurrency: {currency}\n"
            + $"source: \"{Path.GetFileName(path)}\"\nprices:\n{entries}";
        return (yaml, notes);
    }

    /// <summary>A price for everything, or one for each value of a tag; the default is for all other values.</summary>
    private static IEnumerable<(string? Tags, JsonElement Price)> Prices(JsonElement rate)
    {
        if (rate.TryGetProperty("tiered_rates", out var tiers) && tiers.ValueKind == JsonValueKind.Array)
        {
            foreach (var tier in tiers.EnumerateArray().Take(1))
                yield return (null, tier);
        }
        if (!rate.TryGetProperty("tag_rates", out var tagged) || tagged.ValueKind != JsonValueKind.Object)
            yield break;
        var key = Field(tagged, "tag_key");
        var values = tagged.GetProperty("tag_values").EnumerateArray().ToList();
        foreach (var value in values)
            yield return ($"{{{Quoted(key)}: {Quoted(Field(value, "tag_value"))}}}", value);
        foreach (
            var other in values.Where(value =>
                value.TryGetProperty("default", out var is1) && is1.ValueKind == JsonValueKind.True
            )
        )
            yield return ($"{{{Quoted(key)}: \"*\"}}", other);
    }

    private static string? Field(JsonElement element, string name) =>
        element.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String
            ? field.GetString()
            : null;

    private static string Quoted(string? text) =>
        "\""
        + (text ?? "").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        + "\"";

    private static byte[] Text(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes is not [0x1F, 0x8B, ..])
            return bytes;
        using var plain = new MemoryStream();
        using (var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress))
            packed.CopyTo(plain);
        return plain.ToArray();
    }
}
