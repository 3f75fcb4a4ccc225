using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Understand.Anomalies;

/// <summary>Something that will change the cost and is meant to: until its last day it is no anomaly.</summary>
internal sealed record PlannedEvent : Declaration
{
    [Description("What happens: The launch of the summer campaign.")]
    public required string What { get; init; }

    [Description("The first day on which the cost may move.")]
    public required DateOnly From { get; init; }

    [Description("The last one: what begins later is an anomaly again.")]
    public required DateOnly To { get; init; }

    [Description("Which charges it moves, as in a scope; without it, all of them."), AsFilter]
    public Conditions? Where { get; init; }

    [Description("Who answers for it."), RefersTo("owners")]
    public string? Owner { get; init; }

    public override void Check(RulebookCheck check)
    {
        if (To < From)
            check.Error(
                this,
                "to",
                "ends-before-start",
                $"The event ends on {To:yyyy-MM-dd}, before it begins.",
                "Give the last day on which the cost may move."
            );
    }
}
