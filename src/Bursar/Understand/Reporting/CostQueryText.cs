using System.Globalization;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Reporting;

/// <summary>How people write the parts of a question: on the command line, in the API and in the address of a page alike.</summary>
internal static class CostQueryText
{
    private const int WrongUsage = 2;

    /// <summary>Reads "ServiceName=Amazon EC2,Amazon S3" or "x_Owner!=" (a value).</summary>
    public static CostFilter Filter(string text)
    {
        var equals = text.IndexOf('=');
        if (equals <= 0)
            throw new RefusedException("costs/bad-condition", $"\"{text}\" is no condition.",
                "Write COLUMN=VALUE, COLUMN!=VALUE, COLUMN=A,B or COLUMN= for \"no value\".", WrongUsage);
        var negated = text[equals - 1] == '!';
        var column = text[..(negated ? equals - 1 : equals)].Trim();
        IReadOnlyList<string?> values = [.. Values(text[(equals + 1)..]).Select(value => value.Length == 0 ? null : value)];
        return new CostFilter(column, values, negated);
    }

    /// <summary>Writes a condition as <see cref="Filter"/> reads it.</summary>
    public static string Write(CostFilter filter) =>
        filter.Column + (filter.Negated ? "!=" : "=") + string.Join(',', filter.Values.Select(value => value is null ? "" : Quoted(value)));

    /// <summary>The first day of a month or a day.</summary>
    public static DateOnly Start(string text, string option) => Read(text, option).Start;

    /// <summary>The day after a month or a day: the end, exclusive, of a range that includes it.</summary>
    public static DateOnly End(string text, string option) => Read(text, option).End;

    /// <summary>Writes the end of a range as the last month or day that it includes.</summary>
    public static string WriteEnd(DateOnly end) => end.Day == 1
        ? BillingPeriod.Containing(end).Previous.ToString()
        : end.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Writes the start of a range as a month, where it is one.</summary>
    public static string WriteStart(DateOnly start) => start.Day == 1
        ? BillingPeriod.Containing(start).ToString()
        : start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Reads "tax", "credits" or both.</summary>
    public static CostSplit Split(string? text)
    {
        var split = CostSplit.None;
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            split |= part.ToLowerInvariant() switch
            {
                "tax" => CostSplit.Tax,
                "credits" or "credit" => CostSplit.Credits,
                _ => throw new RefusedException("costs/bad-split", $"\"{part}\" cannot be shown apart.", "Write tax, credits or tax,credits.", WrongUsage),
            };
        }
        return split;
    }

    private static DateRange Read(string text, string option)
    {
        if (BillingPeriod.TryParse(text, out var month)) return DateRange.Of(month);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue)
            return new DateRange(day, day.AddDays(1));
        throw new RefusedException("costs/bad-time", $"\"{text}\" is no time for {option}.", "Write a month (2026-04) or a day (2026-04-15).", WrongUsage);
    }

    /// <summary>Values divided by commas; quotes keep a comma inside a value.</summary>
    private static IEnumerable<string> Values(string text)
    {
        var value = "";
        var quoted = false;
        foreach (var character in text)
        {
            if (character == '"') quoted = !quoted;
            else if (character == ',' && !quoted)
            {
                yield return value.Trim();
                value = "";
            }
            else value += character;
        }
        yield return value.Trim();
    }

    private static string Quoted(string value) => value.Contains(',') ? $"\"{value}\"" : value;
}
