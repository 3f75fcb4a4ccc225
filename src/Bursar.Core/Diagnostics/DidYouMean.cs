namespace Bursar.Core.Diagnostics;

/// <summary>Finds the word that somebody probably meant: a command, an option, a key, a column.</summary>
public static class DidYouMean
{
    private const int BeginningMin = 3;

    /// <summary>
    /// The nearest candidate, whatever the case: at most a third of the letters away, or one that begins with what was
    /// written. Null when none is near; ties go to the first in ordinal order.
    /// </summary>
    public static string? Nearest(string written, IEnumerable<string> candidates)
    {
        var letters = written.TrimStart('-').Length;
        var limit = letters < 2 ? 0 : Math.Max(1, letters / 3);
        return candidates
            .Select(candidate =>
                (candidate, distance: Distance(written.ToUpperInvariant(), candidate.ToUpperInvariant()))
            )
            .Where(pair => pair.distance <= limit || (letters >= BeginningMin && Begins(pair.candidate, written)))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>" Did you mean "x"?" or nothing, to be put after a sentence.</summary>
    public static string Question(string written, IEnumerable<string> candidates) =>
        Nearest(written, candidates) is { } nearest ? $" Did you mean \"{nearest}\"?" : "";

    /// <summary>
    /// Letters to insert, remove, replace or swap with their neighbour (optimal string alignment). Case counts.
    /// </summary>
    public static int Distance(string source, string target)
    {
        var rows = new int[source.Length + 1, target.Length + 1];
        for (var i = 0; i <= source.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= target.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= source.Length; i++)
        {
            for (var j = 1; j <= target.Length; j++)
            {
                var replace = source[i - 1] == target[j - 1] ? 0 : 1;
                var distance = Math.Min(rows[i - 1, j - 1] + replace, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && source[i - 1] == target[j - 2] && source[i - 2] == target[j - 1])
                    distance = Math.Min(distance, rows[i - 2, j - 2] + 1);
                rows[i, j] = distance;
            }
        }
        return rows[source.Length, target.Length];
    }

    private static bool Begins(string candidate, string written) =>
        candidate.StartsWith(written, StringComparison.OrdinalIgnoreCase);
}
