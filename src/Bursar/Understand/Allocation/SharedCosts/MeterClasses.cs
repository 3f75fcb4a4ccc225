using System.Globalization;
using Bursar.Rulebooks;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>What was counted of something: the keys, when, how much, and in which currency or single unit.</summary>
internal sealed record Counted(IReadOnlyList<string?> Keys, DateOnly Period, decimal Amount, string Unit);

/// <summary>Brings the words and units of an invoice and of a log of its use together.</summary>
internal static class MeterClasses
{
    /// <summary>Between the words of a class that has several columns.</summary>
    public const string Between = " · ";

    /// <summary>What values of the columns mean on both sides: "lumen-large-4 · output"; "" without columns.</summary>
    public static string Of(SharedCost pool, IEnumerable<string?> values) =>
        string.Join(Between, values.Select(value => Of(pool, value ?? "")));

    /// <summary>Rows with amounts; quantities in single units: 3 of "1000000 Tokens" are 3,000,000 Tokens.</summary>
    public static IEnumerable<Counted> Counted(SharedCost pool, IEnumerable<CostRow> rows) =>
        rows.Select(row =>
        {
            var (block, unit) = pool.Measure.IsQuantity ? Unit(row.Currency.Code) : (1, row.Currency.Code);
            return new Counted(row.Keys, row.Period ?? default, row.Total.ToDecimal() * block, unit);
        });

    /// <summary>"1000000 Tokens" is a million of "tokens"; "1M Tokens" and "Tokens" are of one kind too.</summary>
    public static (decimal Block, string Unit) Unit(string written)
    {
        var words = written.Split(' ', 2, StringSplitOptions.TrimEntries);
        if (words.Length == 2 && Block(words[0]) is { } block)
            return (block, words[1].ToLowerInvariant());
        return (1, written.ToLowerInvariant());
    }

    private static decimal? Block(string word)
    {
        var factor =
            word.Length > 1
                ? char.ToUpperInvariant(word[^1]) switch
                {
                    'K' => 1_000m,
                    'M' => 1_000_000m,
                    _ => 1m,
                }
                : 1m;
        var digits = factor == 1 ? word : word[..^1];
        return
            decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number > 0
            ? number * factor
            : null;
    }

    private static string Of(SharedCost pool, string value) =>
        pool.Classes.FirstOrDefault(one =>
            one.Value.Any(pattern => new Wildcard(pattern, StringComparison.OrdinalIgnoreCase).Matches(value))
        )
            is { Key: { } name }
            ? name
            : value;
}
