using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Bursar.Core.Diagnostics;

namespace Bursar.Warehouse.Books.Files;

/// <summary>A lock that one process at a time holds on a file; it ends with the process, however that ends.</summary>
/// <remarks>
/// On Linux and macOS this is flock(2) on the open file (two opens exclude one another, also within a process); on Windows a file
/// opened without sharing. The file stays; only the lock on it counts. Its text names the last holder, for people.
/// </remarks>
public sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private readonly FileStream locked;

    private FileLock(FileStream locked) => this.locked = locked;

    /// <summary>Takes the lock, or returns null when another holds it.</summary>
    public static FileLock? TryTake(string path)
    {
        FileStream file;
        try
        {
            // On Unix FileShare.ReadWrite keeps .NET's own (switchable) locking out of the way of ours.
            var share = OperatingSystem.IsWindows() ? FileShare.None : FileShare.ReadWrite | FileShare.Delete;
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share, bufferSize: 0);
        }
        catch (IOException) when (OperatingSystem.IsWindows() && File.Exists(path))
        {
            return null;
        }
        if (!OperatingSystem.IsWindows() && Posix.Flock(file.SafeFileHandle, Posix.LockExclusiveNow) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            file.Dispose();
            if (error is Posix.WouldBlockOnLinux or Posix.WouldBlockOnMac) return null;
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
            {
                taken.NameHolder();
                return taken;
            }
            if (waited.Elapsed >= patience) throw Busy(path, patience);
            cancellation.WaitHandle.WaitOne(Pause);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public void Dispose() => locked.Dispose();

    private void NameHolder()
    {
        try
        {
            var text = Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}\n"));
            RandomAccess.Write(locked.SafeFileHandle, text, 0);
            locked.SetLength(text.Length);
        }
        catch (IOException)
        {
            // The name is a courtesy: on a full disk the lock holds all the same.
        }
    }

    private static RefusedException Busy(string path, TimeSpan patience)
    {
        var holder = "another process";
        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            var text = File.ReadAllText(path).Trim();
            if (text.Length is > 0 and < 300) holder = text;
        }
        return new RefusedException(
            "books/busy",
            $"The books at {Path.GetDirectoryName(path)} are being written by {holder}; waited {patience.TotalSeconds:0} seconds.",
            "Let it finish and run the command again. The lock ends with the process that holds it; nothing has to be deleted.");
    }
}
