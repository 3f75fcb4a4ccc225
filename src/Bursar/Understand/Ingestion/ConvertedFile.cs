using Bursar.Core.Time;
using Bursar.Understand.Ingestion.Mappings;
using Bursar.Warehouse.Books;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Ingestion;

/// <summary>A delivered file as charges, one part per billing period, in the staging folder.</summary>
internal sealed record ConvertedFile(
    PreparedFile File,
    DetectedFocus Focus,
    IReadOnlyList<string> ProfileColumns,
    IReadOnlyList<ConvertedPart> Parts
)
{
    /// <summary>Which half of a pair it is; null when it is none.</summary>
    public DeliveredHalf? Half { get; init; }

    /// <summary>The mapping that read it, by name and content; null for FOCUS.</summary>
    public string? Mapping { get; init; }

    /// <summary>
    /// What files of this form are when their source does not say: a bill, an estimate, or usage; null is a bill.
    /// </summary>
    public DeliveryCounts? Counts { get; init; }

    /// <summary>The provider of all charges; null when there are several, or none is named.</summary>
    public string? OnlyProvider(DuckDbSession session, CancellationToken cancel)
    {
        if (!Parts[0].StoredIds.Contains("ServiceProviderName"))
            return null;
        using var reader = session.Query(
            $"""
            SELECT min(ServiceProviderName), max(ServiceProviderName)
            FROM read_parquet({SqlText.List(Parts.Select(part => part.ParquetPath))})
            """,
            cancel: cancel
        );
        reader.Read();
        return !reader.IsNull(0) && reader.GetString(0) == reader.GetString(1) ? reader.GetString(0) : null;
    }
}

/// <summary>The charges of one file and one billing period.</summary>
internal sealed record ConvertedPart
{
    public required BillingPeriod Period { get; init; }

    /// <summary>The staged parquet file.</summary>
    public required string ParquetPath { get; init; }

    public required IReadOnlySet<string> StoredIds { get; init; }

    public required long Rows { get; init; }

    public required IReadOnlyList<DeliveryTotals> Totals { get; init; }

    public required IReadOnlyList<string> BillingAccountIds { get; init; }

    /// <summary>First day of its charges.</summary>
    public required DateOnly ChargeFrom { get; init; }

    /// <summary>The day after the last day of its charges.</summary>
    public required DateOnly ChargeTo { get; init; }

    /// <summary>The newest day on which a charge begins.</summary>
    public required DateOnly NewestChargeStart { get; init; }

    public IReadOnlyList<QuarantinedRecord> Quarantined { get; init; } = [];

    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A record that was refused, and why.</summary>
/// <param name="File">The delivered file.</param>
/// <param name="Record">Its number in the file, the first after the header being 1; 0 when the engine could not
/// tell.</param>
/// <param name="Column">The column whose cell could not be read; empty when the whole record could not.</param>
/// <param name="Value">The cell, or the whole record, as it stands in the file.</param>
/// <param name="Reason">One sentence: what was expected.</param>
/// <param name="Period">The billing period it belongs to, if that could be read.</param>
/// <param name="Currency">Its billing currency, if that could be read.</param>
/// <param name="RawBilledCost">Its BilledCost as text.</param>
/// <param name="RawEffectiveCost">Its EffectiveCost as text.</param>
internal sealed record QuarantinedRecord(
    string File,
    long Record,
    string Column,
    string Value,
    string Reason,
    BillingPeriod? Period,
    string? Currency,
    string? RawBilledCost,
    string? RawEffectiveCost
);
