using System.Globalization;

namespace Bursar.Understand.Ingestion;

/// <summary>A length of time as people write it in a rulebook: 15m, 6h, 1d.</summary>
internal static class Span
{
    public const string Forms = "Write a number and m, h or d: 15m, 6h, 1d.";

    /// <summary>The time; null when the text says none, or none from a minute to a year.</summary>
    public static TimeSpan? Read(string? text)
    {
        if (
            text is not { Length: >= 2 and <= 6 }
            || !int.TryParse(
                text.AsSpan(0, text.Length - 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var n
            )
        )
            return null;
        TimeSpan? span = text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(n),
            'h' => TimeSpan.FromHours(n),
            'd' => TimeSpan.FromDays(n),
            _ => null,
        };
        return span >= TimeSpan.FromMinutes(1) && span <= TimeSpan.FromDays(366) ? span : null;
    }
}
