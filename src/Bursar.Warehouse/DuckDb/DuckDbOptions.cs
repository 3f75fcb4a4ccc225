namespace Bursar.Warehouse.DuckDb;

/// <summary>How much of the machine the engine may use.</summary>
public sealed record DuckDbOptions
{
    /// <summary>Memory of the engine; beyond it, work spills to <see cref="TempDirectory"/> or fails.</summary>
    public required long MemoryLimitBytes { get; init; }

    /// <summary>Threads of the engine; null for one per processor.</summary>
    public int? Threads { get; init; }

    /// <summary>The folder for work that does not fit the memory; null for the engine's own choice.</summary>
    public string? TempDirectory { get; init; }

    /// <summary>
    /// True to give memory back to the system after every question: slower by a little, and small while idle.
    /// </summary>
    public bool ReturnsMemory { get; init; }

    /// <summary>
    /// True to keep what parquet files say of themselves: the next question of the same files is asked sooner.
    /// </summary>
    public bool RemembersFiles { get; init; }
}
