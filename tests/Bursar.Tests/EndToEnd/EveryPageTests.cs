using Bursar.Tests.Web;
using Microsoft.Playwright;

namespace Bursar.Tests.EndToEnd;

/// <summary>Every page with the demo's own figures: usable by everyone, in both themes, wide and narrow.</summary>
public sealed class EveryPageTests(Browser browser, DemoCompany demo)
{
    public static TheoryData<string, string> Pages =>
        new()
        {
            { "brief", "/" },
            { "explore", "/explore?by=ServiceProviderName&over=month&top=7" },
            {
                "explore-compared",
                "/explore?by=ServiceName&from=2026-09&to=2026-09&top=12&compare=previous&split=tax,credits"
            },
            { "explore-days", "/explore?by=x_CostCentre&over=day&from=2026-09&to=2026-09&top=5" },
            { "rows", "/rows?where=ServiceProviderName=AWS&from=2026-09&to=2026-09" },
            { "data", "/data" },
            { "series", "/series" },
            { "series-one", "/series?name=quotes" },
            { "strategy", "/strategy" },
            { "scopes", "/scopes" },
            { "showback", "/showback?field=x_Product" },
            { "showback-product", "/showback?product=claims-handling" },
            { "showback-scope", "/showback?scope=ai-services&period=2026-Q3" },
            { "mine", "/mine" },
            { "mine-owner", "/mine?owner=head-of-pricing" },
            { "strategy-restated", "/strategy?currency=EUR&structure=today" },
            { "invoices", "/invoices" },
            { "invoices-month", "/invoices?period=2026-09" },
            { "reconciliation", "/reconciliation" },
            { "reconciliation-open", "/reconciliation?period=2026-10&source=&issuer=Microsoft" },
            { "prepaid", "/prepaid" },
            { "prepaid-day", "/prepaid?at=2026-03-15" },
            { "contracts", "/contracts?at=2026-10-11" },
            { "forecast", "/forecast" },
            { "forecast-parts", "/forecast?by=ServiceProviderName&over=week&top=5" },
            { "budgets", "/budgets" },
            { "budgets-month", "/budgets?month=2026-08&currency=EUR" },
            { "budgets-owner", "/budgets/owner?owner=head-of-infrastructure" },
            { "limits", "/limits" },
            { "limits-one", "/limits?name=claims-triage-agent" },
            { "mine-limits", "/mine?owner=head-of-claims-automation" },
            { "digests", "/digests" },
            { "digests-one", "/digests?name=digital-weekly" },
            { "mine-digests", "/mine?owner=head-of-digital" },
            { "units", "/units" },
            { "units-one", "/units?name=cost-per-policy&month=2026-08" },
            { "kpis", "/kpis" },
            { "kpis-one", "/kpis?kpi=unallocated-cost" },
            { "orphans", "/orphans" },
            { "services", "/services" },
            { "shared", "/shared" },
            { "unallocated", "/unallocated" },
            { "unallocated-product", "/unallocated?field=x_Product&period=2026-08" },
            { "allocation", "/allocation" },
            { "allocation-product", "/allocation?field=x_Product&period=2026-08" },
            { "allocation-tag", "/allocation?key=Tags%2Fapp" },
            { "issued", "/issued" },
            { "what-if", "/what-if?old=%231&new=published" },
            { "rules", "/rules" },
            { "terms", "/terms" },
            { "terms-itfm", "/terms?vocabulary=ITFM" },
        };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_of_the_demo_can_be_used_by_everyone(string name, string path)
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(server.At(path));
        foreach (var width in (int[])[1280, 390])
        {
            await opened.Page.SetViewportSizeAsync(width, 900);
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                await opened.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await opened.Page.ScreenshotAsync(
                    new()
                    {
                        Path = Path.Combine(
                            Accessibility.RepositoryRoot(),
                            "artifacts",
                            "screenshots",
                            $"demo-{name}-{width}-{scheme}.png".ToLowerInvariant()
                        ),
                        FullPage = true,
                    }
                );
                Assert.Empty(await Accessibility.ViolationsAsync(opened.Page));
            }
            Assert.Equal(width, await opened.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }
        Assert.Empty(opened.Complaints);
    }

    [Theory]
    [InlineData("/series")]
    [InlineData("/invoices?period=2026-09")]
    [InlineData("/reconciliation")]
    [InlineData("/prepaid")]
    [InlineData("/contracts")]
    [InlineData("/budgets")]
    [InlineData("/orphans")]
    [InlineData("/unallocated")]
    [InlineData("/allocation")]
    public async Task A_heading_stands_where_the_cells_below_it_stand(string path)
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(server.At(path));
        var astray = await opened.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.table table')].flatMap(table =>
              [...table.querySelectorAll('tbody tr:first-child > *')]
                .map((cell, place) => [cell, table.querySelectorAll('thead th')[place]])
                .filter(([cell, head]) => getComputedStyle(cell).textAlign !== getComputedStyle(head).textAlign)
                .map(([, head]) => head.innerText))
            """
        );
        Assert.Empty(astray);
    }

    [Fact]
    public async Task I_see_at_once_how_many_invoices_tie_and_how_many_are_awaited()
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(server.At("/invoices"));
        Assert.Matches(
            @"^(\d+) invoices: \1 tied\. The charges of 18 bills have no invoice here yet\.$",
            await opened.Page.Locator(".lead").InnerTextAsync()
        );
    }

    [Fact]
    public async Task The_chosen_colours_stay_on_every_page()
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(server.At("/explore?by=ServiceProviderName&over=month"));
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Dark colours" }).ClickAsync();
        foreach (var title in (string[])["Strategy", "Data", "Brief", "Explore"])
        {
            await opened
                .Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages", Exact = true })
                .GetByRole(AriaRole.Link, new() { Name = title })
                .ClickAsync();
            Assert.Equal("dark", await opened.Page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
        }
        Assert.Empty(opened.Complaints);
    }
}
