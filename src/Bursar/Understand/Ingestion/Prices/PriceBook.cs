using System.ComponentModel;
using Bursar.Core.Amounts;
using Bursar.Rulebooks;

namespace Bursar.Understand.Ingestion.Prices;

/// <summary>
/// What a provider, or an internal rate card, asks for a unit of each meter, from which day to which.
/// </summary>
internal sealed record PriceBook : Declaration
{
    [Description("The name that people read; without it, the name.")]
    public string? Title { get; init; }

    [Description("Whose prices these are, as logs name the provider. * stands for any text.")]
    public required string Provider { get; init; }

    [Description("The currency of the prices."), CurrencyCode]
    public required string Currency { get; init; }

    [Description("Where the prices come from: a price page, a contract, an internal rate card.")]
    public required string Source { get; init; }

    [Description("The day on which they were read.")]
    public DateOnly? Retrieved { get; init; }

    [Description("How sure they are: high when read at the place itself, low when only reported by others.")]
    public PriceConfidence Confidence { get; init; } = PriceConfidence.High;

    [Description("Who compared them with their source; without it, nobody has.")]
    public string? ReviewedBy { get; init; }

    [Description("A rate is for so many units: 1000000 for tokens."), Between(1, 1_000_000_000)]
    public int Per { get; init; } = 1;

    [Description("Meters that cost what another does where a price names no rate of their own: {reasoning: output}.")]
    public IReadOnlyDictionary<string, string> SameAs { get; init; } = new Dictionary<string, string>();

    [Description(
        "What a tier costs of the standard rates, where a price has no rates of its own for it: {batch: 0.5}."
    )]
    public IReadOnlyDictionary<string, Amount> Tiers { get; init; } = new Dictionary<string, Amount>();

    [Description("The prices. Of those that fit a charge, the one with the longest name of its item counts.")]
    public required IReadOnlyList<PriceEntry> Prices { get; init; }

    /// <summary>The name that people read.</summary>
    public string Shown => Title ?? Name;

    /// <summary>What to know before one relies on its prices; null where somebody vouches for them.</summary>
    public string? Caution =>
        Confidence == PriceConfidence.High
            ? null
            : $"Prices by {Shown}: {Source}"
                + (Retrieved is { } day ? $", of {day:yyyy-MM-dd}" : "")
                + $"; confidence {Confidence.ToString().ToLowerInvariant()}, "
                + (ReviewedBy is null ? "reviewed by nobody." : $"reviewed by {ReviewedBy}.");

    /// <summary>
    /// What a unit of a meter costs somebody on a day, for as many units as <see cref="Per"/> says.
    /// </summary>
    /// <param name="item">What or who it is for.</param>
    /// <param name="meter">What is measured.</param>
    /// <param name="day">When.</param>
    public Amount? RateOf(string item, string meter, DateOnly day) =>
        PriceMath
            .Choose([this], new PricedThing(Provider, item, null, meter, day, null, new Dictionary<string, string>()))
            .Rate?.Rate;

    private static void Wrong(
        RulebookCheck check,
        PriceEntry entry,
        string code,
        string key,
        string message,
        string remedy
    ) => check.Error(entry, key, code, message, remedy);

    /// <summary>Adds to the findings what the shape alone does not show.</summary>
    public override void Check(RulebookCheck check)
    {
        foreach (var entry in Prices)
        {
            if (entry.Rates.Count == 0)
                Wrong(
                    check,
                    entry,
                    "no-rate",
                    "rates",
                    $"This price of {Name} has no rate.",
                    "Add rates: {input: 3, output: 15}, for as many units as per: says."
                );
            if (entry.Items.Count == 0)
                Wrong(
                    check,
                    entry,
                    "no-item",
                    "items",
                    $"This price of {Name} does not say what it is for.",
                    "Add items: with names of models, or [\"*\"] for everything of the provider."
                );
        }
    }
}

/// <summary>How sure the prices of a book are.</summary>
internal enum PriceConfidence
{
    /// <summary>Read at their source: a price page, a contract.</summary>
    High,

    /// <summary>Read at their source for most, or some time ago.</summary>
    Medium,

    /// <summary>As others report them.</summary>
    Low,
}

/// <summary>The rates of one or more items, for a time, a tier, and a size of request.</summary>
internal sealed record PriceEntry : RulebookRecord, IEffectiveDated
{
    [Description("Which models or things: claude-sonnet-4-5*. * stands for any text; case does not matter.")]
    public required IReadOnlyList<string> Items { get; init; }

    [Description("The first day of the price; without it, always.")]
    public DateOnly? From { get; init; }

    [Description("The day after its last.")]
    public DateOnly? To { get; init; }

    [Description("The service tier that these rates are for; without it, the standard one.")]
    public string? Tier { get; init; }

    [Description("Only for requests with more units of input than this: the rates of long contexts.")]
    public int? Above { get; init; }

    [Description("Only for charges with these tags.")]
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    [Description("Meter: rate.")]
    public required IReadOnlyDictionary<string, Amount> Rates { get; init; }
}
