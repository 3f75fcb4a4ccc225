using System.Text.Json;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary>Cells that hold JSON.</summary>
internal static class JsonCell
{
    /// <summary>Whether the text is one whole JSON value.</summary>
    public static bool IsJson(ReadOnlySpan<byte> text, bool objectOnly)
    {
        var reader = new Utf8JsonReader(text);
        try
        {
            if (!reader.Read() || (objectOnly && reader.TokenType != JsonTokenType.StartObject))
                return false;
            reader.Skip();
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A JSON object with unique keys whose values are texts, numbers, true, false or null.</summary>
    public static bool IsKeyValue(ReadOnlySpan<byte> text)
    {
        // No cell without braces is an object: spares the exception that ends a parse.
        if (text.Length < 2 || text[0] != '{' || text[^1] != '}')
            return false;
        var reader = new Utf8JsonReader(text);
        HashSet<string>? keys = null;
        string? first = null;
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString()!;
                if (first is null)
                    first = key;
                else if (!(keys ??= [first]).Add(key))
                    return false;
                if (!reader.Read() || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    return false;
            }
            return reader.TokenType == JsonTokenType.EndObject && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
