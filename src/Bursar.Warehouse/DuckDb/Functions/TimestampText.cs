namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>Reads times as providers write them, as microseconds since 1970-01-01 UTC.</summary>
/// <remarks>
/// Accepted: a date; or a date, <c>T</c> or a space, hours and minutes, perhaps seconds, perhaps a fraction (cut after
/// microseconds), and perhaps a zone: <c>Z</c>, <c>+05:30</c>, <c>+0530</c>, <c>+05</c>, <c> UTC</c>; no zone is UTC.
/// Refused: everything else, dates that do not exist, and years outside 2000–2100 (a bill of 1970 or 9999 is a
/// programming mistake of somebody).
/// </remarks>
internal static class TimestampText
{
    private const long MicrosPerSecond = 1_000_000;
    private const long MicrosPerDay = 86_400 * MicrosPerSecond;
    private static readonly int EpochDay = new DateOnly(1970, 1, 1).DayNumber;
    private static readonly long MicrosMin = (new DateOnly(2000, 1, 1).DayNumber - EpochDay) * MicrosPerDay;
    private static readonly long MicrosEnd = (new DateOnly(2101, 1, 1).DayNumber - EpochDay) * MicrosPerDay;

    public static bool TryRead(ReadOnlySpan<byte> text, out long micros) =>
        TryReadDate(ref text, out micros)
        && (text.IsEmpty || TryReadTimeAndZone(text, ref micros))
        && micros >= MicrosMin
        && micros < MicrosEnd;

    private static bool TryReadTimeAndZone(ReadOnlySpan<byte> text, ref long micros)
    {
        if (text[0] is not ((byte)'T' or (byte)' '))
            return false;
        text = text[1..];
        if (
            !TryReadNumber(ref text, 2, 23, out var hours)
            || !TrySkip(ref text, ':')
            || !TryReadNumber(ref text, 2, 59, out var minutes)
        )
            return false;
        micros += ((hours * 3600L) + (minutes * 60L)) * MicrosPerSecond;
        if (TrySkip(ref text, ':'))
        {
            if (!TryReadNumber(ref text, 2, 59, out var seconds))
                return false;
            micros += seconds * MicrosPerSecond;
            if (TrySkip(ref text, '.') && !TryReadFraction(ref text, ref micros))
                return false;
        }
        return TryReadZone(text, ref micros);
    }

    private static bool TryReadDate(ref ReadOnlySpan<byte> text, out long micros)
    {
        micros = 0;
        if (!TryReadNumber(ref text, 4, 9999, out var year) || !TrySkip(ref text, '-'))
            return false;
        if (!TryReadNumber(ref text, 2, 12, out var month) || !TrySkip(ref text, '-'))
            return false;
        if (!TryReadNumber(ref text, 2, 31, out var day))
            return false;
        if (year < 1 || month < 1 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        micros = (new DateOnly(year, month, day).DayNumber - EpochDay) * MicrosPerDay;
        return true;
    }

    /// <summary>One to twelve digits; what is finer than a microsecond is cut.</summary>
    private static bool TryReadFraction(ref ReadOnlySpan<byte> text, ref long micros)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var count = end < 0 ? text.Length : end;
        if (count is 0 or > 12)
            return false;
        var unit = MicrosPerSecond / 10;
        for (var i = 0; i < count; i++, unit /= 10)
            micros += (text[i] - '0') * unit;
        text = text[count..];
        return true;
    }

    private static bool TryReadZone(ReadOnlySpan<byte> text, ref long micros)
    {
        if (text.IsEmpty || text.SequenceEqual("Z"u8) || text.SequenceEqual(" UTC"u8))
            return true;
        if (text[0] is not ((byte)'+' or (byte)'-'))
            return false;
        var sign = text[0] == (byte)'-' ? -1 : 1;
        text = text[1..];
        if (!TryReadNumber(ref text, 2, 14, out var hours))
            return false;
        var minutes = 0;
        if (!text.IsEmpty)
        {
            _ = TrySkip(ref text, ':');
            if (!TryReadNumber(ref text, 2, 59, out minutes) || !text.IsEmpty)
                return false;
        }
        micros -= sign * ((hours * 60L) + minutes) * 60 * MicrosPerSecond;
        return true;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> text, int digits, int max, out int number)
    {
        number = 0;
        if (text.Length < digits)
            return false;
        for (var i = 0; i < digits; i++)
        {
            if (text[i] is < (byte)'0' or > (byte)'9')
                return false;
            number = (number * 10) + (text[i] - '0');
        }
        text = text[digits..];
        return number <= max;
    }

    private static bool TrySkip(ref ReadOnlySpan<byte> text, char mark)
    {
        if (text.IsEmpty || text[0] != mark)
            return false;
        text = text[1..];
        return true;
    }
}
