using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;
using Bursar.Web.Addresses;

namespace Bursar.Manage.Strategy;

/// <summary>What the Strategy page shows: where the money goes, by what it is meant to achieve.</summary>
/// <param name="Measure">Which cost.</param>
/// <param name="Period">For which days.</param>
/// <param name="Currency">In which currency.</param>
/// <param name="Total">All spend of the period.</param>
/// <param name="Behind">The question that opens the total.</param>
/// <param name="Priorities">Largest first.</param>
/// <param name="Unclaimed">What no priority of any class claims.</param>
/// <param name="LargestUnclaimed">The largest parts of the unclaimed spend.</param>
/// <param name="WithoutSpend">Titles of priorities to which no cost leads.</param>
/// <param name="Caps">Claims above the whole of a row set, and how they were cut.</param>
/// <param name="Notes">What was assumed, in plain sentences.</param>
public sealed record StrategyView(
    CostMeasure Measure,
    DateRange Period,
    Currency Currency,
    Amount Total,
    CostQuery Behind,
    IReadOnlyList<PriorityLine> Priorities,
    SpendLine Unclaimed,
    IReadOnlyList<SpendLine> LargestUnclaimed,
    IReadOnlyList<string> WithoutSpend,
    IReadOnlyList<ClaimCap> Caps,
    IReadOnlyList<string> Notes
)
{
    /// <summary>What the priorities claim together.</summary>
    public Amount Aligned => Total - Unclaimed.Spend;
}

/// <summary>An amount with its name, its share of all spend, and the question that opens it.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Spend">How much.</param>
/// <param name="Share">Of all spend, 0 to 1; null when there is none.</param>
/// <param name="Behind">The question that opens the figure; null when no single question does.</param>
public sealed record SpendLine(string Title, Amount Spend, decimal? Share, CostQuery? Behind);

/// <summary>A priority and the initiatives under it.</summary>
/// <param name="Line">Title, spend and share.</param>
/// <param name="Class">Why it is paid for.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Trend">Spend by month, oldest first.</param>
/// <param name="Change">Against the period before, as a share; null when there was none.</param>
/// <param name="Initiatives">What is done for it.</param>
public sealed record PriorityLine(
    SpendLine Line,
    PriorityClass Class,
    string? Owner,
    IReadOnlyList<Amount> Trend,
    decimal? Change,
    IReadOnlyList<InitiativeLine> Initiatives
);

/// <summary>An initiative and the scopes that lead cost to it.</summary>
public sealed record InitiativeLine(SpendLine Line, IReadOnlyList<ScopeLine> Scopes);

/// <summary>A scope: a filter on cost rows, and the weight with which it counts.</summary>
public sealed record ScopeLine(SpendLine Line, decimal Weight);

/// <summary>Claims on the same rows that came to more than all of them.</summary>
/// <param name="Scope">The rows.</param>
/// <param name="Claimed">The sum of the weights, above 1.</param>
/// <param name="CutFrom">Titles of those who got less than they claimed, in the stated order.</param>
/// <param name="CutAmount">By how much they were cut together.</param>
public sealed record ClaimCap(string Scope, decimal Claimed, IReadOnlyList<string> CutFrom, Amount CutAmount);

/// <summary>Shows spend by priority; as of a moment (null is now), for a period (null is the newest whole
/// month).</summary>
public delegate Task<StrategyView> ReviewStrategy(CostQuestion question, CancellationToken cancellationToken);
