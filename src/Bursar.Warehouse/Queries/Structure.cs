using System.Globalization;

namespace Bursar.Warehouse.Queries;

/// <summary>
/// By whose structure an answer is: the rules and the organisation of one day hold for all days. Without one, those of
/// each charge's own day hold ("as was").
/// </summary>
/// <param name="Day">The day; null is today, as a person asks it.</param>
public sealed record Structure(DateOnly? Day)
{
    /// <summary>How people write that nothing is restated.</summary>
    public const string AsWas = "as-was";

    /// <summary>What people may write.</summary>
    public const string Forms = "as-was, today or a day (2026-04-01)";

    /// <summary>The structure of the day on which the question is asked.</summary>
    public static Structure Today { get; } = new((DateOnly?)null);

    /// <summary>Reads one of the <see cref="Forms"/>; false when the text is none of them.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="structure">The structure; null is "as was".</param>
    public static bool TryRead(string text, out Structure? structure)
    {
        var word = text.Trim().ToLowerInvariant();
        structure =
            word == "today" ? Today
            : DateOnly.TryParseExact(word, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? new Structure(day)
            : null;
        return structure is not null || word == AsWas;
    }

    public override string ToString() => Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "today";
}
