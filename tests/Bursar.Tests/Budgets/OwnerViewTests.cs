using System.Text.Json;
using Bursar.Tests.Support;

namespace Bursar.Tests.Budgets;

/// <summary>What one owner answers for, on one screen (BUD-06).</summary>
public sealed class OwnerViewTests
{
    private const string Rules = """
        kind: Organisation
        name: us
        owners: [{id: head}, {id: cfo}]
        ---
        kind: Budget
        name: cloud
        currency: USD
        owner: head
        amounts: {2026-01: 310, 2026-02: 280, 2026-03: 310, 2026-04: 300}
        ---
        kind: Budget
        name: other
        currency: USD
        owner: cfo
        where: {ServiceName: Nothing}
        amounts: {2026-03: 50}
        ---
        kind: Contract
        name: agreement
        vendor: Cloud One
        type: Enterprise agreement
        owner: head
        currency: USD
        years: [{from: 2026-01-01, to: 2027-01-01, amount: 5000}]
        ---
        kind: Series
        name: orders
        unit: orders
        source: Order management
        time: Month
        value: Orders
        ---
        kind: UnitMetric
        name: cost-per-order
        unit: order
        series: orders
        owner: head
        """;

    [Fact]
    public async Task An_owner_sees_budget_forecast_commitments_actual_and_unit_cost_and_nobody_elses()
    {
        using var books = new BookedCharges(
            Rules,
            new[] { "2026-01", "2026-02", "2026-03" }.SelectMany(month => BookedCharges.EachDay(month, "10"))
        );
        await File.WriteAllTextAsync(
            books["orders.csv"],
            "Month,Orders\n2026-03,620\n",
            TestContext.Current.CancellationToken
        );
        await books.RunAsync("series", "load", books["orders.csv"], "--name", "orders");

        var run = await books.RunAsync("budgets", "owner", "head", "--draft", "--format", "json");
        Assert.True(run.ExitCode == 0, run.ToString());
        using var json = JsonDocument.Parse(run.Out);
        var budget = Assert.Single(json.RootElement.GetProperty("budgets").EnumerateArray());
        Assert.Equal("cloud", budget.GetProperty("budget").GetString());
        Assert.Equal("1200", budget.GetProperty("amount").GetRawText());
        Assert.Equal("900", budget.GetProperty("spent").GetRawText());
        Assert.Equal("1200", budget.GetProperty("landing").GetRawText());
        var commitment = Assert.Single(json.RootElement.GetProperty("commitments").EnumerateArray());
        Assert.Equal("5000", commitment.GetProperty("committed").GetRawText());
        Assert.Equal("900", commitment.GetProperty("counted").GetRawText());
        Assert.Equal("4100", commitment.GetProperty("open").GetRawText());
        var unit = Assert.Single(json.RootElement.GetProperty("unitCosts").EnumerateArray());
        Assert.Equal("0.5", unit.GetProperty("unitCost").GetRawText());

        var nobody = await books.RunAsync("budgets", "owner", "anna", "--draft");
        Assert.Equal(2, nobody.ExitCode);
        Assert.Contains("cfo", nobody.Error);
        Assert.Contains("head", nobody.Error);
    }
}
