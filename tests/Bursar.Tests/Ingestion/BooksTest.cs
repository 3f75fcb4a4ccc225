using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Tests.Support;

namespace Bursar.Tests.Ingestion;

/// <summary>Books, a rulebook and provider files in a folder of one test; commands run as a user types them.</summary>
internal sealed class BooksTest : IDisposable
{
    private readonly TempFolder folder = new();

    public string Books => folder["books"];

    public string Path => folder.Path;

    public string Write(string name, string content) => folder.Write(name, content);

    public string WriteBytes(string name, byte[] content)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(folder[name])!);
        File.WriteAllBytes(folder[name], content);
        return folder[name];
    }

    /// <summary>Declares a source whose deliveries take the place of earlier ones.</summary>
    public void DeclareOverwrite(string source) =>
        Write($"rulebook/{source}.yaml", $"kind: Source\nname: {source}\ndelivery: overwrite\n");

    public async Task<BursarResult> RunAsync(params string[] args) =>
        await ShellTest.RunAsync(
            ShellTest.Pipe(),
            Capabilities.All,
            [.. args, "--books", Books, "--rulebook", folder["rulebook"]]
        );

    public async Task<IngestOutcome> IngestAsync(params string[] args)
    {
        var result = await RunAsync(["ingest", .. args, "--format", "json"]);
        Assert.True(result.ExitCode is 0 or 1 or 2, result.ToString());
        return new IngestOutcome(result);
    }

    /// <summary>Takes what must go well, and returns the ids of the deliveries.</summary>
    public async Task<IReadOnlyList<string>> BookAsync(params string[] args)
    {
        var outcome = await IngestAsync(args);
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        return outcome.Ids;
    }

    /// <summary>The only total of a question, with every digit.</summary>
    public async Task<string> TotalAsync(params string[] args)
    {
        var rows = await RowsAsync(args);
        Assert.True(rows.Count <= 1, string.Join('\n', rows.Select(row => string.Join('|', row))));
        return rows.Count == 0 ? "none" : rows[0][^1];
    }

    /// <summary>The rows of an answer; every cell as its JSON has it.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> RowsAsync(params string[] args)
    {
        var result = await RunAsync(["costs", .. args, "--format", "json"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        using var json = JsonDocument.Parse(result.Out);
        return
        [
            .. json
                .RootElement.GetProperty("rows")
                .EnumerateArray()
                .Select(row => (IReadOnlyList<string>)[.. row.EnumerateArray().Select(Text)]),
        ];
    }

    public async Task<JsonElement> JsonAsync(params string[] args)
    {
        var result = await RunAsync([.. args, "--format", "json"]);
        Assert.True(result.ExitCode is 0 or 1, result.ToString());
        using var json = JsonDocument.Parse(result.Out);
        return json.RootElement.Clone();
    }

    public async Task VerifyPassesAsync()
    {
        var result = await RunAsync("verify");
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    public static Amount Sum(IEnumerable<IReadOnlyList<string>> rows) =>
        rows.Aggregate(Amount.Zero, (sum, row) => sum + Amount.Parse(row[^1]));

    public void Dispose() => folder.Dispose();

    private static string Text(JsonElement cell) =>
        cell.ValueKind == JsonValueKind.Number ? cell.GetRawText() : cell.GetString() ?? "null";
}

/// <summary>What an ingest reported.</summary>
internal sealed class IngestOutcome
{
    public IngestOutcome(BursarResult result)
    {
        Result = result;
        if (result.Out.Length == 0)
            return;
        using var json = JsonDocument.Parse(result.Out);
        Deliveries = [.. json.RootElement.GetProperty("deliveries").EnumerateArray().Select(item => item.Clone())];
        Unchanged =
        [
            .. json
                .RootElement.GetProperty("unchanged")
                .EnumerateArray()
                .Select(item =>
                    (
                        item.GetProperty("source").GetString()!,
                        item.GetProperty("billingPeriod").GetString()!,
                        item.GetProperty("delivery").GetString()!
                    )
                ),
        ];
        Refused =
        [
            .. json
                .RootElement.GetProperty("refused")
                .EnumerateArray()
                .Select(item => item.GetProperty("reason").GetString()!),
        ];
    }

    public BursarResult Result { get; }

    public int ExitCode => Result.ExitCode;

    /// <summary>What was said besides.</summary>
    public string Said => Result.Error;

    public IReadOnlyList<JsonElement> Deliveries { get; } = [];

    public IReadOnlyList<string> Refused { get; } = [];

    /// <summary>What was in the books before: source, billing period, delivery.</summary>
    public IReadOnlyList<(string, string, string)> Unchanged { get; } = [];

    public IReadOnlyList<string> Ids => [.. Deliveries.Select(delivery => delivery.GetProperty("id").GetString()!)];

    public long Rows => Deliveries.Sum(delivery => delivery.GetProperty("rows").GetInt64());

    public long Quarantined => Deliveries.Sum(delivery => delivery.GetProperty("quarantinedRows").GetInt64());

    public IReadOnlyList<string> Notes =>
        [
            .. Deliveries
                .SelectMany(delivery => delivery.GetProperty("notes").EnumerateArray())
                .Select(note => note.GetString()!),
        ];
}
