using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Manage.Strategy;

/// <summary>
/// What a priority is for. The order is the one in which claims are served when they add up to more than there is.
/// </summary>
public enum PriorityClass
{
    /// <summary>It changes the organisation.</summary>
    Strategic,

    /// <summary>Law, contract or safety demands it.</summary>
    Mandatory,

    /// <summary>It keeps the business going.</summary>
    Run,
}

/// <summary>Something the organisation spends on for a reason that its leaders would name.</summary>
internal sealed record Priority : Declaration, IEffectiveDated
{
    [Description("The name that people read; without it, the name.")]
    public string? DisplayName { get; init; }

    [Description("strategic changes the organisation, mandatory is demanded of it, run keeps it going.")]
    public required PriorityClass Class { get; init; }

    [Description("Who answers for it."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description("What should come of it, in one sentence.")]
    public string? Outcome { get; init; }

    [Description("When it should be reached, in words: end of 2027.")]
    public string? Horizon { get; init; }

    [Description("The first day it is one.")]
    public DateOnly? From { get; init; }

    [Description("The day after the last day it is one.")]
    public DateOnly? To { get; init; }
}
