using System.Text.Json.Serialization;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Warehouse.Books;

namespace Bursar.Manage.Chargeback.Digests;

/// <summary>A digest that arrived: what it was about, where it went, and the figures that left the books.</summary>
/// <param name="Digest">The name of the digest.</param>
/// <param name="From">The first day of its period.</param>
/// <param name="To">The day after the last.</param>
/// <param name="Form">How it was written.</param>
/// <param name="Place">Where it went, without secrets.</param>
/// <param name="Sha256">The checksum of what was sent.</param>
/// <param name="Figures">Its totals.</param>
internal sealed record DigestSent(
    string Digest,
    DateOnly From,
    DateOnly To,
    string Form,
    string Place,
    string Sha256,
    IReadOnlyList<IssuedFigure> Figures
)
{
    public const string Kind = "digest-sent";
}

/// <summary>A digest that arrived, as it stands in the journal.</summary>
internal sealed record SentDigest(DigestSent Fact, long Seq, DateTimeOffset At);

/// <summary>How digests are written in the journal.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(DigestSent))]
internal sealed partial class DigestJson : JsonSerializerContext;

/// <summary>Where a digest stands.</summary>
internal enum DigestState
{
    /// <summary>The books hold nothing to tell of.</summary>
    NoData,

    /// <summary>Its newest whole period was not sent.</summary>
    Due,

    /// <summary>Its newest whole period was sent; it waits for the data of the next.</summary>
    Sent,

    /// <summary>It was tried just now, and did not arrive.</summary>
    Failed,
}

/// <summary>A digest, its newest whole period, and what became of it.</summary>
/// <param name="Digest">The digest.</param>
/// <param name="Period">The newest period that the data covers; null without data.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Entry">The journal entry that says it was sent.</param>
/// <param name="At">When.</param>
/// <param name="Failure">Why it did not arrive.</param>
internal sealed record DigestLine(
    Digest Digest,
    DateRange? Period,
    DigestState State,
    long? Entry = null,
    DateTimeOffset? At = null,
    Diagnostic? Failure = null
)
{
    public string? Word => Period is { } period ? DigestPeriods.Word(Digest.Cadence, period) : null;
}
