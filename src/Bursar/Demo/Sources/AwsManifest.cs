using System.Text;
using System.Text.Json;
using Bursar.Core.Time;

namespace Bursar.Demo.Sources;

/// <summary>The manifest that AWS puts beside the parts of a month: which files make the delivery whole.</summary>
internal static class AwsManifest
{
    public const string FileName = "aldermoor-focus-Manifest.json";

    public static void Write(string folder, DemoDelivery delivery, BillingPeriod month, IReadOnlyList<string> columns)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("exportName", "aldermoor-focus");
            json.WriteString("executionId", $"{month}/{delivery.DeliveredOn:yyyy-MM-dd}");
            json.WriteString("billingPeriod", month.ToString());
            json.WriteString("contentType", "text/csv");
            json.WriteString("compression", "GZIP");
            WriteList(json, "columns", columns);
            WriteList(json, "dataFiles", [.. delivery.Files.Select(file => Path.GetFileName(file))]);
            json.WriteEndObject();
        }
        var path = Path.Combine(folder, Path.GetDirectoryName(delivery.Files[0])!, FileName);
        File.WriteAllText(path, Encoding.UTF8.GetString(buffer.ToArray()) + "\n");
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
