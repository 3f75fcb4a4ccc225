using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Core.Time;

namespace Bursar.Cli.Output;

/// <summary>Writes one cell: exactly for programs, legibly for people.</summary>
internal static class CellText
{
    /// <summary>Every digit, ISO dates, no separators: for JSON and CSV.</summary>
    public static string Exact(object? cell) =>
        cell switch
        {
            null => "",
            string text => text,
            bool flag => flag ? "true" : "false",
            Money money => money.Amount.ToString(),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTimeOffset time => Time(time),
            int or long or decimal => ((IFormattable)cell).ToString(null, CultureInfo.InvariantCulture),
            Amount or BillingPeriod => cell.ToString()!,
            _ => throw new ArgumentException($"A cell cannot hold a {cell.GetType().Name}.", nameof(cell)),
        };

    /// <summary>True for cells that JSON writes as numbers.</summary>
    public static bool IsNumber(object? cell) => cell is Amount or Money or int or long or decimal;

    /// <summary>Rounded to the currency's minor unit (or the column's decimals), thousands apart: for tables.</summary>
    public static string ForPeople(object? cell, ResultColumn column) =>
        cell switch
        {
            null => "",
            bool flag => flag ? "yes" : "no",
            Money money => Figure(money.Amount, money.Currency.Decimals),
            Amount amount => Figure(amount, column.Decimals),
            int or long => Convert
                .ToInt64(cell, CultureInfo.InvariantCulture)
                .ToString("N0", CultureInfo.InvariantCulture),
            DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            string text => OneLine(text),
            _ => Exact(cell),
        };

    /// <summary>"-1,234.50": rounded half away from zero.</summary>
    public static string Figure(Amount amount, int decimals)
    {
        var text = amount.RoundedTo(decimals).Abs().ToString();
        var point = text.IndexOf('.');
        var whole = Int128.Parse(point < 0 ? text : text[..point], CultureInfo.InvariantCulture);
        var figure = whole.ToString("N0", CultureInfo.InvariantCulture);
        if (decimals > 0)
            figure += "." + (point < 0 ? "" : text[(point + 1)..]).PadRight(decimals, '0');
        return amount.RoundedTo(decimals).IsNegative ? "-" + figure : figure;
    }

    /// <summary>Control characters would move the cursor or hide text: they are shown, not obeyed.</summary>
    private static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)) : text;

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
