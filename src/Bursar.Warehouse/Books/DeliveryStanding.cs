using System.Text.Json.Serialization;

namespace Bursar.Warehouse.Books;

/// <summary>What the amounts of a delivery are, as its source declares it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeliveryCounts>))]
public enum DeliveryCounts
{
    /// <summary>What is charged: totals add it.</summary>
    [JsonStringEnumMemberName("bill")]
    Bill,

    /// <summary>What will probably be charged: it counts, marked, until the bill arrives.</summary>
    [JsonStringEnumMemberName("estimate")]
    Estimate,

    /// <summary>What was used: it never adds cost.</summary>
    [JsonStringEnumMemberName("usage")]
    Usage,
}

/// <summary>Whether a delivery counts in totals at a moment, and why not.</summary>
public enum DeliveryStanding
{
    /// <summary>Totals add it.</summary>
    Counts,

    /// <summary>A later delivery took its place.</summary>
    Replaced,

    /// <summary>A person took it back.</summary>
    Withdrawn,

    /// <summary>It tells what was used, and never adds cost.</summary>
    Usage,

    /// <summary>An estimate whose bill has arrived.</summary>
    BillArrived,

    /// <summary>Another delivery holds the same charges, and nobody has chosen between them.</summary>
    Blocked,

    /// <summary>Another delivery holds the same charges, and was chosen.</summary>
    NotChosen,
}

/// <summary>Another delivery that holds the same charges, as it was found when this one was delivered.</summary>
/// <param name="Id">The other delivery.</param>
/// <param name="Evidence">What tells that they are the same charges: one sentence.</param>
/// <param name="OtherWaits">True when the other one does not count until a person chooses; else this one does
/// not.</param>
public sealed record DeliveryTwin(string Id, string Evidence, bool OtherWaits = false);

/// <summary>
/// A person's choice between deliveries that hold the same charges. It holds for what replaces them later, and for
/// other months of the same two sources.
/// </summary>
/// <param name="Id">The delivery that counts.</param>
/// <param name="Over">The deliveries that do not; or, with <paramref name="Both"/>, that count as well.</param>
/// <param name="Both">True when they do not hold the same charges after all.</param>
/// <param name="Reason">Why, for whoever asks later.</param>
public sealed record TwinsResolved(string Id, IReadOnlyList<string> Over, bool Both, string Reason)
{
    public const string Kind = "twins-resolved";
}
