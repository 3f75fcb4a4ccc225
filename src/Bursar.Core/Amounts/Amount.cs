using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;

namespace Bursar.Core.Amounts;

/// <summary>
/// An exact amount of money or quantity: a whole number of 10⁻¹⁸, as the books store it (DECIMAL(38,18)).
/// </summary>
/// <remarks>
/// <see cref="decimal"/> holds 28 digits and would silently lose the 18th decimal from 7.9e10 on; this type never does.
/// The range is ±99,999,999,999,999,999,999.999999999999999999; leaving it throws <see cref="OverflowException"/>.
/// Equality is numeric. The default value is zero.
/// </remarks>
[JsonConverter(typeof(AmountJsonConverter))]
public readonly record struct Amount : IComparable<Amount>, IComparable
{
    /// <summary>Decimals that are stored.</summary>
    public const int Scale = 18;

    /// <summary>The amount 1, in units of 10⁻¹⁸.</summary>
    public static readonly Int128 UnitsPerOne = 1_000_000_000_000_000_000;

    /// <summary>The largest number of units that DECIMAL(38,18) holds: 38 nines.</summary>
    public static readonly Int128 MaxUnits = Int128.Parse(
        "99999999999999999999999999999999999999",
        CultureInfo.InvariantCulture
    );

    /// <summary>Nothing.</summary>
    public static Amount Zero => default;

    private Amount(Int128 units)
    {
        if (units > MaxUnits || units < -MaxUnits)
            throw new OverflowException(
                "The amount leaves the range of DECIMAL(38,18): more than 20 digits before the point."
            );
        Units = units;
    }

    /// <summary>The amount in units of 10⁻¹⁸.</summary>
    public Int128 Units { get; }

    /// <summary>Makes an amount of a whole number of 10⁻¹⁸.</summary>
    public static Amount FromUnits(Int128 units) => new(units);

    /// <summary>
    /// Makes an amount of a decimal number; digits past the 18th decimal are rounded half away from zero.
    /// </summary>
    public static Amount From(decimal value)
    {
        var bits = new int[4];
        decimal.GetBits(value, bits);
        var scale = (bits[3] >> 16) & 0xFF;
        // The parts are bit patterns: the top bit is no sign here.
        var magnitude = unchecked(new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]));
        // Nearly every number: at most 64 bits, so the product has at most 124.
        if (bits[2] == 0 && scale <= Scale)
        {
            var exact = (Int128)magnitude * PowerOfTen(Scale - scale);
            return new Amount(bits[3] < 0 ? -exact : exact);
        }
        var scaled = (BigInteger)magnitude * BigInteger.Pow(10, Scale);
        var units = (Int128)RoundedQuotient(scaled, BigInteger.Pow(10, scale));
        return new Amount(bits[3] < 0 ? -units : units);
    }

    /// <summary>Reads a number as people and providers write it ("12.50", "-3", "6.1E-7").</summary>
    /// <exception cref="FormatException">The text is not a number, or has more than 18 decimals.</exception>
    public static Amount Parse(string text)
    {
        var outcome = AmountText.TryRead(text, out var amount, out _);
        return outcome == AmountReading.Exact
            ? amount
            : throw new FormatException(
                $"\"{text}\" is not an exact amount of at most 20 digits and 18 decimals ({outcome})."
            );
    }

    public bool IsZero => Units == 0;

    public bool IsNegative => Units < 0;

    public static Amount operator +(Amount left, Amount right) => new(checked(left.Units + right.Units));

    public static Amount operator -(Amount left, Amount right) => new(checked(left.Units - right.Units));

    public static Amount operator -(Amount amount) => new(-amount.Units);

    public static bool operator <(Amount left, Amount right) => left.Units < right.Units;

    public static bool operator >(Amount left, Amount right) => left.Units > right.Units;

    public static bool operator <=(Amount left, Amount right) => left.Units <= right.Units;

    public static bool operator >=(Amount left, Amount right) => left.Units >= right.Units;

    /// <summary>The amount without its sign.</summary>
    public Amount Abs() => Units < 0 ? new Amount(-Units) : this;

    /// <summary>
    /// The amount times a rate, rounded half away from zero to 18 decimals: the only rounding a product has.
    /// </summary>
    public Amount Times(decimal rate)
    {
        var factor = From(rate);
        return new Amount((Int128)RoundedQuotient((BigInteger)Units * factor.Units, UnitsPerOne));
    }

    /// <summary>
    /// The amount times one number over another, rounded once, half away from zero, to 18 decimals.
    /// </summary>
    /// <exception cref="DivideByZeroException">The number below is zero.</exception>
    public Amount TimesRatio(Amount above, Amount below) =>
        new((Int128)RoundedQuotient((BigInteger)Units * above.Units, below.Units));

    /// <summary>
    /// The amount in another currency: times a rate, rounded half to even to 18 decimals, so that many conversions do
    /// not drift one way.
    /// </summary>
    /// <exception cref="OverflowException">The product has more than 20 digits before the point.</exception>
    public Amount AtRate(Amount rate)
    {
        if (rate.Units == UnitsPerOne)
            return this;
        var quotient = BigInteger.DivRem((BigInteger)Units * rate.Units, UnitsPerOne, out var remainder);
        var half = (BigInteger.Abs(remainder) * 2).CompareTo(UnitsPerOne);
        if (half > 0 || (half == 0 && !quotient.IsEven))
            quotient += remainder.Sign;
        if (BigInteger.Abs(quotient) > MaxUnits)
            throw new OverflowException("An amount times a rate has more than 20 digits before the point.");
        return new Amount((Int128)quotient);
    }

    /// <summary>
    /// This amount as a share of another (0.25 is a quarter), to 18 decimals or the 28 digits of a decimal.
    /// </summary>
    /// <returns>
    /// Null when the other is zero, or so small that the share is beyond what a decimal holds (7.9e28).
    /// </returns>
    public decimal? ShareOf(Amount whole)
    {
        if (whole.IsZero)
            return null;
        var ratio = RoundedQuotient((BigInteger)Units * UnitsPerOne, whole.Units);
        return BigInteger.Abs(ratio) < DecimalMagnitudeEnd * UnitsPerOne ? DecimalOf(ratio) : null;
    }

    /// <summary>
    /// The amount rounded half away from zero to so many decimals (0–18): for documents and screens only.
    /// </summary>
    public Amount RoundedTo(int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        if (decimals >= Scale)
            return this;
        var step = PowerOfTen(Scale - decimals);
        var (whole, rest) = Int128.DivRem(Units, step);
        if (Int128.Abs(rest) * 2 >= step)
            whole += Int128.Sign(Units);
        return new Amount(checked(whole * step));
    }

    /// <summary>
    /// The amount as a decimal, rounded to the digits that a decimal holds (28). For rates and display, not for sums.
    /// </summary>
    public decimal ToDecimal() => DecimalOf(Units);

    public int CompareTo(Amount other) => Units.CompareTo(other.Units);

    int IComparable.CompareTo(object? obj) => obj is Amount other ? CompareTo(other) : 1;

    /// <summary>All digits, no trailing zeros, never an exponent: "12.5".</summary>
    public override string ToString() => AmountText.Write(this);

    private static readonly BigInteger DecimalMagnitudeEnd = BigInteger.Pow(2, 96);

    private static decimal DecimalOf(BigInteger units)
    {
        // Rounded once, from the exact number: rounding digit by digit would turn 0.45 into 1.
        var (magnitude, scale) = (BigInteger.Abs(units), Scale);
        while (magnitude >= DecimalMagnitudeEnd)
            magnitude = RoundedQuotient(BigInteger.Abs(units), BigInteger.Pow(10, Scale - --scale));
        var bits = (UInt128)magnitude;
        return unchecked(
            new decimal(
                (int)(uint)(ulong)bits,
                (int)(uint)((ulong)bits >> 32),
                (int)(uint)(bits >> 64),
                units.Sign < 0,
                (byte)scale
            )
        );
    }

    /// <summary>10 to the power of 0 to 18.</summary>
    private static Int128 PowerOfTen(int exponent)
    {
        var power = 1L;
        for (var i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }

    /// <summary>Divides and rounds half away from zero.</summary>
    internal static BigInteger RoundedQuotient(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(dividend, divisor, out var remainder);
        if (BigInteger.Abs(remainder) * 2 < BigInteger.Abs(divisor))
            return quotient;
        return quotient + (dividend.Sign * divisor.Sign);
    }
}
