using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;

namespace Bursar.Quantify.Kpis;

/// <summary>What a KPI is asked of: all cost, a scope, or the charges with one value of a column.</summary>
/// <param name="Scope">The scope of the rulebook.</param>
/// <param name="Where">Its charges as conditions; none for all cost.</param>
internal sealed record KpiSubject(string? Scope, IReadOnlyList<CostFilter> Where)
{
    public static KpiSubject All { get; } = new(null, []);

    public bool IsAll => Where.Count == 0;

    /// <summary>"all cost", "the scope ai-services", "x_CostCentre=4110".</summary>
    public string Words =>
        Scope is not null ? $"the scope {Scope}"
        : IsAll ? "all cost"
        : string.Join(", ", Where.Select(Web.Addresses.FilterText.Write));
}

/// <summary>An input as it stands in a month; without a value it says why.</summary>
/// <param name="Name">Its name in formulas.</param>
/// <param name="Means">What it is.</param>
/// <param name="Unit">What it is in.</param>
/// <param name="Value">How much; null is not known, which is never zero.</param>
/// <param name="Coverage">How much of it is known, 0 to 1.</param>
/// <param name="From">Where it comes from, in words.</param>
/// <param name="Why">Why it is not known, or what is missing of it.</param>
/// <param name="Behind">The question that opens it; null when it is no sum of charges.</param>
internal sealed record KpiFact(
    string Name,
    string Means,
    string? Unit,
    Amount? Value,
    decimal Coverage,
    string From,
    string? Why,
    CostQuery? Behind
)
{
    /// <summary>The page on which it stands; null when there is none.</summary>
    public string? Page { get; init; }
}

/// <summary>A further figure of a KPI.</summary>
internal sealed record KpiPartResult(KpiPart Part, Amount? Value, string? Why);

/// <summary>A KPI of a month: the figure, or why there is none, and everything it rests on.</summary>
/// <param name="Kpi">The definition.</param>
/// <param name="Month">The month.</param>
/// <param name="Subject">Of what.</param>
/// <param name="Currency">The currency of amounts in it.</param>
/// <param name="Value">The figure; null when it is not computable.</param>
/// <param name="Why">Why not.</param>
/// <param name="Inputs">What the formula uses, also what is missing.</param>
/// <param name="Worked">The formula with the numbers put in.</param>
/// <param name="Also">Further figures.</param>
/// <param name="Thresholds">What counts as good here; null when nobody says.</param>
/// <param name="Level">The maturity that it reaches; null below the first.</param>
/// <param name="Colour">green, amber or red, where bounds say so.</param>
/// <param name="Baseline">What was frozen last; null when nothing was.</param>
/// <param name="Benchmarks">What others reach.</param>
internal sealed record KpiResult(
    Kpi Kpi,
    BillingPeriod Month,
    KpiSubject Subject,
    Currency Currency,
    Amount? Value,
    string? Why,
    IReadOnlyList<KpiFact> Inputs,
    string Worked,
    IReadOnlyList<KpiPartResult> Also,
    KpiThresholds? Thresholds,
    Maturity? Level,
    string? Colour,
    FrozenBaseline? Baseline,
    IReadOnlyList<Benchmark> Benchmarks
)
{
    /// <summary>How much of the inputs is known, 0 to 1.</summary>
    public decimal Coverage => Inputs.Count == 0 ? 1 : Inputs.Average(input => input.Coverage);

    /// <summary>The value that is aimed at; null when none is.</summary>
    public decimal? Target => Thresholds?.Target ?? (Kpi.Direction == KpiDirection.Nearest ? Kpi.Aim : null);

    /// <summary>Whether the target is reached; null without one, or without a figure.</summary>
    public bool? IsReached =>
        Target is { } target && Value is { } value && Kpi.Direction is { } direction && direction != KpiDirection.None
            ? KpiMath.Reaches(value.ToDecimal(), target, direction, Kpi.Aim)
            : null;

    /// <summary>
    /// What is saved against the baseline at the volume of now, and naively by cost before and after; null where the
    /// KPI is no cost of a unit, or nothing was frozen by its formula (KPI-04).
    /// </summary>
    public (Amount Realised, Amount Naive)? Saved
    {
        get
        {
            if (
                Kpi.Unit?.StartsWith("currency per", StringComparison.Ordinal) != true
                || Baseline?.Figure is not { } before
                || before.Formula != Kpi.Formula
                || KpiFormula.Ratio(before.Formula) is not var (cost, units)
                || Inputs.FirstOrDefault(fact => fact.Name == cost)?.Value is not { } costNow
                || Inputs.FirstOrDefault(fact => fact.Name == units)?.Value is not { } unitsNow
            )
                return null;
            var (costBefore, unitsBefore) = (before.Inputs[cost], before.Inputs[units]);
            var expected = Fraction.From(costBefore) * Fraction.From(unitsNow) / Fraction.From(unitsBefore);
            return expected.ToAmount() is { } without ? (without - costNow, costBefore - costNow) : null;
        }
    }

    /// <summary>Whether a page may show its months by the way: no other capability works for its inputs.</summary>
    public bool IsQuick =>
        Inputs.All(input => input.Page is null || input.Page.StartsWith("/series", StringComparison.Ordinal));

    /// <summary>Its unit, money in its currency: "%", "USD", "USD per core".</summary>
    public string Unit => In(Kpi.Unit);

    public string In(string? unit) =>
        (unit ?? "").Replace("currency", Currency.Code ?? "", StringComparison.Ordinal).Trim();
}

/// <summary>The KPIs of a month.</summary>
/// <param name="Month">The month.</param>
/// <param name="Subject">Of what.</param>
/// <param name="Results">Each of them, computable or not.</param>
/// <param name="Notes">What a reader must know.</param>
/// <param name="IsDraft">The rules are not published.</param>
/// <param name="Today">The day on which the books are read: benchmarks may be stale by then.</param>
internal sealed record KpiReview(
    BillingPeriod Month,
    KpiSubject Subject,
    IReadOnlyList<KpiResult> Results,
    IReadOnlyList<string> Notes,
    bool IsDraft,
    DateOnly Today
)
{
    public IReadOnlyList<KpiResult> Computed { get; } = [.. Results.Where(result => result.Value is not null)];

    /// <summary>The sets of measures that leaders see, in this month.</summary>
    public IReadOnlyList<MeasureSetReview> Sets { get; init; } = [];

    /// <summary>The months that may be asked, newest first.</summary>
    public IReadOnlyList<BillingPeriod> Months { get; init; } = [];

    /// <summary>The scopes that may be asked, with the names that people read.</summary>
    public IReadOnlyList<(string Name, string Title)> Scopes { get; init; } = [];
}
