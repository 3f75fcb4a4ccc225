using System.Text;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>Reads the text that the engine makes of a MAP: <c>k=v, 'a b'='x, y', n=NULL</c>.</summary>
/// <remarks>
/// Quotes are single, a backslash inside them takes the next character as it is; a bare value ends at the next comma.
/// </remarks>
internal static class MapText
{
    /// <param name="text">What stands between the braces.</param>
    /// <param name="tags">Where the pairs go.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, TagWriter tags)
    {
        text = text.Trim((byte)' ');
        while (!text.IsEmpty)
        {
            if (!TryReadPart(ref text, (byte)'=', out var key, out var quoted) || key.Length == 0)
                return false;
            if (text.IsEmpty || text[0] != (byte)'=')
                return false;
            text = text[1..];
            if (!TryReadPart(ref text, (byte)',', out var value, out quoted))
                return false;
            if (!tags.TryAdd(key, !quoted && value == "NULL" ? null : value))
                return false;
            if (text.IsEmpty)
                return true;
            text = text[1..].TrimStart((byte)' ');
            if (text.IsEmpty)
                return false;
        }
        return true;
    }

    /// <summary>Reads a key or a value; what is left of the text begins with the end mark, or is empty.</summary>
    private static bool TryReadPart(ref ReadOnlySpan<byte> text, byte end, out string part, out bool quoted)
    {
        quoted = !text.IsEmpty && text[0] == (byte)'\'';
        if (quoted)
            return TryReadQuoted(ref text, out part) && (text.IsEmpty || text[0] == end);
        var length = text.IndexOf(end);
        var bare = length < 0 ? text : text[..length];
        text = length < 0 ? [] : text[length..];
        part = Encoding.UTF8.GetString(bare.Trim((byte)' '));
        return !bare.ContainsAny("{}'\""u8);
    }

    private static bool TryReadQuoted(ref ReadOnlySpan<byte> text, out string part)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == (byte)'\'')
            {
                text = text[(i + 1)..];
                part = Encoding.UTF8.GetString([.. bytes]);
                return true;
            }
            if (text[i] == (byte)'\\' && ++i == text.Length)
                break;
            bytes.Add(text[i]);
        }
        part = "";
        return false;
    }
}
