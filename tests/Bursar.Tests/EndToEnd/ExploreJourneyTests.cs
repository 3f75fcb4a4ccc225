using Bursar.Core.Amounts;
using Bursar.Tests.Web;
using Microsoft.Playwright;

namespace Bursar.Tests.EndToEnd;

/// <summary>An analyst asks, narrows, compares and downloads.</summary>
public sealed class ExploreJourneyTests(Browser browser, DemoCompany demo)
{
    private const string September = "from=2026-09&to=2026-09";

    [Fact]
    public async Task Group_then_narrow_then_compare_then_look_at_days_then_open_a_row()
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(server.At("/explore"));
        var page = opened.Page;

        await page.GetByLabel("Grouped by").SelectOptionAsync("ServiceProviderName");
        await page.GetByLabel("From", new() { Exact = true }).FillAsync("2026-09");
        await page.GetByLabel("To, included").FillAsync("2026-09");
        await AnswerAsync(page);
        Assert.EndsWith("/explore?by=ServiceProviderName&" + September, page.Url);
        var aws = page.Locator("tbody tr")
            .Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = "AWS", Exact = true }) })
            .First;
        var provider = Exact(await aws.Locator("td.sum a").GetAttributeAsync("title"));

        await aws.Locator("th a").ClickAsync();
        Assert.Contains("where=ServiceProviderName=AWS", page.Url);
        Assert.Equal(provider, await TotalAsync(page));

        await page.GetByLabel("Grouped by").SelectOptionAsync("ServiceName");
        await page.GetByLabel("Compared with").SelectOptionAsync("previous");
        await AnswerAsync(page);
        Assert.Contains("than in August 2026", await page.Locator(".lead").First.InnerTextAsync());
        Assert.Equal(provider, await TotalAsync(page));

        await page.GetByLabel("Compared with").SelectOptionAsync("");
        await page.GetByLabel("For each").SelectOptionAsync("day");
        await AnswerAsync(page);
        Assert.Equal(provider, await TotalAsync(page));
        Assert.Equal(1, await page.Locator("figure.chart[data-drawn]").CountAsync());

        await page.Locator("tfoot td.sum a").First.ClickAsync();
        Assert.Equal("The rows behind the figure", await page.Locator("h1").InnerTextAsync());
        Assert.Contains("row ", await page.Locator("tbody th").First.InnerTextAsync());
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task The_download_sums_to_what_the_command_line_says()
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(
            server.At("/explore?by=ServiceName&over=month&from=2026-07&to=2026-09&where=ServiceProviderName=AWS")
        );
        var download = await opened.Page.RunAndWaitForDownloadAsync(() =>
            opened.Page.GetByText("Download as CSV").ClickAsync()
        );
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal("ServiceName,month,EffectiveCost", lines[0]);
        var sum = lines
            .Skip(1)
            .Aggregate(Amount.Zero, (total, line) => total + Amount.Parse(line[(line.LastIndexOf(',') + 1)..]));
        var costs = await demo.CostsAsync(
            "--by",
            "ServiceName",
            "--over",
            "month",
            "--from",
            "2026-07",
            "--to",
            "2026-09",
            "--where",
            "ServiceProviderName=AWS"
        );
        Assert.Equal(DemoCompany.Sum(costs), sum);
        Assert.Equal(costs.GetProperty("rows").GetArrayLength(), lines.Length - 1);
        Assert.Equal("costs.csv", download.SuggestedFilename);
    }

    [Fact]
    public async Task The_address_is_the_question_so_it_survives_reload_and_back()
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(server.At("/explore?by=ServiceProviderName&over=month&top=3"));
        var page = opened.Page;
        var (address, before) = (page.Url, await TotalAsync(page));
        await page.Locator("tbody th a").First.ClickAsync();
        Assert.NotEqual(address, page.Url);
        await page.GoBackAsync();
        Assert.Equal(address, page.Url);
        Assert.Equal(before, await TotalAsync(page));
        await page.ReloadAsync();
        Assert.Equal(before, await TotalAsync(page));
        Assert.Equal("ServiceProviderName", await page.GetByLabel("Grouped by").InputValueAsync());
        Assert.Equal("month", await page.GetByLabel("For each").InputValueAsync());
    }

    [Fact]
    public async Task The_currency_that_the_company_reports_in_comes_first()
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(server.At("/explore?by=ServiceProviderName&over=month&top=7"));
        var sections = await opened
            .Page.Locator("section[aria-label^='Figures in']")
            .EvaluateAllAsync<string[]>("all => all.map(one => one.getAttribute('aria-label'))");
        Assert.Equal(["Figures in USD", "Figures in GBP"], sections);
    }

    [Fact]
    public async Task A_currency_is_chosen_in_the_form_stays_in_the_address_and_tells_its_rates()
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(server.At("/explore?from=2026-09&to=2026-09"));
        var page = opened.Page;
        await page.GetByText("More", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Currency").SelectOptionAsync("USD");
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
        Assert.EndsWith("currency=USD", page.Url);
        Assert.Equal(1, await page.Locator("section[aria-label^='Figures in']").CountAsync());
        Assert.Contains("actual rate, Aldermoor Group Treasury", await page.Locator(".notes").InnerTextAsync());
        await page.GetByLabel("At which rates").SelectOptionAsync("plan");
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
        Assert.EndsWith("currency=USD&rates=plan", page.Url);
        Assert.Contains("1 GBP = 1.333333333333333333 USD", await page.Locator(".notes").InnerTextAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "The rows behind it" }).ClickAsync();
        Assert.Contains("Rows are in the currency they were billed in.", await page.InnerTextAsync("main"));
    }

    [Fact]
    public async Task All_cost_of_the_demo_company_has_a_rate()
    {
        var answer = await demo.CostsAsync("--currency", "USD", "--by", "BillingCurrency");
        Assert.DoesNotContain(
            "Currency",
            answer.GetProperty("columns").EnumerateArray().Skip(1).Select(one => one.GetString())
        );
        Assert.Equal(2, answer.GetProperty("rows").GetArrayLength());
        var plan = await demo.CostsAsync("--currency", "USD", "--rates", "plan");
        Assert.Equal(1, plan.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task The_keyboard_alone_asks_a_question()
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(server.At("/explore?by=ServiceProviderName"));
        var page = opened.Page;
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the page", await FocusAsync(page));
        await page.Keyboard.PressAsync("Enter");
        List<string> walked = [];
        while (walked.Count < 20 && walked.LastOrDefault() != "Answer")
        {
            await page.Keyboard.PressAsync("Tab");
            walked.Add(await FocusAsync(page));
            if (walked[^1] == "from")
                await page.Keyboard.TypeAsync("2026-09");
            if (walked[^1] == "to")
                await page.Keyboard.TypeAsync("2026-09");
        }
        Assert.Equal(["measure", "by-0", "by-1", "over", "from", "to", "compare", "where", "Answer"], walked);
        await page.LeaveAsync(() => page.Keyboard.PressAsync("Enter"));
        Assert.EndsWith("/explore?by=ServiceProviderName&" + September, page.Url);
        Assert.Empty(opened.Complaints);
    }

    private static Task<string> FocusAsync(IPage page) =>
        page.EvaluateAsync<string>("document.activeElement.id || document.activeElement.textContent.trim()");

    private static Task AnswerAsync(IPage page) =>
        page.LeaveAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync());

    private static async Task<Amount> TotalAsync(IPage page) =>
        Exact(await page.Locator("tfoot td.sum").Last.Locator("a").GetAttributeAsync("title"));

    private static Amount Exact(string? title) => Amount.Parse(title!.Replace(",", "").Replace("\u2212", "-"));
}
