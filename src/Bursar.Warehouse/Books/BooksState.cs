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

    private BooksState(IReadOnlyList<JournalEntry> entries, BooksFold fold)
    {
        Entries = entries;
        Deliveries = fold.Deliveries();
        Resolved = fold.Resolved;
        PrunedIds = fold.Pruned;
        LiveDeliveries = [.. Deliveries.Where(d => d.IsLive)];
        byId = Deliveries.ToDictionary(d => d.Id);
        RulebookHistory = fold.Rulebooks;
        IssuedDocuments = fold.Issued;
    }

    /// <summary>The journal up to this state. Capabilities fold their own kinds from it.</summary>
    public IReadOnlyList<JournalEntry> Entries { get; }

    /// <summary>Every delivery ever booked, in the order of booking.</summary>
    public IReadOnlyList<BookedDelivery> Deliveries { get; }

    /// <summary>The deliveries that are neither replaced nor withdrawn; not all of them add cost.</summary>
    public IReadOnlyList<BookedDelivery> LiveDeliveries { get; }

    /// <summary>What was chosen between deliveries of the same charges, oldest first.</summary>
    public IReadOnlyList<TwinsResolved> Resolved { get; }

    /// <summary>
    /// Deliveries whose files are gone, even when that happened after the moment of this state.
    /// </summary>
    public IReadOnlySet<string> PrunedIds { get; private init; }

    /// <summary>The rulebook in force; null when none was ever published.</summary>
    public PublishedRulebook? Rulebook => RulebookHistory.Count > 0 ? RulebookHistory[^1] : null;

    /// <summary>Every rulebook that was in force, oldest first.</summary>
    public IReadOnlyList<PublishedRulebook> RulebookHistory { get; }

    public IReadOnlyList<IssuedDocument> IssuedDocuments { get; }

    /// <summary>The number of the last entry; 0 for empty books.</summary>
    public long HeadSeq => Entries.Count;

    /// <summary>The hash of the last entry; 64 zeros for empty books.</summary>
    public string HeadHash => Entries.Count > 0 ? Entries[^1].Hash : JournalHead.NoHash;

    /// <summary>When the last entry was written; null for empty books.</summary>
    public DateTimeOffset? HeadAt => Entries.Count > 0 ? Entries[^1].At : null;

    public BookedDelivery? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>The live delivery with this content, if there is one: the same again would be a no-op.</summary>
    public BookedDelivery? LiveWithContent(string contentHash) =>
        LiveDeliveries.FirstOrDefault(d => d.Delivery.ContentHash == contentHash);

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
        return new BooksState(entries, fold) { PrunedIds = prunedSince ?? fold.Pruned };
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
                TwinsResolved.Kind => entry.Read(BooksJson.Line.TwinsResolved),
                DeliveriesPruned.Kind => entry.Read(BooksJson.Line.DeliveriesPruned),
                RulebookPublished.Kind => entry.Read(BooksJson.Line.RulebookPublished),
                DocumentIssued.EntryKind => entry.Read(BooksJson.Line.DocumentIssued),
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
