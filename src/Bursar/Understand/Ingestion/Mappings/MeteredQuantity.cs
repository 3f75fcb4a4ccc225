using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Understand.Ingestion.Mappings;

/// <summary>
/// One of the things that each record of a log measures: a class of tokens, core-hours, a cost of its own.
/// </summary>
internal sealed record MeteredQuantity : RulebookRecord
{
    [Description("Its name, as price books call it: input, output, cpu-core-hours.")]
    public required string Meter { get; init; }

    [Description("How much of it, as an expression. Records without any get no row for it.")]
    public required string Quantity { get; init; }

    [Description("What is counted.")]
    public required string Unit { get; init; }

    [Description("Only the first record of each of these counts: [node] & [interval_start].")]
    public string? Once { get; init; }

    [Description("What it costs, when the record says so itself and no price book has to.")]
    public string? Cost { get; init; }

    [Description("true when that cost is what the provider charged: a file with any of it is a bill.")]
    public bool Billed { get; init; }

    [Description("always: a missing price is a gap. if-listed: it may be free. never: it is only counted.")]
    public Pricing Priced { get; init; }
}

/// <summary>Whether something that is measured has to have a price.</summary>
internal enum Pricing
{
    /// <summary>Where no book has a price, the cost is unknown, and that is said.</summary>
    Always,

    /// <summary>Where a book prices other meters of the same thing, this one is free.</summary>
    IfListed,

    /// <summary>It is only counted.</summary>
    Never,
}

/// <summary>Where the words are by which a record's prices are found.</summary>
internal sealed record PriceLookup : RulebookRecord
{
    [Description("Who sells it, as an expression.")]
    public required string Provider { get; init; }

    [Description("The model, or whatever is sold.")]
    public required string Item { get; init; }

    [Description("The service tier: batch, priority; empty for the standard one.")]
    public string? Tier { get; init; }

    [Description("The size of the whole request, for rates of long contexts.")]
    public string? Context { get; init; }

    /// <summary>All of its expressions.</summary>
    internal IEnumerable<(string Key, string Text)> Expressions =>
        new (string Key, string? Text)[]
        {
            ("provider", Provider),
            ("item", Item),
            ("tier", Tier),
            ("context", Context),
        }
            .Where(pair => pair.Text is not null)
            .Select(pair => (pair.Key, pair.Text!));
}
