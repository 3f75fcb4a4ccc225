using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Bursar.Rulebooks;

namespace Bursar.Understand.Ingestion.Prices;

/// <summary>
/// Finds the price of each row of a log while the engine reads it; asked on several threads, it remembers its answers.
/// </summary>
/// <param name="books">The price books, the rulebook's own first.</param>
internal sealed class PriceRows(IReadOnlyList<PriceBook> books)
{
    /// <summary>Divides the parts of an answer; no name contains it.</summary>
    public const char Mark = '\u001f';

    /// <summary>The sixth part of an answer that misses a price.</summary>
    public const string Gap = "gap";

    private readonly ConcurrentDictionary<string, string> answers = new(StringComparer.Ordinal);

    private readonly decimal[] thresholds =
    [
        .. books.SelectMany(book => book.Prices).Select(entry => (decimal?)entry.Above).OfType<decimal>().Distinct(),
    ];

    private readonly bool knowsTags = books.Any(book => book.Prices.Any(entry => entry.Tags.Count > 0));

    /// <param name="cells">Provider, item, tier, meter, day, size of the request, tags, and how it is priced.</param>
    /// <returns>Rate, factor, block, currency and book; no rate where a price is missing.</returns>
    public string Of(IReadOnlyList<string?> cells)
    {
        var context = Number(cells[5]);
        // Sizes of requests are all different; what counts is only which thresholds they pass.
        var passed = context is null ? -1 : thresholds.Count(threshold => context > threshold);
        var day = cells[4]?[..Math.Min(10, cells[4]!.Length)];
        var tags = knowsTags ? cells[6] : null;
        var key = string.Join(Mark, cells[0], cells[1], cells[2], cells[3], day, passed, tags, cells[7]);
        return answers.GetOrAdd(key, _ => Find(cells, day, context, tags));
    }

    private string Find(IReadOnlyList<string?> cells, string? day, decimal? context, string? tags)
    {
        if (cells[7] == "never")
            return Free(cells);
        var thing = new PricedThing(
            cells[0],
            cells[1],
            cells[2],
            cells[3]!,
            DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)
                ? on
                : null,
            context,
            TagsOf(tags)
        );
        var answer = PriceMath.Choose(books, thing);
        return answer switch
        {
            { Rate: { } rate } => string.Join(
                Mark,
                rate.Rate.ToString(),
                rate.Factor.ToString(),
                rate.Per.ToString(CultureInfo.InvariantCulture),
                rate.Currency,
                rate.Book
            ),
            { IsItemKnown: true } when cells[7] == "if-listed" => Free(cells),
            _ => string.Join(
                Mark,
                "",
                "",
                "",
                PriceMath.CurrencyOf(books, cells[0]) ?? "",
                "",
                cells[7] == "if-listed" ? "" : Gap
            ),
        };
    }

    /// <summary>What is only counted costs nothing by itself, in the currency of what it is counted beside.</summary>
    private string Free(IReadOnlyList<string?> cells) =>
        string.Join(Mark, "0", "1", "1", PriceMath.CurrencyOf(books, cells[0]) ?? "", "");

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Dictionary<string, string> TagsOf(string? json)
    {
        if (json is null)
            return [];
        try
        {
            using var tags = JsonDocument.Parse(json);
            return tags.RootElement.ValueKind == JsonValueKind.Object
                ? tags
                    .RootElement.EnumerateObject()
                    .DistinctBy(tag => tag.Name)
                    .ToDictionary(tag => tag.Name, tag => tag.Value.ToString())
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}

/// <summary>The list prices that Bursar brings along, one file per provider.</summary>
internal static class KnownPriceBooks
{
    /// <summary>In the order of their names.</summary>
    public static IReadOnlyList<PriceBook> All { get; } = BuiltInDocuments.Read<PriceBook>("Bursar.Prices.");
}
