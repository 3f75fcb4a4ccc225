namespace Bursar.Core.Amounts;

/// <summary>Rounds the lines of a document so that what is printed adds up (largest remainder).</summary>
public static class RoundedParts
{
    /// <summary>
    /// Rounds parts to steps so that they sum to the rounded whole; the steps that are left go to the largest
    /// remainders, ties to the earlier part.
    /// </summary>
    /// <param name="parts">The parts, of either sign.</param>
    /// <param name="whole">Their sum.</param>
    /// <param name="step">The finest step that is shown.</param>
    public static IReadOnlyList<Amount> Of(IReadOnlyList<Amount> parts, Amount whole, Amount step)
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

    /// <summary>The step of so many decimals: 0.01 of two.</summary>
    public static Amount Step(int decimals)
    {
        var units = Amount.UnitsPerOne;
        for (var i = 0; i < decimals; i++)
            units /= 10;
        return Amount.FromUnits(units);
    }

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
