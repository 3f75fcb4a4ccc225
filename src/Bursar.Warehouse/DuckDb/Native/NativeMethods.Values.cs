using System.Runtime.InteropServices;

namespace Bursar.Warehouse.DuckDb.Native;

/// <remarks>https://duckdb.org/docs/stable/clients/c/value</remarks>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "duckdb_create_null_value")]
    public static partial ValueHandle CreateNull();

    [LibraryImport(Library, EntryPoint = "duckdb_create_varchar_length")]
    public static partial ValueHandle CreateVarchar(byte* utf8, ulong length);

    [LibraryImport(Library, EntryPoint = "duckdb_create_bool")]
    public static partial ValueHandle CreateBoolean([MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(Library, EntryPoint = "duckdb_create_int32")]
    public static partial ValueHandle CreateInteger(int value);

    [LibraryImport(Library, EntryPoint = "duckdb_create_int64")]
    public static partial ValueHandle CreateBigInt(long value);

    [LibraryImport(Library, EntryPoint = "duckdb_create_decimal")]
    public static partial ValueHandle CreateDecimal(NativeDecimal value);

    /// <summary>duckdb_date is a struct of one int32 (days since 1970-01-01), passed like that int32.</summary>
    [LibraryImport(Library, EntryPoint = "duckdb_create_date")]
    public static partial ValueHandle CreateDate(int days);

    /// <summary>
    /// duckdb_timestamp is a struct of one int64 (microseconds since 1970-01-01), passed like that int64.
    /// </summary>
    [LibraryImport(Library, EntryPoint = "duckdb_create_timestamp")]
    public static partial ValueHandle CreateTimestamp(long micros);

    [LibraryImport(Library, EntryPoint = "duckdb_create_list_value")]
    public static partial ValueHandle CreateList(LogicalTypeHandle type, nint* values, ulong count);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_value")]
    public static partial void DestroyValue(ref nint value);
}
