using Bursar.Core.Amounts;
using Bursar.Core.Time;

namespace Bursar.Understand.Ingestion;

/// <summary>What the Data page shows: what was delivered, how fresh it is, what was refused, and what replaced
/// what.</summary>
/// <param name="Sources">One line per source.</param>
/// <param name="Deliveries">Newest first.</param>
/// <param name="Quarantine">What was refused and why, most rows first.</param>
/// <param name="Histories">Source and period pairs with more than one version.</param>
public sealed record DataView(
    IReadOnlyList<SourceFreshness> Sources,
    IReadOnlyList<DeliveryLine> Deliveries,
    IReadOnlyList<QuarantineLine> Quarantine,
    IReadOnlyList<PeriodHistory> Histories
)
{
    /// <summary>How what sources delivered conforms to FOCUS, by billing period.</summary>
    public IReadOnlyList<SourceConformance> Conformance { get; init; } = [];
}

/// <summary>How the deliveries of a source conform to FOCUS, period by period.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="FocusVersion">The release of its newest delivery.</param>
/// <param name="Periods">Oldest first.</param>
public sealed record SourceConformance(string Source, string FocusVersion, IReadOnlyList<PeriodConformance> Periods);

/// <summary>How one delivery conforms.</summary>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="Period">Its billing period.</param>
/// <param name="Mandatory">Mandatory (MUST) rules that it breaks; null when it was not judged yet.</param>
/// <param name="Recommended">Other rules that it breaks.</param>
public sealed record PeriodConformance(string DeliveryId, BillingPeriod Period, int? Mandatory, int Recommended);

/// <summary>How fresh a source is, against what it promises.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="DataAsOf">The newest day with charges.</param>
/// <param name="Age">How long ago it last delivered.</param>
/// <param name="Promise">How long that may be, when the source says.</param>
/// <param name="LastDeliveryAt">When it last delivered.</param>
/// <param name="Rows">Rows in its live deliveries.</param>
public sealed record SourceFreshness(
    string Source,
    DateOnly? DataAsOf,
    TimeSpan? Age,
    TimeSpan? Promise,
    DateTimeOffset? LastDeliveryAt,
    long Rows
)
{
    /// <summary>True when it has not delivered for longer than promised.</summary>
    public bool IsLate => Age > Promise;
}

/// <summary>What became of a delivery.</summary>
public enum DeliveryState
{
    /// <summary>Its rows count.</summary>
    Live,

    /// <summary>A later delivery took its place.</summary>
    Superseded,

    /// <summary>A person took it back.</summary>
    Withdrawn,

    /// <summary>It is there and does not count: usage, an estimate whose bill arrived, a twin.</summary>
    Aside,
}

/// <summary>One delivery.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">The source.</param>
/// <param name="Period">The billing period.</param>
/// <param name="Dataset">The FOCUS dataset.</param>
/// <param name="FocusVersion">The release it follows ("1.2").</param>
/// <param name="Rows">Rows that loaded.</param>
/// <param name="QuarantinedRows">Rows that did not.</param>
/// <param name="BilledCost">Its billed cost, per currency.</param>
/// <param name="At">When it was committed.</param>
/// <param name="Supersedes">The deliveries that it replaced.</param>
/// <param name="State">What became of it.</param>
/// <param name="Reason">Why it was withdrawn.</param>
public sealed record DeliveryLine(
    string Id,
    string Source,
    BillingPeriod Period,
    string Dataset,
    string FocusVersion,
    long Rows,
    long QuarantinedRows,
    IReadOnlyList<Money> BilledCost,
    DateTimeOffset At,
    IReadOnlyList<string> Supersedes,
    DeliveryState State,
    string? Reason = null
)
{
    /// <summary>What it is beyond a bill, and why it does not count if it does not; empty for a plain bill.</summary>
    public string What { get; init; } = "";
}

/// <summary>Rows of one delivery that were refused for one reason.</summary>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="Source">Its source.</param>
/// <param name="Column">The column at fault.</param>
/// <param name="Reason">What is wrong, in a sentence.</param>
/// <param name="Count">How many rows.</param>
/// <param name="RawAmount">The sum of the amounts that could still be read, per currency; they are missing from every
/// total.</param>
/// <param name="First">The first of them.</param>
public sealed record QuarantineLine(
    string DeliveryId,
    string Source,
    string Column,
    string Reason,
    long Count,
    IReadOnlyList<Money> RawAmount,
    IReadOnlyList<QuarantinedRow> First
);

/// <summary>One refused row.</summary>
public sealed record QuarantinedRow(string File, long FileRow, string Value);

/// <summary>The versions of one source's period, oldest first.</summary>
public sealed record PeriodHistory(
    string Source,
    BillingPeriod Period,
    string Dataset,
    IReadOnlyList<PeriodVersion> Versions
);

/// <summary>One version of a period: what it summed to when it was delivered.</summary>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="At">When.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="BilledCost">Its billed cost in one currency.</param>
/// <param name="Change">The difference to the version before; null for the first.</param>
public sealed record PeriodVersion(string DeliveryId, DateTimeOffset At, long Rows, Money BilledCost, Money? Change);

/// <summary>Shows what was delivered, as of a moment (null is now).</summary>
public delegate Task<DataView> ReviewData(string? asOf, CancellationToken cancellationToken);
