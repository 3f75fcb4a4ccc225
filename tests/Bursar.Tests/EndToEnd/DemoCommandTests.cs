using Bursar.Tests.Support;

namespace Bursar.Tests.EndToEnd;

/// <summary><c>bursar demo</c> as a newcomer runs it: once, again, and in the wrong place.</summary>
public sealed class DemoCommandTests(DemoCompany demo)
{
    [Fact]
    public async Task The_demo_ends_with_a_headline()
    {
        var made = await demo.MadeAsync();
        Assert.Contains("Aldermoor Insurance, September 2026", made.Out);
        Assert.Matches(@"\$18,\d{3},\d{3}\.\d\d", made.Out);
        Assert.Contains("has no owner", made.Out);
        Assert.Contains("serves a stated priority", made.Out);
    }

    [Fact]
    public async Task A_second_demo_uses_the_books_that_are_there_and_says_so()
    {
        var first = await demo.MadeAsync();
        // Not the head of the journal: a server of the same books sends digests, which are entries too.
        var deliveries = (await demo.RunAsync("deliveries", "--format", "csv")).Out;
        var second = await demo.MakeAgainAsync();
        Assert.Equal(first.Out, second.Out);
        Assert.Contains("are there already", second.Error);
        Assert.Equal(deliveries, (await demo.RunAsync("deliveries", "--format", "csv")).Out);
    }

    [Fact]
    public async Task The_demo_does_not_touch_books_that_are_not_its_own()
    {
        using var folder = new TempFolder();
        await BursarProcess.RunAsync(folder.Path, "init");
        await BursarProcess.RunAsync(folder.Path, "publish");
        var refused = await BursarProcess.RunAsync(folder.Path, "demo", "--no-serve", "--rows", "1000");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("demo/other-books", refused.Error);
        Assert.Contains("--books demo-books", refused.Error);
    }

    [Fact]
    public async Task The_demo_does_not_touch_rules_that_are_not_its_own()
    {
        using var folder = new TempFolder();
        folder.Write("rulebook/mine.yaml", "kind: Organisation\nname: mine\n");
        var refused = await BursarProcess.RunAsync(folder.Path, "demo", "--no-serve", "--rows", "1000");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("demo/other-rulebook", refused.Error);
        Assert.Equal(
            "kind: Organisation\nname: mine\n",
            await File.ReadAllTextAsync(folder["rulebook/mine.yaml"], TestContext.Current.CancellationToken)
        );
    }
}
