using System.Diagnostics;
using System.Globalization;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;

namespace Bursar.Tests.EndToEnd;

/// <summary>
/// Ingestion is killed at random instants, two at a time, while a reader asks. BURSAR_CRASH_ROUNDS=300 runs the long
/// form.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int RowsPerFile = 300;

    /// <summary>Rounds on the same books; then new ones, or auditing them would take longer than killing.</summary>
    private const int RoundsPerBooks = 20;

    private static int Rounds =>
        int.TryParse(
            Environment.GetEnvironmentVariable("BURSAR_CRASH_ROUNDS"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var rounds
        )
            ? rounds
            : 10;

    [Fact]
    public async Task Killed_at_any_instant_the_books_hold_whole_deliveries_and_nothing_else()
    {
        var random = new Random(20261011);
        var tally = new Tally();
        for (var round = 0; round < Rounds; round += RoundsPerBooks)
        {
            using var test = new BooksTest();
            var typical = await FirstIngestAsync(test);
            using var stop = new CancellationTokenSource();
            // Commands run to their end on the thread that calls them, so the reader needs one of its own.
            var reader = Task.Run(() => AskUntilAsync(test, tally, stop.Token), TestContext.Current.CancellationToken);
            for (var i = round; i < Math.Min(Rounds, round + RoundsPerBooks); i++)
                await RoundAsync(test, i, typical, random, tally);
            await stop.CancelAsync();
            await reader;
            var audit = await BursarProcess.RunAsync(test.Path, "verify", "--sweep", "--books", test.Books);
            Assert.True(audit.ExitCode == 0, audit.ToString());
        }
        output.WriteLine(
            $"{Rounds} rounds: {tally.Killed} ingests killed, {tally.Ended} ended before; "
                + $"{tally.Committed} of the killed had committed; "
                + $"{tally.Answers} answers meanwhile."
        );
        Assert.True(tally.Killed > Rounds / 2, $"Only {tally.Killed} of {2 * Rounds} ingests were killed.");
        Assert.True(tally.Answers > 0, "The reader got no answer.");
    }

    private sealed class Tally
    {
        public int Killed { get; set; }

        public int Ended { get; set; }

        public int Committed { get; set; }

        public int Answers { get; set; }

        /// <summary>How many times the length of an undisturbed ingest the kills reach.</summary>
        public double Reach { get; set; } = 2;
    }

    private static async Task<TimeSpan> FirstIngestAsync(BooksTest test)
    {
        var watch = Stopwatch.StartNew();
        var first = await BursarProcess.RunAsync(test.Path, "ingest", Export(test, "first"), "--books", test.Books);
        Assert.True(first.ExitCode == 0, first.ToString());
        return watch.Elapsed;
    }

    private static async Task RoundAsync(BooksTest test, int round, TimeSpan typical, Random random, Tally tally)
    {
        string[] names = [$"left-{round}", $"right-{round}"];
        var runs = names
            .Select(name => KillAsync(test, name, typical * (0.2 + (random.NextDouble() * tally.Reach)), tally))
            .ToList();
        var killed = await Task.WhenAll(runs);
        await test.VerifyPassesAsync();
        var booked = Whole(await ByServiceAsync(test));
        for (var i = 0; i < names.Length; i++)
        {
            // The two months of a command are one entry: both are there, or none.
            var months = booked.Count(service => service.StartsWith(names[i] + "/", StringComparison.Ordinal));
            Assert.True(months is 0 or 2, $"{names[i]}: {months} of 2 deliveries");
            if (killed[i] && months == 2)
                tally.Committed++;
            Assert.True(killed[i] || months == 2, $"{names[i]} ended and is not in the books");
        }
        var next = await test.IngestAsync(Path.Combine(test.Path, names[round % 2]));
        Assert.True(next.ExitCode == 0, next.Result.ToString());
        Assert.Contains(names[round % 2] + "/2026-04", Whole(await ByServiceAsync(test)));
    }

    /// <returns>True when it was killed before it ended.</returns>
    private static async Task<bool> KillAsync(BooksTest test, string name, TimeSpan after, Tally tally)
    {
        using var run = BursarProcess.Start(test.Path, ["ingest", Export(test, name), "--books", test.Books]);
        var end = run.EndAsync();
        // An instant of real time is the point here: there is no event to wait for.
        var killed = await Task.WhenAny(end, Task.Delay(after, TestContext.Current.CancellationToken)) != end;
        if (killed)
            run.Kill();
        var result = await end;
        killed &= result.ExitCode != 0;
        lock (tally)
        {
            if (killed)
                tally.Killed++;
            else
                tally.Ended++;
            // Two at once and a reader are slower than one alone; the instants have to reach over the whole of it.
            tally.Reach = Math.Clamp(tally.Reach * (killed ? 1.08 : 0.8), 0.5, 8);
        }
        Assert.True(killed || result.ExitCode == 0, result.ToString());
        return killed;
    }

    private static async Task AskUntilAsync(BooksTest test, Tally tally, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Whole(await ByServiceAsync(test));
            tally.Answers++;
        }
    }

    private static async Task<IReadOnlyList<IReadOnlyList<string>>> ByServiceAsync(BooksTest test) =>
        await test.RowsAsync("--by", "ServiceName");

    /// <summary>The months that are in the books; every one of them with all its rows.</summary>
    private static List<string> Whole(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        Assert.All(rows, row => Assert.Equal($"{RowsPerFile}", row[1]));
        return [.. rows.Select(row => row[0])];
    }

    /// <summary>Two files of two months of one source; their service names the command and the month.</summary>
    private static string Export(BooksTest test, string name)
    {
        foreach (var month in new[] { "2026-03", "2026-04" })
        {
            test.Write(
                $"{name}/{month}.csv",
                SomeRow.Csv(
                    Enumerable
                        .Range(0, RowsPerFile)
                        .Select(i => new SomeRow("1")
                        {
                            Service = $"{name}/{month}",
                            Month = month,
                            Resource = $"{name}-{i}",
                            Provider = "P-" + name,
                        })
                )
            );
        }
        return Path.Combine(test.Path, name);
    }
}
