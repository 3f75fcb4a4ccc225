using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Understand.Allocation.SharedCosts;
using Bursar.Workspaces;

namespace Bursar.Understand.Reporting.Pools;

/// <summary>What rates brought in up to a month, as of a moment; null where there is no month with charges.</summary>
internal delegate Task<RecoveryReview?> ReadRecovery(
    string? asOf,
    string? pool,
    BillingPeriod? month,
    int months,
    CancellationToken cancellationToken
);

/// <summary>What one consumer was charged of one line.</summary>
internal sealed record ChargedUse(string Receiver, Amount Quantity, decimal Rate, Amount Charged);

/// <summary>A line of a rate card in one month: charged + under-recovery = real cost, to the last digit.</summary>
/// <param name="Month">The month.</param>
/// <param name="Pool">The pool whose cost the rates have to bring in.</param>
/// <param name="Book">The price book, as people call it.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Meter">What is charged; null for cost that no rate is for.</param>
/// <param name="Unit">What it is counted in.</param>
/// <param name="Quantity">How much was charged for.</param>
/// <param name="Charged">What was charged.</param>
/// <param name="Cost">What it really cost.</param>
/// <param name="Suggested">The rate that would have brought in the cost, or makes up for it next time.</param>
/// <param name="Uses">Who was charged what.</param>
internal sealed record RecoveryLine(
    BillingPeriod Month,
    string Pool,
    string Book,
    Currency Currency,
    string? Meter,
    string? Unit,
    Amount Quantity,
    Amount Charged,
    Amount Cost,
    decimal? Suggested,
    IReadOnlyList<ChargedUse> Uses
)
{
    /// <summary>What the rates did not bring in; below zero what they brought in beyond the cost.</summary>
    public Amount UnderRecovery => Cost - Charged;

    /// <summary>The rates that were charged: 0.05, or 0.05 to 0.06 where one changed.</summary>
    public string Rates =>
        string.Join(
            " to ",
            new[]
            {
                Uses.Select(use => use.Rate).DefaultIfEmpty().Min(),
                Uses.Select(use => use.Rate).DefaultIfEmpty().Max(),
            }
                .Distinct()
                .Select(rate => Uses.Count == 0 ? "–" : Text(rate))
        );

    public static string Text(decimal rate) => rate.ToString("0.00########", CultureInfo.InvariantCulture);
}

/// <summary>What rates brought in, month by month.</summary>
/// <param name="Month">The newest month.</param>
/// <param name="Lines">By month, newest first, then by pool; meters as the rate card has them.</param>
/// <param name="Notes">What was not charged, and why.</param>
/// <param name="IsDraft">The rules are not published.</param>
internal sealed record RecoveryReview(
    BillingPeriod Month,
    IReadOnlyList<RecoveryLine> Lines,
    IReadOnlyList<string> Notes,
    bool IsDraft
);

/// <summary>Lays what rates charged beside what it really cost: by rate card, line and month.</summary>
internal sealed class ReviewRecovery(BooksView view)
{
    /// <param name="pool">One pool; null for all.</param>
    /// <param name="asked">The newest month; null is the newest whole one.</param>
    /// <param name="months">So many months.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <exception cref="RefusedException">No pool of that name is charged by rates.</exception>
    public RecoveryReview? Of(string? pool, BillingPeriod? asked, int months, CancellationToken cancel)
    {
        var declared = view.Rulebook.Pools().Where(one => one.Method == SharedCostMethod.Rates).ToList();
        if (pool is not null && declared.TrueForAll(one => one.Name != pool))
            throw new RefusedException(
                "shared/no-rates",
                $"No shared cost called \"{pool}\" is charged by rates.{DidYouMean.Question(pool, declared.Select(one => one.Name))}",
                "Its method is rates, with prices: naming the price book (kind: SharedCost). `bursar recovery` lists all.",
                exitCode: 2
            );
        if ((asked ?? view.NewestWholeMonth) is not { } month)
            return null;
        var first = month.Plus(1 - months);
        var divided =
            declared.Count == 0
                ? []
                : view.Shared(cancel)
                    .Pools.Where(one =>
                        one.Month >= first.Start
                        && one.Month < month.End
                        && declared.Exists(own => own.Name == one.Pool && (pool is null || own.Name == pool))
                    )
                    .OrderByDescending(one => one.Month)
                    .ThenBy(one => declared.FindIndex(own => own.Name == one.Pool))
                    .ThenBy(one => one.Currency, StringComparer.Ordinal)
                    .ToList();
        return new RecoveryReview(
            month,
            [.. divided.SelectMany(Lines)],
            [.. divided.Select(one => one.Note).OfType<string>().Distinct()],
            view.IsDraft
        );
    }

    /// <summary>The lines of a pool in a month.</summary>
    public IEnumerable<RecoveryLine> Lines(DividedPool pool) =>
        pool.Rated is not { } rated
            ? []
            : rated.Meters.Select(meter => new RecoveryLine(
                BillingPeriod.Containing(pool.Month),
                pool.Pool,
                rated.Book,
                new Currency(pool.Currency),
                meter.Meter,
                meter.Unit,
                Amount.From(meter.Quantity),
                Amount.From(meter.Charged),
                Amount.From(meter.Cost),
                meter.Suggested,
                [
                    .. rated
                        .Uses.Where(use => use.Meter == meter.Meter)
                        .Select(use => new ChargedUse(
                            use.Receiver,
                            Amount.From(use.Quantity),
                            use.Rate,
                            Amount.From(use.Charged)
                        )),
                ]
            ));
}
