using Bursar.Core.Diagnostics;

namespace Bursar.Rulebooks;

/// <summary>
/// Reads rulebooks as they were put in force: each is in a folder named after its hash, so that nobody can change it
/// unnoticed.
/// </summary>
internal static class RulebookPublication
{
    /// <summary>Reads the rulebook that was published with a hash.</summary>
    /// <exception cref="RefusedException">It is not there, or not what it was.</exception>
    public static Rulebook Read(string rulebooksFolder, string hash)
    {
        var folder = Path.Combine(rulebooksFolder, hash);
        var (rulebook, _) = RulebookFolder.Load(folder, null, wasChecked: true);
        if (rulebook.Hash == hash)
            return rulebook;
        var what = Directory.Exists(folder)
            ? "is damaged: its files are not what they were when it was published"
            : "is missing";
        throw new RefusedException(
            "rulebook/published-damaged",
            $"The published rulebook {hash} {what}.",
            $"Bring {folder} back from a backup, or publish the rulebook again from the version that had this hash."
        );
    }
}
