using Bursar.Core.Amounts;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Deliveries;

/// <summary>What one <c>ingest</c> came to.</summary>
/// <param name="Deliveries">What was booked.</param>
/// <param name="Unchanged">Deliveries that hold these files already: nothing was done for them.</param>
/// <param name="Refused">Files of which nothing was booked, and why.</param>
/// <param name="Waiting">Deliveries that wait for a person (<c>--yes</c>).</param>
/// <param name="Notes">What the reader should know. Plain sentences.</param>
internal sealed record IngestReport(
    IReadOnlyList<Delivery> Deliveries,
    IReadOnlyList<Delivery> Unchanged,
    IReadOnlyList<RefusedFile> Refused,
    IReadOnlyList<WaitingDelivery> Waiting,
    IReadOnlyList<string> Notes
)
{
    /// <summary>True when something was refused, waits or lies in quarantine: the exit code says so.</summary>
    public bool HasFindings =>
        Refused.Count > 0 || Waiting.Count > 0 || Deliveries.Any(delivery => delivery.QuarantinedRows > 0);
}

/// <summary>A file of which nothing was booked.</summary>
internal sealed record RefusedFile(string File, string Code, string Reason, string Remedy);

/// <summary>A delivery whose total falls so far below what it replaces that a person has to say yes.</summary>
internal sealed record WaitingDelivery(
    string Source,
    string BillingPeriod,
    IReadOnlyList<string> Supersedes,
    string Measure,
    Money OldTotal,
    Money NewTotal
);
