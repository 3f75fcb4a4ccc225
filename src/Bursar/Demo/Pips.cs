using Bursar.Core.Amounts;

namespace Bursar.Demo;

/// <summary>
/// The generator's exact arithmetic: amounts are whole numbers of 10⁻¹⁰ (pips), as the clouds write ten decimals.
/// </summary>
internal static class Pips
{
    public const int Decimals = 10;

    /// <summary>One dollar.</summary>
    public const long One = 10_000_000_000;

    /// <summary>A cent: the step of amounts that come from an invoice.</summary>
    public const long Cent = One / 100;

    public static long Dollars(long dollars) => dollars * One;

    /// <summary>An amount times a ratio of whole numbers, cut towards zero.</summary>
    public static long Times(long pips, long numerator, long denominator) =>
        (long)((Int128)pips * numerator / denominator);

    public static Amount ToAmount(Int128 pips) => Amount.FromUnits(pips * 100_000_000);
}

/// <summary>
/// Quantities are whole numbers of millionths: they may be billions of requests, and no sum rests on them.
/// </summary>
internal static class Quantities
{
    public const int Decimals = 6;

    public const long One = 1_000_000;
}

/// <summary>
/// Hands a total out in parts by weight; the parts sum to the total to the last step, whatever the weights.
/// </summary>
/// <remarks>
/// Each part is the difference of two cumulative shares, so that nothing has to be kept or sorted: memory stays flat.
/// The last part takes what is finer than a step.
/// </remarks>
internal struct ExactShares(long total, long weightSum, long step = 1)
{
    private long weightSoFar;
    private long givenSoFar;

    public long Next(long weight)
    {
        weightSoFar += weight;
        var upToHere = weightSoFar == weightSum ? total : (long)((Int128)total * weightSoFar / weightSum) / step * step;
        var part = upToHere - givenSoFar;
        givenSoFar = upToHere;
        return part;
    }
}
