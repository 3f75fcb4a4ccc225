using System.Numerics;

namespace Bursar.Warehouse.DuckDb.Functions;

/// <summary>What was wrong with the cells of one column of a provider's file.</summary>
/// <param name="Ordinal">The number that the SQL gave the column.</param>
/// <param name="Unreadable">Cells that could not be read and became null.</param>
/// <param name="Rounded">Amounts that had more than 18 decimals.</param>
/// <param name="Residue">What rounding took away in sum, text − amount, in 10⁻⁶⁴ (see <see
/// cref="Core.Amounts.AmountText"/>).</param>
public sealed record CellCount(int Ordinal, long Unreadable, long Rounded, BigInteger Residue);

/// <summary>
/// Counts, per column, the cells that could not be read or had to be rounded while a file was loaded.
/// </summary>
/// <remarks>
/// The engine's threads add to it a chunk at a time; the counts do not depend on how many threads there are.
/// </remarks>
public sealed class CellLog
{
    private readonly Lock adding = new();
    private readonly SortedDictionary<int, CellCount> counts = [];

    /// <summary>Columns with anything to tell, by ordinal. Complete once the statement has ended.</summary>
    public IReadOnlyList<CellCount> Counts
    {
        get
        {
            lock (adding)
                return [.. counts.Values];
        }
    }

    internal void Add(CellCount more)
    {
        if (more.Unreadable == 0 && more.Rounded == 0)
            return;
        lock (adding)
        {
            counts[more.Ordinal] = counts.TryGetValue(more.Ordinal, out var known)
                ? known with
                {
                    Unreadable = known.Unreadable + more.Unreadable,
                    Rounded = known.Rounded + more.Rounded,
                    Residue = known.Residue + more.Residue,
                }
                : more;
        }
    }
}
