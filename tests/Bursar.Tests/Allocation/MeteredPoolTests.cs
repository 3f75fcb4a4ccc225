using System.Globalization;
using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;

namespace Bursar.Tests.Allocation;

/// <summary>
/// A provider's AI invoice goes to those whom the gateway's log names; what log and invoice differ by is a line of its
/// own (ALC-09, AIF-06).
/// </summary>
public sealed class MeteredPoolTests
{
    private const string Book = """
        kind: PriceBook
        name: house
        provider: Anthropic
        currency: USD
        source: Contract 7, annex B
        retrieved: 2026-01-02
        per: 1000000
        sameAs: {reasoning: output}
        prices:
          - items: [house-model-*]
            rates: {input: 3, cached-input: 0.30, output: 15}
        ---
        kind: Source
        name: gateway
        counts: estimate
        standsInFor: models
        files: ["gateway*.json"]
        ---
        kind: Source
        name: models
        files: ["models*.csv"]
        delivery: overwrite
        ---
        kind: AllocationRule
        name: teams
        order: 1
        when: {}
        set: {x_Product: "{Tags/team}"}

        """;

    private const string Pool = """
        kind: SharedCost
        name: models
        order: 1
        pool: {ServiceProviderName: Anthropic}
        method: metered
        weigh: {x_Source: gateway}
        within: {SkuMeter: x_TokenClass}
        classes: {input: [Input tokens], cached: [Cached*], output: [Output tokens, reasoning]}
        keep: [Tags/feature, Tags/customer, Tags/agent, Tags/environment]

        """;

    private static string Call(
        string day,
        string team,
        long input,
        long cached,
        long output,
        long reasoning,
        string feature = "summary",
        string customer = "c1"
    ) =>
        $$$"""
            {"timestamp": "{{{day}}}T10:00:00Z", "provider": "Anthropic", "model": "house-model-1", "team": {{{(
                team.Length == 0 ? "null" : $"\"{team}\""
            )}}}, "feature": "{{{feature}}}",
            "metadata": {"customer": "{{{customer}}}"}, "agent": "triage", "environment": "production", "num_requests": 2000,
            "usage": {"input_tokens": {{{input}}}, "cache_read_input_tokens": {{{cached}}}, "cache_creation_input_tokens": 0,
            "output_tokens": {{{output}}}, "output_tokens_details": {"thinking_tokens": {{{reasoning}}} } } }
            """.ReplaceLineEndings(
            " "
        ) + "\n";

    /// <summary>12 M input at 3.00, 8 M cached at 0.30, 4 M output at 15.00 of which 1.5 M reasoning: 98.40.</summary>
    private static string Example =>
        Call("2026-03-02", "claims", 8_000_000, 8_000_000, 1_000_000, 500_000)
        + Call("2026-03-02", "claims", 1_000_000, 0, 2_000_000, 1_000_000, feature: "letters", customer: "c2")
        + Call("2026-03-03", "quotes", 3_000_000, 0, 1_000_000, 0);

    /// <summary>A line of an invoice: day, meter, cost, millions of tokens.</summary>
    private static string Invoice(params (string Day, string Meter, string Cost, string Millions)[] lines) =>
        "BillingAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,BilledCost,EffectiveCost,ListCost,ContractedCost,"
        + "BillingCurrency,ProviderName,ServiceName,ChargeCategory,SkuMeter,ConsumedQuantity,ConsumedUnit\n"
        + string.Concat(
            lines.Select(line =>
            {
                var month = line.Day[..7];
                var next = DateOnly.ParseExact(month + "-01", "yyyy-MM-dd").AddMonths(1);
                var end = DateOnly.ParseExact(line.Day, "yyyy-MM-dd").AddDays(1);
                var unit = line.Millions.Length == 0 ? "," : $"{line.Millions},1000000 Tokens";
                return $"a1,{month}-01,{next:yyyy-MM-dd},{line.Day},{end:yyyy-MM-dd},{line.Cost},{line.Cost},{line.Cost},{line.Cost},"
                    + $"USD,Anthropic,Models,Usage,{line.Meter},{unit}\n";
            })
        );

