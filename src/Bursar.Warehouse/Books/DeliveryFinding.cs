using System.Text.Json.Serialization;
using Bursar.Core.Amounts;

namespace Bursar.Warehouse.Books;

/// <summary>What becomes of a delivery that a check finds something in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingSeverity>))]
public enum FindingSeverity
{
    /// <summary>It is told and recorded; the delivery counts.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>The delivery is held until a person decides.</summary>
    [JsonStringEnumMemberName("blocking")]
    Blocking,
}

/// <summary>One thing that a check found in a delivery, as it was found when the delivery came.</summary>
public sealed record DeliveryFinding
{
    /// <summary>The check: "missing-days".</summary>
    public required string Check { get; init; }

    public required FindingSeverity Severity { get; init; }

    /// <summary>One or two plain sentences: what was found and what was expected.</summary>
    public required string Message { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Remedy { get; init; }

    /// <summary>How many rows, days or values it concerns.</summary>
    public long Count { get; init; }

    /// <summary>The cost it concerns, per billing currency.</summary>
    public IReadOnlyList<AmountAtStake> AtStake { get; init; } = [];

    /// <summary>The first of them: rows of the provider's file, days, columns.</summary>
    public IReadOnlyList<string> First { get; init; } = [];
}

/// <summary>Cost that a finding concerns, in one billing currency.</summary>
public sealed record AmountAtStake(string BillingCurrency, Amount Cost);

/// <summary>What a person decided about a delivery that a check had held.</summary>
/// <param name="IsReleased">True when it counts since then; false when it never will.</param>
/// <param name="Reason">Why.</param>
/// <param name="Seq">The journal entry.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
public sealed record DeliveryRuling(bool IsReleased, string Reason, long Seq, DateTimeOffset At, string By);
