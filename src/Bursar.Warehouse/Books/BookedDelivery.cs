namespace Bursar.Warehouse.Books;

/// <summary>A delivery with what became of it, as seen at one moment of the journal.</summary>
public sealed record BookedDelivery
{
    private readonly DeliveryOutline outline;

    internal BookedDelivery(DeliveryOutline outline, JournalEntry entry)
    {
        this.outline = outline;
        (CommittedSeq, CommittedAt, CommittedBy) = (entry.Seq, entry.At, entry.Actor);
    }

    public string Id => outline.Id;

    /// <summary>
    /// What was committed. Read from the journal when it is first asked for: most deliveries of a long journal are
    /// replaced ones.
    /// </summary>
    public Delivery Delivery => outline.Delivery.Value;

    /// <summary>Ids of the deliveries that it replaced.</summary>
    public IReadOnlyList<string> Supersedes => outline.Supersedes;

    /// <summary>The entry that booked it.</summary>
    public long CommittedSeq { get; }

    public DateTimeOffset CommittedAt { get; }

    public string CommittedBy { get; }

    /// <summary>The entry of the delivery that replaces it; null when none does, or that one was withdrawn.</summary>
    public long? SupersededBySeq { get; init; }

    /// <summary>The id of the delivery that replaces it.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>The entry that took it back.</summary>
    public long? WithdrawnSeq { get; init; }

    public DateTimeOffset? WithdrawnAt { get; init; }

    public string? WithdrawnBy { get; init; }

    /// <summary>Why it was taken back.</summary>
    public string? WithdrawnReason { get; init; }

    /// <summary>What a person decided about it; null when no check held it, or nobody has decided yet.</summary>
    public DeliveryRuling? Ruling { get; init; }

    /// <summary>True while a check holds it and nobody has decided: it counts in no total.</summary>
    public bool IsHeld => outline.Held && Ruling is null && WithdrawnSeq is null;

    /// <summary>True when it was let in, by the checks or by a person, whatever came after.</summary>
    public bool IsAdmitted => !outline.Held || Ruling is { IsReleased: true };

    /// <summary>The entry since which it counts, when it does.</summary>
    public long AdmittedSeq => Ruling?.Seq ?? CommittedSeq;

    /// <summary>True when it is neither held, rejected, replaced nor withdrawn.</summary>
    public bool IsLive => IsAdmitted && SupersededBySeq is null && WithdrawnSeq is null;

    /// <summary>Whether totals add it, and why not.</summary>
    public DeliveryStanding Standing { get; init; }

    /// <summary>The deliveries because of which it does not count, or counts only in part of what it covers.</summary>
    public IReadOnlyList<string> BecauseOf { get; init; } = [];

    /// <summary>What tells that these hold the same charges; sentences without a full stop.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>
    /// Billing accounts of an estimate that does not count, for which no bill has arrived: totals lack them.
    /// </summary>
    public IReadOnlyList<string> UnbilledAccounts { get; init; } = [];

    /// <summary>True when totals add it.</summary>
    public bool IsCounted => Standing == DeliveryStanding.Counts;

    /// <summary>True when its files are gone, even if that happened after the moment that is asked.</summary>
    public bool IsPruned { get; internal init; }

    internal DeliveryOutline Outline => outline;
}

/// <summary>A rulebook that is or was in force.</summary>
public sealed record PublishedRulebook(
    string Hash,
    IReadOnlyList<PublishedFile> Files,
    string? Note,
    long PublishedSeq,
    DateTimeOffset PublishedAt,
    string PublishedBy
)
{
    /// <summary>The first day of charges that it holds for; null for the charges of all days.</summary>
    public DateOnly? Effective { get; init; }

    /// <summary>Who agreed to it; null when nobody was named.</summary>
    public string? Approver { get; init; }
}

/// <summary>From which day of charges on a published rulebook holds, until the next one does.</summary>
public sealed record RulebookTurn(DateOnly From, PublishedRulebook Rulebook);

/// <summary>Points of a series of measures, with when they were booked and by whom.</summary>
public sealed record BookedSeries(
    SeriesDelivered Fact,
    long CommittedSeq,
    DateTimeOffset CommittedAt,
    string CommittedBy
);

/// <summary>A document as it was issued.</summary>
public sealed record IssuedDocument(DocumentIssued Document, long IssuedSeq, DateTimeOffset IssuedAt, string IssuedBy);
