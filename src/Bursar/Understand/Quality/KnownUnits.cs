namespace Bursar.Understand.Quality;

/// <summary>Units that FOCUS names for quantities, alone, per time, or in blocks ("1000 Requests").</summary>
internal static class KnownUnits
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "B",
        "KB",
        "MB",
        "GB",
        "TB",
        "PB",
        "EB",
        "KiB",
        "MiB",
        "GiB",
        "TiB",
        "PiB",
        "EiB",
        "b",
        "Kb",
        "Mb",
        "Gb",
        "Tb",
        "Kib",
        "Mib",
        "Gib",
        "Second",
        "Minute",
        "Hour",
        "Day",
        "Week",
        "Month",
        "Year",
        "Count",
        "Unit",
        "Request",
        "Connection",
        "Certificate",
        "Domain",
        "Core",
        "User",
        "Token",
        "Credit",
        "Image",
    };

    /// <summary>Whether a unit is written as FOCUS writes them.</summary>
    public static bool Contains(string unit)
    {
        var words = unit.Split([' ', '-', '/'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word != "per" && !word.All(letter => char.IsAsciiDigit(letter) || letter is ',' or '.'))
            .ToList();
        return words.Count > 0 && words.TrueForAll(word => Words.Contains(word) || Words.Contains(word.TrimEnd('s')));
    }
}
