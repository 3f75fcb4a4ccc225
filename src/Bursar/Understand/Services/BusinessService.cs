using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Understand.Services;

/// <summary>Where a part of a service is bought or made.</summary>
internal enum ServiceLayer
{
    Cloud,
    Saas,
    Licence,
    OnPremises,
    Labour,
    Other,
}

/// <summary>How sure the cost of a part is.</summary>
internal enum ServiceBasis
{
    /// <summary>Charges, or use that was measured: nothing was estimated.</summary>
    Metered,

    /// <summary>Charges times a share that a stated method gives.</summary>
    Modelled,

    /// <summary>A share that somebody believes.</summary>
    Assumed,
}

/// <summary>How much of a bundle belongs to the service.</summary>
internal enum ServiceMethodKind
{
    /// <summary>Credits that were used, each at a price.</summary>
    MeteredCredit,

    /// <summary>What the bundle costs more than the same without the part.</summary>
    PriceUplift,

    /// <summary>The part's own price over the prices of all that is in the bundle.</summary>
    StandAlonePrice,

    /// <summary>The service's use over all use.</summary>
    UsageShare,

    /// <summary>A percentage.</summary>
    Percentage,
}

/// <summary>
/// One activity or service, an AI service for example, with what it consists of across cloud, SaaS, licences,
/// on-premises and labour (ITF-07, AIF-04).
/// </summary>
internal sealed record BusinessService : Declaration, IEffectiveDated
{
    [Description("The name that people read; without it, the name.")]
    public string? DisplayName { get; init; }

    [Description("What it does, for whom.")]
    public string? Purpose { get; init; }

    [Description("Who answers for it."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description("The first day it holds for; a month counts when the service holds on its first day.")]
    public DateOnly? From { get; init; }

    [Description("The day after the last day it holds for.")]
    public DateOnly? To { get; init; }

    [Description("What it consists of: charges, and how much of them.")]
    public required IReadOnlyList<ServicePart> Parts { get; init; }

    /// <summary>The name that people read.</summary>
    internal string Title => DisplayName ?? Name;

    public override void Check(RulebookCheck check)
    {
        if (Parts.Count == 0)
            check.Error(
                this,
                "parts",
                "no-parts",
                $"The service \"{Name}\" consists of nothing.",
                "Name at least one part: name, layer, basis, where."
            );
        foreach (var same in Parts.GroupBy(part => part.Name).Where(same => same.Count() > 1))
            check.Error(
                same.Last(),
                "name",
                "same-part",
                $"Two parts of \"{Name}\" are called \"{same.Key}\".",
                "Give each its own name."
            );
        foreach (var part in Parts)
            part.Check(check);
    }
}

/// <summary>A part of a service: which charges, and how much of them.</summary>
internal sealed record ServicePart : RulebookRecord
{
    [Description("What it is, in a word or two: models, seats, servers.")]
    public required string Name { get; init; }

    [Description("Where it is bought or made: cloud, saas, licence, on-premises, labour or other.")]
    public required ServiceLayer Layer { get; init; }

    [Description("How sure it is: metered, modelled by a method, or assumed.")]
    public required ServiceBasis Basis { get; init; }

    [
        Description(
            "Which charges: column: value, list of values, pattern with *, null, or {not, startsWith, endsWith, contains}."
        ),
        AsFilter
    ]
    public required Conditions Where { get; init; }

    [Description(
        "How much of them belongs to the service; without it, all. The first that has a figure counts, the others stand beside."
    )]
    public IReadOnlyList<ServiceMethod> Methods { get; init; } = [];

    internal void Check(RulebookCheck check)
    {
        if (Basis == ServiceBasis.Metered && Methods.Count > 0)
            check.Error(
                this,
                "basis",
                "estimate-is-not-metered",
                $"\"{Name}\" takes a share of its charges, so it is not metered.",
                "Write basis: modelled, or assumed for a percentage that somebody believes."
            );
        if (Methods is [{ Method: ServiceMethodKind.Percentage }, ..] && Basis == ServiceBasis.Modelled)
            check.Error(
                this,
                "basis",
                "percentage-is-assumed",
                $"The share of \"{Name}\" is a percentage, which no method gives.",
                "Write basis: assumed, or put a method before it that says where the share comes from."
            );
        foreach (var method in Methods)
            method.Check(check);
    }
}

/// <summary>A method, and the figures it needs.</summary>
internal sealed record ServiceMethod : RulebookRecord
{
    [Description("metered-credit, price-uplift, stand-alone-price, usage-share or percentage.")]
    public required ServiceMethodKind Method { get; init; }

    [Description("For stand-alone-price: the price of the rest by itself, in the unit of part.")]
    public decimal? Rest { get; init; }

    [Description("For stand-alone-price: the price of the part by itself.")]
    public decimal? Part { get; init; }

    [Description("For price-uplift: the price of the bundle.")]
    public decimal? Bundle { get; init; }

    [Description("For price-uplift: the price of the same without the part.")]
    public decimal? Without { get; init; }

    [Description("For metered-credit: the price of a credit, in the currency of the charges.")]
    public decimal? Price { get; init; }

    [Description("For metered-credit and usage-share: the units used in a month; without it, a series says.")]
    public decimal? Used { get; init; }

    [Description("For usage-share: the units that all used in a month.")]
    public decimal? Of { get; init; }

    [Description("For metered-credit and usage-share: the series that counts use."), RefersTo("Series")]
    public string? Series { get; init; }

    [Description("For a series: its key that names whose use it was, and value: the service's own.")]
    public string? Key { get; init; }

    [Description("For a series: the value of the key.")]
    public string? Value { get; init; }

    [Description("For percentage: 0 to 100."), Between(0, 100)]
    public decimal? Percent { get; init; }

    internal void Check(RulebookCheck check)
    {
        string? lacks = Method switch
        {
            ServiceMethodKind.Percentage when Percent is null => "percent",
            ServiceMethodKind.PriceUplift when Bundle is null || Without is null => "bundle and without",
            ServiceMethodKind.StandAlonePrice when Rest is null || Part is null => "rest and part",
            ServiceMethodKind.MeteredCredit when Price is null => "price",
            ServiceMethodKind.MeteredCredit when Used is null && Series is null => "used, or series",
            ServiceMethodKind.UsageShare
                when (Used is null || Of is null) && (Series is null || Key is null || Value is null) =>
                "used and of, or series, key and value",
            _ => null,
        };
        if (lacks is not null)
            check.Error(
                this,
                "method",
                "method-incomplete",
                $"This method needs {lacks}.",
                "The schema of kind: BusinessService says what each key means."
            );
        else if (ServiceMath.Impossible(this) is { } why)
            check.Error(
                this,
                "method",
                "method-impossible",
                why,
                "Look at the prices: a part is between nothing and all."
            );
    }
}
