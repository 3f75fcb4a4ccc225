using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Manage.Strategy;

/// <summary>How far an initiative is.</summary>
internal enum InitiativeStatus
{
    /// <summary>Not agreed: it claims no cost.</summary>
    Proposed,
    Active,
    Paused,
    Done,
    Stopped,
}

/// <summary>Work that serves priorities and causes the cost of scopes. Old links stay, with their dates: history is
/// kept.</summary>
internal sealed record Initiative : Declaration
{
    [Description("The name that people read; without it, the name.")]
    public string? DisplayName { get; init; }

    [Description("Who answers for it."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description("proposed claims no cost; the others claim it for the days of their links.")]
    public InitiativeStatus Status { get; init; } = InitiativeStatus.Active;

    [Description("Which priorities it serves, and by how much of it.")]
    public required IReadOnlyList<PriorityLink> Priorities { get; init; }

    [Description("Which scopes it causes the cost of, and by how much of them.")]
    public required IReadOnlyList<ScopeLink> Scopes { get; init; }

    public override void Check(RulebookCheck check) => StrategyWeights.Check(this, check);
}

/// <summary>So much of an initiative serves a priority.</summary>
internal sealed record PriorityLink : RulebookRecord, IEffectiveDated
{
    [Description("The priority."), RefersTo("Priority")]
    public required string Priority { get; init; }

    [Description("The part of the initiative that serves it, 0 to 100."), Between(0, 100)]
    public decimal WeightPercent { get; init; } = 100;

    [Description("The first day of the link.")]
    public DateOnly? From { get; init; }

    [Description("The day after the last day of the link.")]
    public DateOnly? To { get; init; }
}

/// <summary>So much of a scope's cost is caused by an initiative.</summary>
internal sealed record ScopeLink : RulebookRecord, IEffectiveDated
{
    [Description("The scope."), RefersTo("Scope")]
    public required string Scope { get; init; }

    [Description("The part of the scope's cost that it causes, 0 to 100."), Between(0, 100)]
    public decimal WeightPercent { get; init; } = 100;

    [Description("The first day of the link.")]
    public DateOnly? From { get; init; }

    [Description("The day after the last day of the link.")]
    public DateOnly? To { get; init; }
}
