using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Tests.Web;
using Bursar.Web;
using Microsoft.Playwright;

namespace Bursar.Tests.EndToEnd;

/// <summary>What finance opens at the end of a month: the pages have the figures of the commands.</summary>
public sealed class FinancePagesTests(Browser browser, DemoCompany demo)
{
    [Fact]
    public async Task The_bridge_on_the_page_is_the_one_of_the_command_and_leads_to_its_rows()
    {
        await using var opened = await OpenAsync("/reconciliation?period=2026-09");
        var bridge = (await JsonAsync("reconcile", "--period", "2026-09"))
            .GetProperty("bridges")
            .EnumerateArray()
            .Single(one => one.GetProperty("currency").GetString() == "USD");
        var table = opened.Page.Locator("section", new() { HasText = "September 2026, USD" });
        foreach (var (step, field) in new[] { ("Effective cost", "effectiveCost"), ("Billed cost", "billedCost") })
            Assert.Equal(
                Figure(bridge.GetProperty(field)),
                await Row(opened.Page, table, step).Locator("td.figure").InnerTextAsync()
            );
        Assert.Contains("has its reason", await opened.Page.Locator(".lead").InnerTextAsync());

        await Row(opened.Page, table, "Billed cost").Locator("a").ClickAsync();
        Assert.Contains("/rows?measure=BilledCost&time=billing&from=2026-09&to=2026-09", opened.Page.Url);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task The_form_of_the_bridge_works_without_script()
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(server.At("/reconciliation"), script: false);
        await opened.Page.GetByLabel("Source").SelectOptionAsync("aws");
        await opened.Page.GetByRole(AriaRole.Button, new() { Name = "Show" }).Last.ClickAsync();
        Assert.Contains("source=aws", opened.Page.Url);
        Assert.Equal("aws", await opened.Page.GetByLabel("Source").InputValueAsync());
        Assert.Equal(1, await opened.Page.Locator(".caption", new() { HasText = "From effective cost" }).CountAsync());
    }

    [Fact]
    public async Task What_is_paid_ahead_sums_to_what_the_command_says_and_is_released_month_by_month()
    {
        await using var opened = await OpenAsync("/prepaid?at=2026-09-30");
        var printed = await JsonAsync("prepaid", "--at", "2026-09-30");
        Assert.Equal(
            Figure(printed.GetProperty("balance")[0].GetProperty("amount")),
            await opened.Page.Locator("tfoot td.figure").InnerTextAsync()
        );
        Assert.Equal(
            printed.GetProperty("releases").GetArrayLength(),
            await opened.Page.Locator("section[aria-labelledby=releases] tbody tr").CountAsync()
        );
        await opened.Page.Locator("tbody td.figure a").First.ClickAsync();
        Assert.Contains("/rows?", opened.Page.Url);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task A_contract_shows_what_counts_towards_each_year()
    {
        await using var opened = await OpenAsync("/contracts?at=2026-10-11");
        var year = (await JsonAsync("contracts", "--at", "2026-10-11"))
            .GetProperty("contracts")[0]
            .GetProperty("years")[0];
        var cells = await opened.Page.Locator("tbody tr").First.Locator("td.figure").AllInnerTextsAsync();
        Assert.Equal(
            [
                Figure(year.GetProperty("committed")),
                Figure(year.GetProperty("counted")),
                Figure(year.GetProperty("shortfall")),
            ],
            cells
        );
        Assert.Equal(
            year.GetProperty("parts").EnumerateArray().Select(part => Figure(part.GetProperty("billedCost"))),
            (await opened.Page.Locator("section[aria-labelledby=parts] td.figure a").AllInnerTextsAsync()).Take(2)
        );
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task A_budget_leads_to_what_was_spent_against_it()
    {
        await using var opened = await OpenAsync("/budgets?month=2026-09");
        Assert.StartsWith(
            "In September 2026, 3 of 6 budgets were exceeded",
            await opened.Page.Locator(".lead").InnerTextAsync()
        );
        var spent = (await JsonAsync("budgets", "--month", "2026-09")).GetProperty("rows")[0][5];
        var cell = opened.Page.Locator("tbody td.figure a").First;
        Assert.Equal(Figure(spent), await cell.InnerTextAsync());
        await cell.ClickAsync();
        Assert.Contains("/rows?from=2026-09&to=2026-09", opened.Page.Url);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task A_month_that_its_provider_has_not_closed_is_not_final_on_every_door()
    {
        var open = await JsonAsync("costs", "--from", "2026-10", "--to", "2026-10");
        Assert.Contains(
            "not-final",
            open.GetProperty("billingPeriods").EnumerateArray().Select(part => part.GetProperty("state").GetString())
        );
        Assert.Equal(3, open.GetProperty("openPeriods").GetArrayLength());
        var closed = await JsonAsync(
            "costs",
            "--from",
            "2026-09",
            "--to",
            "2026-09",
            "--where",
            "ServiceProviderName=AWS"
        );
        Assert.Equal(
            ["final"],
            closed.GetProperty("billingPeriods").EnumerateArray().Select(part => part.GetProperty("state").GetString())
        );
        Assert.Equal(0, closed.GetProperty("openPeriods").GetArrayLength());

        await using var explore = await OpenAsync("/explore?from=2026-10&to=2026-10");
        Assert.Equal(1, await explore.Page.Locator(".state a", new() { HasText = "not final" }).CountAsync());
        await explore.Page.Locator(".state a", new() { HasText = "not final" }).ClickAsync();
        Assert.Equal(
            ["closed", "open"],
            (
                await explore
                    .Page.Locator("section[aria-labelledby=periods] tbody tr")
                    .First.Locator("td")
                    .AllInnerTextsAsync()
            ).TakeLast(2)
        );
        await explore.Page.GotoAsync((await demo.ServerAsync()).At("/invoices"));
        Assert.Contains("Oct 2026, open", await explore.Page.Locator("tbody").First.InnerTextAsync());
        Assert.Empty(explore.Complaints);
    }

    [Fact]
    public async Task The_navigation_has_headings_and_every_page_stands_under_one()
    {
        await using var opened = await OpenAsync("/contracts");
        var navigation = opened.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages", Exact = true });
        Assert.Equal(
            ["Understand", "Quantify", "Finance", "Manage"],
            await navigation.Locator(".heading").EvaluateAllAsync<string[]>("all => all.map(one => one.textContent)")
        );
        Assert.Equal(
            ["Invoices", "Reconciliation", "Prepaid", "Contracts"],
            await navigation
                .GetByRole(AriaRole.List, new() { Name = "Finance" })
                .GetByRole(AriaRole.Link)
                .AllInnerTextsAsync()
        );
    }

    private async Task<WatchedPage> OpenAsync(string path) =>
        await browser.OpenAsync((await demo.ServerAsync()).At(path));

    private async Task<JsonElement> JsonAsync(params string[] command)
    {
        var printed = await demo.RunAsync([.. command, "--format", "json"]);
        Assert.True(printed.ExitCode == 0, printed.ToString());
        return JsonDocument.Parse(printed.Out).RootElement;
    }

    private static string Figure(JsonElement amount) => Display.Figure(Amount.Parse(amount.GetRawText()), 2);

    private static ILocator Row(IPage page, ILocator section, string step) =>
        section.Locator(
            "tbody tr",
            new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = step, Exact = true }) }
        );
}
