namespace Bursar.Understand.Ingestion;

/// <summary>How it stands with a source.</summary>
public enum SourceState
{
    /// <summary>It delivers as promised.</summary>
    Fine,

    /// <summary>Nothing was ever delivered.</summary>
    NeverDelivered,

    /// <summary>The next delivery is overdue.</summary>
    Late,

    /// <summary>The last time that it was looked at, something was wrong.</summary>
    Failing,
}

/// <summary>A source: where it comes from, when something came, and what is next.</summary>
/// <param name="Name">Its name in the rulebook.</param>
/// <param name="From">Where it is fetched from; null when somebody delivers it.</param>
/// <param name="IsSeries">True for a series of measures.</param>
/// <param name="Every">How often the server looks.</param>
/// <param name="LookedAt">When it was last looked at, as far as that is remembered.</param>
/// <param name="FetchedAt">When something new was last fetched.</param>
/// <param name="DeliveredAt">When something of it was last booked.</param>
/// <param name="ExpectedBy">When the next delivery is overdue.</param>
/// <param name="State">How it stands.</param>
/// <param name="Failure">Why nothing comes, and what to do.</param>
/// <param name="FailingSince">Since when.</param>
public sealed record SourceLine(
    string Name,
    string? From,
    bool IsSeries,
    TimeSpan? Every,
    DateTimeOffset? LookedAt,
    DateTimeOffset? FetchedAt,
    DateTimeOffset? DeliveredAt,
    DateTimeOffset? ExpectedBy,
    SourceState State,
    string? Failure,
    DateTimeOffset? FailingSince
);
