using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bursar.Understand.Records;

/// <summary>How the books keep business records: a JSON object a line, every value as text.</summary>
internal static class RecordFile
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(string path, IEnumerable<BusinessRecord> records)
    {
        using var file = File.Create(path);
        using var writer = new Utf8JsonWriter(file, Options);
        foreach (var record in records)
        {
            writer.WriteStartObject();
            foreach (var (field, value) in record.Values)
                writer.WriteString(field, value);
            writer.WriteEndObject();
            writer.Flush();
            writer.Reset();
            file.WriteByte((byte)'\n');
        }
    }

    public static IEnumerable<BusinessRecord> Read(string path, string delivery, string source)
    {
        var row = 0L;
        foreach (var line in File.ReadLines(path))
        {
            using var json = JsonDocument.Parse(line);
            var values = json
                .RootElement.EnumerateObject()
                .ToDictionary(field => field.Name, field => field.Value.GetString()!, StringComparer.Ordinal);
            yield return new BusinessRecord(values, delivery, source, ++row);
        }
    }
}
