using System.Globalization;
using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;
using static Bursar.Tests.Allocation.MeteredBooks;

namespace Bursar.Tests.Allocation;

/// <summary>What a log divides, conserved: random logs and invoices, and answers of real providers (ALC-09).</summary>
public sealed class MeteredConservationTests
{
    /// <summary>Whatever log and invoice have: by day and in total, nothing is lost and nothing is made.</summary>
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
}
