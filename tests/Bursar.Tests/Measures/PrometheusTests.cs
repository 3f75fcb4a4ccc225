using System.Globalization;
using Bursar.Tests.Sources;
using Bursar.Tests.Support;

namespace Bursar.Tests.Measures;

/// <summary>Series of a real Prometheus server.</summary>
public sealed class PrometheusTests
{
    /// <summary>Far enough from the edges of the server's own blocks of two hours.</summary>
    private static readonly DateTimeOffset Start = new(2026, 4, 8, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_answer_to_a_query_becomes_points_by_resource()
    {
        using var server = await MonitoredAsync();
        using var test = new FetchTest();
        test.Write(
            "rulebook/series.yaml",
            Declared(server.Address, "sum by (instance) (increase(cpu_hours_total[1h]))")
        );
        var update = await test.UpdateAsync();
        Assert.True(update.State == "fetched", update.ToString());
        var shown = await test.RunAsync("series", "show", "cpu-hours", "--by", "ResourceId", "--format", "csv");
        Assert.True(shown.ExitCode == 0, shown.ToString());
        var rows = shown.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, rows.Length);
        Assert.StartsWith("i-1,", rows[1]);
        Assert.StartsWith("i-2,", rows[2]);
        Assert.Equal("unchanged", (await test.UpdateAsync()).State);
        // An hour later the last two days are asked for again, and what is known is not booked twice.
        test.Now += TimeSpan.FromHours(1);
        Assert.Equal("unchanged", (await test.UpdateAsync()).State);
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_query_that_the_server_does_not_understand_is_told_in_its_words()
    {
        using var server = await MonitoredAsync();
        using var test = new FetchTest();
        test.Write("rulebook/series.yaml", Declared(server.Address, "sum by ("));
        var update = await test.UpdateAsync();
        Assert.Equal("sources/bad-query", update.Code);
        Assert.Contains("parse error", update.Reason);
    }

    [Fact]
    public async Task Another_server_is_not_taken_for_prometheus()
    {
        await using var server = await WebServer.StartAsync(
            (context, _) =>
                Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, "hello")
        );
        using var test = new FetchTest();
        test.Write("rulebook/series.yaml", Declared(server.Address, "up"));
        Assert.Equal("sources/not-prometheus", (await test.UpdateAsync()).Code);
    }

    private static string Declared(string address, string query) =>
        $"""
            kind: Series
            name: cpu-hours
            purpose: utilisation
            unit: CPU hours
            source: Monitoring
            resource: instance
            from:
              prometheus: {address}
              query: "{query}"
              step: 1h
              days: 7

            """;

    /// <summary>A server that holds twelve hours of two machines, loaded with its own tool.</summary>
    private static async Task<MonitoringServer> MonitoredAsync()
    {
        var program = NeededProgram.Path("prometheus");
        var tool = NeededProgram.Path("promtool");
        var folder = new TempFolder();
        var lines = new List<string> { "# TYPE cpu_hours counter" };
        foreach (var (machine, rate) in new[] { ("i-1", 2m), ("i-2", 0.5m) })
            for (var minute = 0; minute <= 12 * 60; minute += 5)
            {
                var at = Start.AddMinutes(minute).ToUnixTimeSeconds();
                var hours = (rate * minute / 60).ToString(CultureInfo.InvariantCulture);
                lines.Add($"cpu_hours_total{{instance=\"{machine}\"}} {hours} {at}");
            }
        var metrics = folder.Write("metrics.txt", string.Join('\n', lines) + "\n# EOF\n");
        await OtherProgram.RunAsync(tool, "tsdb", "create-blocks-from", "openmetrics", metrics, folder["data"]);
        var config = folder.Write("prometheus.yml", "global: {}\n");
        var server = await ServerProgram.StartAsync(
            program,
            port =>
                [
                    $"--config.file={config}",
                    $"--storage.tsdb.path={folder["data"]}",
                    "--storage.tsdb.retention.time=100y",
                    $"--web.listen-address=127.0.0.1:{port}",
                    "--log.level=error",
                ],
            "/-/ready"
        );
        return new MonitoringServer(server, folder);
    }

    private sealed class MonitoringServer(ServerProgram server, TempFolder folder) : IDisposable
    {
        public string Address => server.Address;

        public void Dispose()
        {
            server.Dispose();
            folder.Dispose();
        }
    }
}
