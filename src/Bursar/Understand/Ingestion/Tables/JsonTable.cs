using System.Text.Json;

namespace Bursar.Understand.Ingestion.Tables;

/// <summary>
/// Makes a table of JSON: an array of objects, an object that holds one, or an object a line. Fields of objects within
/// are columns of their own (usage.amount); numbers keep their digits.
/// </summary>
internal static class JsonTable
{
    private const int DepthMax = 4;

    /// <summary>Whether a text begins like JSON.</summary>
    public static bool Is(ReadOnlySpan<byte> start)
    {
        var text = start.TrimStart("\uFEFF \t\r\n"u8);
        return !text.IsEmpty && text[0] is (byte)'{' or (byte)'[';
    }

    /// <returns>False when it holds no objects.</returns>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static bool TryWrite(string from, string to)
    {
        var records = Read(File.ReadAllBytes(from));
        var columns = new List<string>();
        var known = new HashSet<string>();
        foreach (var name in records.SelectMany(record => record.Keys))
        {
            if (known.Add(name))
                columns.Add(name);
        }
        if (columns.Count == 0)
            return false;
        using var table = new TableText(to);
        table.Write(columns);
        foreach (var record in records)
            table.Write(columns.Select(column => record.GetValueOrDefault(column)));
        return true;
    }

    private static List<Dictionary<string, string?>> Read(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("\uFEFF"u8))
            text = text[3..];
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { AllowMultipleValues = true });
        var values = new List<JsonElement>();
        while (reader.Read())
        {
            using var value = JsonDocument.ParseValue(ref reader);
            values.Add(value.RootElement.Clone());
        }
        var items = values is [var only] ? Items(only, 0) ?? [only] : values;
        return [.. items.Where(item => item.ValueKind == JsonValueKind.Object).SelectMany(Named).Select(Flat)];
    }

    /// <summary>
    /// An object whose every field is a record that says its own name is a list by another means: {"a": {"name": "a",
    /// …}}.
    /// </summary>
    private static IEnumerable<JsonElement> Named(JsonElement item)
    {
        var fields = item.EnumerateObject().ToList();
        return
            fields.Count > 0
            && fields.TrueForAll(field =>
                field.Value.ValueKind == JsonValueKind.Object
                && field.Value.TryGetProperty("name", out var name)
                && name.ValueKind == JsonValueKind.String
                && name.ValueEquals(field.Name)
            )
            ? fields.Select(field => field.Value)
            : [item];
    }

    /// <summary>The longest array of objects in a value.</summary>
    private static List<JsonElement>? Items(JsonElement value, int depth)
    {
        if (value.ValueKind == JsonValueKind.Array)
            return [.. value.EnumerateArray()];
        if (value.ValueKind != JsonValueKind.Object || depth > DepthMax)
            return null;
        return value
            .EnumerateObject()
            .Select(field =>
                field.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object
                    ? Items(field.Value, depth + 1)
                    : null
            )
            .Where(items => items is not null && items.Exists(item => item.ValueKind == JsonValueKind.Object))
            .MaxBy(items => items!.Count);
    }

    private static Dictionary<string, string?> Flat(JsonElement item)
    {
        var cells = new Dictionary<string, string?>();
        Add(item, "");
        return cells;

        void Add(JsonElement value, string path)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var field in value.EnumerateObject())
                        Add(field.Value, path.Length == 0 ? field.Name : $"{path}.{field.Name}");
                    break;
                case JsonValueKind.Null:
                    cells[path] = null;
                    break;
                case JsonValueKind.String:
                    cells[path] = value.GetString();
                    break;
                default:
                    cells[path] = value.GetRawText();
                    break;
            }
        }
    }
}
