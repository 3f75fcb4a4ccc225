using Bursar.Cli;

namespace Bursar.Tests.Support;

/// <summary>Runs a command line inside the test, with strings for a terminal.</summary>
internal static class ShellTest
{
    /// <summary>A pipe, 80 columns wide, with an empty environment.</summary>
    public static ShellIo Pipe() => new() { Out = new StringWriter(), Error = new StringWriter() };

    /// <summary>Runs with the product's capabilities, or with those given.</summary>
    public static async Task<BursarResult> RunAsync(
        ShellIo io,
        IReadOnlyList<Capability> capabilities,
        params string[] args
    )
    {
        var code = await Shell.RunAsync(args, io, capabilities, TestContext.Current.CancellationToken);
        return new BursarResult(
            code,
            io.Out.ToString()!.ReplaceLineEndings("\n"),
            io.Error.ToString()!.ReplaceLineEndings("\n")
        );
    }

    public static Task<BursarResult> RunAsync(params string[] args) => RunAsync(Pipe(), Capabilities.All, args);
}
