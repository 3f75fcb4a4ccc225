using System.Globalization;
using Bursar.Core.Amounts;

namespace Bursar.Understand.Records;

/// <summary>Which number of a day with slashes is the day.</summary>
internal enum DayOrder
{
    DayFirst,
    MonthFirst,
}

/// <summary>Reads the cells of business records into one spelling.</summary>
internal static class RecordText
{
    private static readonly string[] Plain =
    [
        "yyyy-MM-dd",
        "yyyy/MM/dd",
        "yyyyMMdd",
        "dd.MM.yyyy",
        "d.M.yyyy",
        "d MMM yyyy",
        "d-MMM-yyyy",
        "MMM d, yyyy",
        "yyyy-MM",
    ];

    /// <summary>The value in the books' spelling; null when the text is no such value.</summary>
    public static string? Read(string text, FieldType type, DayOrder? order) =>
        type switch
        {
            FieldType.Amount => ReadAmount(text),
            FieldType.Day => ReadDay(text, order)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            FieldType.Moment => ReadMoment(text),
            _ => text,
        };

    /// <summary>What is expected, for people.</summary>
    public static string Expected(FieldType type) =>
        type switch
        {
            FieldType.Amount => "an amount, 1234.50 or 1,234.50",
            FieldType.Moment => "a time, 2026-03-31T14:05:00Z (without a zone, UTC)",
            _ => "a day, 2026-03-31",
        };

    /// <summary>Year first, to the second, in UTC; a day alone is its beginning.</summary>
    private static string? ReadMoment(string text) =>
        text.Trim() is [_, _, _, _, '-', ..] given
        && DateTimeOffset.TryParse(
            given,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var moment
        )
            ? moment.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)
            : null;

    private static string? ReadAmount(string text)
    {
        var given = text.Trim();
        if (AmountText.TryRead(given, out var amount, out _) is AmountReading.Exact or AmountReading.Rounded)
            return amount.ToString();
        return WrittenNumber.TryRead(given, '.', out var plain) || WrittenNumber.TryRead(given, ',', out plain)
            ? Amount.Parse(plain).ToString()
            : null;
    }

    private static DateOnly? ReadDay(string text, DayOrder? order)
    {
        var given = text.Trim();
        // A time of day says nothing here that its day does not.
        if (given.Length > 10 && given[4] == '-' && given[10] is 'T' or ' ')
            given = given[..10];
        if (TryParse(given, Plain, out var day))
            return day;
        return
            order is { } known
            && TryParse(
                given,
                known == DayOrder.DayFirst ? ["d/M/yyyy", "d-M-yyyy"] : ["M/d/yyyy", "M-d-yyyy"],
                out day
            )
            ? day
            : null;
    }

    private static bool TryParse(string text, string[] formats, out DateOnly day) =>
        DateOnly.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
