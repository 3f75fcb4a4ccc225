using Bursar.Understand.Deliveries;
using Bursar.Warehouse.Books;

namespace Bursar.Understand.Measures;

/// <summary>What taking files into series came to.</summary>
/// <param name="Deliveries">What was booked.</param>
/// <param name="Unchanged">Series and files whose points were all known.</param>
/// <param name="Refused">Files of which nothing was booked, and why.</param>
internal sealed record SeriesReport(
    IReadOnlyList<SeriesDelivered> Deliveries,
    IReadOnlyList<(string Series, string File)> Unchanged,
    IReadOnlyList<RefusedFile> Refused
);
