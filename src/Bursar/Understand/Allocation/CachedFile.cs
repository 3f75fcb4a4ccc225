using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Bursar.Warehouse.Books.Files;

namespace Bursar.Understand.Allocation;

/// <summary>What a cache file turned out to be.</summary>
internal enum CachedState
{
    /// <summary>It has the bytes it was made with.</summary>
    Whole,

    /// <summary>It has no checksum: its writer was killed. It is made again, and nothing rests on it.</summary>
    Unfinished,

    /// <summary>Its bytes changed after it was made.</summary>
    Damaged,
}

/// <summary>
/// A file that can be made again, with its checksum beside it, so that damage is found and mended instead of read.
/// </summary>
internal static class CachedFile
{
    private const string Ending = ".sha256";

    /// <summary>What was proved before in this process: size and time of the file then.</summary>
    private static readonly ConcurrentDictionary<string, (long Bytes, DateTime Written)> Proved = new();

    /// <summary>
    /// Brings a staged file to its name. A crash leaves no file, or one whose checksum is missing or another, which is
    /// made again: so nothing here waits for the disk.
    /// </summary>
    public static void Keep(string staged, string final)
    {
        var checksum = Checksum.OfFile(staged);
        Directory.CreateDirectory(Path.GetDirectoryName(final)!);
        File.Delete(final + Ending);
        File.Move(staged, final, overwrite: true);
        File.WriteAllText(staged, checksum);
        File.Move(staged, final + Ending, overwrite: true);
        Remember(final);
    }

    /// <summary>
    /// Whether the file is there with the bytes it was made with. What was proved before is only looked at.
    /// </summary>
    public static bool IsWhole(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            return false;
        if (Proved.TryGetValue(path, out var stamp) && stamp == (file.Length, file.LastWriteTimeUtc))
            return true;
        if (Examine(path) != CachedState.Whole)
            return false;
        Remember(path);
        return true;
    }

    /// <summary>Reads the file whole, whatever was proved before.</summary>
    public static CachedState Examine(string path)
    {
        try
        {
            if (!File.Exists(path + Ending))
                return CachedState.Unfinished;
            return File.ReadAllText(path + Ending) == Checksum.OfFile(path) ? CachedState.Whole : CachedState.Damaged;
        }
        catch (IOException)
        {
            return CachedState.Damaged;
        }
    }

    /// <summary>Removes a file and its checksum, so that it is made again.</summary>
    public static void Remove(string path)
    {
        Proved.TryRemove(path, out _);
        File.Delete(path + Ending);
        File.Delete(path);
    }

    private static void Remember(string path)
    {
        var file = new FileInfo(path);
        Proved[path] = (file.Length, file.LastWriteTimeUtc);
    }
}

/// <summary>Names of the folders of caches: a hash of everything that shapes their content.</summary>
internal static class CacheKeys
{
    /// <summary>Raise it when the layout or the arithmetic of the files changes.</summary>
    private const string Version = "star-6";

    public static string OfDaily(CompiledAllocation rules) =>
        Hash(string.Join(',', rules.Breakpoints.Select(day => day.ToString("yyyy-MM-dd"))));

    /// <summary>Those of all rules begin alike, so that one finds the files of the others.</summary>
    public static string OfAllocation(CompiledAllocation rules) => $"{Version}-{Hash(rules.DocumentsHash)}";

    /// <summary>What folders of allocation files are called, whatever the rules.</summary>
    public const string AnyAllocation = Version + "-*";

    /// <summary>Of the parts of a delivery's shared cost: the rules, and how each pool was divided.</summary>
    public static string OfParts(CompiledAllocation rules, string divided) =>
        Hash($"{OfDaily(rules)} {OfAllocation(rules)}\n{divided}");

    private static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Version + "\n" + text)))[..16];
}
