using System.Diagnostics;

namespace Bursar.Tests.Support;

/// <summary>Runs a program of the machine.</summary>
internal static class OtherProgram
{
    /// <summary>What it prints; a failure fails the test.</summary>
    public static async Task<string> RunAsync(string path, params string[] args)
    {
        using var process =
            Process.Start(new ProcessStartInfo(path, args) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new InvalidOperationException($"{path} did not start.");
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
