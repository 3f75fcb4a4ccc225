using System.Numerics;

namespace Bursar.Core.Amounts;

/// <summary>
/// Splits an amount into parts that sum to it, to the last digit (the largest-remainder, or Hamilton, method).
/// </summary>
public static class LargestRemainder
{
    /// <summary>Splits <paramref name="total"/> by weight into steps of the given number of decimals.</summary>
    /// <remarks>
    /// Each part is first cut towards zero; the steps that are left go one each to the largest remainders, ties to
    /// the
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
        foreach (var (key, weight) in weights)
        {
            if (weight.IsNegative)
                throw new ArgumentException($"The weight of \"{key}\" is negative.", nameof(weights));
        }
        var step = BigInteger.Pow(10, Amount.Scale - decimals);
        var steps = BigInteger.DivRem(BigInteger.Abs(total.Units), step, out var finer);
        var cuts = Divide(
            steps,
            [.. weights.Select(weight => (BigInteger)weight.Value.Units)],
            Enumerable.Range(0, weights.Count).OrderBy(i => weights[i].Key, StringComparer.Ordinal),
            out var order
        );

        var sign = total.IsNegative ? -1 : 1;
        var parts = new KeyValuePair<string, Amount>[weights.Count];
        for (var i = 0; i < weights.Count; i++)
        {
            var units = (cuts[i] * step) + (i == order[0] ? finer : BigInteger.Zero);
            parts[i] = new(weights[i].Key, Amount.FromUnits((Int128)(units * sign)));
        }
        return parts;
    }

    /// <summary>Divides whole steps by weight; the parts sum to the steps.</summary>
    /// <remarks>
    /// A weight below zero gets less than nothing, as what a log has beyond an invoice: each part is cut down to the
    /// next step, so that steps that are left are still given, never taken.
    /// </remarks>
    /// <param name="steps">How many, zero or more.</param>
    /// <param name="weights">
    /// Their sum is not zero. One below zero gets less than nothing: what others pay beyond the whole is given back.
    /// </param>
    /// <param name="byRank">The places of the weights: of equal remainders, the earlier here gets a step first.</param>
    /// <param name="order">The places of weights that are not zero, those that get a step that is left first.</param>
    public static BigInteger[] Divide(
        BigInteger steps,
        IReadOnlyList<BigInteger> weights,
        IEnumerable<int> byRank,
        out int[] order
    )
    {
        var sum = weights.Aggregate(BigInteger.Zero, (left, weight) => left + weight);
        if (sum.Sign < 0)
            (sum, weights) = (-sum, [.. weights.Select(weight => -weight)]);
        if (sum.IsZero)
            throw new ArgumentException(
                "No weight is above zero, so there is nobody to give the amount to.",
                nameof(weights)
            );
        var cuts = new BigInteger[weights.Count];
        var remainders = new BigInteger[weights.Count];
        var left = steps;
        for (var i = 0; i < weights.Count; i++)
        {
            cuts[i] = BigInteger.DivRem(steps * weights[i], sum, out remainders[i]);
            // Cut downwards, so that no remainder is below zero and as many steps are left as there are remainders.
            if (remainders[i].Sign < 0)
                (cuts[i], remainders[i]) = (cuts[i] - 1, remainders[i] + sum);
            left -= cuts[i];
        }
        order = [.. byRank.Where(i => !weights[i].IsZero).OrderByDescending(i => remainders[i])];
        for (var i = 0; i < (int)left; i++)
            cuts[order[i]] += 1;
        return cuts;
    }

    /// <summary>
    /// The same for weights and steps of machine size, many times faster: of equal remainders, the earlier gets a
    /// step
    /// first.
    /// </summary>
    /// <param name="steps">How many.</param>
    /// <param name="weights">At least one above zero; they sum to what 64 bits hold.</param>
    /// <param name="parts">As many as weights: what each gets.</param>
    public static void Divide(UInt128 steps, ReadOnlySpan<ulong> weights, Span<UInt128> parts)
    {
        var sum = 0UL;
        foreach (var weight in weights)
            sum = checked(sum + weight);
        ArgumentOutOfRangeException.ThrowIfZero(sum, nameof(weights));
        var (each, rest) = UInt128.DivRem(steps, sum);
        var left = (ulong)rest;
        var remainders = new ulong[weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            var (cut, remainder) = UInt128.DivRem((UInt128)(ulong)rest * weights[i], sum);
            parts[i] = (each * weights[i]) + cut;
            remainders[i] = (ulong)remainder;
            left -= (ulong)cut;
        }
        if (left == 0)
            return;
        // Everybody above the last remainder that gets a step, then those equal to it as long as there are steps.
        var ordered = (ulong[])remainders.Clone();
        Array.Sort(ordered);
        var last = ordered[^(int)left];
        var equal = (int)left;
        for (var i = ordered.Length - 1; ordered[i] > last; i--)
            equal--;
        for (var i = 0; i < parts.Length; i++)
        {
            if (remainders[i] > last)
                parts[i]++;
            else if (remainders[i] == last && equal > 0)
            {
                parts[i]++;
                equal--;
            }
        }
    }
}
