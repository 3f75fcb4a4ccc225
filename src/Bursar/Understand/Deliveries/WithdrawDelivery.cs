using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>What a withdrawal did.</summary>
/// <param name="Withdrawn">The delivery taken back.</param>
/// <param name="Restored">Deliveries that it had replaced and that count again.</param>
/// <param name="Totals">What the source's billing period summed to before and sums to now, per currency.</param>
/// <param name="Entry">The journal entry.</param>
internal sealed record Withdrawal(
    BookedDelivery Withdrawn,
    IReadOnlyList<BookedDelivery> Restored,
    IReadOnlyList<ChangedTotal> Totals,
    long Entry
);

/// <summary>The costs of one source and billing period before and after, in one currency.</summary>
internal sealed record ChangedTotal(
    string BillingCurrency,
    Amount OldEffectiveCost,
    Amount NewEffectiveCost,
    Amount OldBilledCost,
    Amount NewBilledCost
);

/// <summary>Takes a delivery back by a journal entry; nothing is deleted, and as-of questions still find it.</summary>
internal sealed class WithdrawDelivery(BooksOfRecord books)
{
    /// <exception cref="RefusedException">There is no such delivery, or it was withdrawn before.</exception>
    public Withdrawal Run(string id, string reason, string actor, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new RefusedException(
                "deliveries/no-reason",
                "A withdrawal needs a reason: later readers will ask for it.",
                "Write --reason \"what was wrong with it\".",
                exitCode: 2
            );
        BooksState? before = null;
        var entry = books.Commit(
            actor,
            state =>
            {
                before = state;
                state.Require(id);
                return NewEntry.Of(new DeliveryWithdrawn(id, reason.Trim()));
            },
            cancel
        )!;
        var after = books.AsOf(entry.Seq);
        var restored = after.LiveDeliveries.Where(booked => !before!.Require(booked.Id).IsLive).ToList();
        return new Withdrawal(
            after.Require(id),
            restored,
            Compare(before!, after, after.Require(id).Delivery),
            entry.Seq
        );
    }

    private static List<ChangedTotal> Compare(BooksState before, BooksState after, Delivery withdrawn)
    {
        var (old, now) = (Totals(before, withdrawn), Totals(after, withdrawn));
        return
        [
            .. old.Concat(now)
                .Select(total => total.BillingCurrency)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(currency => new ChangedTotal(
                    currency,
                    Sum(old, currency, total => total.EffectiveCost ?? total.BilledCost),
                    Sum(now, currency, total => total.EffectiveCost ?? total.BilledCost),
                    Sum(old, currency, total => total.BilledCost),
                    Sum(now, currency, total => total.BilledCost)
                )),
        ];
    }

    private static List<DeliveryTotals> Totals(BooksState state, Delivery withdrawn) =>
        [
            .. state
                .LiveDeliveries.Select(booked => booked.Delivery)
                .Where(delivery =>
                    (delivery.Source, delivery.BillingPeriod) == (withdrawn.Source, withdrawn.BillingPeriod)
                )
                .SelectMany(delivery => delivery.Totals),
        ];

    private static Amount Sum(List<DeliveryTotals> totals, string currency, Func<DeliveryTotals, Amount?> cost) =>
        totals
            .Where(total => total.BillingCurrency == currency)
            .Aggregate(Amount.Zero, (sum, total) => sum + (cost(total) ?? Amount.Zero));
}
