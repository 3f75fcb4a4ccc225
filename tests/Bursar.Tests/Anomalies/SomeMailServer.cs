using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bursar.Tests.Anomalies;

/// <summary>A real mail server on a free port of this machine, that keeps what it is given (RFC 5321, the least of it).</summary>
internal sealed class SomeMailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;
    private readonly string? refusal;

    /// <param name="refusal">What it says to every recipient; null takes them.</param>
    public SomeMailServer(string? refusal = null)
    {
        this.refusal = refusal;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public List<(List<string> To, string Text)> Received { get; } = [];

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or IOException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(false))
        {
            NewLine = "\r\n",
            AutoFlush = true,
        };
        var to = new List<string>();
        await writer.WriteLineAsync("220 here");
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            var word = line.Split(' ', ':')[0].ToUpperInvariant();
            if (word == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                var text = new StringBuilder();
                while (await reader.ReadLineAsync(stop.Token) is { } part && part != ".")
                    text.Append(part).Append('\n');
                Received.Add((to, text.ToString()));
            }
            if (word == "RCPT")
                to.Add(line);
            await writer.WriteLineAsync(
                word == "RCPT" && refusal is not null ? refusal
                : word == "QUIT" ? "221 bye"
                : "250 fine"
            );
            if (word == "QUIT")
                return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }
}
