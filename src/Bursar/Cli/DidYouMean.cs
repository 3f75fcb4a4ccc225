namespace Bursar.Cli;

/// <summary>Finds the word that somebody probably meant.</summary>
internal static class DidYouMean
{
    /// <summary>The nearest candidate, at most a third of the letters away; null when nothing is near.</summary>
    public static string? Nearest(string written, IEnumerable<string> candidates)
    {
        var limit = Math.Max(1, written.TrimStart('-').Length / 3);
        return candidates
            .Select(candidate =>
                (candidate, distance: Distance(written.ToLowerInvariant(), candidate.ToLowerInvariant()))
            )
            .Where(pair => pair.distance <= limit || IsBeginning(written, pair.candidate))
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>"Did you mean "costs"? " with a space behind, or nothing.</summary>
    public static string Sentence(string written, IEnumerable<string> candidates) =>
        Nearest(written, candidates) is { } nearest ? $"Did you mean \"{nearest}\"? " : "";

    private static bool IsBeginning(string written, string candidate) =>
        written.TrimStart('-').Length >= 3 && candidate.StartsWith(written, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Letters to insert, drop, change or swap with their neighbour (Damerau's distance, restricted).
    /// </summary>
    internal static int Distance(string left, string right)
    {
        var cost = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
            cost[i, 0] = i;
        for (var j = 0; j <= right.Length; j++)
            cost[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var change = left[i - 1] == right[j - 1] ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j] + 1, cost[i, j - 1] + 1), cost[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }
        return cost[left.Length, right.Length];
    }
}
