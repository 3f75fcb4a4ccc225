using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>What a choice between deliveries of the same charges did.</summary>
/// <param name="Chosen">The delivery that counts.</param>
/// <param name="Over">Those that hold the same charges.</param>
/// <param name="Both">True when they count as well.</param>
/// <param name="Changed">Every delivery that counts now and did not, or counted and does not; as it stands now.</param>
/// <param name="Entry">The journal entry.</param>
internal sealed record Choice(
    BookedDelivery Chosen,
    IReadOnlyList<BookedDelivery> Over,
    bool Both,
    IReadOnlyList<BookedDelivery> Changed,
    long Entry
);

/// <summary>
/// Decides by a journal entry which of several deliveries of the same charges counts. Nothing is deleted: another
/// choice is another entry.
/// </summary>
internal sealed class ChooseDelivery(BooksOfRecord books)
{
    /// <param name="id">The delivery that shall count.</param>
    /// <param name="both">Whether the others count as well, since they hold other charges after all.</param>
    /// <param name="reason">Why.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancel">Ends the waiting for another writer.</param>
    /// <exception cref="RefusedException">No other delivery holds its charges.</exception>
    public Choice Run(string id, bool both, string reason, string actor, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new RefusedException(
                "deliveries/no-reason",
                "A choice needs a reason: later readers will ask for it.",
                "Write --reason \"why this one\".",
                exitCode: 2
            );
        BooksState? before = null;
        IReadOnlyList<string> over = [];
        var entry = books.Commit(
            actor,
            state =>
            {
                before = state;
                over = Others(state, state.Require(id));
                if (!both)
                    RefuseLoss(state.Require(id), over.Select(state.Require));
                return NewEntry.Of(new TwinsResolved(id, over, both, reason.Trim()));
            },
            cancel
        )!;
        var after = books.AsOf(entry.Seq);
        return new Choice(
            after.Require(id),
            [.. over.Select(after.Require)],
            both,
            [.. after.LiveDeliveries.Where(booked => booked.IsCounted != before!.Require(booked.Id).IsCounted)],
            entry.Seq
        );
    }

    /// <summary>Two exports of one bill differ by less; a part and a whole by more.</summary>
    private const int LossPercentMax = 5;

    /// <summary>
    /// A vendor's invoice is a part of the cloud's bill with its marketplace lines: chosen over it, it would take the
    /// rest of that bill out of every total.
    /// </summary>
    private static void RefuseLoss(BookedDelivery chosen, IEnumerable<BookedDelivery> others)
    {
        foreach (var other in others.Where(other => other.IsCounted))
        {
            foreach (var theirs in other.Delivery.Totals)
            {
                var mine = chosen.Delivery.Totals.FirstOrDefault(one => one.BillingCurrency == theirs.BillingCurrency);
                var (whole, part) = (CostOf(theirs).Abs(), mine is null ? Amount.Zero : CostOf(mine).Abs());
                if (whole.Times(100) > part.Times(100 + LossPercentMax))
                    throw new RefusedException(
                        "deliveries/part-of-a-whole",
                        $"{other.Id} holds {whole} {theirs.BillingCurrency} and {chosen.Id} only {part}: "
                            + $"chosen over it, {chosen.Id} would take the rest of {other.Id} out of every total too.",
                        $"Let the whole count: `bursar deliveries choose {other.Id} --reason ...`; or both, if they are not the same: --both.",
                        exitCode: 2
                    );
            }
        }
    }

    private static Amount CostOf(DeliveryTotals totals) => totals.EffectiveCost ?? totals.BilledCost ?? Amount.Zero;

    /// <summary>The live deliveries that were found to hold the same charges, in either direction.</summary>
    private static List<string> Others(BooksState state, BookedDelivery chosen)
    {
        var twins = state
            .LiveDeliveries.Where(booked =>
                booked.Id != chosen.Id && (AreTwins(booked, chosen) || AreTwins(chosen, booked))
            )
            .Select(booked => booked.Id)
            .ToList();
        if (chosen.IsLive && twins.Count > 0)
            return twins;
        throw new RefusedException(
            "deliveries/no-twin",
            chosen.IsLive
                ? $"No other delivery holds the charges of {chosen.Id}, so there is nothing to choose."
                : $"{chosen.Id} was replaced or withdrawn, so it cannot be chosen.",
            "`bursar deliveries` shows which deliveries are blocked.",
            exitCode: 2
        );

        bool AreTwins(BookedDelivery one, BookedDelivery other) =>
            (one.Delivery.Twins ?? []).Any(twin => state.StandingOf(twin.Id)?.Id == other.Id);
    }
}
