using System.Text.RegularExpressions;

namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>The month or day in a file's name: where its rows tell none, it is theirs.</summary>
internal static partial class FileDay
{
    /// <summary>2026-09-01 of "costs-2026-09.csv"; null when the name has no month in it.</summary>
    public static string? Of(string name) =>
        Dated.Matches(name) is { Count: > 0 } found
            ? $"{found[^1].Groups["year"].Value}-{found[^1].Groups["month"].Value}-{(found[^1].Groups["day"] is { Success: true } day ? day.Value : "01")}"
            : null;

    /// <summary>Whether the name has a month and no day.</summary>
    public static bool IsMonth(string name) =>
        Dated.Matches(name) is { Count: > 0 } found && !found[^1].Groups["day"].Success;

    [GeneratedRegex(
        @"(?<![0-9])(?<year>20[0-9]{2})[-_.]?(?<month>0[1-9]|1[0-2])([-_.]?(?<day>0[1-9]|[12][0-9]|3[01]))?(?![0-9])"
    )]
    private static partial Regex Dated { get; }
}
