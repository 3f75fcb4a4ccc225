using Bursar.Core.Diagnostics;
using Bursar.Understand.Deliveries;
using Bursar.Understand.Measures;

namespace Bursar.Understand.Sources;

/// <summary>How an update of a source ended.</summary>
internal enum UpdateState
{
    /// <summary>Something new was booked.</summary>
    Fetched,

    /// <summary>There was nothing new.</summary>
    Unchanged,

    /// <summary>Something could not be fetched or booked.</summary>
    Failed,
}

/// <summary>What became of one source in an update.</summary>
/// <param name="Target">The source.</param>
/// <param name="State">How it ended.</param>
/// <param name="Fetched">Files that were new.</param>
/// <param name="Unchanged">Files that were known.</param>
internal sealed record SourceUpdate(FetchTarget Target, UpdateState State, int Fetched, int Unchanged)
{
    /// <summary>What was booked of charges.</summary>
    public IngestReport? Deliveries { get; init; }

    /// <summary>What was booked of measures.</summary>
    public SeriesReport? Series { get; init; }

    /// <summary>Why it failed, and what to do.</summary>
    public Diagnostic? Failure { get; init; }
}
