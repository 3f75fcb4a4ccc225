using System.Diagnostics;
using System.Globalization;

namespace Bursar.Benchmarks;

/// <summary>How long each page takes on the demo's books, and what a server that nobody asks costs.</summary>
internal static class ServeBenchmark
{
    private const double MillisecondsMax = 100;
    private const long IdleBytesMax = 300_000_000;
    private const int Rounds = 11;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private static readonly string[] Pages =
    [
        "/",
        "/explore",
        "/explore?by=ServiceName&top=10",
        "/explore?by=x_CostCentre&over=month",
        "/explore?by=ResourceId&top=10",
        "/explore?by=ServiceProviderName&over=day",
        "/rows",
        "/data",
        "/strategy",
        "/api/v1/costs?over=month",
        "/api/v1/costs?by=ServiceName&top=10",
    ];

    public static async Task<int> RunAsync(BenchmarkOptions options)
    {
        _ = options;
        var books = DemoBooks.Path();
        using var server = Process.Start(
            new ProcessStartInfo(
                DemoBooks.Bursar,
                ["serve", "--port", "0", "--books", books, "--rulebook", books + "-rulebook"]
            )
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        try
        {
            var line =
                await server.StandardOutput.ReadLineAsync()
                ?? throw new InvalidOperationException("The server did not start.");
            using var client = new HttpClient
            {
                BaseAddress = new Uri(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]),
            };
            var fine = true;
            foreach (var page in Pages)
                fine &= await MeasureAsync(client, page);
            return await MeasureIdleAsync(server) && fine ? 0 : 1;
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static async Task<bool> MeasureAsync(HttpClient client, string page)
    {
        var times = new List<double>();
        for (var round = 0; round <= Rounds; round++)
        {
            using var answer = await client.GetAsync(new Uri(page, UriKind.Relative));
            if (!answer.IsSuccessStatusCode)
            {
                Console.WriteLine($"{page, -45} {(int)answer.StatusCode}");
                return true;
            }
            if (round > 0)
                times.Add(ServerMilliseconds(answer));
        }
        Console.WriteLine($"{page, -45} {Runs.Number(Runs.Median(times), "0.0"), 7} ms (less than {MillisecondsMax})");
        return Runs.Median(times) < MillisecondsMax;
    }

    /// <summary>The server's own figure: <c>handler;dur=12.3</c>.</summary>
    private static double ServerMilliseconds(HttpResponseMessage answer)
    {
        var timing = answer.Headers.GetValues("Server-Timing").First();
        return double.Parse(
            timing[(timing.IndexOf("dur=", StringComparison.Ordinal) + 4)..].Split(',', ';')[0],
            CultureInfo.InvariantCulture
        );
    }

    private static async Task<bool> MeasureIdleAsync(Process server)
    {
        // The compiler still works on what the pages made hot.
        await Task.Delay(Idle);
        server.Refresh();
        var before = server.TotalProcessorTime;
        await Task.Delay(Idle);
        server.Refresh();
        var busy = server.TotalProcessorTime - before;
        Console.WriteLine(
            $"idle: {server.WorkingSet64 / 1_000_000} MB (less than {IdleBytesMax / 1_000_000}), "
                + $"{Runs.Number(busy.TotalMilliseconds, "0")} ms of processor time in {Idle.TotalSeconds} s"
        );
        return server.WorkingSet64 < IdleBytesMax && busy < TimeSpan.FromMilliseconds(100);
    }
}
