using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Understand.Allocation.SharedCosts;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting.Pools;

/// <summary>The shared costs of a month, as of a moment; null where there is no month with charges.</summary>
internal delegate Task<PoolReview?> ReadPools(string? asOf, BillingPeriod? month, CancellationToken cancellationToken);

/// <summary>What one receiver gets of a pool.</summary>
/// <param name="Receiver">Who; null is the organisation.</param>
/// <param name="Weight">How much of the driver it has; null where it got its part through another pool.</param>
/// <param name="Cost">Its part.</param>
/// <param name="Share">Of the pool, 0 to 1; null for a pool of nothing.</param>
/// <param name="IsKept">Nobody receives it: the organisation keeps it, or it is a residual.</param>
internal sealed record PoolPart(string? Receiver, decimal? Weight, Amount Cost, decimal? Share, bool IsKept)
{
    /// <summary>It is the difference between an invoice and the log of its use.</summary>
    public bool IsResidual => Receiver == Allocation.SharedCosts.Receiver.Residual.Value;
}

/// <summary>A pool in one month and currency.</summary>
/// <param name="Pool">How it is declared.</param>
/// <param name="Currency">The billing currency.</param>
/// <param name="Cost">Its own cost.</param>
/// <param name="Parts">Who gets how much, largest first; they sum to its own cost, to the last digit.</param>
/// <param name="Note">Why it was divided otherwise than declared; null when it was not.</param>
internal sealed record ReviewedPool(
    SharedCost Pool,
    Currency Currency,
    Amount Cost,
    IReadOnlyList<PoolPart> Parts,
    string? Note
)
{
    /// <summary>Invoice against log, class by class; null for a pool that no log divides.</summary>
    public MeterReview? Meter { get; init; }

    /// <summary>What reaches those who use it.</summary>
    public Amount Distributed => CostGroups.Sum(Parts.Where(part => !part.IsKept).Select(part => part.Cost));

    /// <summary>What log and invoice differ by, where it is kept apart.</summary>
    public Amount Residual => CostGroups.Sum(Parts.Where(part => part.IsResidual).Select(part => part.Cost));

    /// <summary>What the organisation keeps.</summary>
    public Amount Kept => Cost - Distributed - Residual;

    /// <summary>What rates charged and what it cost, by line; empty for a pool without rates.</summary>
    public IReadOnlyList<RecoveryLine> Recovery { get; init; } = [];
}

/// <summary>All pools of a month.</summary>
/// <param name="Month">The month of the days that charges serve.</param>
/// <param name="Pools">In the order in which charges are looked for.</param>
/// <param name="Totals">All cost of the month, shared or not.</param>
/// <param name="IsDraft">The rules are not published.</param>
/// <param name="DataAsOf">The newest day that the data covers.</param>
internal sealed record PoolReview(
    BillingPeriod Month,
    IReadOnlyList<ReviewedPool> Pools,
    IReadOnlyList<Money> Totals,
    bool IsDraft,
    DateOnly? DataAsOf
);

/// <summary>
/// Shows every pool of shared cost of a month: its cost, by what it was divided, and who got how much.
/// </summary>
internal sealed class ReviewPools(BooksView view)
{
    private readonly AskCosts ask = new(view);

    /// <param name="asked">The month; null is the newest whole one.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <param name="withMeters">False where nobody looks at what logs say beside the invoice.</param>
    /// <returns>The review; null without charges.</returns>
    public PoolReview? Of(BillingPeriod? asked, CancellationToken cancel, bool withMeters = true)
    {
        if ((asked ?? view.NewestWholeMonth) is not { } month)
            return null;
        var declared = view.Rulebook.Pools();
        var whole = new CostQuery
        {
            From = month.Start,
            To = month.End,
            Allocation = declared.Count == 0 ? CostAllocation.Direct : CostAllocation.Distributed,
        };
        var totals = ask.Answer(whole, cancel);
        var rows = declared.Count == 0 ? [] : Parts(whole, cancel);
        return new PoolReview(
            month,
            [.. declared.SelectMany(pool => Reviewed(pool, rows, month, withMeters, cancel))],
            totals.Totals,
            totals.Draft,
            totals.DataAsOf
        );
    }

    /// <summary>The pool of that name.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public static IReadOnlyList<ReviewedPool> Named(
        PoolReview review,
        IReadOnlyList<SharedCost> declared,
        string name
    ) =>
        declared.Any(pool => IsCalled(pool, name))
            ? [.. review.Pools.Where(one => IsCalled(one.Pool, name))]
            : throw new RefusedException(
                "shared/unknown",
                $"No shared cost is called \"{name}\".{DidYouMean.Question(name, declared.Select(pool => pool.Name))}",
                declared.Count == 0 ? "Declare one: kind: SharedCost in the rulebook." : "`bursar shared` lists them.",
                exitCode: 2
            );

    /// <summary>A policy for commitments is called by its own name, or that of one of its lines.</summary>
    private static bool IsCalled(SharedCost pool, string name) =>
        pool.Name == name || CommitmentPools.PolicyOf(pool.Name) == name;

    private IReadOnlyList<CostRow> Parts(CostQuery whole, CancellationToken cancel) =>
        ask.Answer(
            whole with
            {
                By = [CostColumns.SharedCost, CostColumns.SharedReceiver, CostColumns.AllocationType],
                Where = [new CostFilter(CostColumns.SharedCost, [null], Negated: true)],
            },
            cancel
        ).Rows;

    private IEnumerable<ReviewedPool> Reviewed(
        SharedCost pool,
        IReadOnlyList<CostRow> rows,
        BillingPeriod month,
        bool withMeters,
        CancellationToken cancel
    )
    {
        foreach (var own in rows.Where(row => row.Keys[0] == pool.Name).GroupBy(row => row.Currency))
        {
            var cost = CostGroups.Sum(own.Select(row => row.Total));
            var divided = view.Shared(cancel)
                .Pools.Where(one => one.Pool == pool.Name && one.IsOf(month) && one.Currency == own.Key.Code)
                .ToList();
            var weights = divided
                .SelectMany(one => one.Weights)
                .GroupBy(one => one.Receiver.Value)
                .ToDictionary(same => same.Key, same => same.Sum(one => one.Weight));
            var parts = own.Select(row => new PoolPart(
                    row.Keys[1],
                    row.Keys[1] is { } name && weights.TryGetValue(name, out var weight) ? weight : null,
                    row.Total,
                    row.Total.ShareOf(cost),
                    row.Keys[2] != AllocationTypes.Distributed
                ))
                .OrderBy(part => part.IsKept)
                .ThenByDescending(part => part.Cost.Abs())
                .ThenBy(part => part.Receiver, StringComparer.Ordinal)
                .ToList();
            var notes = divided.Select(one => one.Note).OfType<string>().Distinct().ToList();
            yield return new ReviewedPool(pool, own.Key, cost, parts, notes.Count == 0 ? null : string.Join(" ", notes))
            {
                Meter =
                    withMeters && pool.Method == SharedCostMethod.Metered
                        ? new ReviewMeter(view, pool, own.Key, month).Of(cancel)
                        : null,
                Recovery = [.. divided.SelectMany(new ReviewRecovery(view).Lines)],
            };
        }
    }
}
