using Bursar.Core.Amounts;
using Bursar.Rulebooks;

namespace Bursar.Understand.Ingestion.Prices;

/// <summary>What is to be priced: one meter of one record of a log.</summary>
/// <param name="Provider">Who sells it.</param>
/// <param name="Item">The model, or whatever is sold.</param>
/// <param name="Tier">The service tier; null for the standard one.</param>
/// <param name="Meter">What was measured.</param>
/// <param name="Day">When.</param>
/// <param name="Context">The size of the whole request; null when the log does not say.</param>
/// <param name="Tags">The tags of the charge.</param>
internal sealed record PricedThing(
    string? Provider,
    string? Item,
    string? Tier,
    string Meter,
    DateOnly? Day,
    decimal? Context,
    IReadOnlyDictionary<string, string> Tags
);

/// <summary>A rate that was found: so much for so many units, by this book.</summary>
internal sealed record FoundRate(Amount Rate, Amount Factor, int Per, string Currency, string Book);

/// <summary>Whether there is a price, none because the book prices other meters of the item, or none at all.</summary>
internal readonly record struct PriceAnswer(FoundRate? Rate, bool IsItemKnown);

/// <summary>Finds the price of a thing in price books.</summary>
internal static class PriceMath
{
    private static readonly Amount Whole = Amount.Parse("1");

    private static readonly string[] StandardTiers = ["standard", "default", "auto", "on_demand", "on-demand"];

    /// <summary>The first book that has a rate for it.</summary>
    public static PriceAnswer Choose(IEnumerable<PriceBook> books, PricedThing thing)
    {
        var known = false;
        foreach (var book in books.Where(book => Fits(book.Provider, thing.Provider)))
        {
            var answer = Choose(book, thing);
            if (answer.Rate is not null)
                return answer;
            known |= answer.IsItemKnown;
        }
        return new PriceAnswer(null, known);
    }

    /// <summary>The currency of a provider's prices; of all prices, when there is but one.</summary>
    public static string? CurrencyOf(IReadOnlyList<PriceBook> books, string? provider)
    {
        if (books.FirstOrDefault(book => Fits(book.Provider, provider)) is { } own)
            return own.Currency;
        var currencies = books.Select(book => book.Currency).Distinct().ToList();
        return currencies is [var only] ? only : null;
    }

    private static PriceAnswer Choose(PriceBook book, PricedThing thing)
    {
        var entries = book.Prices.Where(entry => Length(entry, thing.Item) >= 0).ToList();
        if (entries.Count == 0)
            return new PriceAnswer(null, IsItemKnown: false);
        // A price for gpt-5-mini* is not made up from that of gpt-5*.
        var longest = entries.Max(entry => Length(entry, thing.Item));
        var fitting = entries
            .Where(entry => Length(entry, thing.Item) == longest && Holds(entry, thing))
            .OrderByDescending(entry => entry.Above ?? -1)
            .ThenByDescending(entry => entry.Tags.Count)
            .ThenByDescending(entry => entry.From ?? DateOnly.MinValue)
            .ToList();
        var tier = thing.Tier is null || StandardTiers.Contains(thing.Tier.ToLowerInvariant()) ? null : thing.Tier;
        for (var meter = thing.Meter; meter is not null; meter = book.SameAs.GetValueOrDefault(meter))
        {
            if (RateOf(book, fitting, tier, meter) is { } rate)
                return new PriceAnswer(rate, IsItemKnown: true);
        }
        return new PriceAnswer(null, IsItemKnown: true);
    }

    private static FoundRate? RateOf(PriceBook book, IReadOnlyList<PriceEntry> entries, string? tier, string meter)
    {
        var own = entries.FirstOrDefault(entry =>
            string.Equals(entry.Tier, tier, StringComparison.OrdinalIgnoreCase) && entry.Rates.ContainsKey(meter)
        );
        if (own is not null)
            return new FoundRate(own.Rates[meter], Whole, book.Per, book.Currency, book.Shown);
        var standard = entries.FirstOrDefault(entry => entry.Tier is null && entry.Rates.ContainsKey(meter));
        return tier is not null && standard is not null && FactorOf(book, tier) is { } factor
            ? new FoundRate(standard.Rates[meter], factor, book.Per, book.Currency, book.Shown)
            : null;
    }

    private static Amount? FactorOf(PriceBook book, string tier)
    {
        foreach (var (name, factor) in book.Tiers)
        {
            if (name.Equals(tier, StringComparison.OrdinalIgnoreCase))
                return factor;
        }
        return null;
    }

    private static bool Holds(PriceEntry entry, PricedThing thing) =>
        (thing.Day is not { } day || entry.HoldsOn(day))
        && (entry.Above is not { } above || thing.Context > above)
        && entry.Tags.All(tag =>
            thing.Tags.TryGetValue(tag.Key, out var value)
            && new Wildcard(tag.Value, StringComparison.OrdinalIgnoreCase).Matches(value)
        );

    /// <summary>How many letters of an item's name a price names; below zero when it is for other items.</summary>
    private static int Length(PriceEntry entry, string? item) =>
        entry
            .Items.Where(pattern => Fits(pattern, item))
            .Select(pattern => pattern.Count(letter => letter != '*'))
            .DefaultIfEmpty(-1)
            .Max();

    private static bool Fits(string pattern, string? text) =>
        new Wildcard(pattern, StringComparison.OrdinalIgnoreCase).Matches(text ?? "");
}