    private static string ExampleInvoice =>
        Invoice(
            ("2026-03-02", "Input tokens", "27", "9"),
            ("2026-03-03", "Input tokens", "9", "3"),
            ("2026-03-02", "Cached input tokens", "2.4", "8"),
            ("2026-03-02", "Output tokens", "45", "3"),
            ("2026-03-03", "Output tokens", "16.5", "1.1"),
            ("2026-03-03", "Web searches", "3.1", "")
        );

    private static async Task<BooksTest> BookedAsync(string pool, string log, string invoice)
    {
        var test = new BooksTest();
        test.Write("rulebook/books.yaml", Book + "---\n" + pool);
        var check = await test.RunAsync("check");
        Assert.True(check.ExitCode == 0, check.ToString());
        if (invoice.Length > 0)
            await test.BookAsync(test.Write("models.csv", invoice));
        if (log.Length > 0)
            await test.BookAsync(test.Write("gateway.json", log));
        return test;
    }

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

    private static List<string> Cells(IEnumerable<IReadOnlyList<string>> rows) =>
        [.. rows.Select(row => string.Join(' ', row)).Order(StringComparer.Ordinal)];

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

    /// <summary>Whatever the log and the invoice have: by day and in total, nothing is lost and nothing is made.</summary>
    [Theory]
    [InlineData("apart", "month", 1)]
    [InlineData("apart", "day", 2)]
    [InlineData("spread", "day", 3)]
    [InlineData("spread", "month", 4)]
    [InlineData("owner\nresidualTo: platform", "day", 5)]
    public async Task Allocated_and_residual_are_the_invoice_to_the_last_digit(string residual, string each, int seed)
    {
        var random = new Random(seed);
        string[] meters = ["Input tokens", "Cached input tokens", "Output tokens", "Web searches"];
        string[] teams = ["claims", "quotes", "", "search"];
        var invoice = Invoice([
            .. Enumerable
                .Range(0, 60)
                .Select(_ =>
                    (
                        $"2026-03-{random.Next(1, 20):00}",
                        meters[random.Next(4)],
                        (random.Next(-40_000, 100_000) / 7m).ToString(
                            "0.000000000000000000",
                            CultureInfo.InvariantCulture
                        ),
                        random.Next(3) == 0 ? "" : random.Next(1, 90).ToString(CultureInfo.InvariantCulture)
                    )
                ),
        ]);
        var log = string.Concat(
            Enumerable
                .Range(0, 60)
                .Select(_ =>
                    Call(
                        $"2026-03-{random.Next(1, 25):00}",
                        teams[random.Next(4)],
                        random.Next(0, 900_000_000),
                        random.Next(0, 90_000_000),
                        random.Next(500, 90_000_000),
                        random.Next(0, 500),
                        customer: $"c{random.Next(3)}"
                    )
                )
        );
        using var test = await BookedAsync(Pool + $"each: {each}\nresidual: {residual}\n", log, invoice);
        foreach (var measure in new[] { "EffectiveCost", "BilledCost", "ConsumedQuantity" })
        foreach (var by in new[] { "SkuMeter", "ServiceName" })
            Assert.Equal(
                Cells(
                    await test.RowsAsync(
                        "--by",
                        by,
                        "--over",
                        "day",
                        "--measure",
                        measure,
                        "--where",
                        "x_Source=models"
                    )
                ),
                Cells(
                    await test.RowsAsync(
                        "--by",
                        by,
                        "--over",
                        "day",
                        "--measure",
                        measure,
                        "--where",
                        "x_Source=models",
                        "--allocation",
                        "distributed"
                    )
                )
            );
        var meter = await MeterAsync(test);
        Assert.Equal(
            Amount.Parse(meter.GetProperty("invoice").GetRawText()),
            Amount.Parse(meter.GetProperty("allocated").GetRawText())
                + Amount.Parse(meter.GetProperty("residual").GetRawText())
        );
        foreach (var line in meter.GetProperty("lines").EnumerateArray())
            Assert.Equal(
                Amount.Parse(line.GetProperty("residual").GetRawText()),
                line.GetProperty("causes")
                    .EnumerateArray()
                    .Aggregate(Amount.Zero, (sum, cause) => sum + Amount.Parse(cause.GetProperty("cost").GetRawText()))
            );
    }

