using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Currencies;

/// <summary>Cost in one currency, worked by hand to the last digit (DAT-13).</summary>
public sealed class ConvertedCostsTests
{
    private const string Actual = """
        kind: ExchangeRates
        name: bank
        source: The Bank
        use: actual
        base: EUR
        rates:
          2026-03-01: {USD: 1.0823, GBP: 0.8414}
          2026-03-16: {USD: 1.0417, GBP: 0.8352}

        """;

    private static readonly SomeRow[] ThreeCurrencies =
    [
        new("100.10") { Start = "2026-03-02T00:00:00Z", End = "2026-03-03T00:00:00Z" },
        new("10.000000000000000003")
        {
            Currency = "EUR",
            Start = "2026-03-05T00:00:00Z",
            End = "2026-03-06T00:00:00Z",
        },
        new("3")
        {
            Currency = "EUR",
            Start = "2026-03-15T12:00:00Z",
            End = "2026-03-16T12:00:00Z",
        },
        new("-20")
        {
            Currency = "GBP",
            Service = "S3",
            Category = "Credit",
            Start = "2026-03-20T00:00:00Z",
            End = "2026-03-21T00:00:00Z",
        },
    ];

    [Fact]
    public async Task Three_currencies_a_change_of_rates_within_a_charge_and_a_credit_sum_to_the_last_digit()
    {
        using var test = await BookedAsync(Actual, ThreeCurrencies);
        Assert.Equal("89.164076628352490423", await test.TotalAsync("--currency", "usd"));
        Assert.Equal(
            ["EC2 114.109000000000000003", "S3 -24.94492337164750958"],
            await LinesAsync(test, "--currency", "USD", "--by", "ServiceName")
        );
        Assert.Equal(
            [
                "2026-03-02 100.1",
                "2026-03-05 10.823000000000000003",
                "2026-03-15 1.62345",
                "2026-03-16 1.56255",
                "2026-03-20 -24.94492337164750958",
            ],
            await LinesAsync(test, "--currency", "USD", "--over", "day")
        );
    }

