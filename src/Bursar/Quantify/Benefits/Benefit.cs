using System.ComponentModel;
using Bursar.Core.Amounts;
using Bursar.Manage.Strategy;
using Bursar.Rulebooks;
using Bursar.Understand.Measures;
using Bursar.Warehouse.Queries;

namespace Bursar.Quantify.Benefits;

/// <summary>What technology spend brings, other than a lower bill, and how that is measured.</summary>
internal sealed record Benefit : Declaration
{
    [Description("The name that people read; without it, the name.")]
    public string? DisplayName { get; init; }

    [Description("What is better than before, in words.")]
    public required string What { get; init; }

    [Description("What kind of value it is.")]
    public required BenefitType Type { get; init; }

    [Description("Who answers for it."), RefersTo("owners")]
    public required string Owner { get; init; }

    [Description("The initiative that brings it."), RefersTo("Initiative")]
    public string? Initiative { get; init; }

    [Description("The scope whose cost it is laid against; or give where."), RefersTo("Scope")]
    public string? Scope { get; init; }

    [Description("The charges whose cost it is laid against, as in a scope."), AsFilter]
    public Conditions? Where { get; init; }

    [
        Description("Which cost it is laid against."),
        AsInFocus(nameof(CostMeasure.EffectiveCost), nameof(CostMeasure.BilledCost))
    ]
    public CostMeasure Measure { get; init; } = CostMeasure.EffectiveCost;

    [Description("The series that shows it: revenue, lead time, incidents, satisfaction."), RefersTo("Series")]
    public required string Series { get; init; }

    [Description("Only points of the series with these keys: channel: online.")]
    public IReadOnlyDictionary<string, string> Only { get; init; } = new Dictionary<string, string>();

    [Description("Whether more or less of it is better.")]
    public BenefitDirection Better { get; init; } = BenefitDirection.Higher;

    [Description("What a month was before.")]
    public required BenefitBaseline Baseline { get; init; }

    [Description("The first day on which it was spent for.")]
    public required DateOnly From { get; init; }

    [Description("The first day on which somebody used it.")]
    public DateOnly? FirstUse { get; init; }

    [Description("What a month should come to, and by when.")]
    public BenefitTarget? Target { get; init; }

    [Description("What one unit of the series is worth, in the currency; without it, no money is claimed.")]
    public Amount? Worth { get; init; }

    [Description("Where that worth comes from, and who agreed to it.")]
    public string? WorthSource { get; init; }

    [Description("The currency of the worth, three capital letters."), CurrencyCode]
    public string? Currency { get; init; }

    /// <summary>The name that people read.</summary>
    internal string Title => DisplayName ?? Name;

    /// <summary>The charges it is laid against; null when it is laid against none.</summary>
    internal Conditions? ChargesIn(Rulebook rulebook) =>
        Where ?? (Scope is null ? null : rulebook.Find<Scope>(Scope)?.Charges);

    /// <summary>
    /// How much better a month was than the baseline, in units of the series; below zero, how much worse.
    /// </summary>
    internal Amount Gain(Amount value) =>
        Better == BenefitDirection.Higher ? value - Baseline.Value : Baseline.Value - value;

    /// <summary>Whether a month's figure is as good as the target, or better.</summary>
    internal bool Meets(Amount value, BenefitTarget target) =>
        Better == BenefitDirection.Higher ? value >= target.Value : value <= target.Value;

    public override void Check(RulebookCheck check)
    {
        if (Scope is not null && Where is not null)
            check.Error(
                this,
                "where",
                "scope-and-filter",
                "This benefit has both a scope and a filter.",
                "Keep one of them."
            );
        if (Worth is not null && (Currency is null || WorthSource is null))
            check.Error(
                this,
                "worth",
                "benefit-worth",
                "A worth is claimed without its currency or its source.",
                "Give currency: USD and worthSource: who agreed to it, and on what ground."
            );
        if (Baseline?.On >= From)
            check.Warn(
                this,
                "baseline",
                "benefit-baseline",
                $"The baseline is of {Baseline.On:yyyy-MM-dd}, when the spending had begun ({From:yyyy-MM-dd}).",
                "Take the baseline before the initiative starts, or say why this one is right in its source."
            );
        if (FirstUse < From)
            check.Error(
                this,
                "firstUse",
                "empty-range",
                $"It is said to be used on {FirstUse:yyyy-MM-dd}, before {From:yyyy-MM-dd}, when it began.",
                "Put the earlier day into from:."
            );
        if (check.Rulebook.Find<Series>(Series) is not { } series)
            return;
        foreach (var column in Only.Keys.Where(column => !series.Columns.Contains(column)))
            check.Error(
                this,
                "only",
                "unknown-series-key",
                $"The series \"{series.Name}\" has no key \"{column}\".",
                series.Columns.Count == 0
                    ? "It has none: add by: to its kind: Series."
                    : $"It has {string.Join(", ", series.Columns)}."
            );
    }
}

/// <summary>What kind of value a benefit is.</summary>
internal enum BenefitType
{
    Revenue,
    Speed,
    Risk,
    Quality,

    /// <summary>Cost avoided elsewhere: hours of people, another supplier's bill. Savings on the bill itself are not
    /// benefits.</summary>
    Cost,
}

/// <summary>Which way is better.</summary>
internal enum BenefitDirection
{
    Higher,
    Lower,
}

/// <summary>What a month was before the spending began.</summary>
internal sealed record BenefitBaseline : RulebookRecord
{
    [Description("The figure of a month, in the unit of the series.")]
    public required Amount Value { get; init; }

    [Description("The day it was taken on.")]
    public required DateOnly On { get; init; }

    [Description("How it was found, and by whom.")]
    public required string Source { get; init; }
}

/// <summary>What a month should come to.</summary>
internal sealed record BenefitTarget : RulebookRecord
{
    [Description("The figure of a month, in the unit of the series.")]
    public required Amount Value { get; init; }

    [Description("The day by which it should be reached.")]
    public required DateOnly By { get; init; }
}
