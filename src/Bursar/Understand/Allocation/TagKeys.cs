using Bursar.Core.Diagnostics;

namespace Bursar.Understand.Allocation;

/// <summary>Tag keys that probably mean the same, the first being the one to keep.</summary>
internal sealed record LikelySameKeys(string Keep, IReadOnlyList<string> Others);

/// <summary>Finds tag keys (or values) that are spelled in several ways.</summary>
internal static class TagKeys
{
    /// <summary>Shorter words differ by a letter without meaning the same ("env1", "env2").</summary>
    private const int FuzzyLengthMin = 6;

    /// <summary>Groups of keys that differ only in letter case, punctuation, a plural, or a slip of one
    /// letter.</summary>
    /// <param name="keys">Keys with how much they are used; the most used spelling is the one to keep, ties by ordinal
    /// order.</param>
    public static IReadOnlyList<LikelySameKeys> LikelySame(IReadOnlyDictionary<string, long> keys)
    {
        var groups = new List<List<string>>();
        foreach (var key in keys.Keys.OrderByDescending(key => keys[key]).ThenBy(key => key, StringComparer.Ordinal))
        {
            var group = groups.Find(group => AreLikelySame(group[0], key));
            if (group is null)
                groups.Add([key]);
            else
                group.Add(key);
        }
        return [.. groups.Where(group => group.Count > 1).Select(group => new LikelySameKeys(group[0], group[1..]))];
    }

    /// <inheritdoc cref="LikelySame(IReadOnlyDictionary{string, long})"/>
    public static IReadOnlyList<LikelySameKeys> LikelySame(IEnumerable<string> keys) =>
        LikelySame(keys.Distinct().ToDictionary(key => key, _ => 1L));

    /// <summary>Whether two spellings probably mean the same key.</summary>
    public static bool AreLikelySame(string one, string other)
    {
        var (left, right) = (Core(one), Core(other));
        if (left.Length == 0 || right.Length == 0)
            return one == other;
        if (left == right)
            return true;
        // a number is a name of its own: team1 is not team2
        if (Digits(left) != Digits(right) || Math.Min(left.Length, right.Length) < FuzzyLengthMin)
            return false;
        return DidYouMean.Distance(left, right)
            <= (left[0] == right[0] && Math.Min(left.Length, right.Length) > 2 * FuzzyLengthMin ? 2 : 1);
    }

    /// <summary>Small letters and digits only, without the prefix that some providers put before the keys of users, and
    /// American as British.</summary>
    private static string Core(string key)
    {
        var local = key[(key.LastIndexOfAny([':', '/']) + 1)..];
        var letters = string.Concat((local.Length == 0 ? key : local).Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return letters.Replace("center", "centre", StringComparison.Ordinal);
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsDigit));
}
