using System.Globalization;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>What is thinned out, and what stays.</summary>
/// <param name="OlderThanDays">So many days after it was replaced or withdrawn, a delivery may go.</param>
/// <param name="KeepLast">So many of the replaced deliveries of a month stay, the newest.</param>
/// <param name="KeepMonthEnds">Whether what counted at the end of a month stays.</param>
internal sealed record PrunePolicy(int OlderThanDays, int KeepLast, bool KeepMonthEnds)
{
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"replaced or withdrawn more than {OlderThanDays} days ago; kept: the last {KeepLast} of each source, month and accounts, "
        )
        + (KeepMonthEnds ? "what counted at the end of a month, " : "")
        + "and what an issued document or a publication of rules rests on";
}

/// <summary>Why a delivery that counts no more stays.</summary>
internal enum KeptBecause
{
    /// <summary>Nothing keeps it: it goes.</summary>
    Nothing,

    /// <summary>It was replaced or withdrawn only lately.</summary>
    Young,

    /// <summary>It is among the last of its month.</summary>
    Last,

    /// <summary>It counted at the end of a month.</summary>
    MonthEnd,

    /// <summary>A document was issued, or rules were published, while it counted.</summary>
    Cited,
}

/// <summary>Decides which deliveries a policy lets go.</summary>
internal static class JudgeReplaced
{
    /// <summary>The deliveries that count no more and have their files, each with what keeps it.</summary>
    /// <param name="deliveries">Those that were replaced or withdrawn.</param>
    /// <param name="endOf">When and by which entry one ceased to count for good.</param>
    /// <param name="cited">The entries of issued documents and publications.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="now">The present moment.</param>
    public static IReadOnlyList<(BookedDelivery Booked, KeptBecause Why)> By(
        IReadOnlyList<BookedDelivery> deliveries,
        Func<BookedDelivery, (long Seq, DateTimeOffset At)> endOf,
        IReadOnlyList<long> cited,
        PrunePolicy policy,
        DateTimeOffset now
    ) =>
        [
            .. from booked in deliveries
            group booked by (
                booked.Delivery.Source,
                booked.Delivery.BillingPeriod,
                Accounts: string.Join('\n', booked.Delivery.BillingAccountIds.Order(StringComparer.Ordinal))
            ) into same
            from item in same.OrderByDescending(booked => booked.CommittedSeq).Index()
            orderby item.Item.CommittedSeq
            select (item.Item, Why(item.Item, item.Index, endOf(item.Item), cited, policy, now)),
        ];

    private static KeptBecause Why(
        BookedDelivery booked,
        int rank,
        (long Seq, DateTimeOffset At) end,
        IReadOnlyList<long> cited,
        PrunePolicy policy,
        DateTimeOffset now
    ) =>
        cited.Any(seq => booked.CommittedSeq <= seq && seq < end.Seq) ? KeptBecause.Cited
        : policy.KeepMonthEnds && CountedAtMonthEnd(booked.CommittedAt, end.At) ? KeptBecause.MonthEnd
        : rank < policy.KeepLast ? KeptBecause.Last
        : end.At > now.AddDays(-policy.OlderThanDays) ? KeptBecause.Young
        : KeptBecause.Nothing;

    /// <summary>Whether a month (UTC) ended while it counted.</summary>
    private static bool CountedAtMonthEnd(DateTimeOffset from, DateTimeOffset to) =>
        (from.UtcDateTime.Year, from.UtcDateTime.Month) != (to.UtcDateTime.Year, to.UtcDateTime.Month);
}
