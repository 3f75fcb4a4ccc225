using System.Runtime.InteropServices;

namespace Bursar.Warehouse.DuckDb.Native;

/// <remarks>https://duckdb.org/docs/stable/clients/c/api#scalar-functions</remarks>
internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "duckdb_create_scalar_function")]
    public static partial ScalarFunctionHandle CreateScalarFunction();

    [LibraryImport(Library, EntryPoint = "duckdb_destroy_scalar_function")]
    public static partial void DestroyScalarFunction(ref nint function);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial void ScalarFunctionSetName(ScalarFunctionHandle function, string name);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_varargs")]
    public static partial void ScalarFunctionSetVarargs(ScalarFunctionHandle function, LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_special_handling")]
    public static partial void ScalarFunctionSetSpecialHandling(ScalarFunctionHandle function);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_volatile")]
    public static partial void ScalarFunctionSetVolatile(ScalarFunctionHandle function);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_add_parameter")]
    public static partial void ScalarFunctionAddParameter(ScalarFunctionHandle function, LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_return_type")]
    public static partial void ScalarFunctionSetReturnType(ScalarFunctionHandle function, LogicalTypeHandle type);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_extra_info")]
    public static partial void ScalarFunctionSetExtraInfo(
        ScalarFunctionHandle function,
        nint extraInfo,
        delegate* unmanaged[Cdecl]<nint, void> destroy
    );

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_bind")]
    public static partial void ScalarFunctionSetBind(
        ScalarFunctionHandle function,
        delegate* unmanaged[Cdecl]<nint, void> bind
    );

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_function")]
    public static partial void ScalarFunctionSetFunction(
        ScalarFunctionHandle function,
        delegate* unmanaged[Cdecl]<nint, nint, nint, void> body
    );

    [LibraryImport(Library, EntryPoint = "duckdb_register_scalar_function")]
    public static partial NativeState RegisterScalarFunction(
        ConnectionHandle connection,
        ScalarFunctionHandle function
    );

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_get_extra_info")]
    public static partial nint ScalarFunctionGetExtraInfo(nint functionInfo);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_get_bind_data")]
    public static partial nint ScalarFunctionGetBindData(nint functionInfo);

    [LibraryImport(
        Library,
        EntryPoint = "duckdb_scalar_function_set_error",
        StringMarshalling = StringMarshalling.Utf8
    )]
    public static partial void ScalarFunctionSetError(nint functionInfo, string message);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_get_client_context")]
    public static partial void ScalarFunctionGetClientContext(nint bindInfo, out nint context);

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_bind_data")]
    public static partial void ScalarFunctionSetBindData(
        nint bindInfo,
        nint data,
        delegate* unmanaged[Cdecl]<nint, void> destroy
    );

    [LibraryImport(Library, EntryPoint = "duckdb_scalar_function_set_bind_data_copy")]
    public static partial void ScalarFunctionSetBindDataCopy(
        nint bindInfo,
        delegate* unmanaged[Cdecl]<nint, nint> copy
    );
}
