using System.Runtime.ExceptionServices;
using System.Text.Json;
using Bursar.Core.Diagnostics;

namespace Bursar.Warehouse.Books;

/// <summary>
/// The books as they stood after one journal entry: what was delivered, what counts, which rules were in force.
/// </summary>
/// <remarks>It never changes. A later moment is another state.</remarks>
public sealed class BooksState
{
    private readonly Dictionary<string, BookedDelivery> byId;

    private BooksState(IReadOnlyList<JournalEntry> entries, BooksFold fold, IReadOnlySet<string> pruned)
    {
        Entries = entries;
        PrunedIds = pruned;
        Deliveries =
            pruned.Count == 0
                ? fold.Deliveries()
                : [.. fold.Deliveries().Select(booked => booked with { IsPruned = pruned.Contains(booked.Id) })];
        Resolved = fold.Resolved;
        LiveDeliveries = [.. Deliveries.Where(d => d.IsLive)];
        HeldDeliveries = [.. Deliveries.Where(d => d.IsHeld)];
        byId = Deliveries.ToDictionary(d => d.Id);
        RulebookHistory = fold.Rulebooks;
        RulebooksInForce = InForce(fold.Rulebooks);
        ProposedRulebooks = fold.Proposed;
        IssuedDocuments = fold.Issued;
        SeriesDeliveries = fold.Series;
    }

    /// <summary>The journal up to this state. Capabilities fold their own kinds from it.</summary>
    public IReadOnlyList<JournalEntry> Entries { get; }

    /// <summary>Every delivery ever booked, in the order of booking.</summary>
    public IReadOnlyList<BookedDelivery> Deliveries { get; }

    /// <summary>The deliveries that are neither held, rejected, replaced nor withdrawn; not all add cost.</summary>
    public IReadOnlyList<BookedDelivery> LiveDeliveries { get; }

    /// <summary>The deliveries that a check holds and nobody has decided about: they count in no total.</summary>
    public IReadOnlyList<BookedDelivery> HeldDeliveries { get; }

    /// <summary>What was chosen between deliveries of the same charges, oldest first.</summary>
    public IReadOnlyList<TwinsResolved> Resolved { get; }

    /// <summary>
    /// Deliveries whose files are gone, even when that happened after the moment of this state.
    /// </summary>
    public IReadOnlySet<string> PrunedIds { get; }

    /// <summary>The rulebook that was published last; null when none was ever published.</summary>
    public PublishedRulebook? Rulebook => RulebookHistory.Count > 0 ? RulebookHistory[^1] : null;

    /// <summary>Every rulebook that was published, oldest first.</summary>
    public IReadOnlyList<PublishedRulebook> RulebookHistory { get; }

    /// <summary>Which of them holds for the charges of which days, earliest first; empty before the first.</summary>
    public IReadOnlyList<RulebookTurn> RulebooksInForce { get; }

    /// <summary>Every rulebook that was proposed, oldest first, whatever became of it.</summary>
    public IReadOnlyList<PublishedRulebook> ProposedRulebooks { get; }

    /// <summary>The proposals that nobody has put in force since.</summary>
    public IEnumerable<PublishedRulebook> WaitingRulebooks =>
        ProposedRulebooks.Where(proposed =>
            !RulebookHistory.Any(published =>
                published.Hash == proposed.Hash && published.PublishedSeq > proposed.PublishedSeq
            )
        );

    public IReadOnlyList<IssuedDocument> IssuedDocuments { get; }

    /// <summary>Every delivery of a series of measures, in the order of booking.</summary>
    public IReadOnlyList<BookedSeries> SeriesDeliveries { get; }

    /// <summary>The number of the last entry; 0 for empty books.</summary>
    public long HeadSeq => Entries.Count;

    /// <summary>The hash of the last entry; 64 zeros for empty books.</summary>
    public string HeadHash => Entries.Count > 0 ? Entries[^1].Hash : JournalHead.NoHash;

    /// <summary>When the last entry was written; null for empty books.</summary>
    public DateTimeOffset? HeadAt => Entries.Count > 0 ? Entries[^1].At : null;

    public BookedDelivery? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>A delivery or what stands in its place; null when all of that was taken back.</summary>
    public BookedDelivery? StandingOf(string id)
    {
        while (Find(id) is { } booked)
        {
            if (booked.IsLive)
                return booked;
            if (booked.SupersededBy is not { } by)
                return null;
            id = by;
        }
        return null;
    }

    /// <summary>The live delivery with this content, if there is one: the same again would be a no-op.</summary>
    public BookedDelivery? LiveWithContent(string contentHash) =>
        LiveDeliveries.FirstOrDefault(d => d.Delivery.ContentHash == contentHash);

