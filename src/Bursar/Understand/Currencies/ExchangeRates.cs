using System.ComponentModel;
using Bursar.Core.Amounts;
using Bursar.Rulebooks;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Currencies;

/// <summary>What one unit of a currency is worth in others, by day, as somebody published it.</summary>
internal sealed record ExchangeRates : Declaration, INamesFile
{
    [Description("Who published them: European Central Bank, Group Treasury. Documents of one source are one series.")]
    public required string Source { get; init; }

    [Description("actual: what money was worth on the day. plan: what the plan reckons with.")]
    public required RateUse Use { get; init; }

    [Description("The currency that the rates are per one of: EUR for 1 EUR = 1.0823 USD."), CurrencyCode]
    public required string Base { get; init; }

    [
        Description("A rate holds until the next day that has one, at most so many days, its own counted."),
        Between(1, 3660)
    ]
    public int MaxAgeDays { get; init; } = 31;

    [Description("Day: currency: rate. 2026-03-02: {USD: 1.0823, GBP: 0.8414}.")]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Amount>> Rates { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, Amount>>();

    [Description("Instead of rates: a csv file of the rulebook, with a column Date and one for each currency.")]
    public string? File { get; init; }

    public override void Check(RulebookCheck check)
    {
        var place = At(File is null ? "name" : "file");
        if (place is not null && (File is null) == (Rates.Count == 0))
            check.Findings.Error(
                place,
                "rates-or-file",
                File is null
                    ? "These exchange rates hold no rate."
                    : "These exchange rates have both rates and a file.",
                "Give rates: by day, or file: with the name of a csv file of the rulebook."
            );
        if (place is not null && File is not null && check.FileOf(this) is null)
            check.Findings.Error(
                place,
                "no-such-file",
                $"The rulebook has no file \"{File}\" that can be read.",
                "Write its path from the rulebook's folder, with forward slashes: rates/ecb.csv."
            );
        var table = RateTable.Of(this, check.FileOf(this), check.Findings);
        CheckOnce(check, table);
    }

    /// <summary>Two documents of one series must not both speak of a currency on a day.</summary>
    private void CheckOnce(RulebookCheck check, IReadOnlyList<PublishedRate> table)
    {
        var earlier = check
            .Rulebook.All<ExchangeRates>()
            .TakeWhile(other => !ReferenceEquals(other, this))
            .Where(other => other.SeriesKey == SeriesKey)
            .SelectMany(other =>
                RateTable
                    .Of(other, check.FileOf(other), new Findings())
                    .Select(rate => (rate.Date, rate.Currency, other))
            )
            .GroupBy(rate => (rate.Date, rate.Currency))
            .ToDictionary(same => same.Key, same => same.First().other);
        foreach (var rate in table.Where(rate => earlier.ContainsKey((rate.Date, rate.Currency))).Take(1))
            check.Findings.Error(
                rate.File,
                rate.Position,
                "rate-twice",
                $"{rate.Currency} on {rate.Date:yyyy-MM-dd} has a rate of {Source} in \"{earlier[(rate.Date, rate.Currency)].Name}\" as well.",
                "Keep one of the two, or give the documents different sources: the first declared then counts."
            );
    }

    /// <summary>Documents with the same are read as one series.</summary>
    internal (RateUse, string, string) SeriesKey => (Use, Source, Base);
}
