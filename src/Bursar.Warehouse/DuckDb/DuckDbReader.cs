using Bursar.Core.Amounts;
using Bursar.Warehouse.DuckDb.Native;

namespace Bursar.Warehouse.DuckDb;

/// <summary>A column of an answer: its name, and its type as SQL writes it.</summary>
public sealed record DuckDbColumn(string Name, string Type);

/// <summary>The rows of an answer, one after the other, computed while they are read.</summary>
/// <remarks>A value that is null, of another type or out of range throws, and the message names the column.</remarks>
public sealed class DuckDbReader : IDisposable
{
    private readonly DuckDbSession session;
    private readonly ResultHandle result;
    private readonly CancellationTokenRegistration stop;
    private readonly CancellationToken cancel;
    private readonly ColumnVector[] vectors;
    private ChunkHandle? chunk;
    private long row = -1;
    private long rowsInChunk;
    private bool finished;

    internal unsafe DuckDbReader(
        DuckDbSession session,
        ResultHandle result,
        CancellationTokenRegistration stop,
        CancellationToken cancel
    )
    {
        this.session = session;
        this.result = result;
        this.stop = stop;
        this.cancel = cancel;
        vectors = new ColumnVector[(int)NativeMethods.ColumnCount(result.Pointer)];
        for (var i = 0; i < vectors.Length; i++)
        {
            using var type = NativeMethods.ColumnLogicalType(result.Pointer, (ulong)i);
            var name = NativeText.Borrow(NativeMethods.ColumnName(result.Pointer, (ulong)i)) ?? "";
            vectors[i] = new ColumnVector(name, ColumnType.Read(type));
        }
        Columns = [.. vectors.Select(vector => new DuckDbColumn(vector.Name, vector.Type.ToString()))];
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<DuckDbColumn> Columns { get; }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False after the last.</returns>
    public bool Read()
    {
        if (row + 1 < rowsInChunk)
        {
            row++;
            return true;
        }
        return !finished && ReadChunk();
    }

    public bool IsNull(int column) => At(column).IsNull(row);

    /// <summary>Text (VARCHAR, JSON, ENUM, UUID).</summary>
    public string GetString(int column) => ColumnReader.ReadString(ValueAt(column), row);

    /// <summary>An exact amount, of a DECIMAL of at most 18 decimals or any whole number.</summary>
    /// <exception cref="OverflowException">The number is larger than the books hold.</exception>
    public Amount GetAmount(int column) => ColumnReader.ReadAmount(ValueAt(column), row);

    /// <summary>A whole number.</summary>
    public long GetInt64(int column) => ColumnReader.ReadInt64(ValueAt(column), row);

    /// <summary>A number for statistics; amounts lose digits here.</summary>
    public double GetDouble(int column) => ColumnReader.ReadDouble(ValueAt(column), row);

    public bool GetBoolean(int column) => ColumnReader.ReadBoolean(ValueAt(column), row);

    /// <summary>A time (UTC) of any TIMESTAMP type.</summary>
    public DateTime GetDateTime(int column) => ColumnReader.ReadDateTime(ValueAt(column), row);

    public DateOnly GetDate(int column) => ColumnReader.ReadDate(ValueAt(column), row);

    /// <summary>
    /// Any value as an object: a LIST is an array, a MAP an array of pairs, a STRUCT a dictionary, a DECIMAL an Amount.
    /// </summary>
    public object? GetValue(int column) => BoxedReader.Read(At(column), row);

    /// <summary>Ends the query, also in the middle.</summary>
    public void Dispose()
    {
        if (result.IsClosed)
            return;
        stop.Dispose();
        DropChunk();
        finished = true;
        result.Dispose();
        session.Closed(this);
    }

    private ColumnVector At(int column) =>
        row >= 0 && row < rowsInChunk
            ? vectors[column]
            : throw new InvalidOperationException("There is no row at hand; Read() has to say true first.");

    private ColumnVector ValueAt(int column)
    {
        var vector = At(column);
        return vector.IsNull(row)
            ? throw new InvalidOperationException($"Column \"{vector.Name}\" is null in this row.")
            : vector;
    }

    private unsafe bool ReadChunk()
    {
        DropChunk();
        cancel.ThrowIfCancellationRequested();
        var next = NativeMethods.FetchChunk(*result.Pointer);
        if (next.IsInvalid)
        {
            next.Dispose();
            finished = true;
            var error = NativeText.Borrow(NativeMethods.ResultError(result.Pointer));
            return string.IsNullOrEmpty(error) ? false : throw DuckDbSession.Failure(error, cancel);
        }
        chunk = next;
        rowsInChunk = (long)NativeMethods.ChunkSize(next);
        for (var i = 0; i < vectors.Length; i++)
            vectors[i].Attach(NativeMethods.ChunkVector(next, (ulong)i));
        row = 0;
        return rowsInChunk > 0 || ReadChunk();
    }

    private void DropChunk()
    {
        row = -1;
        rowsInChunk = 0;
        foreach (var vector in vectors)
            vector.Detach();
        chunk?.Dispose();
        chunk = null;
    }
}
