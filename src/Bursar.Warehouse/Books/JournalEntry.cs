using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Bursar.Warehouse.Books;

/// <summary>One fact or decision in the journal: who, when, what, chained to the entry before it.</summary>
/// <param name="Seq">1 for the first entry, then one more each.</param>
/// <param name="At">When it was written; never earlier than the entry before.</param>
/// <param name="Actor">The id of the person or program that wrote it.</param>
/// <param name="Kind">What it is: "deliveries-committed".</param>
/// <param name="Data">Its content, JSON in UTF-8.</param>
/// <param name="Previous">The hash of the entry before; 64 zeros for the first.</param>
/// <param name="Hash">SHA-256 of this entry's line without its hash member.</param>
public sealed record JournalEntry(
    long Seq,
    DateTimeOffset At,
    string Actor,
    string Kind,
    ReadOnlyMemory<byte> Data,
    string Previous,
    string Hash
)
{
    /// <summary>The content as the record that its kind stands for.</summary>
    /// <exception cref="JsonException">The content is of another shape.</exception>
    public T Read<T>(JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(Data.Span, type) ?? throw new JsonException($"Entry {Seq} has no content.");
}
