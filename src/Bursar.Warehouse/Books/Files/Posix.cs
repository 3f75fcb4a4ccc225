using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Bursar.Warehouse.Books.Files;

/// <summary>
/// The few system calls that .NET does not offer: folder fsync, locks that die with their process, inode numbers.
/// </summary>
internal static partial class Posix
{
    public const int LockExclusiveNow = 2 | 4;
    public const int WouldBlockOnLinux = 11;
    public const int WouldBlockOnMac = 35;
    private const int AtCurrentFolder = -100;
    private const uint BasicStats = 0x7ff;

    /// <summary>Linux's statx result; the same layout on every architecture.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    public struct Statx
    {
        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(96)]
        public long ChangedSeconds;

        [FieldOffset(104)]
        public uint ChangedNanoseconds;

        [FieldOffset(112)]
        public long ModifiedSeconds;

        [FieldOffset(120)]
        public uint ModifiedNanoseconds;
    }

    public static int Stat(string path, out Statx result) =>
        StatxCall(AtCurrentFolder, path, 0, BasicStats, out result);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static partial int Flock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int StatxCall(int folder, string path, int flags, uint mask, out Statx result);
}
