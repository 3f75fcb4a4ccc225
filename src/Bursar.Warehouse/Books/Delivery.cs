using System.Text.Json.Serialization;
using Bursar.Core.Amounts;
using Bursar.Core.Time;

namespace Bursar.Warehouse.Books;

/// <summary>What its source is declared to do with an earlier delivery of the same period.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeclaredDelivery>))]
public enum DeclaredDelivery
{
    /// <summary>It adds to what is there.</summary>
    [JsonStringEnumMemberName("append")]
    Append,

    /// <summary>It replaces what is there.</summary>
    [JsonStringEnumMemberName("overwrite")]
    Overwrite,
}

/// <summary>
/// A complete set of files of one source and dataset for one billing period, as the journal records it.
/// </summary>
public sealed record Delivery
{
    /// <summary>
    /// Short, readable, unique in these books: "aws-2026-03-7f3a9c21". Made by <see cref="DeliveryId"/>.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The name under which its provider's files are booked: "aws".</summary>
    public required string Source { get; init; }

    /// <summary>The kind of spend ("Cloud", "SaaS", …) when the source declares it.</summary>
    public string? Category { get; init; }

    /// <summary>The FOCUS dataset, "CostAndUsage" for charges.</summary>
    public required string Dataset { get; init; }

    public required BillingPeriod BillingPeriod { get; init; }

    public required string FocusVersion { get; init; }

    public required DeclaredDelivery DeclaredDelivery { get; init; }

    /// <summary>Whether its amounts are a bill, an estimate of one, or no cost at all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public DeliveryCounts Counts { get; init; }

    /// <summary>The source whose bill an estimate stands in for; null stands for its own source.</summary>
    public string? StandsInFor { get; init; }

    /// <summary>True when its provider has not yet issued an invoice for any of its charges.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsNotFinal { get; init; }

    /// <summary>Deliveries that were found to hold the same charges; null for none.</summary>
    public IReadOnlyList<DeliveryTwin>? Twins { get; init; }

    /// <summary>Rows that were booked.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that were refused and wait in quarantine.</summary>
    public long QuarantinedRows { get; init; }

    /// <summary>What the quarantined rows would have added, as far as their amounts could be read.</summary>
    public IReadOnlyList<DeliveryTotals> QuarantinedAmounts { get; init; } = [];

    /// <summary>The sums of the booked rows, one per billing currency.</summary>
    public required IReadOnlyList<DeliveryTotals> Totals { get; init; }

    public IReadOnlyList<string> BillingAccountIds { get; init; } = [];

    public int? SubAccounts { get; init; }

    /// <summary>
    /// SHA-256 over the source files' checksums, the mapping and the converter's version: the same again is a no-op.
    /// </summary>
    public required string ContentHash { get; init; }

    /// <summary>
    /// The mappings that read its files, by name and content: "aws-cur 5c0e…"; null where all of it is FOCUS.
    /// </summary>
    public IReadOnlyList<string>? Mappings { get; init; }

    /// <summary>The files as they came.</summary>
    public required IReadOnlyList<SourceFile> SourceFiles { get; init; }

    /// <summary>What the delivery stores in the books.</summary>
    public required IReadOnlyList<BooksFile> Files { get; init; }

    /// <summary>Ids of the deliveries that this one replaces.</summary>
    public IReadOnlyList<string> Supersedes { get; init; } = [];

    /// <summary>The first day of its charges.</summary>
    public DateOnly? ChargeFrom { get; init; }

    /// <summary>The day after the last day of its charges.</summary>
    public DateOnly? ChargeTo { get; init; }

    /// <summary>
    /// The newest day on which one of its charges begins: how far its data reaches, prepaid time aside.
    /// </summary>
    public DateOnly? NewestChargeStart { get; init; }

    /// <summary>What a reader should know: roundings, aliases used, why this FOCUS version. Plain sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Sixteen hexadecimal digits that stand for the delivery in its daily and allocation files.</summary>
    public required string ChargesKey { get; init; }

    /// <summary>The columns that its charges have.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>The columns that say what a charge is for, rather than how much or when.</summary>
    public required IReadOnlyList<string> ProfileColumns { get; init; }

    /// <summary>The version of the engine that converted it.</summary>
    public required string EngineVersion { get; init; }
}

/// <summary>The four costs of a delivery in one billing currency; null where the delivery has no such column.</summary>
public sealed record DeliveryTotals
{
    public required string BillingCurrency { get; init; }

    public Amount? BilledCost { get; init; }

    public Amount? EffectiveCost { get; init; }

    public Amount? ListCost { get; init; }

    public Amount? ContractedCost { get; init; }
}

/// <summary>A file as it came from the provider.</summary>
/// <param name="Name">Its name, without the folder.</param>
/// <param name="Sha256">Its checksum, lower-case hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Kept">Where the books keep it, below the books folder: text compressed with gzip, archives and parquet
/// as they came.</param>
public sealed record SourceFile(string Name, string Sha256, long Bytes, string? Kept = null);

/// <summary>A file in the books that the journal vouches for.</summary>
/// <param name="Path">Below the books folder, with "/" on every system.</param>
/// <param name="Sha256">Its checksum, lower-case hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Rows">Rows in it, where it has rows.</param>
/// <param name="SourceFile">The name of the provider's file that its rows came from.</param>
public sealed record BooksFile(string Path, string Sha256, long Bytes, long? Rows = null, string? SourceFile = null);
