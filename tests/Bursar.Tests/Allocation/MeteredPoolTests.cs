using Bursar.Core.Amounts;
using Bursar.Tests.Ingestion;
using static Bursar.Tests.Allocation.MeteredBooks;

namespace Bursar.Tests.Allocation;

/// <summary>
/// A provider's AI invoice goes to those whom the gateway's log names; what log and invoice differ by is a line of its
/// own (ALC-09, AIF-06).
/// </summary>
public sealed class MeteredPoolTests
{
    [Fact]
    public async Task EX_AIF_4_the_invoice_goes_to_whom_the_log_names_and_the_rest_is_a_line_of_its_own()
    {
        using var test = await BookedAsync(Pool, Example, ExampleInvoice);
        Assert.Equal("103", await test.TotalAsync());
        Assert.Equal("103", await test.TotalAsync("--allocation", "distributed"));
        Assert.Equal(
            [
                "Cached input tokens claims Distributed 2.4",
                "Input tokens claims Distributed 27",
                "Input tokens quotes Distributed 9",
                "Output tokens - Residual 1.5",
                "Output tokens claims Distributed 45",
                "Output tokens quotes Distributed 15",
                "Web searches - Residual 3.1",
            ],
            await DistributedAsync(test, "SkuMeter,x_Product,x_AllocationType")
        );
        var meter = await MeterAsync(test);
        Assert.Equal("98.4", meter.GetProperty("allocated").GetRawText());
        Assert.Equal("98.4", meter.GetProperty("log").GetRawText());
        Assert.Equal("4.6", meter.GetProperty("residual").GetRawText());
        Assert.Equal(
            ["not-in-log 3.1", "quantity 1.5"],
            meter
                .GetProperty("causes")
                .EnumerateArray()
                .Select(cause => $"{cause.GetProperty("cause").GetString()} {cause.GetProperty("cost").GetRawText()}")
        );
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task Parts_keep_what_the_log_says_of_feature_customer_agent_and_environment()
    {
        using var test = await BookedAsync(Pool, Example, ExampleInvoice);
        Assert.Equal(
            ["- - - - 4.6", "letters c2 triage production 33", "summary c1 triage production 65.4"],
            await DistributedAsync(test, "Tags/feature,Tags/customer,Tags/agent,Tags/environment")
        );
        // A filter never changes what a share is.
        Assert.Equal(
            ["quotes 24"],
            await DistributedAsync(test, "x_Product", "--where", "Tags/feature=summary", "--where", "x_Product=quotes")
        );
        Assert.Equal(
            "33",
            await test.TotalAsync(
                "--allocation",
                "distributed",
                "--from",
                "2026-03-01",
                "--to",
                "2026-03-31",
                "--where",
                "Tags/customer=c2"
            )
        );
        var explained = await test.JsonAsync("explain", "--allocation", "distributed", "--where", "Tags/customer=c2");
        Assert.Equal(
            ["output 30", "input 3"],
            explained
                .GetProperty("shared")
                .EnumerateArray()
                .Select(part => $"{part.GetProperty("class").GetString()} {part.GetProperty("amount").GetRawText()}")
        );
    }

    [Fact]
    public async Task A_tag_of_the_log_may_receive_and_use_without_it_belongs_to_nobody_in_its_own_line()
    {
        using var test = await BookedAsync(
            Pool.Replace("keep: [", "by: Tags/customer\nkeep: [x_Product, ", StringComparison.Ordinal)
                .Replace("Tags/customer, Tags/agent", "Tags/agent", StringComparison.Ordinal),
            Example + Call("2026-03-03", "", 1_000, 0, 0, 0, customer: "c3"),
            ExampleInvoice
        );
        Assert.Equal(
            [
                "(residual) - - Residual 4.597",
                "c1 c1 claims Distributed 41.4",
                "c1 c1 quotes Distributed 24",
                "c2 c2 claims Distributed 33",
                "c3 c3 - Distributed 0.003",
            ],
            await DistributedAsync(test, "x_SharedReceiver,Tags/customer,x_Product,x_AllocationType")
        );
        using var byProduct = await BookedAsync(
            Pool,
            Example + Call("2026-03-03", "", 1_000, 0, 0, 0, customer: "c3"),
            ExampleInvoice
        );
        Assert.Contains(
            "(no x_Product) - Distributed 0.003",
            await DistributedAsync(byProduct, "x_SharedReceiver,x_Product,x_AllocationType")
        );
    }

    /// <summary>By day, the day that the log misses is all residual; by month, only what it explains counts.</summary>
    [Theory]
    [InlineData("month", "2026-03-02 74.4", "2026-03-03 0")]
    [InlineData("day", "2026-03-02 74.4", "2026-03-03 28.6")]
    public async Task A_day_without_a_log_is_residual_and_every_day_keeps_its_total(
        string each,
        string allocated,
        string missing
    )
    {
        var log = string.Concat(Example.Split('\n').Take(2).Select(line => line + "\n"));
        using var test = await BookedAsync(Pool + $"each: {each}\n", log, ExampleInvoice);
        var direct = await test.RowsAsync("--over", "day");
        var divided = await test.RowsAsync("--over", "day", "--allocation", "distributed");
        Assert.Equal(Cells(direct), Cells(divided));
        var meter = await MeterAsync(test);
        Assert.Equal(allocated.Split(' ')[1], meter.GetProperty("allocated").GetRawText());
        Assert.Equal("28.6", meter.GetProperty("residual").GetRawText());
        Assert.Equal("2026-03-03", meter.GetProperty("daysWithoutLog")[0].GetString());
        Assert.Equal("2026-03-02", meter.GetProperty("logThrough").GetString());
        if (each == "day")
            Assert.Equal(
                missing,
                string.Join(
                    ' ',
                    Assert
                        .Single(
                            Cells(
                                await test.RowsAsync(
                                    "--over",
                                    "day",
                                    "--allocation",
                                    "distributed",
                                    "--from",
                                    "2026-03-03",
                                    "--where",
                                    "x_AllocationType=Residual"
                                )
                            )
                        )
                        .Split(' ')
                        is [var day, .., var cost]
                        ? [day, cost]
                        : []
                )
            );
    }

    [Fact]
    public async Task A_log_beyond_the_invoice_gives_a_residual_below_zero_with_its_cause()
    {
        using var test = await BookedAsync(
            Pool,
            Example,
            Invoice(("2026-03-02", "Input tokens", "30", "12"), ("2026-03-03", "Output tokens", "45", "3"))
        );
        Assert.Equal(
            [
                "Input tokens - Residual -6",
                "Input tokens claims Distributed 27",
                "Input tokens quotes Distributed 9",
                "Output tokens - Residual -15",
                "Output tokens claims Distributed 45",
                "Output tokens quotes Distributed 15",
            ],
            await DistributedAsync(test, "SkuMeter,x_Product,x_AllocationType")
        );
        Assert.Equal("75", await test.TotalAsync("--allocation", "distributed"));
        var meter = await MeterAsync(test);
        Assert.Equal("-21", meter.GetProperty("residual").GetRawText());
        // Cheaper input by 6.00; 1 M fewer tokens of output at 15.00; cached tokens are on no line of the invoice.
        Assert.Equal(
            ["quantity -15", "price -6"],
            meter
                .GetProperty("causes")
                .EnumerateArray()
                .Select(cause => $"{cause.GetProperty("cause").GetString()} {cause.GetProperty("cost").GetRawText()}")
        );
        Assert.Equal("2.4", meter.GetProperty("notInvoiced").GetRawText());
    }

    [Theory]
    [InlineData("residual: spread", "claims 76.951807228915662651|quotes 26.048192771084337349")]
    [InlineData("residual: owner\nresidualTo: platform", "claims 74.4|platform 4.6|quotes 24")]
    public async Task The_residual_is_spread_or_given_to_an_owner_only_when_declared(string residual, string expected)
    {
        using var test = await BookedAsync(Pool + residual + "\n", Example, ExampleInvoice);
        var rows = await DistributedAsync(test, "x_Product");
        Assert.Equal(
            Amount.From(103),
            rows.Select(row => Amount.Parse(row.Split(' ')[1])).Aggregate((left, right) => left + right)
        );
        if (residual != "residual: spread")
            Assert.Equal(expected.Split('|'), rows);
        var shared = await test.RunAsync("shared", "models", "--period", "2026-03");
        Assert.Contains("residual $4.60", shared.Error);
        Assert.Equal("4.6", (await MeterAsync(test)).GetProperty("residual").GetRawText());
    }

    [Fact]
    public async Task Before_the_invoice_the_log_is_the_estimate_and_a_log_that_comes_later_divides_all_the_same()
    {
        using var test = await BookedAsync(Pool, Example, "");
        Assert.Equal("98.4", await test.TotalAsync("--allocation", "distributed"));
        Assert.Equal(["claims 74.4", "quotes 24"], await DistributedAsync(test, "x_Product"));
        await test.BookAsync(test.Write("models.csv", ExampleInvoice));
        Assert.Equal("103", await test.TotalAsync("--allocation", "distributed"));
        using var late = await BookedAsync(Pool, "", ExampleInvoice);
        Assert.Equal(["- 103"], await DistributedAsync(late, "x_Product"));
        var meter = await MeterAsync(late);
        Assert.Equal("103", meter.GetProperty("residual").GetRawText());
        await late.BookAsync(late.Write("gateway.json", Example));
        Assert.Equal(["- 4.6", "claims 74.4", "quotes 24"], await DistributedAsync(late, "x_Product"));
        await late.VerifyPassesAsync();
    }

    /// <summary>The invoice names models in the log's own column: without a log all of it is residual.</summary>
    [Fact]
    public async Task An_invoice_that_has_the_columns_of_the_log_may_come_before_it()
    {
        var invoice = ExampleInvoice.Replace("\n", ",house-model-1\n", StringComparison.Ordinal);
        invoice = "x_Model" + invoice[invoice.IndexOf(",house", StringComparison.Ordinal)..];
        invoice =
            ExampleInvoice[..ExampleInvoice.IndexOf('\n')]
            + ","
            + invoice.Replace("x_Model,house-model-1", "x_Model", StringComparison.Ordinal);
        using var test = await BookedAsync(
            Pool.Replace("x_TokenClass}", "x_TokenClass, x_Model: x_Model}", StringComparison.Ordinal),
            "",
            invoice
        );
        Assert.Equal(["- 103"], await DistributedAsync(test, "x_Product"));
        await test.BookAsync(test.Write("gateway.json", Example));
        Assert.Equal(["- 4.6", "claims 74.4", "quotes 24"], await DistributedAsync(test, "x_Product"));
    }

    /// <summary>Images, minutes, GPU-hours: each gets its units at the invoice's own price.</summary>
    [Fact]
    public async Task Units_are_divided_at_the_price_of_the_invoice()
    {
        using var test = await BookedAsync(
            Pool + "measure: ConsumedQuantity\n",
            Example,
            Invoice(("2026-03-02", "Input tokens", "30", "15"), ("2026-03-03", "Web searches", "3", ""))
        );
        // 15 M tokens for 30.00: claims 9 M, quotes 3 M, and 3 M that the log has not.
        Assert.Equal(
            [
                "Input tokens - Residual 6",
                "Input tokens claims Distributed 18",
                "Input tokens quotes Distributed 6",
                "Web searches - Residual 3",
            ],
            await DistributedAsync(test, "SkuMeter,x_Product,x_AllocationType")
        );
        Assert.Equal("24", (await MeterAsync(test)).GetProperty("allocated").GetRawText());
    }

    [Fact]
    public async Task A_log_that_counts_beside_the_invoice_is_named()
    {
        using var test = new BooksTest();
        test.Write(
            "rulebook/books.yaml",
            Book.Replace("standsInFor: models\n", "", StringComparison.Ordinal)
                + "---\n"
                + Pool.Replace("ServiceProviderName: Anthropic", "ServiceName: Models", StringComparison.Ordinal)
        );
        await test.BookAsync(test.Write("models.csv", ExampleInvoice), test.Write("gateway.json", Example));
        var shared = await test.RunAsync("shared", "models", "--period", "2026-03", "--lines");
        Assert.Contains("The log adds $98.40 to totals beside the invoice of the same use", shared.Error);
        Assert.Contains("searches", shared.Out);
    }
}
