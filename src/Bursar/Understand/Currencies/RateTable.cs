using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;

namespace Bursar.Understand.Currencies;

/// <summary>One published rate: one unit of the base is so much of the currency, from that day on.</summary>
/// <param name="Date">The day it was published for.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Rate">How much of it one unit of the base is.</param>
/// <param name="File">The file it stands in.</param>
/// <param name="Position">Where in that file.</param>
internal sealed record PublishedRate(
    DateOnly Date,
    string Currency,
    Amount Rate,
    YamlFile File,
    SourcePosition Position
);

/// <summary>Reads the rates of a document, from it or its csv file, telling every mistake and its place.</summary>
internal static class RateTable
{
    /// <summary>Rates beyond these are slips of the pen; within them a cross rate never leaves 18 decimals.</summary>
    private static readonly (Amount Least, Amount Most) Sensible = (
        Amount.Parse("0.000000001"),
        Amount.Parse("1000000000")
    );

    private static readonly string[] DayForms = ["yyyy-MM-dd", "d MMMM yyyy"];

    /// <summary>The rates that can be read.</summary>
    /// <param name="document">The document.</param>
    /// <param name="csv">Its file, when it names one that is there.</param>
    /// <param name="findings">Where mistakes go.</param>
    public static IReadOnlyList<PublishedRate> Of(ExchangeRates document, YamlFile? csv, Findings findings) =>
        csv is not null ? new RateCsv(csv, document.Base, findings).Read() : [.. Inline(document, findings)];

    /// <summary>The day of a text: 2026-03-31, or 31 March 2026 as in the bank's file of one day.</summary>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is >= 1990 and <= 2199
            ? day
            : null;

    public static bool IsCode(string text) => text.Length == 3 && text.All(char.IsAsciiLetterUpper);

    /// <summary>What is wrong with a rate; null for nothing.</summary>
    public static (string Message, string Remedy)? Mistake(string currency, string baseCurrency, Amount rate)
    {
        if (currency == baseCurrency && rate != Amount.From(1))
            return ($"One {baseCurrency} is one {baseCurrency}, not {rate}.", "Leave the base away: it needs no rate.");
        return rate < Sensible.Least || rate > Sensible.Most
            ? (
                $"{rate} is no exchange rate.",
                $"A rate is how much of the currency one of the base is: from {Sensible.Least} to {Sensible.Most}."
            )
            : null;
    }

    private static IEnumerable<PublishedRate> Inline(ExchangeRates document, Findings findings)
    {
        if (document.At("rates") is not YamlMap map || ReferenceEquals(map, document.Origin))
            yield break;
        foreach (var (day, rates) in map.Entries)
        {
            var date = Day(day.Text);
            if (date is null)
                findings.Error(
                    day,
                    "bad-date",
                    $"\"{day.Text}\" is not a day.",
                    "Write the day from which the rates hold: 2026-03-31."
                );
            foreach (var (code, value) in (rates as YamlMap)?.Entries ?? [])
            {
                if (!IsCode(code.Text))
                    findings.Error(
                        code,
                        "bad-currency",
                        $"\"{code.Text}\" is not a currency code.",
                        "Write three capital letters, as in ISO 4217: EUR."
                    );
                else if (
                    date is { } known
                    && value is YamlScalar scalar
                    && AmountText.TryRead(scalar.Text, out var rate, out _) == AmountReading.Exact
                )
                {
                    if (Mistake(code.Text, document.Base, rate) is { } mistake)
                        findings.Error(scalar, "bad-rate", mistake.Message, mistake.Remedy);
                    else
                        yield return new PublishedRate(known, code.Text, rate, scalar.File, scalar.Position);
                }
            }
        }
    }
}
