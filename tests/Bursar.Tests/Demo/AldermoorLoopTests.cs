using System.Text.Json;
using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Demo;

/// <summary>The agent of the demo company that repeated itself, as its hours arrive (ANO-07, GOV-05).</summary>
public sealed class AldermoorLoopTests
{
    private const string Rules = """
        kind: Source
        name: model-api
        delivery: overwrite
        files: ["model-api/*.csv"]
        ---
        kind: SpendLimit
        name: claims-triage-agent
        where: {x_ApiKeyName: claims-triage-agent}
        amount: 160000
        currency: USD
        tripwire: hard
        hard: {folder: stop, form: json}
        ---
        kind: Alert
        name: practice
        folder: alerts
        """;

    [Fact]
    public async Task ANO_07_the_loop_is_told_and_stopped_when_its_first_hour_has_arrived()
    {
        using var test = new BooksTest();
        test.Write("rulebook/rules.yaml", Rules);
        Assert.Equal(0, (await test.RunAsync("publish", "--reason", "limits")).ExitCode);
        await test.BookAsync(
            Month(test, "2026-07", "2026-08"),
            Month(test, "2026-08", "2026-09"),
            Month(test, "2026-09", "2026-09-19T06")
        );
        Assert.False(Directory.Exists(Path.Combine(test.Path, "rulebook/stop")));
        Assert.Empty(await RunawaysAsync(test));

        await test.BookAsync(Month(test, "2026-09", "2026-09-19T07"));

        var one = Assert.Single(await RunawaysAsync(test)).GetProperty("runaway");
        Assert.Equal("2026-09-19T06:00:00Z", one.GetProperty("from").GetString());
        Assert.Equal(1, one.GetProperty("hours").GetInt32());
        Assert.InRange(one.GetProperty("lastHour").GetDecimal(), 2_700, 2_900);
        Assert.Equal("claims-triage-agent", one.GetProperty("limit").GetString());
        var stop = Assert.Single(Directory.GetFiles(Path.Combine(test.Path, "rulebook/stop")));
        Assert.Contains(
            "\"action\":\"stop\"",
            await File.ReadAllTextAsync(stop, TestContext.Current.CancellationToken)
        );
        var alert = Assert.Single(Directory.GetFiles(Path.Combine(test.Path, "rulebook/alerts")));
        Assert.StartsWith("Runaway: ", await File.ReadAllTextAsync(alert, TestContext.Current.CancellationToken));
    }

    /// <summary>A month's file of the model API, with the charges that begin before a moment.</summary>
    private static string Month(BooksTest test, string month, string before)
    {
        var name = $"model-api/tokens-{month}.csv";
        var lines = File.ReadAllLines(Path.Combine(AldermoorFiles.Result.Folder, name));
        var starts = AldermoorFiles.RowsOf("model-api", month).Select(row => row["ChargePeriodStart"]!);
        var kept = lines.Skip(1).Zip(starts).Where(row => string.CompareOrdinal(row.Second, before) < 0);
        return test.Write(name, string.Join('\n', kept.Select(row => row.First).Prepend(lines[0])) + "\n");
    }

    private static async Task<List<JsonElement>> RunawaysAsync(BooksTest test)
    {
        var result = await test.RunAsync("anomalies", "--format", "json");
        Assert.True(result.ExitCode == 0, result.ToString());
        return
        [
            .. JsonDocument
                .Parse(result.Out)
                .RootElement.GetProperty("anomalies")
                .EnumerateArray()
                .Where(one => one.GetProperty("kind").GetString() == "runaway"),
        ];
    }
}
