namespace Bursar.Core.Amounts;

/// <summary>Reads numbers as people and spreadsheets write them: "$1,234.50", "(12.00)", "1.234,50 €".</summary>
/// <remarks>
/// Groups are of three digits, so that a number of the other convention is no number: "1,5" is not 15.
/// </remarks>
public static class WrittenNumber
{
    /// <summary>The number as an amount is written: a minus, digits, a point.</summary>
    public static bool TryRead(string text, char decimalSign, out string plain)
    {
        plain = "";
        var start = text.IndexOfAny(Digits);
        if (start < 0)
            return false;
        if (start > 0 && text[start - 1] == decimalSign)
            start--;
        var end = text.AsSpan().LastIndexOfAny(Digits) + 1;
        var (before, number, after) = (text[..start], text[start..end], text[end..]);
        var negative = before.Contains('-') || before.Contains('\u2212') || before.Contains('(') || after.Contains('-');
        if (TryReadExponent(number, decimalSign, out plain) || TryReadGroups(number, decimalSign, out plain))
        {
            plain = negative ? "-" + plain : plain;
            return true;
        }
        return false;
    }

    private static readonly char[] Digits = [.. "0123456789"];

    private static bool TryReadExponent(string number, char decimalSign, out string plain)
    {
        plain = number.Replace(decimalSign, '.');
        return number.AsSpan().IndexOfAny('e', 'E') > 0
            && AmountText.TryRead(plain, out _, out _) is AmountReading.Exact or AmountReading.Rounded;
    }

    private static bool TryReadGroups(string number, char decimalSign, out string plain)
    {
        var parts = number.Split(decimalSign);
        plain = "";
        if (parts.Length > 2 || (parts.Length == 2 && !parts[1].All(char.IsAsciiDigit)))
            return false;
        var groups = parts[0].Split(',', '.', '\'', '\u2019', ' ', '\u00A0', '\u202F');
        if (!groups.All(group => group.All(char.IsAsciiDigit)) || groups.Skip(1).Any(group => group.Length != 3))
            return false;
        if (groups.Length > 1 && groups[0].Length is 0 or > 3)
            return false;
        var whole = string.Concat(groups);
        plain = (whole.Length == 0 ? "0" : whole) + (parts.Length == 2 ? "." + parts[1] : "");
        return true;
    }
}