    [Fact]
    public async Task Without_being_asked_nothing_is_converted()
    {
        using var test = await BookedAsync(Actual, ThreeCurrencies);
        Assert.Equal(
            ["EUR 13.000000000000000003", "GBP -20", "USD 100.1"],
            (await LinesAsync(test)).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_answer_tells_every_rate_its_source_and_where_it_comes_from()
    {
        using var test = await BookedAsync(Actual, ThreeCurrencies);
        var answer = await test.JsonAsync("costs", "--currency", "USD");
        Assert.Equal("USD", answer.GetProperty("currency").GetString());
        Assert.Equal("actual", answer.GetProperty("rateUse").GetString());
        Assert.Equal(
            [
                "EUR 2026-03-01 2026-03-15 1.0823 The Bank: 1 EUR = 1.0823 USD of 2026-03-01",
                "EUR 2026-03-16 2026-03-31 1.0417 The Bank: 1 EUR = 1.0417 USD of 2026-03-16",
                "GBP 2026-03-16 2026-03-31 1.247246168582375479 The Bank: 1 EUR = 0.8352 GBP of 2026-03-16, "
                    + "1 EUR = 1.0417 USD of 2026-03-16",
            ],
            answer.GetProperty("rates").EnumerateArray().Select(Rate)
        );
        var said = (await test.RunAsync("costs", "--currency", "USD")).Error;
        Assert.Contains(
            "1 EUR = 1.0823 USD from 2026-03-01 to 2026-03-15, actual rate, The Bank (1 EUR = 1.0823 USD of 2026-03-01).",
            said
        );
    }

    [Fact]
    public async Task By_billing_period_the_rate_is_that_of_its_first_day()
    {
        using var test = await BookedAsync(Actual, ThreeCurrencies[1..3]);
        Assert.Equal(
            "14.069900000000000003",
            await test.TotalAsync("--currency", "USD", "--time", "billing", "--measure", "BilledCost")
        );
    }

    [Fact]
    public async Task What_has_no_rate_stays_as_billed_and_is_named_with_its_days_and_amount()
    {
        using var test = await BookedAsync(
            Actual,
            [
                .. ThreeCurrencies,
                new("7.25")
                {
                    Currency = "INR",
                    Start = "2026-03-05T00:00:00Z",
                    End = "2026-03-07T00:00:00Z",
                },
            ]
        );
        Assert.Equal(["USD 89.164076628352490423", "INR 7.25"], await LinesAsync(test, "--currency", "USD"));
        var answer = await test.JsonAsync("costs", "--currency", "USD", "--by", "ServiceName", "--top", "1");
        Assert.Equal(["ServiceName", "Currency", "EffectiveCost"], Texts(answer, "columns"));
        Assert.Equal(
            [
                "No actual rate from INR to USD on 2 days from 2026-03-05 to 2026-03-06: 7.25 INR stay as billed and are in "
                    + "no USD figure. Declare it with kind: ExchangeRates, or `bursar rates import FILE`.",
            ],
            Texts(answer, "notes")
        );
        Assert.Equal(7.25m, answer.GetProperty("rows").EnumerateArray().Last()[2].GetDecimal());
    }

    [Fact]
    public async Task A_rate_holds_no_longer_than_it_may()
    {
        using var test = await BookedAsync(
            """
            kind: ExchangeRates
            name: old
            source: The Bank
            use: actual
            base: EUR
            maxAgeDays: 5
            rates: {2026-03-01: {USD: 2}}
            """,
            [
                new("1")
                {
                    Currency = "EUR",
                    Start = "2026-03-05T00:00:00Z",
                    End = "2026-03-06T00:00:00Z",
                },
                new("1")
                {
                    Currency = "EUR",
                    Start = "2026-03-06T00:00:00Z",
                    End = "2026-03-07T00:00:00Z",
                },
            ]
        );
        Assert.Equal(["USD 2", "EUR 1"], await LinesAsync(test, "--currency", "USD"));
    }

    [Fact]
    public async Task Where_two_sources_have_a_rate_the_first_declared_counts_and_the_other_fills_its_gaps()
    {
        using var test = await BookedAsync(
            """
            kind: ExchangeRates
            name: first
            source: Treasury
            use: actual
            base: USD
            maxAgeDays: 2
            rates: {2026-03-05: {EUR: 0.5}}
            ---
            kind: ExchangeRates
            name: second
            source: The Bank
            use: actual
            base: EUR
            rates: {2026-03-01: {USD: 3}}
            """,
            [
                .. new[] { "04", "05", "06", "07" }.Select(day => new SomeRow("1")
                {
                    Currency = "EUR",
                    Start = $"2026-03-{day}T00:00:00Z",
                    End = $"2026-03-{day}T01:00:00Z",
                }),
            ]
        );
        Assert.Equal(
            ["2026-03-04 3", "2026-03-05 2", "2026-03-06 2", "2026-03-07 3"],
            await LinesAsync(test, "--currency", "USD", "--over", "day")
        );
    }

    /// <summary>EX-SHW-2: the currency effect is the difference of two answers (SHW-08).</summary>
    [Fact]
    public async Task Plan_and_actual_rates_give_the_currency_effect_EX_SHW_2()
    {
        using var test = await BookedAsync(PlanAndActual, [new SomeRow("1000")]);
        Assert.Equal("83000", await test.TotalAsync("--currency", "INR", "--rates", "plan"));
        Assert.Equal("85000", await test.TotalAsync("--currency", "INR"));
        Assert.Equal("85000", await test.TotalAsync("--currency", "INR", "--rates", "actual"));
    }

    /// <summary>EX-VAR-1: actual 33,051.40 INR at 85; the same dollars at the plan's 83; FX 777.68.</summary>
    [Fact]
    public async Task Plan_and_actual_rates_give_the_currency_effect_EX_VAR_1()
    {
        using var test = await BookedAsync(
            PlanAndActual,
            [
                // A: 1,200 × 0.10, 60 % covered at 28 % off; B: 500 × 0.42; unused 9; new scope 50.
                new SomeRow("48"),
                new SomeRow("51.84"),
                new SomeRow("210") { Service = "B" },
                new SomeRow("9") { Service = "commitment" },
                new SomeRow("50") { Service = "new scope" },
                new SomeRow("20") { Service = "late" },
            ]
        );
        var actual = Amount.Parse(await test.TotalAsync("--currency", "INR"));
        var plan = Amount.Parse(await test.TotalAsync("--currency", "INR", "--rates", "plan"));
        Assert.Equal(Amount.Parse("33051.40"), actual);
        Assert.Equal(Amount.Parse("777.68"), actual - plan);
    }

    [Fact]
    public async Task A_currency_nobody_knows_is_refused_and_the_known_ones_are_named()
    {
        using var test = await BookedAsync(Actual, ThreeCurrencies);
        var refused = await test.RunAsync("costs", "--currency", "UDS");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("costs/unknown-currency", refused.Error);
        Assert.Contains("There are EUR, GBP, USD.", refused.Error);
        Assert.Contains("costs/bad-currency", (await test.RunAsync("costs", "--currency", "dollars")).Error);
        Assert.Contains("costs/bad-currency", (await test.RunAsync("costs", "--rates", "plan")).Error);
    }

    [Fact]
    public async Task An_amount_beyond_what_the_books_keep_is_an_error_and_no_other_number()
    {
        using var test = await BookedAsync(
            Actual.Replace("1.0823", "1000000000").Replace("1.0417", "1000000000"),
            [new SomeRow("99999999999999") { Currency = "EUR" }]
        );
        var refused = await test.RunAsync("costs", "--currency", "USD");
        Assert.Contains("costs/total-too-large", refused.Error);
    }

    [Fact]
    public async Task Explain_shows_billed_times_rate_and_then_the_rows_as_billed()
    {
        using var test = await BookedAsync(Actual, ThreeCurrencies);
        var opened = await test.JsonAsync("explain", "--currency", "USD");
        var parts = opened.GetProperty("conversions").EnumerateArray().ToList();
        Assert.Equal(
            [
                "EUR 11.500000000000000003 × 1.0823 = 12.446450000000000003 USD",
                "EUR 1.5 × 1.0417 = 1.56255 USD",
                "GBP -20 × 1.247246168582375479 = -24.94492337164750958 USD",
                "USD 100.1 × 1 = 100.1 USD",
            ],
            parts.Select(part =>
                $"{part.GetProperty("billingCurrency")} {Raw(part, "billed")} × "
                + (part.GetProperty("rate") is { ValueKind: JsonValueKind.Object } rate ? Raw(rate, "rate") : "1")
                + $" = {Raw(part, "amount")} {part.GetProperty("currency")}"
            )
        );
        Assert.All(parts, part => Assert.Equal("0", Raw(part, "rounding")));
        Assert.Equal("89.164076628352490423", Raw(opened.GetProperty("totals")[0], "amount"));
        Assert.Equal(
            ["100.1 USD", "10.000000000000000003 EUR", "3 EUR", "-20 GBP"],
            opened
                .GetProperty("rows")
                .EnumerateArray()
                .Select(row => $"{Raw(row, "amount")} {row.GetProperty("billingCurrency")}")
        );
        var table = await test.RunAsync("explain", "--currency", "USD");
        Assert.Contains("2026-03-16 to 2026-03-31", table.Out);
        Assert.Contains(
            "sum to the figure as billed",
            (await test.RunAsync("explain", "--currency", "USD", "--rows", "1")).Error
        );
    }

    [Fact]
    public async Task A_csv_file_of_rates_is_published_with_the_rules_and_stays_what_it_was()
    {
        using var test = await BookedAsync(
            """
            kind: ExchangeRates
            name: bank
            source: The Bank
            use: actual
            base: EUR
            file: rates/bank.csv
            """,
            [new SomeRow("10") { Currency = "EUR" }],
            publish: false
        );
        test.Write("rulebook/rates/bank.csv", "Date,USD,JPY\n2026-03-01,1.5,N/A\n");
        test.Write("rulebook/rates/other.csv", "nobody names me\n");
        Assert.Equal(0, (await test.RunAsync("publish")).ExitCode);
        test.Write("rulebook/rates/bank.csv", "Date,USD,JPY\n2026-03-01,2.5,N/A\n");
        Assert.Equal("15", await test.TotalAsync("--currency", "USD"));
        Assert.Equal("25", await test.TotalAsync("--currency", "USD", "--draft"));
        Assert.Equal(0, (await test.RunAsync("publish")).ExitCode);
        Assert.Equal("25", await test.TotalAsync("--currency", "USD"));
        Assert.Equal("15", await test.TotalAsync("--currency", "USD", "--as-of", "#2"));
        await test.VerifyPassesAsync();
    }

    private const string PlanAndActual = """
        kind: ExchangeRates
        name: plan
        source: The plan
        use: plan
        base: USD
        maxAgeDays: 366
        rates: {2026-01-01: {INR: 83.00}}
        ---
        kind: ExchangeRates
        name: actual
        source: The Bank
        use: actual
        base: USD
        rates: {2026-03-01: {INR: 85.00}}
        """;

    private static async Task<BooksTest> BookedAsync(string rates, SomeRow[] rows, bool publish = true)
    {
        var test = new BooksTest();
        await test.BookAsync(test.Write("a.csv", SomeRow.Csv(rows)));
        test.Write("rulebook/rates.yaml", rates);
        if (publish)
            Assert.Equal(0, (await test.RunAsync("publish")).ExitCode);
        return test;
    }

    private static async Task<IReadOnlyList<string>> LinesAsync(BooksTest test, params string[] args) =>
        [.. (await test.RowsAsync(args)).Select(row => string.Join(' ', row))];

    private static IEnumerable<string?> Texts(JsonElement answer, string list) =>
        answer.GetProperty(list).EnumerateArray().Select(item => item.GetString());

    private static string Rate(JsonElement rate) =>
        $"{rate.GetProperty("currency")} {rate.GetProperty("from")} {rate.GetProperty("to")} {Raw(rate, "rate")} "
        + $"{rate.GetProperty("source")}: {rate.GetProperty("basis")}";

    private static string Raw(JsonElement item, string field) => item.GetProperty(field).GetRawText();
}
