using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;

namespace Bursar.Tests.EndToEnd;

/// <summary>
/// Imports of records and of series, four at a time, killed at random instants: each file is in the books whole or not
/// at all. BURSAR_CRASH_ROUNDS=100 runs the long form.
/// </summary>
public sealed class RecordCrashTests(ITestOutputHelper output)
{
    private const int LinesPerFile = 200;

    private const string Series =
        "kind: Series\nname: orders\nunit: orders\nsource: Shops\ntime: Day\nvalue: Orders\nby: {shop: shop}\nfiles: [\"orders-*.csv\"]\n";

    private static int Rounds =>
        int.TryParse(
            Environment.GetEnvironmentVariable("BURSAR_CRASH_ROUNDS"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var rounds
        )
            ? rounds
            : 3;

    [Fact]
    public async Task Killed_at_any_instant_each_file_of_records_or_points_is_whole_or_absent()
    {
        using var test = new BooksTest();
        test.Write("rulebook/orders.yaml", Series);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Commands(test, "first").Select(command => EndsWellAsync(test, command)));
        var typical = watch.Elapsed;
        Assert.All(await WholeAsync(test), found => Assert.StartsWith("first", found));
        var random = new Random(20261121);
        var (killed, ended) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var name = $"round{round}";
            var commands = Commands(test, name);
            var runs = commands.Select(command =>
                KillAsync(test, command, typical * (0.2 + (random.NextDouble() * 0.8)))
            );
            var kills = await Task.WhenAll(runs.ToList());
            killed += kills.Count(isKilled => isKilled);
            ended += kills.Count(isKilled => !isKilled);
            await test.VerifyPassesAsync();
            var found = await WholeAsync(test);
            for (var i = 0; i < commands.Count; i++)
                Assert.True(kills[i] || found.Contains(commands[i].Key), $"{commands[i].Key} ended and is not there");
            // What was killed is simply asked for again, all at once.
            await Task.WhenAll(commands.Select(command => EndsWellAsync(test, command)));
            found = await WholeAsync(test);
            Assert.All(commands, command => Assert.Contains(command.Key, found));
        }
        output.WriteLine($"{Rounds} rounds of four: {killed} killed, {ended} ended before.");
        Assert.True(killed > 0, "None was killed.");
        var audit = await BursarProcess.RunAsync(test.Path, "verify", "--sweep", "--books", test.Books);
        Assert.True(audit.ExitCode == 0, audit.ToString());
    }

    private sealed record Command(string Key, string[] Args);

    /// <summary>Two files of invoices and two of one series.</summary>
    private static List<Command> Commands(BooksTest test, string name) =>
        [
            .. new[] { name + "a", name + "b" }.SelectMany(key =>
                new Command[]
                {
                    new(key + "-invoices", ["records", "import", Invoices(test, key), "--as", "invoices"]),
                    new(key + "-orders", ["series", "load", Orders(test, key)]),
                }
            ),
        ];

    private static string Invoices(BooksTest test, string key) =>
        test.Write(
            $"invoices-{key}.csv",
            "Supplier,Invoice No,Period,Total,VAT,Currency\n"
                + Lines(i => $"{key}-invoices,{key}-{i},2026-03,{i}.5,0,USD\n")
        );

    private static string Orders(BooksTest test, string key) =>
        test.Write(
            $"orders-{key}.csv",
            "Day,shop,Orders\n" + Lines(i => $"{new DateOnly(2026, 1, 1).AddDays(i):yyyy-MM-dd},{key}-orders,1\n")
        );

    private static string Lines(Func<int, string> line) =>
        string.Concat(Enumerable.Range(0, LinesPerFile).Select(line));

    private static async Task EndsWellAsync(BooksTest test, Command command)
    {
        var result = await BursarProcess.RunAsync(test.Path, Args(test, command));
        Assert.True(result.ExitCode == 0, $"{command.Key}: {result}");
    }

    /// <returns>True when it was killed before it ended.</returns>
    private static async Task<bool> KillAsync(BooksTest test, Command command, TimeSpan after)
    {
        using var run = BursarProcess.Start(test.Path, Args(test, command));
        var end = run.EndAsync();
        // An instant of real time is the point here: there is no event to wait for.
        var killed = await Task.WhenAny(end, Task.Delay(after, TestContext.Current.CancellationToken)) != end;
        if (killed)
            run.Kill();
        var result = await end;
        killed &= result.ExitCode != 0;
        Assert.True(killed || result.ExitCode == 0, $"{command.Key}: {result}");
        return killed;
    }

    private static string[] Args(BooksTest test, Command command) =>
        [.. command.Args, "--books", test.Books, "--rulebook", Path.Combine(test.Path, "rulebook")];

    /// <summary>The files that are in the books; every one of them with all its lines.</summary>
    private static async Task<List<string>> WholeAsync(BooksTest test)
    {
        var invoices = await test.RunAsync("records", "invoices", "--format", "csv");
        var counts = invoices
            .Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .SelectMany(line => line.Split(',').Where(cell => cell.EndsWith("-invoices", StringComparison.Ordinal)))
            .CountBy(key => key);
        var points = await test.JsonAsync("series", "show", "orders", "--by", "shop");
        var shops = points
            .GetProperty("rows")
            .EnumerateArray()
            .Where(row => row[0].ValueKind == JsonValueKind.String)
            .Select(row => KeyValuePair.Create(row[0].GetString()!, row[1].GetInt32()));
        var all = counts.Concat(shops).ToList();
        Assert.All(all, one => Assert.Equal(LinesPerFile, one.Value));
        return [.. all.Select(one => one.Key)];
    }
}
