using System.Numerics;

namespace Bursar.Core.Amounts;

/// <summary>
/// Splits an amount into parts that sum to it, to the last digit (the largest-remainder, or Hamilton, method).
/// </summary>
public static class LargestRemainder
{
    /// <summary>Splits <paramref name="total"/> by weight into steps of the given number of decimals.</summary>
    /// <remarks>
    /// Each part is first cut towards zero; the steps that are left go one each to the largest remainders, ties to the
    /// smaller key (ordinal). Digits of the total finer than a step go, whole, to the first key by that same order. A
    /// key of weight zero gets zero.
    /// </remarks>
    /// <param name="total">The amount to split; may be negative.</param>
    /// <param name="weights">Key and weight, at least one weight above zero, none below.</param>
    /// <param name="decimals">Decimals of a part: a currency's minor unit, or 18.</param>
    public static IReadOnlyList<KeyValuePair<string, Amount>> Split(
        Amount total,
        IReadOnlyList<KeyValuePair<string, Amount>> weights,
        int decimals
    )
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, Amount.Scale);
        var weightSum = BigInteger.Zero;
        foreach (var (key, weight) in weights)
        {
            if (weight.IsNegative)
                throw new ArgumentException($"The weight of \"{key}\" is negative.", nameof(weights));
            weightSum += weight.Units;
        }
        if (weightSum.IsZero)
            throw new ArgumentException(
                "No weight is above zero, so there is nobody to give the amount to.",
                nameof(weights)
            );

        var step = BigInteger.Pow(10, Amount.Scale - decimals);
        var steps = BigInteger.DivRem(BigInteger.Abs(total.Units), step, out var finer);
        var cuts = new BigInteger[weights.Count];
        var remainders = new BigInteger[weights.Count];
        var left = steps;
        for (var i = 0; i < weights.Count; i++)
        {
            cuts[i] = BigInteger.DivRem(steps * weights[i].Value.Units, weightSum, out remainders[i]);
            left -= cuts[i];
        }
        var order = Enumerable
            .Range(0, weights.Count)
            .Where(i => !weights[i].Value.IsZero)
            .OrderByDescending(i => remainders[i])
            .ThenBy(i => weights[i].Key, StringComparer.Ordinal)
            .ToArray();
        for (var i = 0; i < (int)left; i++)
            cuts[order[i]] += 1;

        var sign = total.IsNegative ? -1 : 1;
        var parts = new KeyValuePair<string, Amount>[weights.Count];
        for (var i = 0; i < weights.Count; i++)
        {
            var units = (cuts[i] * step) + (i == order[0] ? finer : BigInteger.Zero);
            parts[i] = new(weights[i].Key, Amount.FromUnits((Int128)(units * sign)));
        }
        return parts;
    }
}
