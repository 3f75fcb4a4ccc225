using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Quality;

/// <summary>A delivery that looks wrong is in the books and counts nowhere until a person decides (DAT-10).</summary>
public sealed class HeldDeliveryTests
{
    private static string Fallen => SomeRow.Csv(new SomeRow("40"));

    [Fact]
    public async Task A_held_delivery_counts_nowhere_and_what_was_there_still_does()
    {
        using var test = new BooksTest();
        var (first, held) = await HoldAsync(test);
        Assert.Equal("100", await test.TotalAsync());
        var shown = await test.JsonAsync("deliveries", held);
        Assert.Equal("held", shown.GetProperty("state").GetString());
        var finding = shown.GetProperty("findings")[0];
        Assert.Equal("total-fall", finding.GetProperty("check").GetString());
        Assert.Equal("blocking", finding.GetProperty("severity").GetString());
        Assert.Equal("-60", finding.GetProperty("atStake")[0].GetProperty("cost").GetRawText());
        Assert.Equal("live", (await test.JsonAsync("deliveries", first)).GetProperty("state").GetString());
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task Released_it_takes_its_place_and_the_books_before_stay_as_they_were()
    {
        using var test = new BooksTest();
        var (first, held) = await HoldAsync(test);
        var release = await test.RunAsync("deliveries", "release", held, "--reason", "a credit note came");
        Assert.True(release.ExitCode == 0, release.ToString());
        Assert.Contains($"{first} counts no more; --as-of \"#2\" still finds it.", release.Error);
        Assert.Equal("40", await test.TotalAsync());
        Assert.Equal("100", await test.TotalAsync("--as-of", "#2"));
        var shown = await test.JsonAsync("deliveries", held);
        Assert.Equal("a credit note came", shown.GetProperty("ruledReason").GetString());
        Assert.Equal("superseded", (await test.JsonAsync("deliveries", first)).GetProperty("state").GetString());
        await test.VerifyPassesAsync();
        await test.BookAsync(test.Write("c.csv", SomeRow.Csv(new SomeRow("41"))));
        Assert.Equal("41", await test.TotalAsync());
    }

    [Fact]
    public async Task Rejected_it_never_counts_and_the_same_file_again_is_held_anew()
    {
        using var test = new BooksTest();
        var (_, held) = await HoldAsync(test);
        var reject = await test.RunAsync("deliveries", "reject", held, "--reason", "half of it is missing");
        Assert.True(reject.ExitCode == 0, reject.ToString());
        Assert.Equal("100", await test.TotalAsync());
        Assert.Equal("rejected", (await test.JsonAsync("deliveries", held)).GetProperty("state").GetString());
        var again = await test.RunAsync("deliveries", "release", held, "--reason", "after all");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("books/not-held", again.Error);
        Assert.Equal(1, (await test.IngestAsync(test.Path + "/b.csv")).ExitCode);
        Assert.Equal("100", await test.TotalAsync());
    }

    [Fact]
    public async Task Delivered_again_it_is_still_held_and_yes_lets_it_in()
    {
        using var test = new BooksTest();
        var (_, held) = await HoldAsync(test);
        var again = await test.IngestAsync(test.Path + "/b.csv");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains($"bursar deliveries release {held} --reason", again.Said);
        await test.BookAsync(test.Path + "/b.csv", "--yes");
        Assert.Equal("40", await test.TotalAsync());
        Assert.Equal("live", (await test.JsonAsync("deliveries", held)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task What_was_replaced_meanwhile_cannot_be_replaced_by_a_held_delivery()
    {
        using var test = new BooksTest();
        var (_, held) = await HoldAsync(test);
        var newer = await test.BookAsync(test.Write("c.csv", SomeRow.Csv(new SomeRow("101"))));
        var release = await test.RunAsync("deliveries", "release", held, "--reason", "it is right");
        Assert.Equal(1, release.ExitCode);
        Assert.Contains($"whose place {newer[0]} has taken since", release.Error);
        Assert.Equal("101", await test.TotalAsync());
    }

    [Fact]
    public async Task A_ruling_needs_a_reason_and_a_delivery_that_is_there()
    {
        using var test = new BooksTest();
        var (first, held) = await HoldAsync(test);
        Assert.Equal(2, (await test.RunAsync("deliveries", "release", held, "--reason", " ")).ExitCode);
        Assert.Equal(1, (await test.RunAsync("deliveries", "reject", first, "--reason", "no")).ExitCode);
        Assert.Equal(1, (await test.RunAsync("deliveries", "reject", "nowhere", "--reason", "no")).ExitCode);
    }

    [Fact]
    public async Task A_policy_says_what_holds_and_what_is_only_told()
    {
        using var test = new BooksTest();
        test.DeclareOverwrite("aws");
        test.Write(
            "rulebook/quality.yaml",
            "kind: QualityPolicy\nname: q\nsources: [aws]\nchecks: {total-fall: warn}\n"
        );
        await test.BookAsync(test.Write("a.csv", SomeRow.Csv(new SomeRow("100"))));
        var outcome = await test.IngestAsync(test.Write("b.csv", Fallen));
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("total-fall: EffectiveCost would fall from 100 USD to 40 USD.", outcome.Said);
        Assert.Equal("40", await test.TotalAsync());
        test.Write("rulebook/quality.yaml", "kind: QualityPolicy\nname: q\nfallPercent: 80\n");
        Assert.Equal(0, (await test.IngestAsync(test.Write("c.csv", SomeRow.Csv(new SomeRow("10"))))).ExitCode);
    }

    private static async Task<(string First, string Held)> HoldAsync(BooksTest test)
    {
        test.DeclareOverwrite("aws");
        var first = await test.BookAsync(test.Write("a.csv", SomeRow.Csv(new SomeRow("100"))));
        var outcome = await test.IngestAsync(test.Write("b.csv", Fallen));
        Assert.Equal((1, 0), (outcome.ExitCode, outcome.Deliveries.Count));
        var held = (await test.JsonAsync("deliveries")).GetProperty("deliveries")[1].GetProperty("id").GetString()!;
        Assert.Contains($"bursar deliveries reject {held} --reason", outcome.Said);
        return (first[0], held);
    }
}
