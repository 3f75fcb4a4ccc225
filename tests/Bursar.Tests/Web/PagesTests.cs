using Microsoft.Playwright;

namespace Bursar.Tests.Web;

/// <summary>Every page, looked at in a real browser: usable by everyone, in both themes, wide and narrow.</summary>
public sealed class PagesTests(Browser browser, Preview preview) : IClassFixture<Preview>
{
    private const string Exploring =
        "/explore?by=ServiceProviderName&over=month&top=7&from=2025-10&to=2026-09&compare=previous";

    public static TheoryData<string, string> Pages =>
        new()
        {
            { "explore", Exploring },
            {
                "explore-bars",
                "/explore?by=ServiceProviderName,x_CostCentre&over=month&chart=bars&where=ServiceProviderName!=Oracle"
            },
            { "explore-ranking", "/explore?by=ServiceProviderName&from=2026-09&to=2026-09&split=tax&compare=year" },
            { "explore-total", "/explore" },
            { "explore-days", "/explore?by=ServiceProviderName&over=day&from=2026-09&to=2026-09&top=5" },
            { "explore-empty", "/explore?where=ServiceName=nothing" },
            { "explore-currency", "/explore?by=ServiceProviderName&currency=GBP&rates=plan" },
            { "explore-refused", "/explore?over=fortnight&from=soon" },
            { "rows", "/rows?where=ServiceProviderName=Amazon+Web+Services&from=2026-09&to=2026-09" },
            { "data", "/data" },
            { "conformance", "/conformance?delivery=aws-2026-09-7f3a9c21" },
            { "conformance-choose", "/conformance" },
            { "data-empty", "/data?asof=2026-01-01" },
            { "orphans", "/orphans" },
            { "terms", "/terms?vocabulary=itfm" },
            {
                "explore-restated",
                "/explore?by=x_CostCentre&from=2026-09&to=2026-09&structure=today&compare=structure"
            },
            { "strategy", "/strategy" },
            { "strategy-empty", "/strategy?asof=2026-01-01" },
            { "not-found", "/no-such-page" },
            { "refused", "/data?asof=the-dawn-of-time" },
            { "error", "/data?asof=a-bug" },
        };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_can_be_used_by_everyone_in_both_themes_wide_and_narrow(string name, string path)
    {
        await using var opened = await browser.OpenAsync(preview.At(path));
        foreach (var width in (int[])[1280, 390])
        {
            await opened.Page.SetViewportSizeAsync(width, 900);
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await opened.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await ScreenshotAsync(opened.Page, $"{name}-{width}-{scheme}".ToLowerInvariant());
                Assert.Empty(await Accessibility.ViolationsAsync(opened.Page));
            }
            Assert.Equal(width, await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
        Assert.DoesNotContain(opened.Complaints, complaint => !IsTheStatusOfThePage(complaint));
    }

    [Fact]
    public async Task The_form_asks_the_same_question_without_script()
    {
        await using var opened = await browser.OpenAsync(preview.At("/explore?by=ServiceProviderName"), script: false);
        await opened.Page.GetByLabel("Only where").FillAsync("ServiceName=Amazon EC2");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
        Assert.EndsWith("/explore?by=ServiceProviderName&where=ServiceName=Amazon+EC2", opened.Page.Url);
        Assert.Equal("Service Name is Amazon EC2", await opened.Page.Locator(".filters li span").InnerTextAsync());
    }

    [Fact]
    public async Task A_name_in_the_table_narrows_the_question_and_a_figure_opens_its_rows()
    {
        await using var opened = await browser.OpenAsync(preview.At(Exploring));
        await opened.Page.GetByRole(AriaRole.Link, new() { Name = "Microsoft", Exact = true }).ClickAsync();
        Assert.Contains("where=ServiceProviderName=Microsoft", opened.Page.Url);
        Assert.Contains("by=ServiceCategory", opened.Page.Url);
        await opened.Page.Locator("tfoot td.sum a").First.ClickAsync();
        Assert.Contains("/rows?", opened.Page.Url);
        Assert.Contains("where=ServiceProviderName=Microsoft", opened.Page.Url);
    }

    [Fact]
    public async Task The_chosen_theme_is_remembered()
    {
        await using var opened = await browser.OpenAsync(preview.At("/data"));
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Dark colours" }).ClickAsync();
        await opened.Page.GotoAsync(preview.At("/strategy"));
        Assert.Equal("dark", await opened.Page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
    }

    [Fact]
    public async Task The_keyboard_reaches_the_page_by_the_first_link()
    {
        await using var opened = await browser.OpenAsync(preview.At("/data"));
        await opened.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the page", await opened.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await opened.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await opened.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    /// <summary>Chromium reports the status 400, 404 or 500 of the page itself as an error, which it is meant to
    /// be.</summary>
    private static bool IsTheStatusOfThePage(string complaint) =>
        complaint.Contains("the server responded with a status of");

    private static async Task ScreenshotAsync(IPage page, string name) =>
        await page.ScreenshotAsync(
            new()
            {
                Path = Path.Combine(Accessibility.RepositoryRoot(), "artifacts", "screenshots", name + ".png"),
                FullPage = true,
            }
        );
}
