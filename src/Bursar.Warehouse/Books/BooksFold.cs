using Bursar.Core.Diagnostics;

namespace Bursar.Warehouse.Books;

/// <summary>Applies journal entries one after another; the state is what they add up to.</summary>
internal sealed class BooksFold
{
    private readonly List<BookedDelivery> booked = [];
    private readonly Dictionary<string, int> indexOf = [];
    private readonly HashSet<string> issuedIds = [];

    /// <summary>
    /// The delivery that replaces each replaced one. A delivery is replaced at most once while its replacement stands.
    /// </summary>
    private readonly Dictionary<string, string> replacedBy = [];

    public BooksFold() { }

    /// <summary>Goes on from a state.</summary>
    public BooksFold(BooksState state)
    {
        foreach (var delivery in state.Deliveries)
            Add(delivery);
        // A held delivery replaces nothing before it is released, and then what counted at that moment.
        foreach (var delivery in state.Deliveries.Where(d => d.IsAdmitted).OrderBy(d => d.AdmittedSeq))
        foreach (var id in delivery.Supersedes)
            replacedBy[id] = delivery.Id;
        Rulebooks.AddRange(state.RulebookHistory);
        Proposed.AddRange(state.ProposedRulebooks);
        Issued.AddRange(state.IssuedDocuments);
        Series.AddRange(state.SeriesDeliveries);
        issuedIds.UnionWith(state.IssuedDocuments.Select(i => i.Document.Id));
        Resolved.AddRange(state.Resolved);
        Pruned.UnionWith(state.PrunedIds);
    }

    public List<TwinsResolved> Resolved { get; } = [];

    /// <summary>Deliveries whose files were removed.</summary>
    public HashSet<string> Pruned { get; } = new(StringComparer.Ordinal);

    public List<PublishedRulebook> Rulebooks { get; } = [];

    /// <summary>Rulebooks that were proposed; those that were published since are in force by themselves.</summary>
    public List<PublishedRulebook> Proposed { get; } = [];

    public List<IssuedDocument> Issued { get; } = [];

    public List<BookedSeries> Series { get; } = [];

    public void Apply(JournalEntry entry, object? fact)
    {
        switch (fact)
        {
            case IReadOnlyList<DeliveryOutline> committed:
                foreach (var delivery in committed)
                    Commit(entry, delivery);
                break;
            case DeliveryWithdrawn withdrawn:
                Withdraw(entry, withdrawn);
                break;
            case DeliveryReleased released:
                Rule(entry, released.Id, released.Reason, isReleased: true);
                break;
            case DeliveryRejected rejected:
                Rule(entry, rejected.Id, rejected.Reason, isReleased: false);
                break;
            case TwinsResolved resolved:
                Require(resolved.Id);
                foreach (var id in resolved.Over)
                    Require(id);
                Resolved.Add(resolved);
                break;
            case DeliveriesPruned pruned:
                foreach (var id in pruned.Ids)
                    Prune(id);
                break;
            case RulebookPublished published:
                Rulebooks.Add(
                    new(published.Hash, published.Files, published.Note, entry.Seq, entry.At, entry.Actor)
                    {
                        Effective = published.Effective,
                        Approver = published.Approver,
                    }
                );
                break;
            case RulebookProposed proposed:
                Proposed.Add(
                    new(proposed.Hash, proposed.Files, proposed.Note, entry.Seq, entry.At, entry.Actor)
                    {
                        Effective = proposed.Effective,
                    }
                );
                break;
            case SeriesDelivered series:
                if (Series.Exists(other => other.Fact.Id == series.Id))
                    throw Refused(
                        "duplicate-series",
                        $"A delivery {series.Id} of that series is in the books already."
                    );
                Series.Add(new(series, entry.Seq, entry.At, entry.Actor));
                break;
            case DocumentIssued issued:
                if (!issuedIds.Add(issued.Id))
                    throw Refused("duplicate-document", $"A document {issued.Id} was issued already.");
                Issued.Add(new(issued, entry.Seq, entry.At, entry.Actor));
                break;
            default:
                break;
        }
    }

    /// <summary>All deliveries, each with what became of it.</summary>
    /// <remarks>
    /// A delivery counts unless it was withdrawn, or its replacement stands. A withdrawn replacement stands no longer,
    /// and what it had replaced counts again, unless the replacement was itself replaced by one that stands: else a
    /// month would count twice.
    /// </remarks>
    public List<BookedDelivery> Deliveries()
    {
        var all = new List<BookedDelivery>(booked.Count);
        foreach (var delivery in booked)
        {
            var by = StandingReplacement(delivery.Id);
            all.Add(by is null ? delivery : delivery with { SupersededBy = by.Id, SupersededBySeq = by.AdmittedSeq });
        }
        return FindStandings.Of(all, Resolved);
    }