    /// <summary>The independent sum is that of the annotations of the file itself, model by model.</summary>
    [Fact]
    public async Task Real_answers_of_three_providers_divide_their_invoices_through_the_executable()
    {
        var path = SharedFolder.Need("inputs", "ai-usage", "llm-usages.json.gz");
        string[] models =
        [
            "claude-sonnet-4-5-20250929",
            "claude-haiku-4-5-20251001",
            "claude-opus-4-6",
            "gemini-2.5-flash",
            "gemini-2.5-pro",
            "gpt-4.1-2025-04-14",
            "gpt-5-pro-2025-10-06",
        ];
        using var folder = new TempFolder();
        folder.Write(
            "rulebook/books.yaml",
            $$"""
            kind: Source
            name: llm-usages
            counts: estimate
            standsInFor: invoices
            files: ["llm-usages.json.gz"]
            ---
            kind: Mapping
            name: llm-usages
            like: ai-calls
            files: ["llm-usages.json.gz"]
            columns:
              ChargePeriodStart: "'2026-03-02'"
              ChargePeriodEnd: "day_after('2026-03-02')"
              BillingPeriodStart: "month_of('2026-03-02')"
              BillingPeriodEnd: "month_after('2026-03-02')"
            ---
            kind: Source
            name: invoices
            files: ["models*.csv"]
            ---
            kind: SharedCost
            name: models
            order: 1
            pool: {ServiceName: Models}
            by: x_Model
            method: metered
            weigh: {x_Source: llm-usages, SkuMeter: {not: web-search}, x_Model: [{{string.Join(", ", models)}}]}
            within: {ServiceProviderName: ServiceProviderName}
            """
        );
        var expected = AiUsageTests.Expected(path);
        var invoice = Invoice(
            ("2026-03-02", "Anthropic", "4.25", ""),
            ("2026-03-02", "Google", "0.01", ""),
            ("2026-03-02", "OpenAI", "7", "")
        );
        foreach (var provider in new[] { "Google", "OpenAI", "Anthropic" })
            invoice = invoice.Replace(
                $"USD,Anthropic,Models,Usage,{provider},",
                $"USD,{provider},Models,Usage,{provider},",
                StringComparison.Ordinal
            );
        folder.Write("models.csv", invoice);
        var ingested = await BursarProcess.RunAsync(folder.Path, "ingest", "models.csv", path);
        Assert.True(ingested.ExitCode is 0 or 1, ingested.ToString());
        var result = await BursarProcess.RunAsync(
            folder.Path,
            "shared",
            "models",
            "--period",
            "2026-03",
            "--format",
            "json"
        );
        Assert.True(result.ExitCode == 0, result.ToString());
        using var json = JsonDocument.Parse(result.Out);
        var pool = json.RootElement.GetProperty("pools")[0];
        var parts = pool.GetProperty("parts")
            .EnumerateArray()
            .ToDictionary(
                part => part.GetProperty("receiver").GetString()!,
                part => Amount.Parse(part.GetProperty("cost").GetRawText())
            );
        Assert.All(models, model => Assert.Equal((model, expected[model]), (model, parts[model])));
        var used = models.Aggregate(Amount.Zero, (sum, model) => sum + expected[model]);
        Assert.Equal(Amount.Parse("11.26") - used, parts["(residual)"]);
        Assert.Equal("11.26", pool.GetProperty("cost").GetRawText());
    }

    private static async Task<JsonElement> MeterAsync(BooksTest test, string pool = "models") =>
        (await test.JsonAsync("shared", pool, "--period", "2026-03")).GetProperty("pools")[0].GetProperty("meter");

    private static async Task<List<string>> DistributedAsync(BooksTest test, string by, params string[] more) =>
        [
            .. (await test.RowsAsync(["--by", by, "--allocation", "distributed", .. more]))
                .Select(row => string.Join(' ', row.Select(cell => cell is "null" or "" ? "-" : cell)))
                .Order(StringComparer.Ordinal),
        ];
}
