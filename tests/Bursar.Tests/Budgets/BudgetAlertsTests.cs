using System.Text.Json;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;

namespace Bursar.Tests.Budgets;

/// <summary>Alerts on budgets and unit costs: each breach once, by the same ways as anomalies (BUD-03, BUD-07,
/// UNT-06).</summary>
public sealed class BudgetAlertsTests
{
    private const string Rules = """
        kind: Organisation
        name: us
        owners: [{id: head}, {id: cfo}]
        ---
        kind: Budget
        name: tight
        displayName: All cloud
        currency: USD
        owner: head
        amounts: {2026-01: 200, 2026-02: 200, 2026-03: 100, 2026-04: 1000}
        ---
        kind: Budget
        name: wide
        currency: USD
        owner: head
        amounts: {2026-Q1: 9000}
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
        displayName: Cost of an order
        unit: order
        series: orders
        owner: head
        target: {value: 0.40, alertPercent: 10}
        ---
        kind: Alert
        name: money
        of: budgets
        owner: head
        folder: out
        ---
        kind: Alert
        name: units
        of: units
        folder: out
        ---
        kind: Alert
        name: other
        of: budgets
        owner: cfo
        folder: out
        ---
        kind: Alert
        name: large
        of: budgets
        atLeast: 1000
        currency: USD
        folder: out
        """;

    [Fact]
    public async Task Each_breach_of_a_budget_and_each_unit_that_costs_too_much_is_told_once()
    {
        using var books = new BookedCharges(
            Rules,
            new[] { "2026-01", "2026-02", "2026-03" }.SelectMany(month => BookedCharges.EachDay(month, "5"))
        );
        await File.WriteAllTextAsync(
            books["orders.csv"],
            "Month,Orders\n2026-03,310\n2026-04,1000\n",
            TestContext.Current.CancellationToken
        );
        await books.RunAsync("series", "load", books["orders.csv"], "--name", "orders");
        Assert.Equal(0, (await books.RunAsync("publish", "--reason", "alerts")).ExitCode);

        Assert.Equal(
            ["due budgets 1", "due units 1", "nothing budgets 0", "nothing budgets 0"],
            await StatesAsync(books)
        );
        var shown = await books.RunAsync("alerts", "money");
        Assert.Contains("All cloud is exceeded in 2026-03: $55.00 (55.0", shown.Out);
        Assert.Contains("bursar budgets overage tight --period 2026-03", shown.Out);
        Assert.Empty(Sent(books));

        var sent = await books.RunAsync("alerts", "--send");
        Assert.True(sent.ExitCode == 0, sent.ToString());
        Assert.Equal(2, Sent(books).Count);
        Assert.Contains(
            Sent(books),
            text => text.Contains("All cloud is exceeded in 2026-03", StringComparison.Ordinal)
        );
        // 155 USD for 310 orders: 0.50, a quarter above 0.40.
        Assert.Contains(Sent(books), text => text.Contains("one order cost $0.5000, 25.0", StringComparison.Ordinal));
        Assert.Equal("nothing budgets 0", (await StatesAsync(books))[0]);
        await books.RunAsync("alerts", "--send");
        Assert.Equal(2, Sent(books).Count);

        // April is exceeded as well, and with it the year: two new breaches, and no word of March.
        books.Take(BookedCharges.EachDay("2026-04", "50"));
        Assert.Equal("due budgets 2", (await StatesAsync(books))[0]);
        var json = await books.RunAsync("alerts", "money", "--format", "json");
        Assert.Contains("\"period\":\"2026-04\"", json.Out);
        Assert.DoesNotContain("\"period\":\"2026-03\"", json.Out);
        await books.RunAsync("alerts", "--send");
        Assert.Equal("nothing budgets 0", (await StatesAsync(books))[0]);
    }

    [Fact]
    public async Task Charges_are_chosen_for_anomalies_only()
    {
        using var test = new BooksTest();
        test.Write(
            "rulebook/rules.yaml",
            "kind: Alert\nname: team\nof: budgets\nwhere: {ServiceName: Disks}\nfolder: out\n"
        );
        var result = await test.RunAsync("check");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("rulebook/alert-charges", result.Out + result.Error);
    }

    private static List<string> Sent(BookedCharges books)
    {
        var folder = Path.Combine(books.RulebookFolder, "out");
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Select(File.ReadAllText)] : [];
    }

    private static async Task<List<string>> StatesAsync(BookedCharges books)
    {
        var result = await books.RunAsync("alerts", "--format", "json");
        Assert.True(result.ExitCode == 0, result.ToString());
        using var json = JsonDocument.Parse(result.Out);
        return
        [
            .. json
                .RootElement.GetProperty("rows")
                .EnumerateArray()
                .Select(row => $"{row[2].GetString()} {row[8].GetString()} {row[3].GetInt32()}"),
        ];
    }
}
