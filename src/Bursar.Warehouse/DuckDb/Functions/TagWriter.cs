using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>Writes tags as one JSON object, each key once, in the order they come.</summary>
internal sealed class TagWriter : IDisposable
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Utf8JsonWriter writer;
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);

    public TagWriter(IBufferWriter<byte> output)
    {
        writer = new Utf8JsonWriter(output, Writing);
        writer.WriteStartObject();
    }

    public bool TryAdd(string key, string? value)
    {
        if (!keys.Add(key))
            return false;
        writer.WriteString(key, value);
        return true;
    }

    /// <param name="key">The tag's key.</param>
    /// <param name="value">Any JSON; nothing is null.</param>
    public bool TryAdd(string key, JsonElement? value)
    {
        if (!keys.Add(key))
            return false;
        writer.WritePropertyName(key);
        if (value is { } given)
            given.WriteTo(writer);
        else
            writer.WriteNullValue();
        return true;
    }

    public void End()
    {
        writer.WriteEndObject();
        writer.Flush();
    }

    public void Dispose() => writer.Dispose();
}
