using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>Reads tags as providers write them, as the text of one JSON object.</summary>
/// <remarks>
/// Accepted: a JSON object, kept as it is; a JSON array of <c>{"key": …, "value": …}</c> (AWS, GCP); an object without
/// its braces (Azure); the engine's own text of a MAP, <c>{k=v, k2=v2}</c>. A key that comes twice is refused: there is
/// no telling which is meant.
/// </remarks>
internal static class TagsText
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    /// <summary>
    /// Reads one cell. <paramref name="json"/> lives until the next call on this thread, or as long as the text.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> json)
    {
        json = text.Trim(" \t\r\n"u8);
        if (json.IsEmpty)
            return false;
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
            var keys = new KeySet(stackalloc Range[32]);
            while (reader.Read())
            {
                // Reading an escaped text proves its escapes: half a surrogate pair is no character.
                var unescaped = reader.ValueIsEscaped ? reader.GetString() : null;
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                    continue;
                var start = (int)reader.TokenStartIndex + 1;
                if (!keys.TryAdd(text, start..(start + reader.ValueSpan.Length), unescaped))
                    return false;
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
            if (reader.BytesConsumed != text.Length)
                return false;
            var output = EmptyBuffer();
            using var tags = new TagWriter(output);
            foreach (var item in document.RootElement.EnumerateArray())
            {
                if (Field(item, "key") is not { ValueKind: JsonValueKind.String } key)
                    return false;
                if (!tags.TryAdd(key.GetString()!, Field(item, "value")))
                    return false;
            }
            tags.End();
            json = output.WrittenSpan;
            return true;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>
    /// AWS writes "Key" and "Value", GCP "key" and "value"; fields beside them say nothing about cost.
    /// </summary>
    private static JsonElement? Field(JsonElement item, string name)
    {
        foreach (var field in item.EnumerateObject())
        {
            if (field.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return field.Value;
        }
        return null;
    }

    private static bool TryWriteMap(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> json)
    {
        json = default;
        if (text[^1] != (byte)'}')
            return false;
        var output = EmptyBuffer();
        using var tags = new TagWriter(output);
        if (!MapText.TryRead(text[1..^1], tags))
            return false;
        tags.End();
        json = output.WrittenSpan;
        return true;
    }

    private static ArrayBufferWriter<byte> EmptyBuffer()
    {
        buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        return buffer;
    }

    /// <summary>
    /// The keys of an object seen so far, compared where they stand; only many or escaped keys are copied.
    /// </summary>
    private ref struct KeySet(Span<Range> seen)
    {
        private readonly Span<Range> seen = seen;
        private int count;
        private HashSet<string>? many;

        public bool TryAdd(ReadOnlySpan<byte> text, Range key, string? unescaped)
        {
            if (many is null && (unescaped is not null || count == seen.Length))
                CopyAll(text);
            if (many is not null)
                return many.Add(unescaped ?? Encoding.UTF8.GetString(text[key]));
            for (var i = 0; i < count; i++)
            {
                if (text[seen[i]].SequenceEqual(text[key]))
                    return false;
            }
            seen[count++] = key;
            return true;
        }

        private void CopyAll(ReadOnlySpan<byte> text)
        {
            many = new HashSet<string>(StringComparer.Ordinal);
            for (var i = 0; i < count; i++)
                many.Add(Encoding.UTF8.GetString(text[seen[i]]));
        }
    }
}
