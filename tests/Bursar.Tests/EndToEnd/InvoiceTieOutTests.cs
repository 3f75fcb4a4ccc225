using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Tests.Web;

namespace Bursar.Tests.EndToEnd;

/// <summary>Every invoice of the demo company, beside its charges.</summary>
public sealed class InvoiceTieOutTests(Browser browser, DemoCompany demo)
{
    [Fact]
    public async Task Every_invoice_of_the_demo_company_ties_or_has_a_reason()
    {
        var result = await demo.RunAsync("invoices", "--format", "json");
        Assert.True(result.ExitCode == 0, result.ToString());
        var invoices = JsonDocument.Parse(result.Out).RootElement.GetProperty("invoices").EnumerateArray().ToList();
        var known = invoices.Where(one => one.GetProperty("total").ValueKind == JsonValueKind.Number).ToList();

        Assert.True(known.Count > 300);
        Assert.All(known, one => Assert.Equal("tied", one.GetProperty("state").GetString()));
        var unknown = known.Aggregate(
            Amount.Zero,
            (sum, one) => sum + Amount.Parse(one.GetProperty("unknown").GetRawText()).Abs()
        );
        Assert.Equal(Amount.Zero, unknown);
        // Tax, a marketplace's line, two rates of exchange, a credit note, a late charge: each in its own type.
        var types = known
            .SelectMany(one => one.GetProperty("parts").EnumerateArray())
            .Select(part => part.GetProperty("type").GetString());
        Assert.Superset(
            new HashSet<string?> { "tax", "marketplace", "fx", "credit", "timing", "rounding" },
            types.ToHashSet()
        );
        // The month that is not over has no invoice yet.
        Assert.All(
            invoices.Except(known),
            one => Assert.Equal("2026-10 open", $"{one.GetProperty("period")} {one.GetProperty("state")}")
        );
    }

    [Fact]
    public async Task The_bridge_of_every_month_closes_with_the_ledger()
    {
        foreach (var month in new[] { "2026-02", "2026-08", "2026-09" })
        {
            var result = await demo.RunAsync("reconcile", "--period", month, "--format", "json");
            Assert.True(result.ExitCode == 0, result.ToString());
            foreach (var bridge in JsonDocument.Parse(result.Out).RootElement.GetProperty("bridges").EnumerateArray())
            {
                Assert.Equal("0", bridge.GetProperty("unknown").GetRawText());
                Assert.Equal("0", bridge.GetProperty("ledger").GetProperty("unknown").GetRawText());
                Assert.True(bridge.GetProperty("closed").GetBoolean());
            }
        }
    }

    [Fact]
    public async Task I_can_open_an_invoice_from_the_page_down_to_its_charges()
    {
        var server = await demo.ServerAsync();
        await using var opened = await browser.OpenAsync(server.At("/invoices?period=2026-09"));
        var page = opened.Page;
        Assert.Contains("18 invoices: 18 tied", await page.Locator(".lead").InnerTextAsync());
        var cost = page.Locator("tbody td.figure a").First;
        var shown = await cost.InnerTextAsync();
        await cost.ClickAsync();
        Assert.Contains(shown.Split('.')[0], await page.Locator(".lead").InnerTextAsync());
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task The_api_answers_what_the_commands_print()
    {
        var server = await demo.ServerAsync();
        using var client = new HttpClient();
        foreach (
            var (path, command) in new (string, string[])[]
            {
                ("/api/v1/invoices?period=2026-09", ["invoices", "--period", "2026-09"]),
                ("/api/v1/reconciliation?period=2026-09", ["reconcile", "--period", "2026-09"]),
                ("/api/v1/prepaid?at=2026-09-30", ["prepaid", "--at", "2026-09-30"]),
                ("/api/v1/contracts?at=2026-10-11", ["contracts", "--at", "2026-10-11"]),
                ("/api/v1/budgets?month=2026-09", ["budgets", "--month", "2026-09"]),
                ("/api/v1/budgets?currency=EUR", ["budgets", "--currency", "EUR"]),
            }
        )
        {
            var answer = await client.GetStringAsync(server.At(path), TestContext.Current.CancellationToken);
            var printed = await demo.RunAsync([.. command, "--format", "json"]);
            Assert.Equal(printed.Out.TrimEnd(), answer.TrimEnd());
        }
    }
}
