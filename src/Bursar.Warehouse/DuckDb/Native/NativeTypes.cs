using System.Runtime.InteropServices;

namespace Bursar.Warehouse.DuckDb.Native;

/// <summary>Types of values, numbered as in DuckDB's C API.</summary>
/// <remarks>https://duckdb.org/docs/stable/clients/c/types</remarks>
internal enum DuckDbTypeId
{
    Invalid = 0,
    Boolean = 1,
    TinyInt = 2,
    SmallInt = 3,
    Integer = 4,
    BigInt = 5,
    UTinyInt = 6,
    USmallInt = 7,
    UInteger = 8,
    UBigInt = 9,
    Float = 10,
    Double = 11,
    Timestamp = 12,
    Date = 13,
    Time = 14,
    Interval = 15,
    HugeInt = 16,
    Varchar = 17,
    Blob = 18,
    Decimal = 19,
    TimestampSeconds = 20,
    TimestampMilliseconds = 21,
    TimestampNanoseconds = 22,
    Enum = 23,
    List = 24,
    Struct = 25,
    Map = 26,
    Uuid = 27,
    Union = 28,
    Bit = 29,
    TimeWithZone = 30,
    TimestampWithZone = 31,
    UHugeInt = 32,
    Array = 33,
    Any = 34,
    BigNum = 35,
    SqlNull = 36,
}

internal enum NativeState
{
    Success = 0,
    Error = 1,
}

internal enum PendingState
{
    Ready = 0,
    NotReady = 1,
    Error = 2,
    NoTasksAvailable = 3,
}

/// <summary>
/// duckdb_result: five deprecated fields and a pointer. Passed by address, and by value to fetch a chunk.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeResult
{
    public ulong ColumnCount;
    public ulong RowCount;
    public ulong RowsChanged;
    public nint Columns;
    public nint ErrorMessage;
    public nint InternalData;
}

/// <summary>duckdb_hugeint: a 128-bit integer in two halves, the lower first.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeHugeInt(Int128 value)
{
    private readonly ulong lower = unchecked((ulong)value);
    private readonly long upper = (long)(value >> 64);

    public Int128 Value => new(unchecked((ulong)upper), lower);
}

/// <summary>duckdb_decimal.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeDecimal(byte width, byte scale, Int128 value)
{
    public readonly byte Width = width;
    public readonly byte Scale = scale;
    public readonly NativeHugeInt Value = new(value);
}

/// <summary>duckdb_list_entry: where a list begins in its child vector, and how long it is.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct NativeListEntry
{
    public readonly ulong Offset;
    public readonly ulong Length;
}

/// <summary>duckdb_string_t: up to 12 bytes stand in the struct itself, longer text behind a pointer.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct NativeString
{
    public const int InlinedMax = 12;

    [FieldOffset(0)]
    public uint Length;

    [FieldOffset(4)]
    public fixed byte Inlined[InlinedMax];

    [FieldOffset(8)]
    public byte* Pointer;

    /// <summary>The UTF-8 bytes of a string that stays where it is (in a vector).</summary>
    public static ReadOnlySpan<byte> Read(NativeString* text) =>
        new(text->Length <= InlinedMax ? text->Inlined : text->Pointer, checked((int)text->Length));
}
