using System.Globalization;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Reporting;

/// <summary>
/// How people write the parts of a question: on the command line, in the API and in the address of a page alike.
/// </summary>
internal static class CostQueryText
{
    private const int WrongUsage = 2;

    /// <summary>
    /// Reads a condition as <see cref="FilterText"/> has it: "ServiceName=Amazon EC2,Amazon S3", "x_Owner!=" (has a
    /// value).
    /// </summary>
    public static CostFilter Filter(string text) =>
        FilterText.Read(text)
        ?? throw new RefusedException(
            "costs/bad-condition",
            $"\"{text}\" is no condition.",
            "Write COLUMN=VALUE, COLUMN!=VALUE, COLUMN=A,B or COLUMN= for \"no value\".",
            WrongUsage
        );

    /// <summary>The first day of a month or a day.</summary>
    public static DateOnly Start(string text, string option) => Read(text, option).Start;

    /// <summary>The day after a month or a day: the end, exclusive, of a range that includes it.</summary>
    public static DateOnly End(string text, string option) => Read(text, option).End;

    /// <summary>Writes the end of a range as the last month or day that it includes.</summary>
    public static string WriteEnd(DateOnly end) =>
        end.Day == 1
            ? BillingPeriod.Containing(end).Previous.ToString()
            : end.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Writes the start of a range as a month, where it is one.</summary>
    public static string WriteStart(DateOnly start) =>
        start.Day == 1
            ? BillingPeriod.Containing(start).ToString()
            : start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Reads "tax", "credits" or both.</summary>
    public static CostSplit Split(string? text)
    {
        var split = CostSplit.None;
        foreach (
            var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        )
        {
            split |= part.ToLowerInvariant() switch
            {
                "tax" => CostSplit.Tax,
                "credits" or "credit" => CostSplit.Credits,
                _ => throw new RefusedException(
                    "costs/bad-split",
                    $"\"{part}\" cannot be shown apart.",
                    "Write tax, credits or tax,credits.",
                    WrongUsage
                ),
            };
        }
        return split;
    }

    /// <summary>Reads the code of a currency, in whatever case; null when the answer is to stay as billed.</summary>
    public static Conversion? Conversion(string? code, RateUse? rates)
    {
        if (code is not null && CostQuestion.ReadCurrency(code) is { } currency)
            return new Conversion(currency, rates ?? RateUse.Actual);
        if (code is null && rates is null)
            return null;
        throw new RefusedException(
            "costs/bad-currency",
            code is null ? "--rates says at which rates, not to which currency." : $"\"{code}\" is no currency.",
            "Write --currency and three letters, as in ISO 4217: --currency USD.",
            WrongUsage
        );
    }

    private static DateRange Read(string text, string option)
    {
        if (BillingPeriod.TryParse(text, out var month))
            return DateRange.Of(month);
        if (
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day < DateOnly.MaxValue
        )
            return new DateRange(day, day.AddDays(1));
        throw new RefusedException(
            "costs/bad-time",
            $"\"{text}\" is no time for {option}.",
            "Write a month (2026-04) or a day (2026-04-15).",
            WrongUsage
        );
    }
}
