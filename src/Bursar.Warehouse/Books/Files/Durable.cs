using System.Runtime.InteropServices;

namespace Bursar.Warehouse.Books.Files;

/// <summary>
/// Writing so that a power cut loses nothing that was acknowledged: file to disk, rename, folder to disk.
/// </summary>
public static class Durable
{
    /// <summary>
    /// Brings a finished temporary file to its final name, on the same file system, replacing what is there.
    /// </summary>
    /// <remarks>After a crash at any instant the final name holds nothing, the old file or the whole new one.</remarks>
    public static void PublishFile(string temp, string final)
    {
        FlushFile(temp);
        CreateFolder(Path.GetDirectoryName(Path.GetFullPath(final))!);
        File.Move(temp, final, overwrite: true);
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(final))!);
    }

    /// <summary>Writes a small file whole: beside its name, flushed, renamed, folder flushed.</summary>
    public static void WriteFile(string path, ReadOnlySpan<byte> content)
    {
        var temp = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new FileStream(temp, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            File.Move(temp, path, overwrite: true);
        }
        catch
        {
            File.Delete(temp);
            throw;
        }
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes sure that the bytes of a file are on the disk.</summary>
    public static void FlushFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Creates a folder and those above it, and makes sure that their names are on the disk.</summary>
    public static void CreateFolder(string folder)
    {
        var full = Path.GetFullPath(folder);
        if (Directory.Exists(full))
            return;
        var parent = Path.GetDirectoryName(full);
        if (parent is not null)
            CreateFolder(parent);
        Directory.CreateDirectory(full);
        if (parent is not null)
            FlushFolder(parent);
    }

    /// <summary>
    /// Makes sure that the names in a folder (new, renamed, removed) are on the disk. Windows does this by itself.
    /// </summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Posix.Open(folder, flags: 0);
        if (descriptor < 0)
            throw Failure(folder);
        try
        {
            if (Posix.Fsync(descriptor) != 0)
                throw Failure(folder);
        }
        finally
        {
            _ = Posix.Close(descriptor);
        }
    }

    private static IOException Failure(string folder) =>
        new($"The folder {folder} could not be written to disk: {Marshal.GetLastPInvokeErrorMessage()}.");
}
