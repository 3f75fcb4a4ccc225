namespace Bursar.Tests.Support;

/// <summary>
/// The folder of real exports and published samples that stands beside the repository where there is one.
/// </summary>
/// <remarks>
/// It holds other people's data and is no part of the repository. Tests that need it are skipped, loudly, without it.
/// </remarks>
internal static class SharedFolder
{
    /// <summary>The path of a file or folder in it; skips the test when there is no such thing here.</summary>
    public static string Need(params string[] parts)
    {
        var folder = Environment.GetEnvironmentVariable("BURSAR_SHARED") is { Length: > 0 } named
            ? named
            : Path.GetFullPath(RepositoryRoot.File("..", "shared"));
        var path = Path.Combine([folder, .. parts]);
        if (!Path.Exists(path))
            Assert.Skip($"SKIPPED: {folder} has no \"{Path.Combine(parts)}\". BURSAR_SHARED names the folder.");
        return path;
    }
}
