using System.Text.Json;
using Bursar.Tests.Support;

namespace Bursar.Tests.Sources;

/// <summary>Books and a rulebook in a folder of one test, with an environment and a clock of its own.</summary>
internal sealed class FetchTest : IDisposable
{
    private readonly TempFolder folder = new();

    public Dictionary<string, string> Environment { get; } =
        new() { ["STORE_KEY"] = "S3RVER", ["STORE_SECRET"] = "S3RVER" };

    /// <summary>The moment that commands take for now.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 4, 10, 12, 0, 0, TimeSpan.Zero);

    public string Path => folder.Path;

    public string Books => folder["books"];

    public string Write(string name, string content) => folder.Write(name, content);

    /// <summary>Declares a source.</summary>
    public void Declare(string source, string from, string more = "") =>
        Write($"rulebook/{source}.yaml", $"kind: Source\nname: {source}\n{more}{from}");

    public async Task<BursarResult> RunAsync(params string[] args)
    {
        var io = ShellTest.Pipe() with
        {
            Environment = name => Environment.GetValueOrDefault(name),
            Clock = new MovedClock(Now - TimeProvider.System.GetUtcNow()),
        };
        return await ShellTest.RunAsync(
            io,
            Capabilities.All,
            [.. args, "--books", Books, "--rulebook", folder["rulebook"]]
        );
    }

    /// <summary>Brings everything up to date and returns what is said of the only source.</summary>
    public async Task<Update> UpdateAsync(params string[] args)
    {
        var updates = await UpdateAllAsync(args);
        return Assert.Single(updates);
    }

    public async Task<IReadOnlyList<Update>> UpdateAllAsync(params string[] args)
    {
        var result = await RunAsync(["ingest", .. args, "--format", "json"]);
        Assert.True(result.ExitCode is 0 or 1, result.ToString());
        using var json = JsonDocument.Parse(result.Out);
        return
        [
            .. json
                .RootElement.GetProperty("sources")
                .EnumerateArray()
                .Select(one => new Update(
                    one.GetProperty("source").GetString()!,
                    one.GetProperty("state").GetString()!,
                    one.GetProperty("fetched").GetInt32(),
                    one.GetProperty("unchanged").GetInt32(),
                    one.GetProperty("code").GetString(),
                    one.GetProperty("reason").GetString(),
                    result.ExitCode
                )),
        ];
    }

    /// <summary>All cost in the books.</summary>
    public async Task<string> TotalAsync()
    {
        var result = await RunAsync("costs", "--format", "json");
        Assert.True(result.ExitCode == 0, result.ToString());
        using var json = JsonDocument.Parse(result.Out);
        var rows = json.RootElement.GetProperty("rows").EnumerateArray().ToList();
        return rows.Count == 0 ? "none" : rows[0].EnumerateArray().Last().GetRawText();
    }

    public async Task VerifyPassesAsync()
    {
        var result = await RunAsync("verify");
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Now is another moment; time passes as everywhere.</summary>
    private sealed class MovedClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}

/// <summary>What an update said of a source.</summary>
internal sealed record Update(
    string Source,
    string State,
    int Fetched,
    int Unchanged,
    string? Code,
    string? Reason,
    int ExitCode
);
