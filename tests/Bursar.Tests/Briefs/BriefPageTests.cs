using Bursar.Tests.Support;
using Bursar.Tests.Web;
using Bursar.Web;

namespace Bursar.Tests.Briefs;

/// <summary>The home page over real books.</summary>
public sealed class BriefPageTests(Browser browser)
{
    [Fact]
    public async Task I_can_follow_a_figure_of_the_brief_to_the_question_behind_it()
    {
        using var books = new BookedCharges(
            "",
            [.. BookedCharges.EachDay("2026-08", "90"), .. BookedCharges.EachDay("2026-09", "100")]
        );
        await using var app = BursarWeb.Build(
            new WebOptions(Port: 0),
            services => WebSources.Add(services, books.Workspace, draft: false)
        );
        await app.StartAsync(TestContext.Current.CancellationToken);
        await using var opened = await browser.OpenAsync(BursarWeb.AddressOf(app) + "/");
        Assert.Equal("Brief for September 2026", await opened.Page.Locator("h1").InnerTextAsync());
        Assert.Empty(await Accessibility.ViolationsAsync(opened.Page));
        await opened.Page.Locator(".brief a", new() { HasTextString = "$3,000" }).Last.ClickAsync();
        await opened.Page.WaitForURLAsync("**/explore?*from=2026-09&to=2026-09*");
        Assert.Empty(opened.Complaints);
    }
}
