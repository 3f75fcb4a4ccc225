using System.Text.Json;

namespace Bursar.Warehouse.Books;

/// <summary>
/// As much of a delivery as is needed to tell whether it counts; the rest is read when somebody asks.
/// </summary>
/// <remarks>
/// Reading a delivery whole takes thirty times as long, and a source that replaces its month every day books many that
/// never count again.
/// </remarks>
internal sealed record DeliveryOutline(string Id, IReadOnlyList<string> Supersedes, Lazy<Delivery> Delivery)
{
    /// <summary>
    /// True for what is more than a bill that holds charges of its own: its standing depends on others.
    /// </summary>
    public bool IsSpecial { get; init; }

    /// <summary>The deliveries of a deliveries-committed entry.</summary>
    /// <exception cref="JsonException">The content is of another shape.</exception>
    public static IReadOnlyList<DeliveryOutline> Of(JournalEntry entry)
    {
        var deliveries = new List<DeliveryOutline>();
        var json = new Utf8JsonReader(entry.Data.Span);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isDeliveries = json.ValueTextEquals("deliveries"u8);
            json.Read();
            if (isDeliveries)
                while (json.Read() && json.TokenType == JsonTokenType.StartObject)
                    deliveries.Add(ReadOne(entry, ref json));
            else
                json.Skip();
        }
        return deliveries;
    }

    private static DeliveryOutline ReadOne(JournalEntry entry, ref Utf8JsonReader json)
    {
        string? id = null;
        var supersedes = new List<string>();
        var isSpecial = false;
        var start = (int)json.TokenStartIndex;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isId = json.ValueTextEquals("id"u8);
            var isSupersedes = json.ValueTextEquals("supersedes"u8);
            isSpecial |= json.ValueTextEquals("counts"u8) || json.ValueTextEquals("twins"u8);
            json.Read();
            if (isId)
                id = json.GetString();
            else if (isSupersedes)
                while (json.Read() && json.TokenType == JsonTokenType.String)
                    supersedes.Add(json.GetString()!);
            else
                json.Skip();
        }
        var text = entry.Data[start..(int)json.BytesConsumed];
        return new DeliveryOutline(
            id ?? throw new JsonException("A delivery has no id."),
            supersedes,
            new Lazy<Delivery>(() => ReadWhole(entry, text))
        )
        {
            IsSpecial = isSpecial,
        };
    }

    private static Delivery ReadWhole(JournalEntry entry, ReadOnlyMemory<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize(text.Span, BooksJson.Line.Delivery)!;
        }
        catch (JsonException cause)
        {
            throw FactCache.Unreadable(entry, cause);
        }
    }
}
