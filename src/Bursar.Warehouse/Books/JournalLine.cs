using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bursar.Warehouse.Books;

/// <summary>One line of the journal: how it is written, hashed and proved.</summary>
/// <remarks>
/// A line is
/// <c>{"seq":7,"at":"2026-10-11T09:30:00.0000000Z","actor":"mia","kind":"…","data":{…},"previous":"…","hash":"…"}</c>
/// and a
/// line feed, members in this order, no spaces between them. The hash is SHA-256, in lower-case hexadecimal, of the
/// line's UTF-8 bytes with
/// <c>,"hash":"…"</c> taken out and without the line feed.
/// </remarks>
internal static class JournalLine
{
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";
    private const int HashLength = 64;
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static ReadOnlySpan<byte> PreviousStart => ",\"previous\":\""u8;

    private static ReadOnlySpan<byte> HashStart => ",\"hash\":\""u8;

    private static int HashTail => HashStart.Length + HashLength + 2;

    private static int PreviousTail => PreviousStart.Length + HashLength + 1;

    /// <summary>The line of an entry, with its line feed.</summary>
    public static byte[] Write(long seq, DateTimeOffset at, string actor, NewEntry entry, string previous)
    {
        var body = new ArrayBufferWriter<byte>(entry.Data.Length + 300);
        using (var json = new Utf8JsonWriter(body, Plain))
        {
            json.WriteStartObject();
            json.WriteNumber("seq", seq);
            json.WriteString("at", at.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
            json.WriteString("actor", actor);
            json.WriteString("kind", entry.Kind);
            json.WritePropertyName("data");
            json.WriteRawValue(entry.Data.Span);
            json.WriteString("previous", previous);
            json.WriteEndObject();
        }
        var hash = Convert.ToHexStringLower(SHA256.HashData(body.WrittenSpan));
        return [.. body.WrittenSpan[..^1], .. HashStart, .. Encoding.ASCII.GetBytes(hash), .. "\"}\n"u8];
    }

    /// <summary>Reads a line (without its line feed) if its hash proves it; null otherwise.</summary>
    /// <remarks>
    /// The content becomes a part of <paramref name="file"/>; the bytes are the same again when this returns.
    /// </remarks>
    public static JournalEntry? TryRead(byte[] file, int start, int length)
    {
        if (length < HashTail + PreviousTail)
            return null;
        var line = file.AsSpan(start, length);
        var tail = line[^HashTail..];
        if (!tail.StartsWith(HashStart) || !tail.EndsWith("\"}"u8))
            return null;
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        var bodyLength = length - HashTail + 1;
        line[bodyLength - 1] = (byte)'}';
        SHA256.HashData(line[..bodyLength], digest);
        line[bodyLength - 1] = (byte)',';
        Span<byte> expected = stackalloc byte[HashLength];
        Convert.TryToHexStringLower(digest, expected, out _);
        var hash = tail.Slice(HashStart.Length, HashLength);
        return hash.SequenceEqual(expected)
            ? ReadProved(file, start, length - HashTail, Encoding.ASCII.GetString(hash))
            : null;
    }

    private static JournalEntry? ReadProved(byte[] file, int start, int length, string hash)
    {
        var body = file.AsSpan(start, length);
        var previous = body[^PreviousTail..];
        if (!previous.StartsWith(PreviousStart))
            return null;
        var rest = body[..^PreviousTail];
        if (!Skip(ref rest, "{\"seq\":"u8) || !Utf8Parser.TryParse(rest, out long seq, out var digits))
            return null;
        rest = rest[digits..];
        if (!TakeText(ref rest, ",\"at\":"u8, out var at))
            return null;
        if (!TakeText(ref rest, ",\"actor\":"u8, out var actor))
            return null;
        if (!TakeText(ref rest, ",\"kind\":"u8, out var kind))
            return null;
        if (!Skip(ref rest, ",\"data\":"u8))
            return null;
        var timed = DateTimeOffset.TryParseExact(
            at,
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        );
        if (!timed)
            return null;
        var data = file.AsMemory(start + length - PreviousTail - rest.Length, rest.Length);
        return new JournalEntry(
            seq,
            time,
            actor,
            kind,
            data,
            Encoding.ASCII.GetString(previous.Slice(PreviousStart.Length, HashLength)),
            hash
        );
    }

    private static bool Skip(ref Span<byte> rest, ReadOnlySpan<byte> expected)
    {
        if (!rest.StartsWith(expected))
            return false;
        rest = rest[expected.Length..];
        return true;
    }

    private static bool TakeText(ref Span<byte> rest, ReadOnlySpan<byte> name, out string text)
    {
        text = "";
        if (!Skip(ref rest, name) || rest.IsEmpty || rest[0] != (byte)'"')
            return false;
        var json = new Utf8JsonReader(rest);
        json.Read();
        text = json.GetString()!;
        rest = rest[(int)json.BytesConsumed..];
        return true;
    }
}
