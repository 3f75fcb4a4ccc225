using System.Numerics;

namespace Bursar.Core.Amounts;

/// <summary>A number that is never rounded: one whole number over another, until a formula's last step.</summary>
public readonly record struct Fraction : IComparable<Fraction>
{
    private readonly BigInteger denominator;

    private Fraction(BigInteger numerator, BigInteger divisor)
    {
        var common = BigInteger.GreatestCommonDivisor(numerator, divisor) * divisor.Sign;
        Numerator = common.IsZero ? numerator : numerator / common;
        denominator = common.IsZero ? BigInteger.One : divisor / common;
    }

    public static Fraction Zero => default;

    public BigInteger Numerator { get; }

    /// <summary>Never zero, never negative.</summary>
    public BigInteger Denominator => denominator.IsZero ? BigInteger.One : denominator;

    public bool IsZero => Numerator.IsZero;

    public static Fraction From(Amount amount) => new((BigInteger)amount.Units, (BigInteger)Amount.UnitsPerOne);

    public static Fraction From(decimal number)
    {
        var bits = decimal.GetBits(number);
        var magnitude = unchecked(
            ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (BigInteger)(uint)bits[0]
        );
        return new(bits[3] < 0 ? -magnitude : magnitude, BigInteger.Pow(10, (bits[3] >> 16) & 0xFF));
    }

    public static Fraction operator +(Fraction left, Fraction right) =>
        new(
            (left.Numerator * right.Denominator) + (right.Numerator * left.Denominator),
            left.Denominator * right.Denominator
        );

    public static Fraction operator -(Fraction left, Fraction right) => left + (-right);

    public static Fraction operator -(Fraction fraction) => new(-fraction.Numerator, fraction.Denominator);

    public static Fraction operator *(Fraction left, Fraction right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <exception cref="DivideByZeroException">The divisor is zero: ask <see cref="IsZero"/> first.</exception>
    public static Fraction operator /(Fraction left, Fraction right) =>
        right.IsZero
            ? throw new DivideByZeroException()
            : new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    public static bool operator <(Fraction left, Fraction right) => left.CompareTo(right) < 0;

    public static bool operator >(Fraction left, Fraction right) => left.CompareTo(right) > 0;

    public static bool operator <=(Fraction left, Fraction right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Fraction left, Fraction right) => left.CompareTo(right) >= 0;

    public Fraction Abs() => Numerator.Sign < 0 ? -this : this;

    public int CompareTo(Fraction other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public bool Equals(Fraction other) => CompareTo(other) == 0;

    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    /// <summary>The only rounding: half away from zero to 18 decimals; null when too large for an amount.</summary>
    public Amount? ToAmount()
    {
        var units = Amount.RoundedQuotient(Numerator * (BigInteger)Amount.UnitsPerOne, Denominator);
        return BigInteger.Abs(units) <= (BigInteger)Amount.MaxUnits ? Amount.FromUnits((Int128)units) : null;
    }

    public override string ToString() => ToAmount()?.ToString() ?? $"{Numerator}/{Denominator}";
}
