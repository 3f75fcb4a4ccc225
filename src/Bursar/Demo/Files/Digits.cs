namespace Bursar.Demo.Files;

/// <summary>
/// Writes amounts and moments as ASCII digits, without culture, rounding or a binary fraction in between.
/// </summary>
internal static class Digits
{
    /// <summary>
    /// Local time of the one provider that writes its offset: two hours before UTC, summer and winter.
    /// </summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(2);

    public static int WriteAmount(Span<byte> to, long pips, AmountStyle style)
    {
        var at = 0;
        if (pips < 0)
            to[at++] = (byte)'-';
        var magnitude = Math.Abs(pips);
        if (style == AmountStyle.Scientific && magnitude != 0 && magnitude is < Pips.One / 1000 or >= 1000 * Pips.One)
            return at + WriteScientific(to[at..], magnitude);
        at += WriteWhole(to[at..], magnitude / Pips.One);
        var fraction = magnitude % Pips.One;
        if (fraction == 0 && style != AmountStyle.Padded)
            return at;
        to[at++] = (byte)'.';
        WritePadded(to.Slice(at, Pips.Decimals), fraction);
        at += Pips.Decimals;
        if (style == AmountStyle.Padded)
            return at;
        while (to[at - 1] == (byte)'0')
            at--;
        return at;
    }

    public static int WriteTime(Span<byte> to, DateTime time, TimeStyle style)
    {
        if (style == TimeStyle.Offset)
            time += Offset;
        WritePadded(to[..4], time.Year);
        to[4] = to[7] = (byte)'-';
        WritePadded(to.Slice(5, 2), time.Month);
        WritePadded(to.Slice(8, 2), time.Day);
        if (style == TimeStyle.DateOnly)
            return 10;
        to[10] = style == TimeStyle.Spaced ? (byte)' ' : (byte)'T';
        to[13] = to[16] = (byte)':';
        WritePadded(to.Slice(11, 2), time.Hour);
        WritePadded(to.Slice(14, 2), time.Minute);
        WritePadded(to.Slice(17, 2), time.Second);
        if (style == TimeStyle.Spaced)
            return 19;
        var zone = style == TimeStyle.Utc ? "Z"u8 : "+02:00"u8;
        zone.CopyTo(to[19..]);
        return 19 + zone.Length;
    }

    /// <summary>1.25E-4: one digit before the point, the rest of the digits, no zeros at the end.</summary>
    private static int WriteScientific(Span<byte> to, long magnitude)
    {
        Span<byte> digits = stackalloc byte[20];
        var count = WriteWhole(digits, magnitude);
        var exponent = count - 1 - Pips.Decimals;
        while (count > 1 && digits[count - 1] == (byte)'0')
            count--;
        to[0] = digits[0];
        var at = 1;
        if (count > 1)
        {
            to[at++] = (byte)'.';
            digits[1..count].CopyTo(to[at..]);
            at += count - 1;
        }
        to[at++] = (byte)'E';
        to[at++] = exponent < 0 ? (byte)'-' : (byte)'+';
        return at + WriteWhole(to[at..], Math.Abs(exponent));
    }

    /// <summary>A quantity in millionths, without zeros at the end.</summary>
    public static int WriteQuantity(Span<byte> to, long millionths)
    {
        var at = 0;
        if (millionths < 0)
            to[at++] = (byte)'-';
        var magnitude = Math.Abs(millionths);
        at += WriteWhole(to[at..], magnitude / Quantities.One);
        if (magnitude % Quantities.One == 0)
            return at;
        to[at++] = (byte)'.';
        WritePadded(to.Slice(at, Quantities.Decimals), magnitude % Quantities.One);
        at += Quantities.Decimals;
        while (to[at - 1] == (byte)'0')
            at--;
        return at;
    }

    private static int WriteWhole(Span<byte> to, long number)
    {
        var length = 1;
        for (var rest = number / 10; rest > 0; rest /= 10)
            length++;
        WritePadded(to[..length], number);
        return length;
    }

    private static void WritePadded(Span<byte> to, long number)
    {
        for (var i = to.Length - 1; i >= 0; i--)
        {
            to[i] = (byte)('0' + (int)(number % 10));
            number /= 10;
        }
    }
}
