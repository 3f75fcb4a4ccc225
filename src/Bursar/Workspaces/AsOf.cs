using System.Globalization;

namespace Bursar.Workspaces;

/// <summary>The moment whose books are read: a time, or a journal entry. Exactly one of the two is set.</summary>
/// <param name="Until">Entries up to and including this time (UTC) count.</param>
/// <param name="Sequence">Entries up to and including this one count.</param>
internal sealed record AsOf(DateTimeOffset? Until, long? Sequence)
{
    public const string Forms =
        "a day (2026-10-11, its end in UTC), a time with its zone (2026-10-11T12:00:00Z) or a journal entry (#123)";

    private static readonly string[] TimeFormats =
    [
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ssK",
    ];

    /// <summary>Reads one of the <see cref="Forms"/>; null when the text is none of them.</summary>
    public static AsOf? Read(string text)
    {
        if (text.StartsWith('#'))
            return long.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var entry)
                ? new(null, entry)
                : null;
        if (
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day < DateOnly.MaxValue
        )
            return new(new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero).AddTicks(-1), null);
        if (!text.EndsWith('Z') && text.LastIndexOfAny(['+', '-']) <= "yyyy-MM-dd".Length)
            return null;
        return DateTimeOffset.TryParseExact(
            text,
            TimeFormats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time
        )
            ? new(time.ToUniversalTime(), null)
            : null;
    }

    public override string ToString() =>
        Sequence is { } entry
            ? $"#{entry}"
            : Until!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
