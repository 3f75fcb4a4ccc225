using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Bursar.Tests.Support;

/// <summary>A server program of the machine that a test talks to, until it is disposed.</summary>
internal sealed class ServerProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;

    private ServerProgram(Process process, string address) => (this.process, Address) = (process, address);

    /// <summary>"http://127.0.0.1:41234".</summary>
    public string Address { get; }

    /// <summary>Starts it on a free port and waits until it answers.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="args">Its arguments for a port.</param>
    /// <param name="ready">The path that is answered when it is ready.</param>
    public static async Task<ServerProgram> StartAsync(string program, Func<int, string[]> args, string ready)
    {
        // Another program may take the port between our look and its start; then the next one is tried.
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort();
            var start = new ProcessStartInfo(program, args(port))
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            var started = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
            var said = started.StandardError.ReadToEndAsync();
            _ = started.StandardOutput.ReadToEndAsync();
            var server = new ServerProgram(started, $"http://127.0.0.1:{port}");
            if (await server.AnswersAsync(ready))
                return server;
            server.Dispose();
            if (attempt == 3)
                Assert.Fail($"{program} does not answer.\n{await said}");
        }
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private async Task<bool> AnswersAsync(string path)
    {
        using var client = new HttpClient();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience && !process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(Address + path, TestContext.Current.CancellationToken);
                if ((int)answer.StatusCode < 500)
                    return true;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        return false;
    }

    private static int FreePort()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }
}
