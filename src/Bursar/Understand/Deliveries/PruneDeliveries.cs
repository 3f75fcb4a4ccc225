using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>What a prune would remove, or removed.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Deliveries">The deliveries that go.</param>
/// <param name="Files">Their files that nothing else needs.</param>
/// <param name="Kept">How many that count no more stay, by reason.</param>
/// <param name="Entry">The journal entry; null for a trial.</param>
internal sealed record Pruning(
    PrunePolicy Policy,
    IReadOnlyList<BookedDelivery> Deliveries,
    IReadOnlyList<(string Path, long Bytes)> Files,
    IReadOnlyDictionary<KeptBecause, int> Kept,
    long? Entry
)
{
    public long Bytes => Files.Sum(file => file.Bytes);
}

/// <summary>
/// Thins out deliveries that were replaced or withdrawn and that no issued figure rests on, by a stated policy.
/// </summary>
internal sealed class PruneDeliveries(BooksOfRecord books, TimeProvider clock)
{
    /// <summary>What the policy lets go now; nothing is changed.</summary>
    public Pruning Try(PrunePolicy policy)
    {
        var state = books.Current();
        var judged = Judge(state, policy);
        var gone = judged.Where(item => item.Why == KeptBecause.Nothing).Select(item => item.Booked).ToList();
        return new Pruning(
            policy,
            gone,
            BooksPrune.Files(books.Folder, state, gone.Select(booked => booked.Id).ToHashSet()),
            judged
                .Where(item => item.Why != KeptBecause.Nothing)
                .GroupBy(item => item.Why)
                .ToDictionary(group => group.Key, group => group.Count()),
            null
        );
    }

    /// <summary>Removes it.</summary>
    public Pruning Run(PrunePolicy policy, string actor, CancellationToken cancel)
    {
        // What an earlier prune was killed over goes first, so that it is not lost sight of.
        BooksPrune.Remove(books, cancel);
        var plan = Try(policy);
        var entry = BooksPrune.Run(
            books,
            actor,
            state =>
                [.. Judge(state, policy).Where(item => item.Why == KeptBecause.Nothing).Select(item => item.Booked.Id)],
            policy.ToString(),
            cancel
        );
        return plan with { Entry = entry?.Seq };
    }

    private IReadOnlyList<(BookedDelivery Booked, KeptBecause Why)> Judge(BooksState state, PrunePolicy policy) =>
        JudgeReplaced.By(
            [.. state.Deliveries.Where(booked => !booked.IsLive && !booked.IsPruned)],
            booked => EndOf(booked, state),
            [
                .. state.IssuedDocuments.Select(issued => issued.IssuedSeq),
                .. state.RulebookHistory.Select(published => published.PublishedSeq),
            ],
            policy,
            clock.GetUtcNow()
        );

    /// <summary>
    /// When it ceased to count for good. What was replaced, and came back while its replacement was withdrawn, ceased
    /// with the last of them.
    /// </summary>
    private static (long Seq, DateTimeOffset At) EndOf(BookedDelivery booked, BooksState state)
    {
        var seq = Math.Max(booked.SupersededBySeq ?? 0, booked.WithdrawnSeq ?? 0);
        return (seq, state.Entries[(int)seq - 1].At);
    }
}
