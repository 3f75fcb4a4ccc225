using System.Text.Json;
using Bursar.Cli;
using Bursar.Core.Amounts;
using Bursar.Quantify.Forecasts.Commitments;
using Bursar.Quantify.Forecasts.Drivers;
using Bursar.Rulebooks;
using Bursar.Tests.Support;

namespace Bursar.Tests.Forecasts;

/// <summary>Cost from its causes, AI workloads by stage, and promises (FCT-02, FCT-05, FCT-06, FCT-10).</summary>
public sealed class DriverForecastTests
{
    private const string Tokens = """
        kind: DriverForecast
        name: tokens
        from: 2027-01-01
        months: 12
        currency: USD
        demand: {start: 2000, monthlyPercent: 12, low: 1600, high: 2500}
        price: {start: 6.00, monthlyPercent: -3}

        """;

    private const string Pipeline = """
        kind: DriverForecast
        name: pipeline
        from: 2027-01-01
        months: 1
        currency: USD
        stages:
          - name: Letters
            stage: poc
            probability: 0.5
            adopters: {start: 100}
            requestsPerAdopter: {start: 1000}
            tokensPerRequest: {start: 10000}
            cacheSharePercent: 50
            cachedPricePercent: 10
            retryPercent: 10
            models:
              - {name: large, sharePercent: 25, pricePerMillion: {start: 10}}
              - {name: small, sharePercent: 75, pricePerMillion: {start: 2}}
            gate: {maxSpend: 50000, spend: 42000, minQuality: 0.85, quality: QUALITY, maxUnitCost: 0.020, unitCost: 0.0129, maxMonth: 60000, month: 58000, maxDays: 90, days: 84}

        """;

    [Fact]
    public async Task EX_FCT_5_volume_grows_and_the_price_falls_to_the_cent()
    {
        using var books = new BookedCharges(Tokens, new SomeCharge(new(2026, 12, 1), "1"));
        var one = await JsonAsync(books, "forecast", "drivers", "tokens");
        var months = one.GetProperty("months").EnumerateArray().ToList();
        Assert.Equal("12000", Text(months[0], "expected"));
        Assert.Equal("29858.54", Text(months[11], "expected"));
        Assert.Equal("236554.61", Text(one.GetProperty("total"), "expected"));
        Assert.Equal(6_957.1000m, Math.Round(Figure(months[11], "volume"), 4, MidpointRounding.ToEven));
        Assert.Equal(4.291808m, Math.Round(Figure(months[11], "price"), 6, MidpointRounding.ToEven));
        Assert.Equal("9600", Text(months[0], "low"));
        Assert.Equal("15000", Text(months[0], "high"));
    }

    [Fact]
    public async Task FCT_05_the_table_of_months_shows_low_expected_and_high()
    {
        using var books = new BookedCharges(Tokens, new SomeCharge(new(2026, 12, 1), "1"));
        var table = await books.RunAsync("forecast", "drivers", "tokens", "--draft", "--format", "table");
        var january = table.Out.Split('\n').Single(line => line.StartsWith("2027-01", StringComparison.Ordinal));
        Assert.Contains("12,000.00", january);
        Assert.Contains("9,600.00", january);
        Assert.Contains("15,000.00", january);
        var page = DriverPageTables.Months(
            new ForecastDrivers(books.View, 1, 100).All("tokens", TestContext.Current.CancellationToken)[0]
        );
        Assert.Equal(12, page.Rows.Count);
        Assert.Equal(
            [Amount.From(9_600), Amount.From(12_000), Amount.From(15_000)],
            page.Rows[0].Cells.Take(3).Select(cell => cell.Exact!.Value)
        );
    }

    [Fact]
    public async Task FCT_05_the_same_seed_draws_the_same_and_another_does_not()
    {
        using var books = new BookedCharges(Tokens, new SomeCharge(new(2026, 12, 1), "1"));
        var first = await books.RunAsync("forecast", "drivers", "tokens", "--draft", "--format", "csv", "--seed", "7");
        var again = await books.RunAsync("forecast", "drivers", "tokens", "--draft", "--format", "csv", "--seed", "7");
        var other = await books.RunAsync("forecast", "drivers", "tokens", "--draft", "--format", "csv", "--seed", "8");
        Assert.Equal(first.Out, again.Out);
        Assert.NotEqual(first.Out, other.Out);
        var total = (await JsonAsync(books, "forecast", "drivers", "tokens")).GetProperty("total");
        // Only the volume is uncertain, so its P10 and P90 are those of the cost.
        Assert.InRange(Figure(total, "p10"), 236_554.61m * 0.79m, 236_554.61m * 0.81m);
        Assert.InRange(Figure(total, "p90"), 236_554.61m * 1.22m, 236_554.61m * 1.28m);
    }

