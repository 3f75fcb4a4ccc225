using System.Diagnostics;
using System.Runtime.InteropServices;
using Bursar.Core.Diagnostics;

namespace Bursar.Warehouse.Books.Files;

/// <summary>A lock that one process at a time holds on a file; it ends with the process, however that ends.</summary>
/// <remarks>
/// On Linux and macOS this is flock(2) on the open file (two opens exclude one another, also within a process); on
/// Windows a file opened without sharing. The file stays; only the lock on it counts.
/// </remarks>
public sealed class FileLock : IDisposable
{
    private const int WindowsSharingViolation = unchecked((int)0x80070020);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly FileStream locked;

    private FileLock(FileStream locked) => this.locked = locked;

    /// <summary>Takes the lock, or returns null when another holds it.</summary>
    public static FileLock? TryTake(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException taken)
            when (taken.HResult is WindowsSharingViolation or Posix.WouldBlockOnLinux or Posix.WouldBlockOnMac)
        {
            return null;
        }
        // .NET's own lock can be switched off by the environment, and is left out where a file system refuses it; this
        // one is certain.
        if (!OperatingSystem.IsWindows() && Posix.Flock(file.SafeFileHandle, Posix.LockExclusiveNow) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            file.Dispose();
            if (error is Posix.WouldBlockOnLinux or Posix.WouldBlockOnMac)
                return null;
            throw new IOException($"{path} cannot be locked: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
        return new FileLock(file);
    }

    /// <summary>Takes the lock, waiting for whoever holds it.</summary>
    /// <exception cref="RefusedException">It was not free in time.</exception>
    public static FileLock Take(string path, TimeSpan patience, CancellationToken cancellation = default)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (TryTake(path) is { } taken)
                return taken;
            if (waited.Elapsed >= patience)
                throw Busy(path, patience);
            cancellation.WaitHandle.WaitOne(Pause);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => locked.Dispose();

    private static RefusedException Busy(string path, TimeSpan patience) =>
        new(
            "books/busy",
            $"Another command is writing to the books at {Path.GetDirectoryName(path)}; waited {patience.TotalSeconds:0} seconds for it.",
            "Let it finish and run this again. The lock ends with the process that holds it; no file has to be deleted."
        );
}
