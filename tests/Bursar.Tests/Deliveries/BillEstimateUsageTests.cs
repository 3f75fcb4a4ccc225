using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Deliveries;

/// <summary>
/// A source is a bill, an estimate or usage: totals add bills, and an estimate until its bill arrives.
/// </summary>
public sealed class BillEstimateUsageTests
{
    [Fact]
    public async Task An_estimate_counts_marked_until_the_bill_of_its_period_arrives()
    {
        using var test = new BooksTest();
        test.Write("rulebook/logs.yaml", "kind: Source\nname: logs\ncounts: estimate\nstandsInFor: aws\n");
        var logs = test.Write("logs.csv", SomeRow.Csv(new SomeRow("70"), new SomeRow("5") { Month = "2026-04" }));
        var estimates = await test.BookAsync(logs, "--source", "logs");
        Assert.Equal("75", await test.TotalAsync());

        var march = await test.BookAsync(test.Write("bill.csv", SomeRow.Csv(new SomeRow("68.5"))), "--source", "aws");

        // By hand: March as billed, 68.5, and April as estimated, 5.
        Assert.Equal("73.5", await test.TotalAsync());
        Assert.Equal("75", await test.TotalAsync("--as-of", "#1"));
        var deliveries = (await test.JsonAsync("deliveries")).GetProperty("deliveries").EnumerateArray().ToList();
        var gone = deliveries.Single(item => item.GetProperty("id").GetString() == estimates[0]);
        Assert.Equal("bill-arrived", gone.GetProperty("state").GetString());
        Assert.Equal(march[0], gone.GetProperty("becauseOf")[0].GetString());
        Assert.Contains("estimate for aws; its bill arrived", (await test.RunAsync("deliveries")).Out.Flat());

        await test.RunAsync("withdraw", march[0], "--reason", "another company's");
        Assert.Equal("75", await test.TotalAsync());
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_total_says_how_much_of_it_is_estimated()
    {
        using var test = new BooksTest();
        test.Write("rulebook/logs.yaml", "kind: Source\nname: logs\ncounts: estimate\nstandsInFor: openai\n");
        await test.BookAsync(test.Write("logs.csv", SomeRow.Csv(new SomeRow("70.25"))), "--source", "logs");
        await test.BookAsync(
            test.Write("bill.csv", SomeRow.Csv(new SomeRow("100") { Account = "b" })),
            "--source",
            "aws"
        );

        const string sentence = "Estimate: 70.25 USD of logs 2026-03, until the bill of openai arrives.";
        var costs = await test.RunAsync("costs");
        Assert.Contains(sentence, costs.Error);
        Assert.Contains(sentence, (await test.RunAsync("explain")).Error);
        Assert.Contains("estimate for openai", (await test.RunAsync("explain")).Out.Flat());
        var json = await test.JsonAsync("costs");
        var mark = Assert.Single(json.GetProperty("marks").EnumerateArray());
        Assert.Equal("estimate", mark.GetProperty("kind").GetString());
        Assert.Equal("70.25", mark.GetProperty("amounts")[0].GetProperty("amount").GetRawText());
        Assert.Equal("170.25", json.GetProperty("rows")[0][0].GetRawText());
        Assert.DoesNotContain("Estimate", (await test.RunAsync("costs", "--from", "2026-07")).Error);
        Assert.DoesNotContain("Estimate", (await test.RunAsync("costs", "--where", "BillingAccountId=b")).Error);
    }

    [Fact]
    public async Task An_estimate_of_another_account_stays_and_one_that_is_billed_in_part_is_named_as_missing()
    {
        using var test = new BooksTest();
        test.Write("rulebook/plan.yaml", "kind: Source\nname: plan\ncounts: estimate\nstandsInFor: aws\n");
        await test.BookAsync(test.Write("a.csv", SomeRow.Csv(new SomeRow("10"))), "--source", "plan");
        await test.BookAsync(
            test.Write(
                "b.csv",
                SomeRow.Csv(new SomeRow("20") { Account = "b1" }, new SomeRow("30") { Account = "b2" })
            ),
            "--source",
            "plan"
        );
        var other = test.Write("bill.csv", SomeRow.Csv(new SomeRow("19") { Account = "b1", Resource = "x" }));
        await test.BookAsync(other, "--source", "aws");

        // a1 as planned, b1 as billed; b2's plan is in one delivery with b1's and would count b1 twice.
        Assert.Equal("29", await test.TotalAsync());
        Assert.Contains("Incomplete: the bill of b2 has not arrived", (await test.RunAsync("costs")).Error);
    }

    [Fact]
    public async Task Usage_never_adds_cost_and_needs_neither_cost_nor_currency()
    {
        using var test = new BooksTest();
        test.Write("rulebook/pods.yaml", "kind: Source\nname: pods\ncounts: usage\n");
        await test.BookAsync(test.Write("bill.csv", SomeRow.Csv(new SomeRow("8"))));
        await test.BookAsync(test.Write("priced.csv", SomeRow.Csv(new SomeRow("1000"))), "--source", "pods");
        await test.BookAsync(
            test.Write(
                "hours.csv",
                "BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ServiceProviderName,ServiceName,ChargeCategory,"
                    + "ConsumedQuantity,ConsumedUnit,ResourceId\n"
                    + "2026-03-01T00:00:00Z,2026-04-01T00:00:00Z,2026-03-01T00:00:00Z,2026-03-01T01:00:00Z,Own,Pods,Usage,12.5,Hours,p1\n"
            ),
            "--source",
            "pods"
        );
        foreach (var measure in new[] { "EffectiveCost", "BilledCost", "ListCost", "ContractedCost" })
            Assert.Equal("8", await test.TotalAsync("--measure", measure));
        Assert.Contains("usage, adds no cost", (await test.RunAsync("deliveries")).Out.Flat());
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_source_that_is_declared_otherwise_later_delivers_the_same_file_anew()
    {
        using var test = new BooksTest();
        var file = test.Write("a.csv", SomeRow.Csv(new SomeRow("10")));
        var first = await test.BookAsync(file, "--source", "s");
        test.Write("rulebook/s.yaml", "kind: Source\nname: s\ncounts: usage\n");
        var second = await test.IngestAsync(file, "--source", "s");
        Assert.Equal(
            first,
            second.Deliveries[0].GetProperty("supersedes").EnumerateArray().Select(id => id.GetString()!)
        );
        Assert.Equal("none", await test.TotalAsync());
        Assert.Empty((await test.IngestAsync(file, "--source", "s")).Deliveries);
    }

    [Fact]
    public async Task Standing_in_without_being_an_estimate_is_a_mistake()
    {
        using var test = new BooksTest();
        test.Write("rulebook/s.yaml", "kind: Source\nname: s\nstandsInFor: aws\n");
        Assert.Contains("stands-in-without-estimate", (await test.RunAsync("check")).ToString());
    }
}

internal static class Texts
{
    /// <summary>The text of a table with its line breaks and borders as single spaces.</summary>
    public static string Flat(this string table) =>
        string.Join(' ', table.Split([' ', '\n', '\r', '│', '|'], StringSplitOptions.RemoveEmptyEntries));
}
