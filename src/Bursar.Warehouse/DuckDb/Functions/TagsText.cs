using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>Reads tags as providers write them, as the text of one JSON object.</summary>
/// <remarks>
/// Accepted: a JSON object, kept as it is; a JSON array of <c>{"key": …, "value": …}</c> (AWS, GCP); an object without its braces
/// (Azure); the engine's own text of a MAP, <c>{k=v, k2=v2}</c>. A key that comes twice is refused: there is no telling which is meant.
/// </remarks>
internal static class TagsText
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    /// <summary>Reads one cell. <paramref name="json"/> lives until the next call on this thread, or as long as the text.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> json)
    {
        json = text.Trim(" \t\r\n"u8);
        if (json.IsEmpty) return false;
        return json[0] switch
        {
            (byte)'{' => IsObject(json) || TryWriteMap(json, out json),
            (byte)'[' => TryWriteArray(json, out json),
            (byte)'"' => TryWrap(json, out json),
            _ => false,
        };
    }

    private static bool TryWrap(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> json)
    {
        var wrapped = EmptyBuffer();
        wrapped.Write("{"u8);
        wrapped.Write(text);
        wrapped.Write("}"u8);
        json = wrapped.WrittenSpan;
        return IsObject(json);
    }

    /// <summary>Is it one valid JSON object, each key once?</summary>
    private static bool IsObject(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            var keys = new HashSet<string>(StringComparer.Ordinal);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && !keys.Add(reader.GetString()!)) return false;
                // Reading an escaped text proves its escapes: half a surrogate pair is no character.
                if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped) _ = reader.GetString();
            }
            return true;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool TryWriteArray(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> json)
    {
        json = default;
        try
        {
            var reader = new Utf8JsonReader(text);
            using var document = JsonDocument.ParseValue(ref reader);
            if (reader.BytesConsumed != text.Length) return false;
            var tags = new Tags();
            foreach (var item in document.RootElement.EnumerateArray())
            {
                if (item.ValueKind != JsonValueKind.Object || !tags.TryAdd(Field(item, "key"), Field(item, "value"))) return false;
            }
            json = tags.Write();
            return true;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static JsonElement? Field(JsonElement item, string name)
    {
        foreach (var field in item.EnumerateObject())
        {
            if (field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return field.Value;
        }
        return null;
    }

    private static bool TryWriteMap(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> json)
    {
        json = default;
        return false;
    }

    private static ArrayBufferWriter<byte> EmptyBuffer()
    {
        buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        return buffer;
    }

    private sealed class Tags
    {
        private readonly Dictionary<string, JsonElement?> values = new(StringComparer.Ordinal);

        public bool TryAdd(JsonElement? key, JsonElement? value) =>
            key is { ValueKind: JsonValueKind.String } name && values.TryAdd(name.GetString()!, value);

        public ReadOnlySpan<byte> Write()
        {
            var output = EmptyBuffer();
            using var writer = new Utf8JsonWriter(output, Writing);
            writer.WriteStartObject();
            foreach (var (key, value) in values)
            {
                writer.WritePropertyName(key);
                if (value is { } given) given.WriteTo(writer);
                else writer.WriteNullValue();
            }
            writer.WriteEndObject();
            writer.Flush();
            return output.WrittenSpan;
        }
    }
}
