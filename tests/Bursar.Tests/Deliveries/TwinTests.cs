using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Deliveries;

/// <summary>Deliveries that hold the same charges: one counts, a person chooses; nothing twice, nothing lost.</summary>
public sealed class TwinTests
{
    private static readonly SomeRow[] Bill =
    [
        new("10.25") { Resource = "i-1" },
        new("20.5") { Resource = "i-2" },
        new("3") { Resource = "i-3" },
    ];

    [Fact]
    public async Task The_same_charges_under_two_sources_count_once_until_a_person_chooses()
    {
        using var test = new BooksTest();
        var first = await test.BookAsync(test.Write("a.csv", SomeRow.Csv(Bill)), "--source", "one");
        var twin = test.Write("b.csv", SomeRow.Csv([.. Bill, new SomeRow("1") { Resource = "i-4" }]));
        var outcome = await test.IngestAsync(twin, "--source", "two");
        Assert.Equal((1, 1), (outcome.ExitCode, outcome.Deliveries.Count));
        var second = outcome.Ids[0];
        Assert.Contains($"{second} is not counted: it holds the same charges as {first[0]}: 100 %", outcome.Said);
        Assert.Contains($"`bursar deliveries choose {second} --reason ...`", outcome.Said);
        Assert.Equal("33.75", await test.TotalAsync());
        Assert.Contains($"Not counted: {second} holds the same charges as {first[0]}.", await SaidAsync(test, "costs"));
        Assert.Empty((await test.IngestAsync(twin, "--source", "two")).Deliveries);

        Assert.Equal(2, (await test.RunAsync("deliveries", "choose", second, "--reason", " ")).ExitCode);
        Assert.Equal(0, (await test.RunAsync("deliveries", "choose", second, "--reason", "the standard")).ExitCode);
        Assert.Equal("34.75", await test.TotalAsync());
        Assert.Equal("33.75", await test.TotalAsync("--as-of", "#2"));
        Assert.Contains("not chosen", (await test.RunAsync("deliveries")).Out);
        Assert.Contains($"not counted: {second} was chosen", (await test.RunAsync("deliveries", first[0])).Out.Flat());

        await test.RunAsync("deliveries", "choose", first[0], "--both", "--reason", "two contracts");
        Assert.Equal("68.5", await test.TotalAsync());
        await test.RunAsync("deliveries", "choose", first[0], "--reason", "after all not");
        Assert.Equal("33.75", await test.TotalAsync());
        await test.RunAsync("withdraw", first[0], "--reason", "gone");
        Assert.Equal("34.75", await test.TotalAsync());
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_choice_holds_for_what_replaces_a_delivery_and_for_other_months_of_the_two_sources()
    {
        using var test = new BooksTest();
        test.DeclareOverwrite("one");
        test.DeclareOverwrite("two");
        SomeRow[] In(string month) =>
            [.. Bill.Select(row => row with { Month = month, End = month + "-01T01:00:00Z" })];
        await test.BookAsync(test.Write("a.csv", SomeRow.Csv(Bill)), "--source", "one");
        var two = await test.IngestAsync(
            test.Write("b.csv", SomeRow.Csv([.. Bill, new SomeRow("1") { Resource = "x" }])),
            "--source",
            "two"
        );
        await test.RunAsync("deliveries", "choose", two.Ids[0], "--reason", "the standard");
        Assert.Equal("34.75", await test.TotalAsync());

        var again = await test.IngestAsync(
            test.Write("a2.csv", SomeRow.Csv([.. Bill, new SomeRow("2") { Resource = "y" }])),
            "--source",
            "one"
        );
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("was chosen before", again.Said);
        Assert.Equal("34.75", await test.TotalAsync());

        await test.BookAsync(test.Write("c.csv", SomeRow.Csv(In("2026-04"))), "--source", "one");
        await test.BookAsync(
            test.Write(
                "d.csv",
                SomeRow.Csv([.. In("2026-04"), new SomeRow("9") { Month = "2026-04", Resource = "z" }])
            ),
            "--source",
            "two"
        );
        Assert.Equal("42.75", await test.TotalAsync("--from", "2026-04"));
    }

    [Fact]
    public async Task Two_accounts_two_providers_and_days_that_follow_each_other_are_no_twins()
    {
        using var test = new BooksTest();
        string[][] deliveries =
        [
            [test.Write("a.csv", SomeRow.Csv(Bill)), "--source", "one"],
            [test.Write("b.csv", SomeRow.Csv([.. Bill.Select(row => row with { Account = "a2" })])), "--source", "two"],
            [
                test.Write(
                    "c.csv",
                    SomeRow.Csv([.. Bill.Select(row => row with { Resource = "other-" + row.Resource })])
                ),
                "--source",
                "three",
            ],
            [
                test.Write(
                    "d.csv",
                    SomeRow.Csv([
                        .. Bill.Select(row =>
                            row with
                            {
                                Start = "2026-03-02T00:00:00Z",
                                End = "2026-03-02T01:00:00Z",
                            }
                        ),
                    ])
                ),
                "--source",
                "one",
            ],
        ];
        foreach (var delivery in deliveries)
            await test.BookAsync(delivery);
        Assert.Equal("135", await test.TotalAsync());
    }

    [Fact]
    public async Task The_same_bill_exported_again_without_a_declaration_is_blocked_not_added()
    {
        using var test = new BooksTest();
        await test.BookAsync(test.Write("a.csv", SomeRow.Csv(Bill)));
        var again = await test.IngestAsync(
            test.Write("b.csv", SomeRow.Csv([.. Bill, new SomeRow("5") { Resource = "new" }]))
        );
        Assert.Equal(1, again.ExitCode);
        Assert.Equal("33.75", await test.TotalAsync());
        await test.RunAsync("deliveries", "choose", again.Ids[0], "--reason", "the newer export");
        Assert.Equal("38.75", await test.TotalAsync());
    }

    [Fact]
    public async Task A_native_export_beside_its_FOCUS_twin_counts_once_even_in_one_command()
    {
        using var test = new BooksTest();
        test.Write("in/focus.csv", SomeRow.Csv(Bill));
        test.Write(
            "in/cur.csv",
            "bill/PayerAccountId,bill/BillingPeriodStartDate,bill/BillingPeriodEndDate,bill/InvoiceId,lineItem/LineItemType,"
                + "lineItem/UsageStartDate,lineItem/UsageEndDate,lineItem/UnblendedCost,lineItem/CurrencyCode,lineItem/ProductCode,"
                + "lineItem/ResourceId,lineItem/UsageAccountId,identity/LineItemId,lineItem/UsageType,lineItem/UsageAmount\n"
                + string.Concat(
                    Bill.Select(
                        (row, i) =>
                            $"a1,{row.BillingStart},{row.BillingEnd},,Usage,{row.BillingStart},2026-03-01T01:00:00Z,{row.Billed},USD,"
                            + $"AmazonEC2,{row.Resource},a1,l{i},BoxUsage,1\n"
                    )
                )
        );
        var outcome = await test.IngestAsync(test.Path + "/in", "--source", "aws");
        Assert.Equal((1, 2), (outcome.ExitCode, outcome.Deliveries.Count));
        Assert.Contains("by time, sub account and resource (3 of 3 amounts)", outcome.Said);
        Assert.Equal("33.75", await test.TotalAsync());
        await test.VerifyPassesAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_marketplace_line_and_the_vendors_own_invoice_count_once(bool vendorFirst)
    {
        using var test = new BooksTest();
        var cloud = test.Write(
            "cloud.csv",
            Sold(("AWS", "AWS", "70"), ("Snowflake Inc.", "AWS", "1200"), ("Datadog", "AWS", "55"))
        );
        var vendor = test.Write("vendor.csv", Sold(("Snowflake", "Snowflake", "1200")).Replace("a1", "SNOW-7"));
        var other = test.Write("datadog.csv", Sold(("Datadog", "Datadog", "900")).Replace("a1", "DD-1"));
        string[][] order =
        [
            [cloud, "--source", "aws"],
            [vendor, "--source", "snowflake"],
        ];
        if (vendorFirst)
            Array.Reverse(order);
        await test.BookAsync(order[0]);
        var second = await test.IngestAsync(order[1]);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains("1,200.00 USD of Snowflake", second.Said);
        await test.BookAsync(other, "--source", "datadog");
        // By hand: the cloud's bill whole, 70 + 1200 + 55, and what Datadog bills directly, 900.
        Assert.Equal("2225", await test.TotalAsync());
        var aside = (await test.JsonAsync("deliveries"))
            .GetProperty("deliveries")
            .EnumerateArray()
            .Single(item => item.GetProperty("state").GetString() == "blocked");
        Assert.Equal("snowflake", aside.GetProperty("source").GetString());
        // Chosen over the cloud's bill, the vendor's would take the 125 of other vendors out too.
        var part = aside.GetProperty("id").GetString()!;
        var refused = await test.RunAsync("deliveries", "choose", part, "--reason", "the contract is ours");
        Assert.Contains("deliveries/part-of-a-whole", refused.Error);
        Assert.Equal("2225", await test.TotalAsync());
    }

    private static string Sold(params (string Publisher, string Issuer, string Cost)[] lines) =>
        "BillingAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,BilledCost,EffectiveCost,BillingCurrency,"
        + "ProviderName,PublisherName,InvoiceIssuerName,ServiceName,ChargeCategory\n"
        + string.Concat(
            lines.Select(line =>
                "a1,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z,"
                + $"{line.Cost},{line.Cost},USD,{line.Issuer},{line.Publisher},{line.Issuer},{line.Publisher} service,Usage\n"
            )
        );

    private static async Task<string> SaidAsync(BooksTest test, string command) => (await test.RunAsync(command)).Error;
}
