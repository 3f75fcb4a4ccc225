using System.ComponentModel;
using Bursar.Rulebooks;

namespace Bursar.Quantify.Kpis;

/// <summary>What others reach in a KPI: imported, dated, and stale after a while (KPI-05).</summary>
internal sealed record Benchmark : Declaration
{
    [Description("The KPI, by its name: unallocated-cost.")]
    public required string Kpi { get; init; }

    [Description("Whom it describes: 120 insurers in Europe.")]
    public required string Population { get; init; }

    [Description("The day of the survey or data.")]
    public required DateOnly Date { get; init; }

    [Description("Where it is published.")]
    public required string Source { get; init; }

    [Description("How sure it is: high, medium, low.")]
    public BenchmarkConfidence Confidence { get; init; } = BenchmarkConfidence.Medium;

    [Description("The day from which it is stale.")]
    public required DateOnly Expires { get; init; }

    [Description("The median, or the one figure that is published.")]
    public decimal? Median { get; init; }

    [Description("A quarter of the population is at or below this.")]
    public decimal? LowerQuartile { get; init; }

    [Description("Three quarters are at or below this.")]
    public decimal? UpperQuartile { get; init; }

    public override void Check(RulebookCheck check) => KpiCheck.Check(this, check);
}

/// <summary>How much a benchmark is to be believed.</summary>
internal enum BenchmarkConfidence
{
    Low,
    Medium,
    High,
}
