using System.Runtime.InteropServices;

namespace Bursar.Warehouse.DuckDb.Native;

/// <remarks>https://duckdb.org/docs/stable/clients/c/connect</remarks>
internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "duckdb_open", StringMarshalling = StringMarshalling.Utf8)]
    public static partial NativeState Open(string? path, out DatabaseHandle database);

    [LibraryImport(Library, EntryPoint = "duckdb_close")]
    public static partial void Close(ref nint database);

    [LibraryImport(Library, EntryPoint = "duckdb_connect")]
    public static partial NativeState Connect(DatabaseHandle database, out ConnectionHandle connection);

    [LibraryImport(Library, EntryPoint = "duckdb_disconnect")]
    public static partial void Disconnect(ref nint connection);

    [LibraryImport(Library, EntryPoint = "duckdb_interrupt")]
    public static partial void Interrupt(ConnectionHandle connection);

    [LibraryImport(Library, EntryPoint = "duckdb_connection_get_client_context")]
    public static partial void ConnectionGetClientContext(ConnectionHandle connection, out nint context);

    [LibraryImport(Library, EntryPoint = "duckdb_client_context_get_connection_id")]
    public static partial ulong ClientContextGetConnectionId(nint context);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_client_context")]
    public static partial void DestroyClientContext(ref nint context);
}
