using Bursar.Tests.Books;
using Bursar.Tests.Ingestion;
using Bursar.Understand.Deliveries;
using Bursar.Warehouse.Books;

namespace Bursar.Tests.Deliveries;

/// <summary>
/// Replaced deliveries are thinned out by a stated policy; no figure of today or of a document changes.
/// </summary>
public sealed class PruneTests
{
    private static readonly string[] Everything = ["--older-than", "0", "--keep-last", "0", "--no-month-ends"];

    [Fact]
    public async Task A_trial_removes_nothing_and_a_prune_leaves_every_total_of_today_and_whole_books()
    {
        using var test = new BooksTest();
        var ids = await ThreeVersionsAsync(test);
        var trial = await test.JsonAsync(["prune", .. Everything]);
        Assert.False(trial.GetProperty("pruned").GetBoolean());
        Assert.Equal(2, trial.GetProperty("deliveries").GetArrayLength());
        var bytes = trial.GetProperty("bytes").GetInt64();
        var before = Size(test.Books);
        Assert.Equal("100", await test.TotalAsync("--as-of", "#1"));

        var done = await test.JsonAsync(["prune", .. Everything, "--apply"]);
        Assert.Equal(4, done.GetProperty("entry").GetInt64());
        // The journal grew by an entry, and everything that was announced is gone.
        Assert.InRange(before - Size(test.Books), bytes - 4000, bytes);
        Assert.Equal("102", await test.TotalAsync());
        await test.VerifyPassesAsync();
        Assert.Contains("pruned", (await test.RunAsync("deliveries", "--all")).Out);
        Assert.Equal("100", Billed(await test.JsonAsync("deliveries", ids[0])));
        Assert.Equal(0, (await test.JsonAsync(["prune", .. Everything])).GetProperty("deliveries").GetArrayLength());
    }

    [Fact]
    public async Task A_moment_that_rests_on_a_pruned_delivery_is_refused_never_wrong()
    {
        using var test = new BooksTest();
        var ids = await ThreeVersionsAsync(test);
        await test.RunAsync(["prune", .. Everything, "--apply"]);
        foreach (var command in new[] { "costs", "explain" })
        {
            var asked = await test.RunAsync(command, "--as-of", "#2");
            Assert.NotEqual(0, asked.ExitCode);
            Assert.StartsWith("error books/pruned\nAt entry 2, " + ids[1], asked.Error);
        }
        var withdrawn = await test.RunAsync("withdraw", ids[2], "--reason", "wrong");
        Assert.StartsWith("error books/replaced-is-pruned", withdrawn.Error);
        Assert.Equal("102", await test.TotalAsync());
    }

    [Fact]
    public async Task A_pruned_file_can_be_delivered_again()
    {
        using var test = new BooksTest();
        await ThreeVersionsAsync(test);
        await test.RunAsync(["prune", .. Everything, "--apply"]);
        await test.BookAsync(test.Path + "/v1.csv", "--yes");
        Assert.Equal("100", await test.TotalAsync());
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_file_of_two_months_stays_until_both_are_pruned()
    {
        using var test = new BooksTest();
        test.DeclareOverwrite("aws");
        await test.BookAsync(
            test.Write("two.csv", SomeRow.Csv(new SomeRow("1"), new SomeRow("2") { Month = "2026-04" }))
        );
        await test.BookAsync(test.Write("march.csv", SomeRow.Csv(new SomeRow("3"))));
        await test.RunAsync(["prune", .. Everything, "--apply"]);
        Assert.Equal("5", await test.TotalAsync());
        await test.VerifyPassesAsync();
        await test.BookAsync(test.Write("april.csv", SomeRow.Csv(new SomeRow("4") { Month = "2026-04" })));
        await test.RunAsync(["prune", .. Everything, "--apply"]);
        Assert.Equal("7", await test.TotalAsync());
        Assert.Equal(2, Directory.GetFiles(test.Books + "/charges", "*", SearchOption.AllDirectories).Length);
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task Killed_between_the_entry_and_the_files_the_books_are_whole_and_the_rest_goes_next_time()
    {
        using var test = new BooksTest();
        var ids = await ThreeVersionsAsync(test);
        BooksOfRecord
            .Open(test.Books)
            .Append("mia", NewEntry.Of(new DeliveriesPruned([ids[0], ids[1]], "as a killed prune left it")));
        Assert.Equal("102", await test.TotalAsync());
        Assert.StartsWith("error books/pruned", (await test.RunAsync("costs", "--as-of", "#1")).Error);
        await test.VerifyPassesAsync();
        var before = Size(test.Books);
        await test.RunAsync(["prune", .. Everything, "--apply"]);
        Assert.True(Size(test.Books) < before);
        Assert.Single(Directory.GetFiles(test.Books + "/charges", "*", SearchOption.AllDirectories));
        Assert.DoesNotContain("unreferenced", (await test.RunAsync("verify")).Out);
    }

    [Theory]
    // Delivered daily in March and April; each row: days after which it was replaced, and what keeps it.
    [InlineData("2026-03-10", "2026-03-11", 0, "Nothing")]
    [InlineData("2026-03-31", "2026-04-01", 0, "MonthEnd")]
    [InlineData("2026-04-20", "2026-04-21", 0, "Young")]
    [InlineData("2026-03-10", "2026-03-11", 2, "Cited")]
    public void The_policy_says_what_stays(string from, string to, long cited, string why)
    {
        using var some = new SomeBooks();
        some.Clock.Now = At(from);
        some.Commit("a");
        if (cited > 0)
            some.Books.IssueDocument("mia", "brief", "b.html", "Brief", [1]);
        some.Clock.Now = At(to);
        some.Commit("b", "a");
        some.Commit("c", "b");
        some.Clock.Now = At("2026-05-05");
        var state = some.Books.Current();
        var judged = JudgeReplaced.By(
            [state.Require("a"), state.Require("b")],
            booked => (booked.SupersededBySeq!.Value, state.Entries[(int)booked.SupersededBySeq.Value - 1].At),
            [.. state.IssuedDocuments.Select(issued => issued.IssuedSeq)],
            new PrunePolicy(30, 1, KeepMonthEnds: true),
            some.Clock.Now
        );
        Assert.Equal([why, "Last"], judged.Select(item => item.Why.ToString()));
    }

    [Fact]
    public async Task A_policy_that_makes_no_sense_is_refused()
    {
        using var test = new BooksTest();
        await ThreeVersionsAsync(test);
        Assert.StartsWith("error deliveries/bad-policy", (await test.RunAsync("prune", "--older-than", "-1")).Error);
    }

    private static DateTimeOffset At(string day) => new(DateTime.Parse(day + "T08:00:00"), TimeSpan.Zero);

    private static async Task<List<string>> ThreeVersionsAsync(BooksTest test)
    {
        test.DeclareOverwrite("aws");
        var ids = new List<string>();
        for (var i = 1; i <= 3; i++)
            ids.AddRange(await test.BookAsync(test.Write($"v{i}.csv", SomeRow.Csv(new SomeRow($"{99 + i}")))));
        return ids;
    }

    private static string Billed(System.Text.Json.JsonElement delivery) =>
        delivery.GetProperty("billedCost").GetRawText();

    private static long Size(string folder) =>
        Directory
            .GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".trust", StringComparison.Ordinal))
            .Sum(path => new FileInfo(path).Length);
}
