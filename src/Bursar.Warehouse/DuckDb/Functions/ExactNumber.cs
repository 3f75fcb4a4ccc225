using System.Globalization;
using System.Numerics;
using System.Text;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>A decimal number of any length: what a mapping calculates with before an amount is made of it.</summary>
/// <param name="Digits">The number without its point.</param>
/// <param name="Scale">How many of the digits stand behind the point.</param>
internal readonly record struct ExactNumber(BigInteger Digits, int Scale)
{
    /// <summary>A quotient has so many decimals, rounded half away from zero: far more than an amount keeps.</summary>
    private const int QuotientScale = 36;

    private const int LengthMax = 128;

    private const int ExponentMax = 100;

    /// <summary>The forms that an amount may have: a minus, digits with a point, an exponent.</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out ExactNumber number)
    {
        number = default;
        if (utf8.Length is 0 or > LengthMax)
            return false;
        Span<char> digits = stackalloc char[LengthMax + 1];
        var (length, scale, i) = (0, 0, 0);
        if (utf8[0] == (byte)'-')
            digits[length++] = (char)utf8[i++];
        var first = length;
        var hasPoint = false;
        for (; i < utf8.Length; i++)
        {
            if (utf8[i] is >= (byte)'0' and <= (byte)'9')
            {
                digits[length++] = (char)utf8[i];
                if (hasPoint)
                    scale++;
            }
            else if (utf8[i] == (byte)'.' && !hasPoint)
                hasPoint = true;
            else
                break;
        }
        if (length == first)
            return false;
        if (i < utf8.Length)
        {
            if (
                utf8[i] is not ((byte)'e' or (byte)'E')
                || !int.TryParse(
                    utf8[(i + 1)..],
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var exponent
                )
                || Math.Abs(exponent) > ExponentMax
            )
                return false;
            scale -= exponent;
        }
        var value = BigInteger.Parse(digits[..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        number = scale < 0 ? new ExactNumber(value * BigInteger.Pow(10, -scale), 0) : new ExactNumber(value, scale);
        return true;
    }

    public ExactNumber Plus(ExactNumber other)
    {
        var scale = Math.Max(Scale, other.Scale);
        return new ExactNumber(At(scale) + other.At(scale), scale);
    }

    public ExactNumber Minus(ExactNumber other) => Plus(other with { Digits = -other.Digits });

    public ExactNumber Times(ExactNumber other) => new(Digits * other.Digits, Scale + other.Scale);

    /// <param name="other">Not zero.</param>
    public ExactNumber Over(ExactNumber other)
    {
        var shift = QuotientScale + other.Scale - Scale;
        var numerator = shift >= 0 ? Digits * BigInteger.Pow(10, shift) : Digits;
        var denominator = shift >= 0 ? other.Digits : other.Digits * BigInteger.Pow(10, -shift);
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        if (BigInteger.Abs(rest) * 2 >= BigInteger.Abs(denominator))
            quotient += numerator.Sign * denominator.Sign;
        return new ExactNumber(quotient, QuotientScale);
    }

    public int SignAgainst(ExactNumber other) => Minus(other).Digits.Sign;

    /// <summary>Writes it without an exponent and without zeros at the end.</summary>
    public byte[] ToUtf8()
    {
        var text = BigInteger.Abs(Digits).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var decimals = text[^Scale..].TrimEnd('0');
        var whole = (Digits.Sign < 0 ? "-" : "") + text[..^Scale];
        return Encoding.UTF8.GetBytes(decimals.Length == 0 ? whole : whole + "." + decimals);
    }

    private BigInteger At(int scale) => scale == Scale ? Digits : Digits * BigInteger.Pow(10, scale - Scale);
}
