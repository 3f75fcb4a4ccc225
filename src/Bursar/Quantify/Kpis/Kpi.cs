using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Quantify.Kpis;

/// <summary>A key performance indicator as data: its formula, which way is better, what is good (KPI-01).</summary>
/// <remarks>Of the same name as one that Bursar brings along, it replaces what it says and keeps the rest.</remarks>
internal sealed record Kpi : Declaration
{
    [Description("The short number that reports use: K001.")]
    public string? Id { get; init; }

    [Description("The name that people read; without it, the name.")]
    public string? DisplayName { get; init; }

    [Description("The heading under which it stands: Allocation.")]
    public string? Group { get; init; }

    [Description("How it is calculated: [input] names, numbers, + - * /, max(), min(), abs(), if … then … else.")]
    public string? Formula { get; init; }

    [Description("Further figures that belong to it, each with a formula of its own.")]
    public IReadOnlyList<KpiPart> Also { get; init; } = [];

    [Description("What the result is in: %, days, hours, per core; money is written as currency.")]
    public string? Unit { get; init; }

    [Description("Which way is better: higher, lower, nearest (to aim), or none where it only informs.")]
    public KpiDirection? Direction { get; init; }

    [Description("With direction: nearest, the value that is right: 100.")]
    public decimal? Aim { get; init; }

    [Description("The result when the formula divides by zero; without it the KPI is not computable then.")]
    public decimal? WhenZero { get; init; }

    [Description("By what else it may be asked: scope, or columns of charges.")]
    public IReadOnlyList<string> Dimensions { get; init; } = [];

    [Description("What counts as good, by maturity; later ones, and those of a scope, count before others.")]
    public IReadOnlyList<KpiThresholds> Thresholds { get; init; } = [];

    [Description("Who answers for it."), RefersTo("owners")]
    public string? Owner { get; init; }

    [Description("Where the definition comes from.")]
    public string? Source { get; init; }

    [Description("The version of this definition, as its owner counts.")]
    public string? Revision { get; init; }

    [Description("What is wrong with the formula that is printed elsewhere; the corrected one is used here.")]
    public string? Corrected { get; init; }

    [Description("What a reader must know.")]
    public string? Note { get; init; }

    /// <summary>The name that people read.</summary>
    internal string Title => DisplayName ?? Name;

    public override void Check(RulebookCheck check) => KpiCheck.Check(this, check);
}

/// <summary>Which way is better.</summary>
internal enum KpiDirection
{
    Higher,
    Lower,

    /// <summary>The nearer to a value, the better.</summary>
    Nearest,

    /// <summary>It informs; neither way is better by itself.</summary>
    None,
}

/// <summary>A further figure of a KPI.</summary>
internal sealed record KpiPart : RulebookRecord
{
    [Description("What it is: recall.")]
    public required string Name { get; init; }

    [Description("How it is calculated.")]
    public required string Formula { get; init; }

    [Description("What it is in; without it, as the KPI.")]
    public string? Unit { get; init; }
}

/// <summary>What counts as good from a day on, for all cost or for one scope (KPI-03).</summary>
internal sealed record KpiThresholds : RulebookRecord, IEffectiveDated
{
    [Description("The version of these thresholds: \"1\".")]
    public string Revision { get; init; } = "1";

    [Description("The first day they hold; without it, always.")]
    public DateOnly? From { get; init; }

    [Description("The day after the last.")]
    public DateOnly? To { get; init; }

    [Description("Only for this scope; without it, for all cost."), RefersTo("Scope")]
    public string? Scope { get; init; }

    [Description("The maturity that is aimed at: its value is the target.")]
    public Maturity? Level { get; init; }

    [Description("What an organisation that crawls reaches.")]
    public decimal? Crawl { get; init; }

    [Description("What one that walks reaches.")]
    public decimal? Walk { get; init; }

    [Description("What one that runs reaches.")]
    public decimal? Run { get; init; }

    [Description("Up to this it is green.")]
    public decimal? Green { get; init; }

    [Description("Beyond green and up to this it is amber; beyond, red.")]
    public decimal? Amber { get; init; }

    [Description("Who says so.")]
    public string? Source { get; init; }

    /// <summary>The value that is aimed at; null when no level is.</summary>
    internal decimal? Target => Level is { } level ? Of(level) : null;

    internal decimal? Of(Maturity level) =>
        level switch
        {
            Maturity.Crawl => Crawl,
            Maturity.Walk => Walk,
            _ => Run,
        };
}

/// <summary>The maturity of the FinOps Framework.</summary>
internal enum Maturity
{
    Crawl,
    Walk,
    Run,
}
