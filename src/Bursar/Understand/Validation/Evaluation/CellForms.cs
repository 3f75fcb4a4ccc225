namespace Bursar.Understand.Validation.Evaluation;

/// <summary>The forms that FOCUS prescribes for numbers, times and units, decided byte by byte.</summary>
internal static class CellForms
{
    private static readonly HashSet<string> TimeUnits = ["Year", "Month", "Day", "Hour", "Minute", "Second"];

    /// <summary>An integer, a decimal, or mEn; a sign only where it is negative.</summary>
    /// <param name="text">The cell.</param>
    /// <param name="withPlus">True to let a plus sign pass, as the published validator does.</param>
    public static bool IsNumber(ReadOnlySpan<byte> text, bool withPlus)
    {
        if (withPlus)
            text = text.Trim((byte)' ');
        var at = Sign(text, 0, withPlus);
        var whole = Digits(text, ref at);
        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (Digits(text, ref at) == 0)
                return false;
        }
        else if (whole == 0)
            return false;
        if (at == text.Length)
            return true;
        if (text[at] is not ((byte)'e' or (byte)'E'))
            return false;
        at = Sign(text, at + 1, withPlus);
        return Digits(text, ref at) > 0 && at == text.Length;
    }

    /// <summary>2026-09-01T00:00:00Z, and such a day and time exist.</summary>
    public static bool IsTime(ReadOnlySpan<byte> text)
    {
        if (
            text.Length < 19
            || text[4] != '-'
            || text[7] != '-'
            || text[10] != 'T'
            || text[13] != ':'
            || text[16] != ':'
        )
            return false;
        if (
            Number(text, 0, 4) is not (> 0 and var year)
            || Number(text, 5, 2) is not (>= 1 and <= 12 and var month)
            || Number(text, 8, 2) is not (>= 1 and var day)
            || day > DateTime.DaysInMonth(year, month)
            || Number(text, 11, 2) is not (>= 0 and <= 23)
            || Number(text, 14, 2) is not (>= 0 and <= 59)
            || Number(text, 17, 2) is not (>= 0 and <= 59)
        )
            return false;
        var at = 19;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (Digits(text, ref at) == 0)
                return false;
        }
        return at + 1 == text.Length && text[at] == 'Z';
    }

    /// <summary>
    /// A unit, a unit per time ("GB/Hour"), a unit over time ("GB-Hours"), each with a quantity where one is meant.
    /// </summary>
    public static bool IsUnit(ReadOnlySpan<byte> text)
    {
        var unit = System.Text.Encoding.UTF8.GetString(text);
        if (unit.IndexOf('/') is > 0 and var slash)
        {
            var (left, right) = (unit[..slash], unit[(slash + 1)..]);
            return IsWords(left)
                && (TimeUnits.Contains(right) || (WithoutQuantity(right) is { } interval && IsPluralTime(interval)));
        }
        if (unit.IndexOf('-') is > 0 and var hyphen)
            return IsWords(unit[..hyphen]) && IsPluralTime(unit[(hyphen + 1)..]);
        return IsWords(WithoutQuantity(unit) ?? unit);
    }

    private static bool IsPluralTime(string unit) => unit.EndsWith('s') && TimeUnits.Contains(unit[..^1]);

    /// <summary>What follows "1000 "; null without a quantity.</summary>
    private static string? WithoutQuantity(string unit)
    {
        var digits = unit.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && digits + 1 < unit.Length && unit[digits] == ' ' ? unit[(digits + 1)..] : null;
    }

    /// <summary>Words of ASCII letters and digits, each beginning with a letter, with blanks between them.</summary>
    private static bool IsWords(string text)
    {
        var atStart = true;
        foreach (var character in text)
        {
            if (char.IsWhiteSpace(character))
            {
                if (atStart && text[0] == character)
                    return false;
                atStart = true;
            }
            else if (!char.IsAsciiLetterOrDigit(character) || (atStart && char.IsAsciiDigit(character)))
                return false;
            else
                atStart = false;
        }
        return !atStart;
    }

    private static int Sign(ReadOnlySpan<byte> text, int at, bool withPlus) =>
        at < text.Length && (text[at] == '-' || (withPlus && text[at] == '+')) ? at + 1 : at;

    private static int Digits(ReadOnlySpan<byte> text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit((char)text[at]))
            at++;
        return at - start;
    }

    /// <summary>A number of so many digits; −1 when one of them is none.</summary>
    private static int Number(ReadOnlySpan<byte> text, int start, int length)
    {
        var number = 0;
        foreach (var digit in text.Slice(start, length))
        {
            if (!char.IsAsciiDigit((char)digit))
                return -1;
            number = (number * 10) + (digit - '0');
        }
        return number;
    }
}
