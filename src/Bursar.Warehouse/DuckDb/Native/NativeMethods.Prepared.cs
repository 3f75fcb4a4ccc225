using System.Runtime.InteropServices;

namespace Bursar.Warehouse.DuckDb.Native;

/// <remarks>
/// https://duckdb.org/docs/stable/clients/c/prepared
/// </remarks>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "duckdb_extract_statements", StringMarshalling = StringMarshalling.Utf8)]
    public static partial ulong ExtractStatements(
        ConnectionHandle connection,
        string sql,
        out StatementsHandle statements
    );

    [LibraryImport(Library, EntryPoint = "duckdb_extract_statements_error")]
    public static partial nint ExtractStatementsError(StatementsHandle statements);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_extracted")]
    public static partial void DestroyExtracted(ref nint statements);

    [LibraryImport(Library, EntryPoint = "duckdb_prepare_extracted_statement")]
    public static partial NativeState PrepareExtractedStatement(
        ConnectionHandle connection,
        StatementsHandle statements,
        ulong index,
        out PreparedHandle prepared
    );

    [LibraryImport(Library, EntryPoint = "duckdb_prepare_error")]
    public static partial nint PrepareError(PreparedHandle prepared);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_prepare")]
    public static partial void DestroyPrepare(ref nint prepared);

    [LibraryImport(Library, EntryPoint = "duckdb_nparams")]
    public static partial ulong ParameterCount(PreparedHandle prepared);

    [LibraryImport(Library, EntryPoint = "duckdb_bind_value")]
    public static partial NativeState BindValue(PreparedHandle prepared, ulong index, ValueHandle value);

    [LibraryImport(Library, EntryPoint = "duckdb_pending_prepared")]
    public static partial NativeState PendingPrepared(PreparedHandle prepared, out PendingHandle pending);

    [LibraryImport(Library, EntryPoint = "duckdb_pending_prepared_streaming")]
    public static partial NativeState PendingPreparedStreaming(PreparedHandle prepared, out PendingHandle pending);

    [LibraryImport(Library, EntryPoint = "duckdb_pending_error")]
    public static partial nint PendingError(PendingHandle pending);

    [LibraryImport(Library, EntryPoint = "duckdb_execute_pending")]
    public static partial NativeState ExecutePending(PendingHandle pending, NativeResult* result);

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_pending")]
    public static partial void DestroyPending(ref nint pending);
}
