using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;

namespace Bursar.Quantify.Kpis;

/// <summary>KPIs as they stood before something was begun: later results are compared with them (KPI-04).</summary>
/// <param name="Month">The month they are of: "2026-09".</param>
/// <param name="Scope">The scope; null for all cost.</param>
/// <param name="Initiative">What is about to begin; null when it is no initiative of the rulebook.</param>
/// <param name="Reason">Why they are frozen.</param>
/// <param name="Figures">The KPIs.</param>
internal sealed record KpiBaseline(
    string Month,
    string? Scope,
    string? Initiative,
    string Reason,
    IReadOnlyList<FrozenFigure> Figures
)
{
    public const string Kind = "kpi-baseline-frozen";
}

/// <summary>One KPI of a baseline, with the formula and the inputs it was made of.</summary>
internal sealed record FrozenFigure(
    string Kpi,
    Amount Value,
    string Unit,
    string Formula,
    IReadOnlyDictionary<string, Amount> Inputs
);

/// <summary>A frozen figure as it stands in the journal.</summary>
internal sealed record FrozenBaseline(FrozenFigure Figure, KpiBaseline Fact, long Seq, DateTimeOffset At, string Actor);

/// <summary>How baselines are written in the journal.</summary>
[JsonSerializable(typeof(KpiBaseline))]
internal sealed partial class KpiFactsJson : JsonSerializerContext
{
    public static KpiFactsJson Line { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}

/// <summary>All baselines up to a moment.</summary>
internal sealed class KpiBaselines
{
    private readonly ILookup<(string Kpi, string? Scope), FrozenBaseline> byKpi;

    private KpiBaselines(IEnumerable<FrozenBaseline> all) =>
        byKpi = all.ToLookup(one => (one.Figure.Kpi, one.Fact.Scope));

    public static KpiBaselines Of(BooksState state) =>
        new(
            from entry in state.Entries
            where entry.Kind == KpiBaseline.Kind
            let fact = entry.Read(KpiFactsJson.Line.KpiBaseline)
            from figure in fact.Figures
            select new FrozenBaseline(figure, fact, entry.Seq, entry.At, entry.Actor)
        );

    /// <summary>What was frozen last; null when nothing was.</summary>
    public FrozenBaseline? Last(string kpi, KpiSubject subject) =>
        subject.IsAll || subject.Scope is not null ? byKpi[(kpi, subject.Scope)].LastOrDefault() : null;
}
