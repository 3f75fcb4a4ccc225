using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Bursar.Warehouse.Books;

/// <summary>The deliveries of one command, booked together: all of them or none.</summary>
public sealed record DeliveriesCommitted(IReadOnlyList<Delivery> Deliveries)
{
    public const string Kind = "deliveries-committed";
}

/// <summary>A delivery taken back by a person; what it had replaced counts again.</summary>
public sealed record DeliveryWithdrawn(string Id, string Reason)
{
    public const string Kind = "delivery-withdrawn";
}

/// <summary>A held delivery let into the books' totals by a person; it replaces what it was to replace.</summary>
public sealed record DeliveryReleased(string Id, string Reason)
{
    public const string Kind = "delivery-released";
}

/// <summary>A held delivery that a person decided never to count.</summary>
public sealed record DeliveryRejected(string Id, string Reason)
{
    public const string Kind = "delivery-rejected";
}

/// <summary>
/// Replaced or withdrawn deliveries whose files were removed, by a stated policy; what they summed to stays known.
/// </summary>
/// <param name="Ids">The deliveries.</param>
/// <param name="Policy">The policy in words.</param>
public sealed record DeliveriesPruned(IReadOnlyList<string> Ids, string Policy)
{
    public const string Kind = "deliveries-pruned";
}

/// <summary>A rulebook put in force; its files are kept under rulebooks/hash/.</summary>
/// <param name="Hash">What it is.</param>
/// <param name="Files">Its files.</param>
/// <param name="Note">Why, for people.</param>
/// <param name="Effective">The first day of charges that it holds for; null for the charges of all days.</param>
/// <param name="Approver">Who agreed to it.</param>
/// <param name="Author">Who proposed it, where that was somebody else than who published it.</param>
public sealed record RulebookPublished(
    string Hash,
    IReadOnlyList<PublishedFile> Files,
    string? Note,
    DateOnly? Effective = null,
    string? Approver = null,
    string? Author = null
)
{
    public const string Kind = "rulebook-published";
}

/// <summary>A rulebook that waits for somebody else's approval; its files are kept as if it held.</summary>
/// <param name="Hash">What it is.</param>
/// <param name="Files">Its files.</param>
/// <param name="Note">Why, for people.</param>
/// <param name="Effective">The first day of charges that it is to hold for; null for the charges of all days.</param>
public sealed record RulebookProposed(
    string Hash,
    IReadOnlyList<PublishedFile> Files,
    string? Note,
    DateOnly? Effective = null
)
{
    public const string Kind = "rulebook-proposed";
}

/// <summary>A file of a published rulebook: its path within the rulebook and its checksum.</summary>
public sealed record PublishedFile(string Path, string Sha256);

/// <summary>A brief or statement as it was issued, kept byte for byte.</summary>
/// <param name="Id">Unique among issued documents.</param>
/// <param name="Kind">What it is: "brief", "statement".</param>
/// <param name="Path">Below the books folder.</param>
/// <param name="Sha256">Its checksum.</param>
/// <param name="Title">For people.</param>
/// <param name="Figures">The figures in it that other reports may be compared with.</param>
public sealed record DocumentIssued(
    string Id,
    string Kind,
    string Path,
    string Sha256,
    string Title,
    IReadOnlyList<IssuedFigure>? Figures = null
)
{
    public const string EntryKind = "document-issued";
}

/// <summary>Points of a series of measures that are new, or that restate earlier ones.</summary>
/// <param name="Id">The series and a number: "orders-000003". Of two points, that of the higher number counts.</param>
/// <param name="Series">The name of the series.</param>
/// <param name="File">The points.</param>
/// <param name="SourceFiles">The files as they came.</param>
/// <param name="Points">How many points.</param>
/// <param name="Restated">How many of them had another value before.</param>
/// <param name="From">The first day that has a point.</param>
/// <param name="To">The day after the last that has one.</param>
/// <param name="Notes">What a reader should know. Plain sentences.</param>
public sealed record SeriesDelivered(
    string Id,
    string Series,
    BooksFile File,
    IReadOnlyList<SourceFile> SourceFiles,
    long Points,
    long Restated,
    DateOnly From,
    DateOnly To,
    IReadOnlyList<string> Notes
)
{
    public const string Kind = "series-delivered";
}

/// <summary>A fact or decision that is to be written to the journal: its kind and its content as JSON.</summary>
public sealed record NewEntry
{
    private NewEntry(string kind, byte[] data) => (Kind, Data) = (kind, data);

    public string Kind { get; }

    /// <summary>One line of JSON, UTF-8.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>
    /// An entry of a kind that a capability owns. The type info must come from a context that writes no line breaks.
    /// </summary>
    public static NewEntry Of<T>(string kind, T fact, JsonTypeInfo<T> type)
    {
        var data = JsonSerializer.SerializeToUtf8Bytes(fact, type);
        if (data.AsSpan().Contains((byte)'\n'))
            throw new ArgumentException(
                "A journal entry is one line; write its JSON without indentation.",
                nameof(type)
            );
        return new NewEntry(kind, data);
    }

    public static NewEntry Of(DeliveriesCommitted fact) =>
        Of(DeliveriesCommitted.Kind, fact, BooksJson.Line.DeliveriesCommitted);

    public static NewEntry Of(DeliveryWithdrawn fact) =>
        Of(DeliveryWithdrawn.Kind, fact, BooksJson.Line.DeliveryWithdrawn);

    public static NewEntry Of(DeliveryReleased fact) =>
        Of(DeliveryReleased.Kind, fact, BooksJson.Line.DeliveryReleased);

    public static NewEntry Of(DeliveryRejected fact) =>
        Of(DeliveryRejected.Kind, fact, BooksJson.Line.DeliveryRejected);

    public static NewEntry Of(TwinsResolved fact) => Of(TwinsResolved.Kind, fact, BooksJson.Line.TwinsResolved);

    public static NewEntry Of(DeliveriesPruned fact) =>
        Of(DeliveriesPruned.Kind, fact, BooksJson.Line.DeliveriesPruned);

    public static NewEntry Of(RulebookPublished fact) =>
        Of(RulebookPublished.Kind, fact, BooksJson.Line.RulebookPublished);

    public static NewEntry Of(RulebookProposed fact) =>
        Of(RulebookProposed.Kind, fact, BooksJson.Line.RulebookProposed);

    public static NewEntry Of(SeriesDelivered fact) => Of(SeriesDelivered.Kind, fact, BooksJson.Line.SeriesDelivered);

    public static NewEntry Of(DocumentIssued fact) => Of(DocumentIssued.EntryKind, fact, BooksJson.Line.DocumentIssued);
}

/// <summary>How the books' own facts are written: camelCase, one line, characters as they are.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(DeliveriesCommitted))]
[JsonSerializable(typeof(DeliveryWithdrawn))]
[JsonSerializable(typeof(DeliveryReleased))]
[JsonSerializable(typeof(DeliveryRejected))]
[JsonSerializable(typeof(TwinsResolved))]
[JsonSerializable(typeof(DeliveriesPruned))]
[JsonSerializable(typeof(RulebookPublished))]
[JsonSerializable(typeof(RulebookProposed))]
[JsonSerializable(typeof(DocumentIssued))]
[JsonSerializable(typeof(SeriesDelivered))]
public sealed partial class BooksJson : JsonSerializerContext
{
    /// <summary>The context the journal uses: Ü stays Ü and a quote is \", so that people can read the lines.</summary>
    public static BooksJson Line { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
