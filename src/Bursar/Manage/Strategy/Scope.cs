using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Manage.Strategy;

/// <summary>
/// A part of the cost that somebody decides about: the question, the decision it serves, and which charges are in it
/// (SCP-01).
/// </summary>
internal sealed record Scope : Declaration, IEffectiveDated
{
    [Description("The name that people read; without it, the name.")]
    public string? DisplayName { get; init; }

    [Description("The business question that looking at this part of the cost answers.")]
    public string? Question { get; init; }

    [Description("What should come of it.")]
    public string? Outcome { get; init; }

    [Description("The decision it serves.")]
    public string? Decision { get; init; }

    [Description("Who answers for it."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description("Who wants it and removes obstacles."), RefersTo("owners")]
    public string? Sponsor { get; init; }

    [
        Description(
            "Which charges: column: value, list of values, pattern with *, null, or {not, startsWith, "
                + "endsWith, contains}. All must hold."
        ),
        AsFilter
    ]
    public required Conditions Where { get; init; }

    [Description("What overlaps with another scope and is left out here, each with a reason.")]
    public IReadOnlyList<ScopeExclusion> Exclude { get; init; } = [];

    [Description("The day it was proposed; from then until from it is proposed, and holds no cost.")]
    public DateOnly? Proposed { get; init; }

    [Description("The first day it is in use.")]
    public DateOnly? From { get; init; }

    [Description("The day from which it is under review: whether it is still needed.")]
    public DateOnly? Review { get; init; }

    [Description("The day after the last day it is in use; from then on it is retired.")]
    public DateOnly? To { get; init; }

    [Description("The series that its cost is divided by: quotes, for the cost of a quote."), RefersTo("Series")]
    public string? Unit { get; init; }

    [Description("How it is reported, where that differs from kind: ScopeDefaults.")]
    public ScopeProfile? Profile { get; init; }

    [Description("What it aims at.")]
    public IReadOnlyList<ScopeTarget> Targets { get; init; } = [];

    [Description("How often it is looked at.")]
    public Cadence? Cadence { get; init; }

    /// <summary>The name that people read.</summary>
    internal string Title => DisplayName ?? Name;

    /// <summary>Its charges: what it holds, without what is excluded.</summary>
    internal Conditions Charges =>
        new([
            .. Where,
            .. Exclude
                .SelectMany(one => one.Where)
                .Select(condition => condition with { Negated = !condition.Negated }),
        ]);

    /// <summary>Where it is in its life on a day.</summary>
    internal ScopeState On(DateOnly day) =>
        day >= To ? ScopeState.Retired
        : From is null && Proposed is not null || day < From ? ScopeState.Proposed
        : day >= Review ? ScopeState.UnderReview
        : ScopeState.Active;

    /// <summary>Whether it holds cost on a day: a proposed or retired one does not.</summary>
    internal bool IsInUse(DateOnly day) => On(day) is ScopeState.Active or ScopeState.UnderReview;

    public override void Check(RulebookCheck check) => ScopeCheck.Check(this, check);
}

/// <summary>Where a scope is in its life.</summary>
internal enum ScopeState
{
    Proposed,
    Active,
    UnderReview,
    Retired,
}

/// <summary>Charges that a scope leaves out, and why.</summary>
internal sealed record ScopeExclusion : RulebookRecord
{
    [Description("Which charges: one column and its values, as in where."), AsFilter]
    public required Conditions Where { get; init; }

    [Description("Why they are left out.")]
    public required string Reason { get; init; }
}

/// <summary>How a scope is reported; what is not said is as in kind: ScopeDefaults.</summary>
internal sealed record ScopeProfile : RulebookRecord
{
    [Description("How many reasons of a change a statement shows one by one: summary 3, usual 5, full 12.")]
    public ReportDetail? Detail { get; init; }

    [Description("The data may be so many days old before a statement says that it is."), Between(1, 366)]
    public int? RefreshDays { get; init; }

    [Description("A change against the period before by more than this percentage is pointed out."), Between(0, 1000)]
    public decimal? ChangePercent { get; init; }
}

/// <summary>How much a statement says.</summary>
internal enum ReportDetail
{
    Summary,
    Usual,
    Full,
}

/// <summary>The organisation's way of reporting scopes; the profile of a scope overrides it.</summary>
internal sealed record ScopeDefaults : Declaration
{
    [Description("How scopes are reported that do not say otherwise.")]
    public ScopeProfile Profile { get; init; } = new();

    [
        Description(
            "After so many days in which no statement of it was issued and nothing refers to it, a scope is unused."
        ),
        Between(1, 3660)
    ]
    public int UnusedDays { get; init; } = 180;
}

/// <summary>A measure of a scope and the value it should reach.</summary>
internal sealed record ScopeTarget : RulebookRecord
{
    [Description("What is measured, in words: claims settled within a day.")]
    public required string Measure { get; init; }

    [Description("The value to reach, a number.")]
    public required decimal Value { get; init; }

    [Description("The unit of the value: %, minutes, EUR per claim.")]
    public string? Unit { get; init; }
}

/// <summary>How often people look.</summary>
internal enum Cadence
{
    Daily,
    Weekly,
    Monthly,
    Quarterly,
    Yearly,
}
