using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Tests.EndToEnd;
using Bursar.Tests.Support;

[assembly: AssemblyFixture(typeof(DemoCompany))]

namespace Bursar.Tests.EndToEnd;

/// <summary>
/// Aldermoor Insurance, made once by <c>bursar demo</c> and served by <c>bursar serve</c>, for all tests that look at
/// it. Tests only read it; one that changes something takes a <see cref="CopyAsync">copy</see>.
/// </summary>
public sealed class DemoCompany : IAsyncDisposable
{
    private readonly SemaphoreSlim starting = new(1);
    private readonly TempFolder folder = new();
    private BursarResult? made;
    private ServerProcess? server;

    /// <summary>The demo's files are small enough to be made in seconds, and have every story in them.</summary>
    private static readonly string[] Books = ["--books", "books", "--rulebook", "rulebook"];

    /// <summary>What <c>bursar demo</c> printed.</summary>
    internal Task<BursarResult> MadeAsync() => OnceAsync(async () => made ??= await MakeAsync());

    /// <summary>The pages.</summary>
    internal Task<ServerProcess> ServerAsync() =>
        OnceAsync(async () =>
        {
            made ??= await MakeAsync();
            return server ??= await ServerProcess.StartAsync(folder.Path, Books);
        });

    /// <summary>Runs a command on the demo's books.</summary>
    internal async Task<BursarResult> RunAsync(params string[] args)
    {
        await MadeAsync();
        return await BursarProcess.RunAsync(folder.Path, [.. args, .. Books]);
    }

    /// <summary>Makes the demo in a folder where it may be there already.</summary>
    internal async Task<BursarResult> MakeAgainAsync()
    {
        await MadeAsync();
        return await MakeAsync();
    }

    /// <summary>The rows of <c>bursar costs … --format json</c>.</summary>
    internal async Task<JsonElement> CostsAsync(params string[] args)
    {
        var result = await RunAsync(["costs", .. args, "--format", "json", "--quiet"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonDocument.Parse(result.Out).RootElement.Clone();
    }

    /// <summary>The same books and rules in a folder of their own.</summary>
    internal async Task<TempFolder> CopyAsync()
    {
        await MadeAsync();
        var copy = new TempFolder();
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            // Work in progress of the server that runs on these books is nobody's business.
            if (Path.GetRelativePath(folder.Path, file).StartsWith("books/tmp/", StringComparison.Ordinal))
                continue;
            var target = Path.Combine(copy.Path, Path.GetRelativePath(folder.Path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return copy;
    }

    public ValueTask DisposeAsync()
    {
        server?.Dispose();
        folder.Dispose();
        starting.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>The sum of the amounts in the last column, of the rows in one currency.</summary>
    internal static Amount Sum(JsonElement costs, string currency = "USD")
    {
        var place = costs
            .GetProperty("columns")
            .EnumerateArray()
            .Select(column => column.GetString())
            .ToList()
            .IndexOf("BillingCurrency");
        return costs
            .GetProperty("rows")
            .EnumerateArray()
            .Where(row => place < 0 || row[place].GetString() == currency)
            .Aggregate(Amount.Zero, (sum, row) => sum + Amount.Parse(row[row.GetArrayLength() - 1].GetRawText()));
    }

    private async Task<BursarResult> MakeAsync()
    {
        var result = await BursarProcess.RunAsync(folder.Path, ["demo", "--no-serve", "--rows", "60000", .. Books]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result;
    }

    private async Task<T> OnceAsync<T>(Func<Task<T>> make)
    {
        await starting.WaitAsync();
        try
        {
            return await make();
        }
        finally
        {
            starting.Release();
        }
    }
}