    [Theory]
    [InlineData("0.88", "PASS")]
    [InlineData("0.82", "FAIL")]
    public async Task EX_AIF_7_a_stage_passes_its_gate_or_says_what_it_does_not_keep(string quality, string verdict)
    {
        using var books = new BookedCharges(
            Pipeline.Replace("QUALITY", quality),
            new SomeCharge(new(2026, 12, 1), "1")
        );
        var one = await JsonAsync(books, "forecast", "drivers", "pipeline");
        Assert.Contains(
            one.GetProperty("notes").EnumerateArray(),
            note => note.GetString()!.StartsWith($"Letters: {verdict}", StringComparison.Ordinal)
        );
        // 100 × 1,000 × 10,000 × 1.1 tokens at (0.25 × 10 + 0.75 × 2) × (1 − 0.5 × 0.9) a million, half as likely.
        Assert.Equal("2420", Text(one.GetProperty("total"), "full"));
        Assert.Equal("1210", Text(one.GetProperty("total"), "expected"));
    }

    [Fact]
    public void EX_AIF_7_a_pipeline_counts_by_how_likely_it_is() =>
        Assert.Equal(
            Amount.From(696_000),
            StageMath.Weighted([
                (Amount.From(240_000), 0.9m),
                (Amount.From(600_000), 0.5m),
                (Amount.From(900_000), 0.2m),
            ])
        );

    [Fact]
    public void EX_MYP_4_a_commitment_burns_down()
    {
        var burn = BurnDownMath.Of(6.0m, 2.9m, 12, 7, 0.45m);
        Assert.Equal(3.50m, burn.EvenPace);
        Assert.Equal(5.15m, burn.Projected);
        Assert.Equal(0.85m, burn.Shortfall);
        Assert.Equal(0, burn.Overage);
        Assert.Equal(0.6200m, burn.NeededPerMonth);
    }

    [Fact]
    public async Task FCT_10_a_contract_that_runs_is_projected_to_the_end_of_its_year()
    {
        using var books = new BookedCharges(
            """
            kind: Contract
            name: agreement
            vendor: Cloud One
            type: Enterprise agreement
            currency: USD
            years:
              - {from: 2026-01-01, to: 2027-01-01, amount: 40000}
            """,
            Enumerable.Range(1, 6).SelectMany(month => BookedCharges.EachDay($"2026-{month:00}", "100"))
        );
        var row = await RowAsync(books, "forecast", "commitments");
        Assert.Equal("18100", Text(row, "used"));
        Assert.Equal("20000", Text(row, "evenPace"));
        // 18,100 and six months of 9,100 / 3.
        Assert.Equal(36_300m, Math.Round(Figure(row, "projected"), 0, MidpointRounding.ToEven));
        Assert.Equal("6", Text(row, "month"));
        Assert.InRange(Figure(row, "expected"), 36_000, 37_000);
    }

    [Theory]
    [InlineData("demand: {start: 2000", "demand: {series: orders, start: 2000", "driver-start")]
    [InlineData("low: 1600", "low: 2600", "driver-range")]
    [InlineData("price: {start: 6.00, monthlyPercent: -3}\n", "", "driver-terms")]
    [InlineData("from: 2027-01-01", "from: 2027-01-15", "not-a-month")]
    public void Mistakes_are_found_when_the_rulebook_is_checked(string right, string wrong, string code)
    {
        var text = Tokens.ReplaceLineEndings("\n").Replace(right, wrong);
        var (_, diagnostics) = Rulebook.Load([new RulebookFile("rules.yaml", text)]);
        Assert.Contains(diagnostics, one => one.Code.EndsWith(code, StringComparison.Ordinal));
    }

    private static async Task<JsonElement> JsonAsync(BookedCharges books, params string[] args)
    {
        var result = await books.RunAsync([.. args, "--format", "json", "--draft"]);
        Assert.True(result.ExitCode == ExitCode.Fine, result.ToString());
        return JsonDocument.Parse(result.Out).RootElement.Clone();
    }

    /// <summary>The first row of a table, by the names of its columns.</summary>
    private static async Task<JsonElement> RowAsync(BookedCharges books, params string[] args) =>
        TableRows.Of(await JsonAsync(books, args))[0];

    private static decimal Figure(JsonElement row, string field) => row.GetProperty(field).GetDecimal();

    private static string Text(JsonElement row, string field) => row.GetProperty(field).GetRawText();
}