    public static RefusedException UnknownDelivery(string id) =>
        Refused(
            "unknown-delivery",
            $"There is no delivery \"{id}\" in these books.",
            "See `bursar deliveries` for the ids."
        );

    /// <summary>A pruned delivery that would count again if this one were taken back.</summary>
    private string? Restores(string id) =>
        StandingReplacement(id) is not null
            ? null
            : Pruned.FirstOrDefault(gone =>
                booked[indexOf[gone]].WithdrawnSeq is null && StandingReplacement(gone)?.Id == id
            );

    private BookedDelivery? StandingReplacement(string id)
    {
        while (replacedBy.TryGetValue(id, out var by))
        {
            var replacement = booked[indexOf[by]];
            if (replacement.WithdrawnSeq is null)
                return replacement;
            id = by;
        }
        return null;
    }

    private void Commit(JournalEntry entry, DeliveryOutline delivery)
    {
        if (indexOf.ContainsKey(delivery.Id))
            throw Refused("duplicate-delivery", $"A delivery {delivery.Id} is in the books already.");
        foreach (var id in delivery.Supersedes.Where(_ => !delivery.Held))
        {
            if (!indexOf.TryGetValue(id, out var index))
                throw UnknownDelivery(id);
            if (booked[index].WithdrawnSeq is not null || StandingReplacement(id) is not null)
                throw Refused(
                    "not-live",
                    $"Delivery {delivery.Id} cannot replace {id}, which does not count any more."
                );
            replacedBy[id] = delivery.Id;
        }
        Add(new BookedDelivery(delivery, entry));
    }

    /// <summary>A person lets a held delivery in, or keeps it out for good.</summary>
    private void Rule(JournalEntry entry, string id, string reason, bool isReleased)
    {
        if (!indexOf.TryGetValue(id, out var index))
            throw UnknownDelivery(id);
        if (!booked[index].IsHeld)
            throw Refused("not-held", $"Delivery {id} is not held, so there is nothing to release or reject.");
        if (isReleased)
            TakePlaces(booked[index]);
        booked[index] = booked[index] with { Ruling = new(isReleased, reason, entry.Seq, entry.At, entry.Actor) };
    }

    /// <summary>Replaces what still counts of the deliveries that a held one was to replace.</summary>
    private void TakePlaces(BookedDelivery released)
    {
        foreach (var id in released.Supersedes)
        {
            if (StandingReplacement(id) is { } newer)
                throw Refused(
                    "not-live",
                    $"Delivery {released.Id} was to replace {id}, whose place {newer.Id} has taken since.",
                    $"`bursar deliveries reject {released.Id} --reason ...`, or withdraw {newer.Id} first."
                );
            replacedBy[id] = released.Id;
        }
    }

    private void Withdraw(JournalEntry entry, DeliveryWithdrawn withdrawn)
    {
        if (!indexOf.TryGetValue(withdrawn.Id, out var index))
            throw UnknownDelivery(withdrawn.Id);
        if (booked[index].WithdrawnSeq is not null)
            throw Refused(
                "already-withdrawn",
                $"Delivery {withdrawn.Id} was withdrawn before, by entry {booked[index].WithdrawnSeq}."
            );
        if (Restores(withdrawn.Id) is { } gone)
            throw Refused(
                "replaced-is-pruned",
                $"{withdrawn.Id} cannot be withdrawn: {gone}, which would count again, was pruned, and its files are gone.",
                $"Ingest the files of {gone} again with --replace instead; `bursar deliveries {gone}` names them."
            );
        booked[index] = booked[index] with
        {
            WithdrawnSeq = entry.Seq,
            WithdrawnAt = entry.At,
            WithdrawnBy = entry.Actor,
            WithdrawnReason = withdrawn.Reason,
        };
    }

    private BookedDelivery Require(string id) =>
        indexOf.TryGetValue(id, out var index) ? booked[index] : throw UnknownDelivery(id);

    private void Prune(string id)
    {
        if (Require(id).WithdrawnSeq is null && StandingReplacement(id) is null)
            throw Refused("not-prunable", $"Delivery {id} is neither replaced nor withdrawn, so its files stay.");
        Pruned.Add(id);
    }

    private void Add(BookedDelivery delivery)
    {
        indexOf.Add(delivery.Id, booked.Count);
        booked.Add(delivery);
    }

    private static RefusedException Refused(
        string code,
        string message,
        string remedy = "See `bursar deliveries` for what is in the books."
    ) => new("books/" + code, message, remedy);
}
