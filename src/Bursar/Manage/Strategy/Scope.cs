using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Manage.Strategy;

/// <summary>A part of the cost that somebody decides about: the question, the decision it serves, and which charges are
/// in it (SCP-01).</summary>
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

    [Description("The first day it is in use.")]
    public DateOnly? From { get; init; }

    [Description("The day after the last day it is in use.")]
    public DateOnly? To { get; init; }

    [Description("What it aims at.")]
    public IReadOnlyList<ScopeTarget> Targets { get; init; } = [];

    [Description("How often it is looked at.")]
    public Cadence? Cadence { get; init; }
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
