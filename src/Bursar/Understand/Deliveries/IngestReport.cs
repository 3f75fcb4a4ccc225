using Bursar.Understand.Ingestion.Mappings;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>What one <c>ingest</c> came to.</summary>
/// <param name="Deliveries">What was booked.</param>
/// <param name="Unchanged">Files that deliveries hold already: nothing was done for them.</param>
/// <param name="Refused">Files of which nothing was booked, and why.</param>
/// <param name="Held">Deliveries that a check holds until a person decides.</param>
/// <param name="Notes">What the reader should know. Plain sentences.</param>
internal sealed record IngestReport(
    IReadOnlyList<Delivery> Deliveries,
    IReadOnlyList<UnchangedFile> Unchanged,
    IReadOnlyList<RefusedFile> Refused,
    IReadOnlyList<Delivery> Held,
    IReadOnlyList<string> Notes
)
{
    /// <summary>Deliveries that do not count until a person chooses, because of what was booked.</summary>
    public IReadOnlyList<BookedDelivery> Blocked { get; init; } = [];

    /// <summary>Deliveries that were held before and count now, because somebody said yes.</summary>
    public IReadOnlyList<string> Released { get; init; } = [];

    /// <summary>
    /// True when something was refused, is held, is blocked, lies in quarantine or has no price: the exit code says so.
    /// </summary>
    public bool HasFindings =>
        Refused.Count > 0
        || Held.Count > 0
        || Blocked.Count > 0
        || Gaps.Count > 0
        || Deliveries.Any(delivery => delivery.QuarantinedRows > 0);

    /// <summary>What was measured and has no price.</summary>
    public IReadOnlyList<string> Gaps =>
        [
            .. Deliveries
                .SelectMany(delivery => delivery.Notes)
                .Where(note => note.StartsWith(MeterRows.GapBegins, StringComparison.Ordinal))
                .Distinct(),
        ];
}

/// <summary>A file that was in the books before, in one of its billing periods.</summary>
/// <param name="File">Its name.</param>
/// <param name="Source">The source under which it was booked.</param>
/// <param name="BillingPeriod">The billing period.</param>
/// <param name="Delivery">The id of the delivery that holds it.</param>
internal sealed record UnchangedFile(string File, string Source, string BillingPeriod, string Delivery)
{
    public static UnchangedFile Of(string file, Delivery holder) =>
        new(file, holder.Source, holder.BillingPeriod.ToString(), holder.Id);
}

/// <summary>A file of which nothing was booked.</summary>
internal sealed record RefusedFile(string File, string Code, string Reason, string Remedy);
