using System.Runtime.CompilerServices;
using Bursar.Warehouse.DuckDb.Native;

namespace Bursar.Warehouse.DuckDb;

/// <summary>
/// One call of a <see cref="ScalarFunction"/>: arguments and results of some thousand rows, in the engine's memory.
/// </summary>
public readonly ref struct ScalarCall
{
    private readonly nint chunk;
    private readonly nint output;

    internal ScalarCall(nint chunk, nint output, ulong sessionId)
    {
        this.chunk = chunk;
        this.output = output;
        SessionId = sessionId;
        Count = (int)NativeMethods.ChunkSize(chunk);
    }

    /// <summary>Rows to compute.</summary>
    public int Count { get; }

    /// <summary>Arguments given, varargs included.</summary>
    public int ArgumentCount => (int)NativeMethods.ChunkColumnCount(chunk);

    /// <summary>The values of one argument.</summary>
    public ScalarArgument Argument(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)ArgumentCount);
        return new ScalarArgument(NativeMethods.ChunkVector(chunk, (ulong)index));
    }

    /// <summary>Where the results go.</summary>
    public ScalarOutput Output => new(output, Count);

    /// <summary>The engine's number of the session that asks.</summary>
    internal ulong SessionId { get; }
}

/// <summary>The values of one argument of a call, by row. The reader must match the declared type.</summary>
public readonly unsafe ref struct ScalarArgument
{
    private readonly byte* data;
    private readonly ulong* validity;

    internal ScalarArgument(nint vector)
    {
        data = (byte*)NativeMethods.VectorData(vector);
        validity = NativeMethods.VectorValidity(vector);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsNull(int row) => validity != null && (validity[row >> 6] & (1UL << (row & 63))) == 0;

    /// <summary>VARCHAR, as UTF-8 bytes that live as long as the call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Utf8(int row) => NativeString.Read((NativeString*)data + row);

    public int Integer(int row) => ((int*)data)[row];

    public long BigInt(int row) => ((long*)data)[row];

    public bool Boolean(int row) => data[row] != 0;

    /// <summary>DECIMAL(38,18), in units of 10⁻¹⁸.</summary>
    public Int128 Units(int row) => ((NativeHugeInt*)data)[row].Value;

    /// <summary>TIMESTAMP, in microseconds since 1970-01-01.</summary>
    public long Micros(int row) => ((long*)data)[row];
}

/// <summary>The results of a call, by row. The writer must match the declared type.</summary>
public readonly unsafe ref struct ScalarOutput
{
    private readonly nint vector;
    private readonly byte* data;
    private readonly int count;

    internal ScalarOutput(nint vector, int count)
    {
        this.vector = vector;
        this.count = count;
        data = (byte*)NativeMethods.VectorData(vector);
    }

    public void SetNull(int row)
    {
        NativeMethods.VectorEnsureValidityWritable(vector);
        NativeMethods.VectorValidity(vector)[Checked(row) >> 6] &= ~(1UL << (row & 63));
    }

    public void SetUtf8(int row, ReadOnlySpan<byte> utf8)
    {
        fixed (byte* start = utf8)
        {
            byte none = 0;
            NativeMethods.VectorAssignUtf8(
                vector,
                (ulong)Checked(row),
                start == null ? &none : start,
                (ulong)utf8.Length
            );
        }
    }

    public void SetInteger(int row, int value) => ((int*)data)[Checked(row)] = value;

    public void SetBigInt(int row, long value) => ((long*)data)[Checked(row)] = value;

    public void SetBoolean(int row, bool value) => data[Checked(row)] = value ? (byte)1 : (byte)0;

    public void SetUnits(int row, Int128 units) => ((NativeHugeInt*)data)[Checked(row)] = new NativeHugeInt(units);

    public void SetMicros(int row, long micros) => ((long*)data)[Checked(row)] = micros;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Checked(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)count, nameof(row));
        return row;
    }
}
