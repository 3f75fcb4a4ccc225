using System.ComponentModel;
using Bursar.Core.Amounts;
using Bursar.Manage.Strategy;
using Bursar.Rulebooks;

namespace Bursar.Quantify.Planning;

/// <summary>
/// Something that will change the cost and is meant to: a forecast counts with its effect, and from its first day
/// to its last a
/// movement of these charges is no anomaly.
/// </summary>
internal sealed record PlannedEvent : Declaration, IEffectiveDated
{
    [Description("What happens, in words: The launch of the summer campaign.")]
    public required string What { get; init; }

    [Description("What kind of event it is.")]
    public PlannedEventType Type { get; init; } = PlannedEventType.Other;

    [Description("The first day on which the cost may move.")]
    public required DateOnly From { get; init; }

    [Description("The day after the last one: what begins to move then, or later, is an anomaly again.")]
    public required DateOnly To { get; init; }

    DateOnly? IEffectiveDated.From => From;

    DateOnly? IEffectiveDated.To => To;

    [Description("The scope whose charges it moves; or give where."), RefersTo("Scope")]
    public string? Scope { get; init; }

    [Description("Which charges it moves, as in a scope; without scope and where, all of them."), AsFilter]
    public Conditions? Where { get; init; }

    [Description("Who answers for it."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description("By how much the cost will change; without it, nothing is added to a forecast.")]
    public PlannedEffect? Effect { get; init; }

    /// <summary>The charges that it moves, as conditions: its own, its scope's, or none (everything).</summary>
    internal Conditions ChargesIn(Rulebook rulebook) =>
        Where ?? (Scope is null ? null : rulebook.Find<Scope>(Scope)?.Charges) ?? new Conditions([]);

    public override void Check(RulebookCheck check)
    {
        if (Scope is not null && Where is not null)
            check.Error(
                this,
                "where",
                "scope-and-filter",
                "This event has both a scope and a filter.",
                "Keep one of them."
            );
        Effect?.Check(this, check);
    }
}

/// <summary>What kind of event moves the cost.</summary>
internal enum PlannedEventType
{
    Launch,
    Migration,
    Optimisation,
    PriceChange,
    CommitmentStart,
    CommitmentEnd,
    Renewal,
    Other,
}

/// <summary>By how much an event changes the cost: in percent, by month, or once.</summary>
internal sealed record PlannedEffect : RulebookRecord
{
    [Description("Percent of what is expected otherwise: 15 is 15 % more, -20 is 20 % less."), Between(-100, 10_000)]
    public decimal? Percent { get; init; }

    [Description("What each full month costs more (or, below zero, less), in the currency.")]
    public Amount? PerMonth { get; init; }

    [Description("What it costs once, on its first day, in the currency.")]
    public Amount? Once { get; init; }

    [Description("The currency of the amounts, three capital letters."), CurrencyCode]
    public string? Currency { get; init; }

    [Description("The day after the last day of the effect; without it, it stays.")]
    public DateOnly? To { get; init; }

    [Description("In how many months it grows to its full size, evenly; 0 is at once."), Between(0, 60)]
    public int RampMonths { get; init; }

    [Description("How likely it is, from 0 to 1: a forecast counts with the effect times this."), Between(0, 1)]
    public decimal Probability { get; init; } = 1;

    internal void Check(PlannedEvent planned, RulebookCheck check)
    {
        if (new object?[] { Percent, PerMonth, Once }.Count(given => given is not null) != 1)
            check.Error(
                this,
                "effect",
                "one-effect",
                "An effect is one of percent, perMonth and once.",
                "Keep one; declare a second event for the other."
            );
        if (Percent is null && Currency is null)
            check.Error(
                this,
                "currency",
                "needs-currency",
                "The effect has an amount and no currency.",
                "Add currency: and three capital letters, such as USD."
            );
        if (To <= planned.From)
            check.Error(
                this,
                "to",
                "empty-range",
                $"The effect ends on {To:yyyy-MM-dd}, and the event begins on {planned.From:yyyy-MM-dd}.",
                "Give the day after the last day of the effect, or leave it away."
            );
    }
}
