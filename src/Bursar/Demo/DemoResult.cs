using Bursar.Core.Amounts;

namespace Bursar.Demo;

/// <summary>How far the writing of the demo company's files has come.</summary>
public readonly record struct DemoProgress(string Doing, long RowsWritten, long RowsExpected);

/// <summary>One delivery of one source: a complete set of files, to be taken into the books by one command.</summary>
public sealed record DemoDelivery
{
    /// <summary>The name of the source in the rulebook.</summary>
    public required string Source { get; init; }

    /// <summary>What one command may take at once: all deliveries of batch 1, then all of batch 2, and so on.</summary>
    public required int Batch { get; init; }

    /// <summary>"2026-09".</summary>
    public required string BillingPeriod { get; init; }

    /// <summary>The day on which the provider delivered.</summary>
    public required DateOnly DeliveredOn { get; init; }

    /// <summary>
    /// The data files, paths relative to the folder that was written to, in order. A manifest lies beside them.
    /// </summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>True when a later delivery of the same source and billing period takes its place.</summary>
    public bool Superseded { get; init; }

    public required long Rows { get; init; }

    /// <summary>
    /// Rows with an amount that no one can read; they are no part of <see cref="Rows"/> or of any total.
    /// </summary>
    public required long UnreadableRows { get; init; }

    public required string Currency { get; init; }

    public required Amount BilledCost { get; init; }

    public required Amount EffectiveCost { get; init; }

    public required Amount ListCost { get; init; }

    public required Amount ContractedCost { get; init; }

    /// <summary>What is special about this delivery, in a sentence; null for an ordinary one.</summary>
    public string? Note { get; init; }
}

/// <summary>What was written: the deliveries in the order in which they came, and the truth about them.</summary>
public sealed record DemoResult(string Folder, IReadOnlyList<DemoDelivery> Deliveries, DemoTruth Truth)
{
    /// <summary>
    /// What the finance system knows: files of invoices, journal lines and accounts, below the folder.
    /// </summary>
    public IReadOnlyList<string> FinanceFiles { get; init; } = [];
}
