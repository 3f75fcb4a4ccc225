using System.Text.Json;
using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Allocation;

/// <summary>Books with a provider's AI invoice and a gateway's log of its use, in small numbers.</summary>
internal static class MeteredBooks
{
    public const string Book = """
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

    public const string Pool = """
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

    public static string Call(
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
    public static string Example =>
        Call("2026-03-02", "claims", 8_000_000, 8_000_000, 1_000_000, 500_000)
        + Call("2026-03-02", "claims", 1_000_000, 0, 2_000_000, 1_000_000, feature: "letters", customer: "c2")
        + Call("2026-03-03", "quotes", 3_000_000, 0, 1_000_000, 0);

    /// <summary>A line of an invoice: day, meter, cost, millions of tokens.</summary>
    public static string Invoice(params (string Day, string Meter, string Cost, string Millions)[] lines) =>
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

    public static string ExampleInvoice =>
        Invoice(
            ("2026-03-02", "Input tokens", "27", "9"),
            ("2026-03-03", "Input tokens", "9", "3"),
            ("2026-03-02", "Cached input tokens", "2.4", "8"),
            ("2026-03-02", "Output tokens", "45", "3"),
            ("2026-03-03", "Output tokens", "16.5", "1.1"),
            ("2026-03-03", "Web searches", "3.1", "")
        );

    public static async Task<BooksTest> BookedAsync(string pool, string log, string invoice)
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

    public static List<string> Cells(IEnumerable<IReadOnlyList<string>> rows) =>
        [.. rows.Select(row => string.Join(' ', row)).Order(StringComparer.Ordinal)];

    public static async Task<JsonElement> MeterAsync(BooksTest test, string pool = "models") =>
        (await test.JsonAsync("shared", pool, "--period", "2026-03")).GetProperty("pools")[0].GetProperty("meter");

    public static async Task<List<string>> DistributedAsync(BooksTest test, string by, params string[] more) =>
        [
            .. (await test.RowsAsync(["--by", by, "--allocation", "distributed", .. more]))
                .Select(row => string.Join(' ', row.Select(cell => cell is "null" or "" ? "-" : cell)))
                .Order(StringComparer.Ordinal),
        ];
}
