namespace Bursar.Rulebooks;

/// <summary>Finds the word that was probably meant.</summary>
internal static class DidYouMean
{
    /// <summary>The nearest candidate, or null when none is near. Ties go to the first in ordinal order.</summary>
    public static string? Nearest(string text, IEnumerable<string> candidates)
    {
        var limit = text.Length < 2 ? 0 : Math.Max(1, text.Length / 3);
        string? best = null;
        var bestDistance = limit + 1;
        foreach (var candidate in candidates.Order(StringComparer.Ordinal))
        {
            if (Math.Abs(candidate.Length - text.Length) >= bestDistance)
                continue;
            var distance = Distance(text.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance >= bestDistance)
                continue;
            (best, bestDistance) = (candidate, distance);
        }
        return best;
    }

    /// <summary>" Did you mean "x"?" or nothing, to be put after a sentence.</summary>
    public static string Question(string text, IEnumerable<string> candidates) =>
        Nearest(text, candidates) is { } nearest ? $" Did you mean \"{nearest}\"?" : "";

    /// <summary>Letters to insert, remove, replace or swap with their neighbour (optimal string alignment).</summary>
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
}
