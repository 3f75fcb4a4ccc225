using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bursar.Warehouse.DuckDb.Native;

/// <summary>Hands a C# function to the engine, and the engine's calls to the C# function.</summary>
/// <remarks>
/// The engine keeps the function alive through a GC handle that it frees when the function leaves its catalog. Binding
/// notes the number of the connection that asks, as a pointer-sized integer, so that there is nothing to allocate or
/// free.
/// </remarks>
internal static unsafe class ScalarFunctionBridge
{
    public static void Register(ConnectionHandle connection, ScalarFunction function)
    {
        using var native = NativeMethods.CreateScalarFunction();
        NativeMethods.ScalarFunctionSetName(native, function.Name);
        foreach (var parameter in function.Parameters)
        {
            using var type = CreateType(parameter);
            NativeMethods.ScalarFunctionAddParameter(native, type);
        }
        if (function.Varargs is { } varargs)
        {
            using var type = CreateType(varargs);
            NativeMethods.ScalarFunctionSetVarargs(native, type);
        }
        using (var type = CreateType(function.Returns))
            NativeMethods.ScalarFunctionSetReturnType(native, type);
        if (function.IsVolatile)
            NativeMethods.ScalarFunctionSetVolatile(native);
        if (function.SeesNull)
            NativeMethods.ScalarFunctionSetSpecialHandling(native);
        NativeMethods.ScalarFunctionSetExtraInfo(native, GCHandle.ToIntPtr(GCHandle.Alloc(function)), &Release);
        NativeMethods.ScalarFunctionSetBind(native, &Bind);
        NativeMethods.ScalarFunctionSetFunction(native, &Run);
        if (NativeMethods.RegisterScalarFunction(connection, native) != NativeState.Success)
            throw new DuckDbException(
                $"The engine did not take the function {function.Name}.",
                DuckDbErrorType.Catalog
            );
    }

    private static LogicalTypeHandle CreateType(ScalarType type) =>
        type switch
        {
            ScalarType.Varchar => NativeMethods.CreateLogicalType(DuckDbTypeId.Varchar),
            ScalarType.Integer => NativeMethods.CreateLogicalType(DuckDbTypeId.Integer),
            ScalarType.BigInt => NativeMethods.CreateLogicalType(DuckDbTypeId.BigInt),
            ScalarType.Boolean => NativeMethods.CreateLogicalType(DuckDbTypeId.Boolean),
            ScalarType.Amount => NativeMethods.CreateDecimalType(38, 18),
            ScalarType.Timestamp => NativeMethods.CreateLogicalType(DuckDbTypeId.Timestamp),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
        };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(nint extraInfo) => GCHandle.FromIntPtr(extraInfo).Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Bind(nint bindInfo)
    {
        NativeMethods.ScalarFunctionGetClientContext(bindInfo, out var context);
        var sessionId = NativeMethods.ClientContextGetConnectionId(context);
        NativeMethods.DestroyClientContext(ref context);
        NativeMethods.ScalarFunctionSetBindData(bindInfo, unchecked((nint)(sessionId + 1)), &KeepNumber);
        NativeMethods.ScalarFunctionSetBindDataCopy(bindInfo, &CopyNumber);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void KeepNumber(nint number)
    {
        // A number in the place of a pointer: nothing was allocated.
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint CopyNumber(nint number) => number;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Run(nint info, nint input, nint output)
    {
        try
        {
            var function = (ScalarFunction)GCHandle.FromIntPtr(NativeMethods.ScalarFunctionGetExtraInfo(info)).Target!;
            var sessionId = unchecked((ulong)NativeMethods.ScalarFunctionGetBindData(info) - 1);
            function.Run(new ScalarCall(input, output, sessionId));
        }
#pragma warning disable CA1031 // An exception must not cross into native code; the engine fails the query with its message.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            NativeMethods.ScalarFunctionSetError(info, failure.Message);
        }
    }
}
