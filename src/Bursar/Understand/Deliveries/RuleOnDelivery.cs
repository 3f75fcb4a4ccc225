using Bursar.Core.Diagnostics;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>Releases or rejects a held delivery by a journal entry; nothing is deleted either way.</summary>
internal sealed class RuleOnDelivery(BooksOfRecord books)
{
    /// <summary>It counts from now on, in the place of what it was to replace.</summary>
    /// <exception cref="RefusedException">It is not held, or would count a file twice.</exception>
    public BookedDelivery Release(string id, string reason, string actor, CancellationToken cancel) =>
        Rule(
            id,
            reason,
            actor,
            (state, held) =>
            {
                RefuseTwice(state, held);
                return NewEntry.Of(new DeliveryReleased(held.Id, reason.Trim()));
            },
            cancel
        );

    /// <summary>It never counts; as-of questions and audits still find it.</summary>
    /// <exception cref="RefusedException">It is not held.</exception>
    public BookedDelivery Reject(string id, string reason, string actor, CancellationToken cancel) =>
        Rule(id, reason, actor, (_, held) => NewEntry.Of(new DeliveryRejected(held.Id, reason.Trim())), cancel);

    private BookedDelivery Rule(
        string id,
        string reason,
        string actor,
        Func<BooksState, BookedDelivery, NewEntry> decide,
        CancellationToken cancel
    )
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw new RefusedException(
                "deliveries/no-ruling-reason",
                "Releasing or rejecting a delivery needs a reason: later readers will ask for it.",
                "Write --reason \"why it is right, or wrong\".",
                exitCode: 2
            );
        var entry = books.Commit(actor, state => decide(state, state.Require(id)), cancel)!;
        return books.AsOf(entry.Seq).Require(id);
    }

    /// <summary>No file of a month counts twice, whatever was delivered while this one was held.</summary>
    private static void RefuseTwice(BooksState state, BookedDelivery held)
    {
        var files = held.Delivery.SourceFiles.Select(file => file.Sha256).ToHashSet();
        var twice = state
            .LiveDeliveries.Where(booked =>
                !held.Supersedes.Contains(booked.Id) && booked.Delivery.BillingPeriod == held.Delivery.BillingPeriod
            )
            .FirstOrDefault(booked => booked.Delivery.SourceFiles.Any(file => files.Contains(file.Sha256)));
        if (held.IsHeld && twice is not null)
            throw new RefusedException(
                "deliveries/counts-already",
                $"A file of {held.Id} counts already, with delivery {twice.Id}; released it would count twice.",
                $"`bursar deliveries reject {held.Id} --reason ...`, or withdraw {twice.Id} first."
            );
    }
}
