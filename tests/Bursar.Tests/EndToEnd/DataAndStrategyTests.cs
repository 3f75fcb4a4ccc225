using Bursar.Core.Amounts;
using Bursar.Tests.Support;
using Bursar.Tests.Web;
using Microsoft.Playwright;

namespace Bursar.Tests.EndToEnd;

/// <summary>What was delivered, what it is for, and how both looked earlier.</summary>
public sealed class DataAndStrategyTests(Browser browser, DemoCompany demo)
{
    [Fact]
    public async Task The_data_page_shows_deliveries_the_replaced_month_and_the_refused_rows()
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(server.At("/data"));
        var page = opened.Page;
        Assert.Contains(
            "Of 10 sources, the 8 that promise to be fresh are.",
            await page.Locator(".lead").InnerTextAsync()
        );
        Assert.Contains("3 rows", await page.Locator(".lead").InnerTextAsync());
        var refused = page.GetByRole(AriaRole.Group, new() { Name = "Quarantined rows" }).Locator("tbody tr");
        var counts = await refused.Locator("td:nth-child(5)").AllInnerTextsAsync();
        Assert.Equal(3, counts.Sum(int.Parse));
        var versions = page.GetByRole(AriaRole.Group, new() { Name = "Versions of periods" });
        Assert.Contains("August 2026", await versions.Locator("tbody th").First.InnerTextAsync());
        Assert.Contains(
            await page.Locator("tr.gone").AllTextContentsAsync(),
            row => row.Contains("replaced", StringComparison.Ordinal)
        );
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task The_cost_of_a_delivery_opens_its_rows()
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(server.At("/data"));
        var figure = opened
            .Page.GetByRole(AriaRole.Group, new() { Name = "Deliveries", Exact = true })
            .Locator("td.figure a")
            .First;
        var cost = await figure.InnerTextAsync();
        await figure.ClickAsync();
        Assert.Contains(cost, await opened.Page.Locator(".lead").InnerTextAsync());
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task What_the_money_is_for_sums_to_all_of_it()
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(server.At("/strategy"));
        var table = opened.Page.GetByRole(AriaRole.Group, new() { Name = "Spend by priority" });
        var lines = await table
            .Locator("tbody td.sum [title]")
            .EvaluateAllAsync<string[]>("all => all.map(one => one.title)");
        var total = await table.Locator("tfoot td.figure [title]").First.GetAttributeAsync("title");
        Assert.Equal(Exact(total), lines.Select(Exact).Aggregate((sum, line) => sum + line));
        var costs = await demo.CostsAsync("--from", "2026-09", "--to", "2026-09", "--where", "BillingCurrency=USD");
        Assert.Equal(DemoCompany.Sum(costs), Exact(total));
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Earlier_books_show_what_was_known_then()
    {
        var server = await demo.ServerAsync();
        var replaced = await ReplacedAsync();
        await using var opened = await browser.OpenAsync(
            server.At("/explore?from=2026-08&to=2026-08&where=BillingCurrency=USD")
        );
        var page = opened.Page;
        var now = await TotalAsync(page);
        await page.GetByLabel("Books as of").FillAsync($"#{replaced - 1}");
        await page.LeaveAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync());
        var then = await TotalAsync(page);
        Assert.NotEqual(now, then);
        var costs = await demo.CostsAsync(
            "--from",
            "2026-08",
            "--to",
            "2026-08",
            "--where",
            "BillingCurrency=USD",
            "--as-of",
            $"#{replaced - 1}"
        );
        Assert.Equal(DemoCompany.Sum(costs), then);
        Assert.Contains($"Books as of #{replaced - 1}", await page.Locator(".state").InnerTextAsync());

        // The moment stays while the reader walks on.
        await page.GetByRole(AriaRole.Link, new() { Name = "Data", Exact = true }).ClickAsync();
        Assert.Equal($"#{replaced - 1}", await page.GetByLabel("Books as of").InputValueAsync());
        Assert.Equal(0, await page.Locator("tr.gone").CountAsync());

        await page.GetByLabel("Books as of").FillAsync("2001-01-01");
        await page.LeaveAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync());
        Assert.Contains("Nothing", await page.Locator("main").InnerTextAsync());
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Rules_that_nobody_published_mark_every_page_as_draft()
    {
        using var copy = await demo.CopyAsync();
        await File.AppendAllTextAsync(
            copy["rulebook/allocation.yaml"],
            "\n---\nkind: AllocationRule\nname: an-afterthought\norder: 990\nwhen: {}\nset:\n  x_Project: leave-frankfurt\n",
            TestContext.Current.CancellationToken
        );
        // The whole history is allocated anew by the changed rules; a browser would not wait for it on a busy machine.
        Assert.Equal(0, (await BursarProcess.RunAsync(copy.Path, "costs", "--draft", "--quiet")).ExitCode);
        using var server = await ServerProcess.StartAsync(copy.Path, "--draft");
        await using var opened = await browser.OpenAsync(server.At("/"));
        foreach (
            var path in (string[])
                [
                    "/",
                    "/explore?by=x_Project",
                    "/data",
                    "/strategy",
                    "/rows?from=2026-09&to=2026-09&where=x_Project=leave-frankfurt",
                ]
        )
        {
            await opened.Page.GotoAsync(server.At(path));
            Assert.Equal("DRAFT", await opened.Page.Locator(".state .mark.strong").InnerTextAsync());
        }
        Assert.Contains("source rows", await opened.Page.Locator(".lead").InnerTextAsync());
        Assert.Empty(opened.Complaints);
    }

    /// <summary>The journal entry by which August was delivered again.</summary>
    private async Task<long> ReplacedAsync()
    {
        var result = await demo.RunAsync("deliveries", "--all", "--format", "json");
        using var json = System.Text.Json.JsonDocument.Parse(result.Out);
        var again = json
            .RootElement.GetProperty("deliveries")
            .EnumerateArray()
            .Single(delivery => delivery.GetProperty("supersedes").GetArrayLength() > 0);
        Assert.Equal("2026-08", again.GetProperty("billingPeriod").GetString());
        return again.GetProperty("entry").GetInt64();
    }

    private static async Task<Amount> TotalAsync(IPage page) =>
        Exact(await page.Locator("tfoot td.sum").First.Locator("[title]").GetAttributeAsync("title"));

    private static Amount Exact(string? title) => Amount.Parse(title!.Replace(",", "").Replace("\u2212", "-"));
}
