using System.Diagnostics;
using System.Text.RegularExpressions;
using Bursar.Tests.Support;

namespace Bursar.Tests.EndToEnd;

/// <summary><c>bursar serve</c> as a process of its own, on a free port, until it is disposed.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, string address) => (this.process, Address) = (process, address);

    /// <summary>"http://127.0.0.1:41234".</summary>
    public string Address { get; }

    public int Id => process.Id;

    public HttpClient Client { get; } = new();

    /// <summary>Starts it and waits until it prints its address.</summary>
    public static async Task<ServerProcess> StartAsync(string folder, params string[] args)
    {
        var started =
            Process.Start(BursarProcess.How(folder, ["serve", "--port", "0", .. args]))
            ?? throw new InvalidOperationException("The server did not start.");
        started.StandardInput.Close();
        var error = started.StandardError.ReadToEndAsync();
        var line = await started
            .StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
            .AsTask()
            .WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        if (line is null)
            Assert.Fail($"bursar serve ended before it printed an address.\n{await error}");
        // What it prints later must not fill the pipe.
        _ = started.StandardOutput.ReadToEndAsync();
        return new ServerProcess(started, AddressIn().Match(line!).Value);
    }

    public string At(string path) => Address + path;

    public void Dispose()
    {
        Client.Dispose();
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex AddressIn();
}
