using System.Reflection;
using System.Runtime.InteropServices;

namespace Bursar.Warehouse.DuckDb.Native;

/// <summary>
/// DuckDB's C API, one partial file per page of its manual (https://duckdb.org/docs/stable/clients/c/overview).
/// </summary>
internal static partial class NativeMethods
{
    private const string Library = "duckdb";

    private static readonly Lock Loading = new();

    private static nint library;

    /// <summary>Loads libduckdb from the folder of the executable. Called once, before the first use.</summary>
    /// <exception cref="DuckDbException">The library is missing or does not fit this machine.</exception>
    public static void Load()
    {
        lock (Loading)
        {
            if (library != 0)
                return;
            var path = Path.Combine(AppContext.BaseDirectory, FileName);
            if (!NativeLibrary.TryLoad(path, out library))
                throw new DuckDbException(
                    $"DuckDB's native library could not be loaded from {path}. Build the solution again: the build fetches it from npm."
                );
            NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, Resolve);
        }
    }

    private static string FileName =>
        OperatingSystem.IsWindows() ? "duckdb.dll"
        : OperatingSystem.IsMacOS() ? "libduckdb.dylib"
        : "libduckdb.so";

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? search) =>
        name == Library ? library : 0;
}
