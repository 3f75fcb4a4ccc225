using System.Globalization;
using System.Numerics;
using System.Text;

namespace Bursar.Core.Amounts;

/// <summary>What reading a number from text came to.</summary>
public enum AmountReading
{
    /// <summary>Every digit of the text is in the amount.</summary>
    Exact,

    /// <summary>
    /// The text had more than 18 decimals; the amount is rounded half away from zero and the residue says by how much.
    /// </summary>
    Rounded,

    /// <summary>
    /// The text is not a number: letters, spaces inside, a thousands separator, a plus sign, NaN, infinity.
    /// </summary>
    NotANumber,

    /// <summary>The number has more than 20 digits before the point, or more than 64 decimals.</summary>
    OutOfRange,
}

/// <summary>Reads and writes amounts as text, digit by digit, without a binary fraction in between.</summary>
/// <remarks>
/// Accepted: optional minus; digits with an optional point; an optional exponent (<c>6.1E-7</c>). Refused:
/// <c>1_000</c>, <c>1,000</c>,
/// <c>+5</c>, <c>' 5 '</c>, <c>.</c>, <c>NaN</c>, <c>1e</c>. The FOCUS Numeric Format allows exactly these forms.
/// </remarks>
public static class AmountText
{
    /// <summary>The residue of a rounded amount is told in units of 10⁻⁶⁴.</summary>
    public const int ResidueScale = 64;

    private const int DigitsMax = 20 + ResidueScale + 16;

    /// <summary>
    /// Reads UTF-8 text. <paramref name="residue"/> is text − amount, in 10⁻⁶⁴; zero unless the reading is Rounded.
    /// </summary>
    public static AmountReading TryRead(ReadOnlySpan<byte> utf8, out Amount amount, out BigInteger residue)
    {
        residue = BigInteger.Zero;
        if (TryReadPlain(utf8, out var units))
        {
            amount = Amount.FromUnits(units);
            return AmountReading.Exact;
        }
        return TryReadLong(utf8, out amount, out residue);
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out Amount, out BigInteger)"/>
    public static AmountReading TryRead(string text, out Amount amount, out BigInteger residue) =>
        TryRead(Encoding.UTF8.GetBytes(text), out amount, out residue);

    /// <summary>The common case, a plain number of at most 18 digits and 18 decimals, without any allocation.</summary>
    /// <returns>False when the text needs the long way (or is not a number at all).</returns>
    public static bool TryReadPlain(ReadOnlySpan<byte> utf8, out Int128 units)
    {
        units = 0;
        var i = 0;
        var negative = utf8.Length > 0 && utf8[0] == (byte)'-';
        if (negative)
            i = 1;
        if (utf8.Length - i is < 1 or > 19)
            return false;
        ulong digits = 0;
        var decimals = -1;
        var count = 0;
        for (; i < utf8.Length; i++)
        {
            var digit = unchecked((uint)(utf8[i] - '0'));
            if (digit <= 9)
            {
                digits = unchecked((digits * 10) + digit);
                count++;
                if (decimals >= 0)
                    decimals++;
            }
            else if (utf8[i] == (byte)'.' && decimals < 0)
                decimals = 0;
            else
                return false;
        }
        if (count is 0 or > 18)
            return false;
        var scaled = (Int128)digits * PowersOfTen[Amount.Scale - Math.Max(decimals, 0)];
        units = negative ? -scaled : scaled;
        return true;
    }

    /// <summary>All digits, no trailing zeros, never an exponent.</summary>
    public static string Write(Amount amount)
    {
        var magnitude = amount.Units < 0 ? -amount.Units : amount.Units;
        var (whole, fraction) = Int128.DivRem(magnitude, Amount.UnitsPerOne);
        var sign = amount.Units < 0 ? "-" : "";
        if (fraction == 0)
            return sign + whole.ToString(CultureInfo.InvariantCulture);
        var decimals = fraction.ToString(CultureInfo.InvariantCulture).PadLeft(Amount.Scale, '0').TrimEnd('0');
        return sign + whole.ToString(CultureInfo.InvariantCulture) + "." + decimals;
    }

    /// <summary>Writes a residue (units of 10⁻⁶⁴) as a plain decimal number.</summary>
    public static string WriteResidue(BigInteger residue)
    {
        var text = BigInteger.Abs(residue).ToString(CultureInfo.InvariantCulture).PadLeft(ResidueScale + 1, '0');
        var decimals = text[^ResidueScale..].TrimEnd('0');
        var whole = text[..^ResidueScale];
        return (residue.Sign < 0 ? "-" : "") + (decimals.Length == 0 ? whole : whole + "." + decimals);
    }

    private static readonly Int128[] PowersOfTen = MakePowersOfTen();

    private static Int128[] MakePowersOfTen()
    {
        var powers = new Int128[Amount.Scale + 1];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
            powers[i] = powers[i - 1] * 10;
        return powers;
    }

    private static AmountReading TryReadLong(ReadOnlySpan<byte> utf8, out Amount amount, out BigInteger residue)
    {
        amount = default;
        residue = BigInteger.Zero;
        if (!TrySplit(utf8, out var negative, out var digits, out var exponent))
            return AmountReading.NotANumber;
        var significant = digits.TrimStart('0');
        var trimmed = significant.TrimEnd('0');
        exponent += significant.Length - trimmed.Length;
        if (trimmed.Length == 0)
            return AmountReading.Exact;
        if (trimmed.Length > DigitsMax || trimmed.Length + exponent > 20 || exponent < -ResidueScale)
            return AmountReading.OutOfRange;

        var exact =
            BigInteger.Parse(trimmed, CultureInfo.InvariantCulture) * BigInteger.Pow(10, (int)exponent + ResidueScale);
        if (negative)
            exact = -exact;
        var step = BigInteger.Pow(10, ResidueScale - Amount.Scale);
        var units = Amount.RoundedQuotient(exact, step);
        if (BigInteger.Abs(units) > Amount.MaxUnits)
            return AmountReading.OutOfRange;
        amount = Amount.FromUnits((Int128)units);
        residue = exact - (units * step);
        return residue.IsZero ? AmountReading.Exact : AmountReading.Rounded;
    }

    /// <summary>Splits a number into its digits and a power of ten: "-12.5e3" is negative, "125", 2.</summary>
    private static bool TrySplit(ReadOnlySpan<byte> utf8, out bool negative, out string digits, out long exponent)
    {
        digits = "";
        exponent = 0;
        negative = utf8.Length > 0 && utf8[0] == (byte)'-';
        var mantissa = negative ? utf8[1..] : utf8;
        var mark = mantissa.IndexOfAny((byte)'e', (byte)'E');
        if (mark >= 0)
        {
            if (!TryReadExponent(mantissa[(mark + 1)..], out exponent))
                return false;
            mantissa = mantissa[..mark];
        }
        var point = mantissa.IndexOf((byte)'.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        var fraction = point < 0 ? [] : mantissa[(point + 1)..];
        if (whole.Length + fraction.Length == 0)
            return false;
        if (whole.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        if (fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        digits = Encoding.ASCII.GetString(whole) + Encoding.ASCII.GetString(fraction);
        exponent -= fraction.Length;
        return true;
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> utf8, out long exponent)
    {
        exponent = 0;
        var negative = utf8.Length > 0 && utf8[0] == (byte)'-';
        var digits = negative || (utf8.Length > 0 && utf8[0] == (byte)'+') ? utf8[1..] : utf8;
        if (digits.Length is 0 or > 6 || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        foreach (var digit in digits)
            exponent = (exponent * 10) + (digit - '0');
        if (negative)
            exponent = -exponent;
        return true;
    }
}