    /// <summary>The held delivery with this content, if there is one.</summary>
    public BookedDelivery? HeldWithContent(string contentHash) =>
        HeldDeliveries.FirstOrDefault(d => d.Delivery.ContentHash == contentHash);

    /// <summary>The delivery of that id.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public BookedDelivery Require(string id) => Find(id) ?? throw BooksFold.UnknownDelivery(id);

    /// <summary>Folds entries into a state.</summary>
    /// <exception cref="RefusedException">An entry says what cannot be.</exception>
    internal static BooksState Of(
        IReadOnlyList<JournalEntry> entries,
        FactCache facts,
        IReadOnlySet<string>? prunedSince = null
    )
    {
        var fold = FoldOf(entries, facts);
        return new BooksState(entries, fold, prunedSince ?? fold.Pruned);
    }

    /// <summary>A publication takes all days from its effective day on; one without a day takes them all.</summary>
    private static List<RulebookTurn> InForce(IReadOnlyList<PublishedRulebook> published)
    {
        var turns = new List<RulebookTurn>();
        foreach (var rulebook in published)
        {
            var from = rulebook.Effective ?? DateOnly.MinValue;
            turns.RemoveAll(turn => turn.From >= from);
            turns.Add(new RulebookTurn(from, rulebook));
        }
        return turns;
    }

    private static BooksFold FoldOf(IReadOnlyList<JournalEntry> entries, FactCache facts)
    {
        var fold = new BooksFold();
        foreach (var entry in entries)
            fold.Apply(entry, facts.Of(entry));
        return fold;
    }

    /// <summary>Refuses a new entry that cannot follow this state.</summary>
    internal void Check(NewEntry entry)
    {
        var fold = new BooksFold(this);
        var next = new JournalEntry(HeadSeq + 1, HeadAt ?? default, "", entry.Kind, entry.Data, HeadHash, "");
        fold.Apply(next, FactCache.Parse(next));
    }
}

/// <summary>
/// The typed facts of entries already read, so that another moment of the journal is folded without reading JSON again.
/// </summary>
internal sealed class FactCache
{
    private object?[] facts = [];
    private string lastHash = "";

    public object? Of(JournalEntry entry) => facts[entry.Seq - 1];

    /// <summary>Reads the facts of entries that are new to the cache.</summary>
    public void Extend(IReadOnlyList<JournalEntry> entries)
    {
        var known = facts.Length;
        // A journal restored from a backup is another journal, though it may be longer.
        if (known > 0 && (entries.Count < known || entries[known - 1].Hash != lastHash))
            known = 0;
        var all = new object?[entries.Count];
        Array.Copy(facts, all, known);
        if (all.Length - known < 100)
            for (var i = known; i < all.Length; i++)
                all[i] = Parse(entries[i]);
        else
            ParseAtOnce(entries, all, known);
        facts = all;
        lastHash = all.Length > 0 ? entries[^1].Hash : "";
    }

    private static void ParseAtOnce(IReadOnlyList<JournalEntry> entries, object?[] all, int known)
    {
        try
        {
            Parallel.For(known, all.Length, i => all[i] = Parse(entries[i]));
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    /// <summary>The record of a kind that the books know; null for the kinds of the capabilities.</summary>
    public static object? Parse(JournalEntry entry)
    {
        try
        {
            return entry.Kind switch
            {
                DeliveriesCommitted.Kind => DeliveryOutline.Of(entry),
                DeliveryWithdrawn.Kind => entry.Read(BooksJson.Line.DeliveryWithdrawn),
                DeliveryReleased.Kind => entry.Read(BooksJson.Line.DeliveryReleased),
                DeliveryRejected.Kind => entry.Read(BooksJson.Line.DeliveryRejected),
                TwinsResolved.Kind => entry.Read(BooksJson.Line.TwinsResolved),
                DeliveriesPruned.Kind => entry.Read(BooksJson.Line.DeliveriesPruned),
                RulebookPublished.Kind => entry.Read(BooksJson.Line.RulebookPublished),
                RulebookProposed.Kind => entry.Read(BooksJson.Line.RulebookProposed),
                DocumentIssued.EntryKind => entry.Read(BooksJson.Line.DocumentIssued),
                SeriesDelivered.Kind => entry.Read(BooksJson.Line.SeriesDelivered),
                _ => null,
            };
        }
        catch (JsonException cause)
        {
            throw Unreadable(entry, cause);
        }
    }

    public static RefusedException Unreadable(JournalEntry entry, JsonException cause) =>
        new(
            "books/unreadable-entry",
            $"Journal entry {entry.Seq} ({entry.Kind}) cannot be read: {cause.Message}",
            "It was probably written by a newer Bursar. Use that version, or a newer one."
        );
}
