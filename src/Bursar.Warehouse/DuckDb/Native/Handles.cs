using System.Runtime.InteropServices;

namespace Bursar.Warehouse.DuckDb.Native;

/// <summary>A native object that is freed exactly once, however a query ends.</summary>
internal abstract class NativeHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        Destroy(ref handle);
        return true;
    }

    /// <summary>The C API takes the address of the pointer and clears it.</summary>
    protected abstract void Destroy(ref nint pointer);
}

internal sealed class DatabaseHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.Close(ref pointer);
}

internal sealed class ConnectionHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.Disconnect(ref pointer);
}

internal sealed class StatementsHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.DestroyExtracted(ref pointer);
}

internal sealed class PreparedHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.DestroyPrepare(ref pointer);
}

internal sealed class PendingHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.DestroyPending(ref pointer);
}

internal sealed class ChunkHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.DestroyChunk(ref pointer);
}

internal sealed class LogicalTypeHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.DestroyLogicalType(ref pointer);
}

internal sealed class ValueHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.DestroyValue(ref pointer);
}

internal sealed class ScalarFunctionHandle : NativeHandle
{
    protected override void Destroy(ref nint pointer) => NativeMethods.DestroyScalarFunction(ref pointer);
}

/// <summary>A result: a struct in native memory of ours, whose content is the engine's.</summary>
internal sealed unsafe class ResultHandle : NativeHandle
{
    public ResultHandle() => SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(NativeResult)));

    public NativeResult* Pointer => (NativeResult*)handle;

    protected override void Destroy(ref nint pointer)
    {
        NativeMethods.DestroyResult((NativeResult*)pointer);
        NativeMemory.Free((void*)pointer);
        pointer = 0;
    }
}
