using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Unallocated;

/// <summary>The queue of a month and field (null is the usual), as of a moment; null without charges.</summary>
internal delegate Task<UnallocatedQueue?> ReadUnallocated(
    string? asOf,
    string? field,
    BillingPeriod? period,
    CancellationToken cancellationToken
);

/// <summary>Who is likely to own a piece of work.</summary>
/// <param name="Owner">The value of the field.</param>
/// <param name="Name">The name that people read; null when the organisation has none.</param>
/// <param name="Evidence">Why, in sentences; also what speaks against it.</param>
internal sealed record SuggestedOwner(string Owner, string? Name, string Evidence);

/// <summary>One piece of work for one person: cost that nobody owns.</summary>
/// <param name="Id">The same whenever the same cost is meant.</param>
/// <param name="Scope">The charges.</param>
/// <param name="Title">What it is, in words.</param>
/// <param name="Category">The cost category with most of it.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Cost">In the period.</param>
/// <param name="CostSince">Since it first appeared.</param>
/// <param name="Since">The first day without an owner, of the months without a gap.</param>
/// <param name="AgeDays">Days since then.</param>
/// <param name="Suggested">Who is likely to own it; null when nothing says so.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Decision">What was decided last; null when nothing was.</param>
/// <param name="IsReopened">It was resolved, and the same cost came again.</param>
/// <param name="Behind">The question that shows it.</param>
internal sealed record QueueItem(
    string Id,
    WorkScope Scope,
    string Title,
    string? Category,
    Currency Currency,
    Amount Cost,
    Amount CostSince,
    DateOnly Since,
    int AgeDays,
    SuggestedOwner? Suggested,
    QueueState State,
    MadeDecision? Decision,
    bool IsReopened,
    CostQuery Behind
);

/// <summary>A dispute about cost that has an owner.</summary>
internal sealed record DisputedCost(MadeDecision Decision, int AgeDays, CostQuery Behind);

/// <summary>What nobody owns of one cost category, by age.</summary>
/// <param name="Category">The cost category; null is none.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Items">How many pieces of work.</param>
/// <param name="ByAge">In the order of <see cref="QueueMath.Buckets"/>.</param>
/// <param name="Disputed">How much of it is disputed.</param>
internal sealed record AgeLine(
    string? Category,
    Currency Currency,
    int Items,
    IReadOnlyList<Amount> ByAge,
    Amount Disputed
)
{
    public Amount Total => QueueMath.Sum(ByAge);
}

/// <summary>Everything that belongs to nobody in a period.</summary>
/// <param name="Field">The shared field that is empty.</param>
/// <param name="Measure">Which cost.</param>
/// <param name="Period">The days.</param>
/// <param name="Totals">All cost, by currency.</param>
/// <param name="Unallocated">What nobody owns; the items of a currency sum to it, to the last digit.</param>
/// <param name="Items">Largest first, the main currency first.</param>
/// <param name="Disputes">Open disputes about cost that has an owner.</param>
/// <param name="Ageing">By cost category and age.</param>
/// <param name="ResolvedCount">So many were resolved, up to the moment that is asked.</param>
/// <param name="MedianDays">Half of them took so many days or fewer.</param>
/// <param name="Notes">What a reader must know.</param>
/// <param name="IsDraft">The rules are not published.</param>
internal sealed record UnallocatedQueue(
    string Field,
    CostMeasure Measure,
    DateRange Period,
    IReadOnlyList<Money> Totals,
    IReadOnlyList<Money> Unallocated,
    IReadOnlyList<QueueItem> Items,
    IReadOnlyList<DisputedCost> Disputes,
    IReadOnlyList<AgeLine> Ageing,
    int ResolvedCount,
    decimal? MedianDays,
    IReadOnlyList<string> Notes,
    bool IsDraft
)
{
    /// <summary>The currency that comes first.</summary>
    public Currency Main =>
        Unallocated.Count > 0 ? Unallocated[0].Currency
        : Totals.Count > 0 ? Totals[0].Currency
        : default;
}
