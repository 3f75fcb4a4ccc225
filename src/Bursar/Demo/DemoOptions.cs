namespace Bursar.Demo;

/// <summary>How large the demo company's books are, and which one of its many possible pasts is told.</summary>
public sealed record DemoOptions
{
    /// <summary>Decides every figure that no story fixes; the same seed gives the same files, byte for byte.</summary>
    public ulong Seed { get; init; } = 20261011;

    /// <summary>About how many charge rows to write, over all files and months.</summary>
    public long Rows { get; init; } = 250_000;

    /// <summary>How many calendar months, the last one being that of <see cref="LastDay"/>.</summary>
    public int Months { get; init; } = 18;

    /// <summary>
    /// The last day with charges. The stories keep their dates: one that lies outside the months is left out.
    /// </summary>
    public DateOnly LastDay { get; init; } = new(2026, 10, 11);
}
