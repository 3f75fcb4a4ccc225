using System.Text.Json;
using Bursar.Tests.Support;

namespace Bursar.Tests.Budgets;

/// <summary>Budgets, strategy and brief in one currency, exact by day; a missing rate is named (DAT-13).</summary>
public sealed class ReportingCurrencyTests
{
    private const string Rules = """
        kind: ExchangeRates
        name: bank
        source: The Bank
        use: actual
        base: EUR
        rates:
          2026-03-01: {USD: 1.25, GBP: 0.8}
          2026-03-16: {USD: 1.6}
        ---
        kind: Budget
        name: all
        currency: USD
        amounts: {2026-03: 1000}
        """;

    private static readonly SomeCharge[] Charges =
    [
        new(new DateOnly(2026, 3, 1), "100"),
        new(new DateOnly(2026, 3, 20), "100"),
        new(new DateOnly(2026, 3, 21), "10") { Currency = "EUR" },
        .. BookedCharges.EachDay("2026-03", "1"),
    ];

    [Fact]
    public async Task Spend_is_converted_at_the_rate_of_its_day_and_the_budget_at_that_of_the_months_first()
    {
        using var books = new BookedCharges(Rules, Charges);
        // 100 ÷ 1.25 + 100 ÷ 1.6 + 10 + 15 ÷ 1.25 + 16 ÷ 1.6
        Assert.Equal(("EUR", 800m, 174.5m, -625.5m), await StatusAsync(books, "--currency", "EUR"));
        Assert.Equal(("USD", 1000m, 231m, -769m), await StatusAsync(books));
    }

    [Fact]
    public async Task Without_a_rate_the_budget_stays_in_its_currency_and_what_is_left_out_is_named()
    {
        using var books = new BookedCharges(
            Rules,
            [.. Charges, new(new DateOnly(2026, 3, 30), "5") { Currency = "INR" }]
        );
        var shown = await books.RunAsync("budgets", "--month", "2026-03", "--currency", "EUR", "--draft");
        Assert.Contains("INR", shown.Error);
        Assert.Contains("is in no", shown.Error);
        var plan = await books.RunAsync(
            "budgets",
            "--month",
            "2026-03",
            "--currency",
            "EUR",
            "--rates",
            "plan",
            "--draft"
        );
        Assert.Contains("all stays in USD: there is no plan rate to EUR on 2026-03-01.", plan.Error);
        Assert.Contains("1,000.00", plan.Out);
    }

    [Fact]
    public async Task A_currency_of_which_nothing_is_known_is_refused_and_rates_of_the_plan_count_without_one()
    {
        using var books = new BookedCharges(
            Rules
                + "\n---\nkind: Budget\nname: planned\ncurrency: USD\nexchange: plan\nplanRates: {EUR: 2}\namounts: {2026-03: 900}\n",
            Charges
        );
        var unknown = await books.RunAsync("budgets", "--month", "2026-03", "--currency", "ZZZ", "--draft");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("Nothing is known of a currency \"ZZZ\"", unknown.Error);
        Assert.Empty(unknown.Out);
        string[] asked = ["budgets", "--month", "2026-03", "--currency", "EUR", "--rates", "plan", "--draft"];
        var plan = await books.RunAsync(asked);
        Assert.Contains("planned stays in USD: there is no plan rate to EUR", plan.Error);
        // 231 USD and 90 EUR at the plan's 2, not 231 alone.
        Assert.DoesNotContain("planned: the plan has no rate of EUR", plan.Error);
        using var answer = JsonDocument.Parse((await books.RunAsync([.. asked, "--format", "json"])).Out);
        var rows = answer.RootElement.GetProperty("rows").EnumerateArray().ToList();
        Assert.NotEqual(rows[0][5].GetDecimal(), rows[1][5].GetDecimal());
    }

    [Fact]
    public async Task Strategy_and_brief_are_in_the_currency_that_is_asked_for()
    {
        using var books = new BookedCharges(Rules, Charges);
        var strategy = await books.RunAsync(
            "strategy",
            "--month",
            "2026-03",
            "--currency",
            "EUR",
            "--format",
            "json",
            "--draft"
        );
        using var answer = JsonDocument.Parse(strategy.Out);
        var total = Assert.Single(answer.RootElement.GetProperty("totals").EnumerateArray().ToList());
        Assert.Equal("EUR 174.5", $"{total.GetProperty("currency")} {total.GetProperty("total")}");
        var brief = await books.RunAsync("brief", "--month", "2026-03", "--currency", "EUR", "--draft");
        Assert.Contains("in EUR at actual rates", brief.Out);
        Assert.Contains("€", brief.Out);
        Assert.DoesNotContain("$", brief.Out);
    }

    private static async Task<(string, decimal, decimal, decimal)> StatusAsync(
        BookedCharges books,
        params string[] args
    )
    {
        var shown = await books.RunAsync(["budgets", "--month", "2026-03", "--format", "json", "--draft", .. args]);
        using var answer = JsonDocument.Parse(shown.Out);
        var row = answer.RootElement.GetProperty("rows")[0];
        return (row[3].GetString()!, row[4].GetDecimal(), row[5].GetDecimal(), row[6].GetDecimal());
    }
}
