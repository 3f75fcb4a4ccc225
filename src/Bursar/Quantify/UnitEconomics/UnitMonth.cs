using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Quantify.UnitEconomics;

/// <summary>What is known of a month before anything is divided; null is not known, which is never zero.</summary>
/// <param name="Month">The month.</param>
/// <param name="Demand">How much there was of what is counted.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="Fixed">The part of the cost that does not move with demand.</param>
/// <param name="Revenue">What was earned.</param>
/// <param name="Accepted">Of tries, how many succeeded.</param>
internal sealed record UnitInputs(
    BillingPeriod Month,
    Amount? Demand,
    Amount? Cost,
    Amount? Fixed = null,
    Amount? Revenue = null,
    Amount? Accepted = null
);

/// <summary>Where the cost of a unit stands against its target.</summary>
internal enum UnitState
{
    NotComputable,
    NoTarget,
    OnTarget,
    AboveTarget,
    Alert,
}

/// <summary>One month of a unit metric.</summary>
/// <param name="Known">What it is made of.</param>
/// <param name="UnitCost">The cost of a unit; null when it cannot be computed.</param>
/// <param name="ChangeRatio">Against the month before.</param>
/// <param name="Marginal">What each further unit cost more: change of cost by change of demand.</param>
/// <param name="BreakEven">The demand at which revenue covers the cost.</param>
/// <param name="State">Against the target.</param>
/// <param name="Why">Why it, or a part of it, cannot be computed; null when all can.</param>
internal sealed record UnitMonth(
    UnitInputs Known,
    decimal? UnitCost,
    decimal? ChangeRatio,
    decimal? Marginal,
    decimal? BreakEven,
    UnitState State,
    string? Why
)
{
    public BillingPeriod Month => Known.Month;

    public Amount? Variable => Known.Cost - Known.Fixed;

    /// <summary>What is left of the revenue.</summary>
    public Amount? Margin => Known.Revenue - Known.Cost;

    /// <summary>What is left of the revenue for the fixed cost.</summary>
    public Amount? Contribution => Known.Revenue - Variable;

    public decimal? CostOfRevenue =>
        Known.Cost is { } cost && Known.Revenue is { } revenue ? cost.ShareOf(revenue) : null;
}

/// <summary>A unit metric over months, newest last.</summary>
/// <param name="Metric">The definition.</param>
/// <param name="Currency">The currency of all its figures.</param>
/// <param name="Months">Ascending; the last is the month that was asked.</param>
/// <param name="Behind">The question that opens the cost of the newest month.</param>
/// <param name="Notes">What a reader must know.</param>
/// <param name="IsDraft">The rules are not published.</param>
internal sealed record UnitReview(
    UnitMetric Metric,
    Currency Currency,
    IReadOnlyList<UnitMonth> Months,
    CostQuery Behind,
    IReadOnlyList<string> Notes,
    bool IsDraft
)
{
    /// <summary>What the company did meanwhile: the series that the metric names, by month.</summary>
    public IReadOnlyList<SeriesBeside> Beside { get; init; } = [];

    /// <summary>What went live in these months of what the cost is made of.</summary>
    public IReadOnlyList<Deployment> Deployments { get; init; } = [];

    public UnitMonth Newest => Months[^1];

    /// <summary>Of other months the question is the same.</summary>
    public CostQuery BehindOf(BillingPeriod month) => Behind with { From = month.Start, To = month.End };
}

/// <summary>A series that stands beside the cost of a unit: a measure of delivery, an outcome.</summary>
/// <param name="Name">Its name in the rulebook.</param>
/// <param name="Title">The name that people read.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Months">Its figures; a month that is not here has none.</param>
internal sealed record SeriesBeside(
    string Name,
    string Title,
    string Unit,
    IReadOnlyDictionary<BillingPeriod, Amount> Months
)
{
    public Amount? In(BillingPeriod month) => Months.TryGetValue(month, out var figure) ? figure : null;
}

/// <summary>The unit metrics of a month: all in brief, or one; null without charges.</summary>
internal delegate Task<IReadOnlyList<UnitReview>?> ReadUnits(
    string? asOf,
    Lens lens,
    string? name,
    BillingPeriod? month,
    CancellationToken cancellationToken
);
