using Bursar.Core.Amounts;

namespace Bursar.Manage.Briefs;

/// <summary>The arithmetic of a page that people add up in their heads.</summary>
internal static class BriefMath
{
    /// <summary>The middle of the amounts; of an even number the lower one of the two in the middle.</summary>
    public static Amount Median(IEnumerable<Amount> amounts)
    {
        var sorted = amounts.Order().ToArray();
        return sorted.Length == 0 ? Amount.Zero : sorted[(sorted.Length - 1) / 2];
    }

    public static Amount Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);
}
