using System.Globalization;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Warehouse.Books;

/// <summary>A finished temporary file: on disk, with its checksum.</summary>
public sealed record StagedFile(string Path, string Sha256, long Bytes);

/// <summary>
/// A folder for the work in progress of one command, on the books' own disk; gone when the command ends, however it
/// ends.
/// </summary>
/// <remarks>
/// It holds a lock while its process lives. Whoever opens the next one clears away those without a holder.
/// </remarks>
public sealed class StagingArea : IDisposable
{
    private const string LockName = ".lock";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FileLock alive;

    private StagingArea(string folder, FileLock alive)
    {
        Folder = folder;
        this.alive = alive;
    }

    /// <summary>The full path of the folder.</summary>
    public string Folder { get; }

    /// <summary>Opens a staging area in the books.</summary>
    public static StagingArea Open(BooksFolder books)
    {
        Durable.CreateFolder(books.Temporary);
        using var making = FileLock.Take(Path.Combine(books.Temporary, LockName), Patience);
        SweepDead(books);
        var name = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{Guid.NewGuid():N}");
        var folder = Path.Combine(books.Temporary, name);
        Directory.CreateDirectory(folder);
        var held = FileLock.Take(Path.Combine(folder, LockName), Patience);
        return new StagingArea(folder, held);
    }

    /// <summary>Removes the staging areas whose process has ended; returns how many.</summary>
    public static int Sweep(BooksFolder books)
    {
        if (!Directory.Exists(books.Temporary))
            return 0;
        using var making = FileLock.Take(Path.Combine(books.Temporary, LockName), Patience);
        return SweepDead(books);
    }

    /// <summary>The full path of a temporary file.</summary>
    public string PathOf(string name) => Path.Combine(Folder, BooksFolder.CheckedName(name));

    /// <summary>
    /// Finishes a temporary file: brings it to disk and takes its checksum, before the books are locked.
    /// </summary>
    public static StagedFile Seal(string path)
    {
        Durable.FlushFile(path);
        return new StagedFile(path, Checksum.OfFile(path), new FileInfo(path).Length);
    }

    public void Dispose()
    {
        alive.Dispose();
        TryRemove(Folder);
    }

    private static int SweepDead(BooksFolder books)
    {
        var swept = 0;
        foreach (var folder in Directory.EnumerateDirectories(books.Temporary))
        {
            using var dead = TryTake(folder);
            if (dead is not null && TryRemove(folder))
                swept++;
        }
        return swept;
    }

    private static FileLock? TryTake(string folder)
    {
        try
        {
            return FileLock.TryTake(Path.Combine(folder, LockName));
        }
        catch (DirectoryNotFoundException)
        {
            // Its command ended and took it away between our listing and now.
            return null;
        }
    }

    private static bool TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (IOException)
        {
            // Still open somewhere (Windows), or gone already; the next sweep looks again.
            return false;
        }
    }
}
