using System.ComponentModel;
using Bursar.Core.Amounts;
using Bursar.Rulebooks;

namespace Bursar.Manage.Contracts;

/// <summary>What happens at the end of the term if nobody does anything.</summary>
internal enum Renewal
{
    /// <summary>It ends.</summary>
    None,

    /// <summary>It goes on unless notice is given.</summary>
    Automatic,
}

/// <summary>A promise to a supplier: what is to be spent in each contract year, and what counts towards it.</summary>
internal sealed record Contract : Declaration
{
    [Description("Who it is with.")]
    public required string Vendor { get; init; }

    [Description("What it is: Enterprise agreement, SaaS subscription, Licence, Colocation.")]
    public required string Type { get; init; }

    [Description("Its number at the supplier.")]
    public string? ContractId { get; init; }

    [Description("The currency of its amounts, three capital letters."), CurrencyCode]
    public required string Currency { get; init; }

    [Description("The contract years, one after the other.")]
    public required IReadOnlyList<ContractYear> Years { get; init; }

    [Description("Which charges count towards it; without it, all of the vendor's (ServiceProviderName)."), AsFilter]
    public Conditions? Eligible { get; init; }

    [Description("Charges that count besides, but only up to a part of the year's amount.")]
    public IReadOnlyList<CappedSpend> Capped { get; init; } = [];

    [Description("The discount that the promise buys, in percent.")]
    public decimal? DiscountPercent { get; init; }

    [Description("Notice has to be given so many days before the term ends.")]
    public int? NoticeDays { get; init; }

    [Description("What happens at the end: none or automatic.")]
    public Renewal Renewal { get; init; }

    [Description("How much of a year's amount may be carried into the next year instead of paid, in percent.")]
    public decimal RolloverPercent { get; init; }

    [Description("Who answers for it."), RefersTo("owners")]
    public string? Owner { get; init; }

    /// <summary>The first day.</summary>
    public DateOnly Start => Years.Min(year => year.From);

    /// <summary>The day after the last.</summary>
    public DateOnly End => Years.Max(year => year.To);

    /// <summary>The last day on which notice helps; null when none has to be given.</summary>
    public DateOnly? NoticeBy => NoticeDays is { } days ? End.AddDays(-days - 1) : null;

    public override void Check(RulebookCheck check)
    {
        if (Years.Count == 0)
            check.Error(
                this,
                "years",
                "no-contract-year",
                "This contract has no year.",
                "Give years, each with from, to and amount."
            );
        foreach (var year in Years.Where(year => year.To <= year.From))
            check.Error(
                year,
                "to",
                "empty-range",
                $"The year ends on {year.To:yyyy-MM-dd}, which is not after it starts.",
                "to is the day after the last day."
            );
        for (var i = 1; i < Years.Count; i++)
        {
            if (Years[i].From != Years[i - 1].To)
                check.Error(
                    Years[i],
                    "from",
                    "years-apart",
                    $"The year starts on {Years[i].From:yyyy-MM-dd}, and the one before ends on {Years[i - 1].To:yyyy-MM-dd}.",
                    "Let each year start on the day on which the one before ends (to is the day after the last day)."
                );
        }
    }
}

/// <summary>A year of a contract and what is promised for it.</summary>
internal sealed record ContractYear : RulebookRecord
{
    [Description("Its first day.")]
    public required DateOnly From { get; init; }

    [Description("The day after its last.")]
    public required DateOnly To { get; init; }

    [Description("What is promised to be spent in it.")]
    public required Amount Amount { get; init; }
}

/// <summary>Charges that count towards a contract up to a part of the year's amount.</summary>
internal sealed record CappedSpend : RulebookRecord
{
    [Description("What it is, for people: Marketplace.")]
    public required string Name { get; init; }

    [Description("Which charges."), AsFilter]
    public required Conditions Where { get; init; }

    [Description("How much of the year's amount they may make up, in percent.")]
    public required decimal MaxPercent { get; init; }
}
