namespace Bursar.Warehouse.Books.Files;

/// <summary>
/// What tells, without reading a file, that it is still the same: size, times and the file system's number for it.
/// </summary>
/// <remarks>
/// On Linux with inode and change time, which no program can set back; elsewhere with creation and modification time.
/// </remarks>
/// <param name="Bytes">Its size.</param>
/// <param name="Inode">The file system's number; 0 where there is none.</param>
/// <param name="Modified">Last modification, in nanoseconds since 1970.</param>
/// <param name="Changed">Last change of the file or of its name and rights, in nanoseconds since 1970.</param>
public readonly record struct FileStamp(long Bytes, ulong Inode, long Modified, long Changed)
{
    /// <summary>The stamp of a file, or null when there is none.</summary>
    public static FileStamp? Of(string path)
    {
        if (OperatingSystem.IsLinux() && File.Exists(path) && Posix.Stat(path, out var stat) == 0)
        {
            return new FileStamp(
                (long)stat.Size,
                stat.Inode,
                (stat.ModifiedSeconds * 1_000_000_000) + stat.ModifiedNanoseconds,
                (stat.ChangedSeconds * 1_000_000_000) + stat.ChangedNanoseconds
            );
        }
        var info = new FileInfo(path);
        if (!info.Exists)
            return null;
        var modified = (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100;
        var created = (info.CreationTimeUtc - DateTime.UnixEpoch).Ticks * 100;
        return new FileStamp(info.Length, 0, modified, Math.Max(modified, created));
    }

    /// <summary>
    /// True when the file changed so shortly before that a further change might not show in its times.
    /// </summary>
    public bool IsTooYoungAt(DateTimeOffset now)
    {
        var youngest = (now - TimeSpan.FromSeconds(2) - DateTimeOffset.UnixEpoch).Ticks * 100;
        return Changed > youngest || Modified > youngest;
    }
}
