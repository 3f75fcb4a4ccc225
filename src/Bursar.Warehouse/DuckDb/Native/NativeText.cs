using System.Runtime.InteropServices;

namespace Bursar.Warehouse.DuckDb.Native;

/// <summary>Reads the C strings that the engine hands out.</summary>
internal static class NativeText
{
    /// <summary>Text that stays the engine's.</summary>
    public static string? Borrow(nint text) => Marshal.PtrToStringUTF8(text);

    /// <summary>Text that was allocated for us: read and freed.</summary>
    public static string? Take(nint text)
    {
        if (text == 0)
            return null;
        var read = Marshal.PtrToStringUTF8(text);
        NativeMethods.Free(text);
        return read;
    }
}
