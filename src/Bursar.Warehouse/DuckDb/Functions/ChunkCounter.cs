using System.Numerics;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>
/// Counts the cells of one call without a lock, and hands the counts to the log when the column changes or the call
/// ends.
/// </summary>
internal ref struct ChunkCounter(CellLog? log)
{
    private int ordinal;
    private long unreadable;
    private long rounded;
    private BigInteger residue = BigInteger.Zero;

    public void Unreadable(int column)
    {
        MoveTo(column);
        unreadable++;
    }

    public void Rounded(int column, BigInteger cut)
    {
        MoveTo(column);
        rounded++;
        residue += cut;
    }

    private void MoveTo(int column)
    {
        if (column == ordinal)
            return;
        Flush();
        ordinal = column;
    }

    public void Flush()
    {
        log?.Add(new CellCount(ordinal, unreadable, rounded, residue));
        unreadable = rounded = 0;
        residue = BigInteger.Zero;
    }
}
