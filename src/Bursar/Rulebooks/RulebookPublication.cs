using Bursar.Core.Diagnostics;

namespace Bursar.Rulebooks;

/// <summary>Keeps rulebooks as they were put in force: each in a folder named after its hash, so that nobody can change
/// it unnoticed.</summary>
internal static class RulebookPublication
{
    /// <summary>Writes the rulebook's files into the folder of its hash below <paramref name="rulebooksFolder"/>;
    /// returns the files written.</summary>
    /// <remarks>Written under a temporary name and renamed, so the folder is whole or absent. A folder that is there
    /// already is kept.</remarks>
    public static IReadOnlyList<string> Write(Rulebook rulebook, string rulebooksFolder)
    {
        var target = Path.Combine(rulebooksFolder, rulebook.Hash);
        if (Directory.Exists(target)) return [];
        var temporary = target + "." + Environment.ProcessId + ".tmp";
        Directory.CreateDirectory(temporary);
        foreach (var file in rulebook.Files)
        {
            var path = Inside(temporary, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Text);
        }
        try
        {
            Directory.Move(temporary, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // another process published the same rulebook at the same time
            Directory.Delete(temporary, recursive: true);
            return [];
        }
        return [.. rulebook.Files.Select(file => Path.Combine(target, file.Path))];
    }

    /// <summary>Reads the rulebook that was published with a hash.</summary>
    /// <exception cref="RefusedException">It is not there, or not what it was.</exception>
    public static Rulebook Read(string rulebooksFolder, string hash)
    {
        var folder = Path.Combine(rulebooksFolder, hash);
        var (rulebook, _) = Rulebook.LoadFolder(folder);
        if (rulebook.Hash == hash) return rulebook;
        var what = Directory.Exists(folder) ? "is damaged: its files are not what they were when it was published"
            : "is missing";
        throw new RefusedException("rulebook/published-damaged", $"The published rulebook {hash} {what}.",
            $"Bring {folder} back from a backup, or publish the rulebook again from the version that had this hash.");
    }

    private static string Inside(string folder, string path)
    {
        var full = Path.GetFullPath(Path.Combine(folder, path));
        return full.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new ArgumentException($"{path} leaves the folder of the rulebook.", nameof(path));
    }
}
