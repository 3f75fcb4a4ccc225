using Bursar.Core.Amounts;

namespace Bursar.Manage.Briefs;

/// <summary>The arithmetic of a page that people add up in their heads.</summary>
internal static class BriefMath
{
    /// <summary>
    /// Rounds parts to steps so that they sum to the rounded whole (largest remainder; ties to the earlier part).
    /// </summary>
    /// <param name="parts">The parts, of either sign.</param>
    /// <param name="whole">Their sum.</param>
    /// <param name="step">The finest step that is shown.</param>
    public static IReadOnlyList<Amount> RoundedParts(IReadOnlyList<Amount> parts, Amount whole, Amount step)
    {
        if (parts.Aggregate(Amount.Zero, (sum, part) => sum + part) != whole)
            throw new ArgumentException("The parts do not sum to the whole.", nameof(parts));
        var steps = parts.Select(part => FloorDivide(part.Units, step.Units)).ToArray();
        var remainders = parts.Select((part, i) => part.Units - (steps[i] * step.Units)).ToArray();
        var left = (int)(
            RoundedQuotient(whole.Units, step.Units) - steps.Aggregate(Int128.Zero, (sum, count) => sum + count)
        );
        foreach (
            var i in Enumerable.Range(0, steps.Length).OrderByDescending(i => remainders[i]).ThenBy(i => i).Take(left)
        )
            steps[i] += 1;
        return [.. steps.Select(count => Amount.FromUnits(count * step.Units))];
    }

    /// <summary>The middle of the amounts; of an even number the lower one of the two in the middle.</summary>
    public static Amount Median(IEnumerable<Amount> amounts)
    {
        var sorted = amounts.Order().ToArray();
        return sorted.Length == 0 ? Amount.Zero : sorted[(sorted.Length - 1) / 2];
    }

    public static Amount Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);

    private static Int128 FloorDivide(Int128 dividend, Int128 divisor)
    {
        var quotient = dividend / divisor;
        return dividend % divisor < 0 ? quotient - 1 : quotient;
    }

    /// <summary>Half away from zero.</summary>
    private static Int128 RoundedQuotient(Int128 dividend, Int128 divisor)
    {
        var twice = Int128.Abs(dividend % divisor) * 2;
        var quotient = dividend / divisor;
        return twice >= divisor ? quotient + (dividend < 0 ? -1 : 1) : quotient;
    }
}
