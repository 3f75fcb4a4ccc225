namespace Bursar.Tests.Support;

/// <summary>A program of the machine that a test drives, such as a browser.</summary>
internal static class NeededProgram
{
    /// <summary>
    /// Its path. Without it the test is skipped, loudly; where BURSAR_REQUIRE names it, the test fails.
    /// </summary>
    public static string Path(string name)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator);
        var found = folders.Select(folder => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (found is not null)
            return found;
        var required = (Environment.GetEnvironmentVariable("BURSAR_REQUIRE") ?? "").Split(',');
        if (required.Contains(name))
            Assert.Fail($"{name} is required here (BURSAR_REQUIRE) and not installed.");
        Assert.Skip($"SKIPPED: {name} is not installed.");
        return "";
    }
}
