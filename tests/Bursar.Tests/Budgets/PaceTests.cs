using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Quantify.Budgets;
using Bursar.Tests.Support;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;

namespace Bursar.Tests.Budgets;

/// <summary>
/// Burn, pace, estimate at completion, run-out (BUD-03, BUD-07), and tax, credits and currencies beside them.
/// </summary>
public sealed class PaceTests
{
    private const string Annual = """
        kind: Budget
        name: all
        currency: USD
        owner: head
        amounts: {2026: 1200000}
        """;

    [Fact]
    public async Task Five_months_of_a_year_have_the_pace_and_the_run_out_of_EX_BUD_1()
    {
        var charges = Enumerable
            .Range(1, 5)
            .SelectMany(month => BookedCharges.EachDay($"2026-0{month}", "1").Skip(1).Append(First(month)));
        using var books = new BookedCharges(Annual, charges);
        var row = (await JsonAsync(books, "budgets", "pace"))[0];
        Assert.Equal("46.6667", Text(row, 7));
        Assert.Equal("41.6667", Text(row, 8));
        Assert.Equal("1.12", Text(row, 9));
        Assert.Equal("1344000", Text(row, 11));
        Assert.Equal("144000", Text(row, 12));
        Assert.Equal("10.7143", Text(row, 13));
        Assert.Equal("2026-11-22", Text(row, 14));
        // Asked as of an earlier day, as after every delivery: nothing waits for the month's end.
        var april = (await JsonAsync(books, "budgets", "pace", "--through", "2026-04-30"))[0];
        Assert.Equal("37.3333", Text(april, 7));

        static SomeCharge First(int month) =>
            new(new(2026, month, 1), $"{112_000 - DateTime.DaysInMonth(2026, month) + 1}");
    }

    [Fact]
    public void One_command_asks_a_question_once()
    {
        using var books = new BookedCharges(Annual, BookedCharges.EachDay("2026-01", "1"));
        var question = new CostQuery { By = ["ServiceName"] };
        var first = new AskCosts(books.View).Answer(question, TestContext.Current.CancellationToken);
        var again = new AskCosts(books.View).Answer(question, TestContext.Current.CancellationToken);
        Assert.Same(first.Rows[0], again.Rows[0]);
        books.Take(new SomeCharge(new(2026, 2, 1), "5"));
        var later = new AskCosts(books.View).Answer(question, TestContext.Current.CancellationToken);
        Assert.Equal(Amount.From(36), later.Totals[0].Amount);
    }

    [Fact]
    public void The_pace_is_exact_and_a_share_of_nothing_is_not_known()
    {
        var pace = new Pace(Amount.From(1_200_000), Amount.From(560_000), Amount.From(500_000), 5, 12);
        Assert.Equal(1.12m, pace.BurnRatio);
        Assert.Equal(1.12m, pace.PlanRatio);
        Assert.Equal(Amount.From(1_344_000), pace.AtCompletion);
        Assert.Equal(0.12m, pace.OverShare);
        Assert.Equal(10.7143m, decimal.Round(pace.RunOutPeriod!.Value, 4, MidpointRounding.ToEven));
        var nothing = new Pace(Amount.Zero, Amount.Zero, Amount.Zero, 0, 0);
        Assert.Null(nothing.UsedShare);
        Assert.Null(nothing.BurnRatio);
        Assert.Null(nothing.AtCompletion);
        Assert.Null(nothing.RunOutPeriod);
    }

    [Fact]
    public void Money_runs_out_on_the_day_on_which_what_is_expected_passes_what_is_left()
    {
        PlannedPart[] expected =
        [
            new(DateRange.Of(new BillingPeriod(2026, 10)), Amount.From(310)),
            new(DateRange.Of(new BillingPeriod(2026, 11)), Amount.From(300)),
        ];
        Assert.Equal(new DateOnly(2026, 11, 10), PaceMath.RunOut(Amount.From(1000), Amount.From(600), expected));
        Assert.Equal(new DateOnly(2026, 10, 1), PaceMath.RunOut(Amount.From(500), Amount.From(600), expected));
        Assert.Null(PaceMath.RunOut(Amount.From(1210), Amount.From(600), expected));
    }

    [Fact]
    public void The_chance_of_a_breach_is_read_off_the_quantiles()
    {
        (decimal, Amount)[] quantiles = [(0.1m, Amount.From(90)), (0.5m, Amount.From(100)), (0.9m, Amount.From(120))];
        Assert.Equal(0.5m, PaceMath.ChanceAbove(quantiles, Amount.From(100)));
        Assert.Equal(0.3m, PaceMath.ChanceAbove(quantiles, Amount.From(110)));
        Assert.Equal(0.95m, PaceMath.ChanceAbove(quantiles, Amount.From(10)));
        Assert.Equal(0.05m, PaceMath.ChanceAbove(quantiles, Amount.From(500)));
        Assert.Null(PaceMath.ChanceAbove([], Amount.From(1)));
    }

    [Fact]
    public async Task Tax_and_credits_count_as_declared_and_the_currency_effect_stands_apart()
    {
        const string rules = """
            kind: Budget
            name: gross
            currency: USD
            amounts: {2026-03: 1000}
            ---
            kind: Budget
            name: net
            currency: USD
            tax: false
            credits: false
            exchange: plan
            planRates: {EUR: 1.1}
            amounts: {2026-03: 1000}
            ---
            kind: ExchangeRates
            name: bank
            source: The Bank
            use: actual
            base: EUR
            rates:
              2026-03-01: {USD: 1.25}
            """;
        using var books = new BookedCharges(
            rules,
            [
                .. BookedCharges.EachDay("2026-03", "10"),
                new(new(2026, 3, 5), "7") { Category = "Tax" },
                new(new(2026, 3, 6), "-3") { Category = "Credit" },
                new(new(2026, 3, 7), "100") { Currency = "EUR" },
                new(new(2026, 3, 8), "5") { Currency = "INR" },
            ]
        );
        var rows = await JsonAsync(books, "budgets", "--month", "2026-03");
        Assert.Equal(("314", "null"), (Text(rows[0], 5), Text(rows[0], 9)));
        // 310 + 100 EUR at the plan's 1.10; at the bank's 1.25 it is 15 more.
        Assert.Equal(("420", "15"), (Text(rows[1], 5), Text(rows[1], 9)));
        var shown = await books.RunAsync("budgets", "--month", "2026-03", "--draft");
        Assert.Contains("net: the plan has no rate of INR in USD, so 5 INR is in no figure", shown.Error);
        var opened = await books.RunAsync("budgets", "show", "net", "--draft", "--format", "json");
        Assert.Contains("\"currencyEffect\":15", opened.Out);
    }

    [Fact]
    public async Task BUD_03_the_forecast_of_a_budget_with_rates_of_its_own_is_at_the_rates_of_the_plan()
    {
        const string rules = """
            kind: Budget
            name: all
            currency: USD
            exchange: plan
            planRates: {EUR: 2}
            amounts: {2026: 100000}
            ---
            kind: ExchangeRates
            name: bank
            source: The Bank
            use: actual
            base: EUR
            rates:
              2026-01-01: {USD: 1.25}
            """;
        var months = Enumerable.Range(1, 6).Select(month => $"2026-{month:00}").ToList();
        using var books = new BookedCharges(
            rules,
            [
                .. months.SelectMany(month => BookedCharges.EachDay(month, "10")),
                .. months
                    .SelectMany(month => BookedCharges.EachDay(month, "5"))
                    .Select(charge => charge with { Currency = "EUR" }),
            ]
        );
        var shown = await books.RunAsync("budgets", "pace", "--draft", "--format", "csv");
        var lines = shown.Out.Split('\n').Select(line => line.Split(',')).ToList();
        // 365 days of 10 USD and of 5 EUR at the plan's 2.
        Assert.Equal("7300", lines[1][Array.IndexOf(lines[0], "landing")]);
        var said = await books.RunAsync("budgets", "show", "all", "--draft");
        Assert.Contains("spend and forecast are at the rates of the plan", said.Error + said.Out);
    }

    internal static async Task<List<JsonElement>> JsonAsync(BookedCharges books, params string[] args)
    {
        var shown = await books.RunAsync([.. args, "--draft", "--format", "json"]);
        Assert.True(shown.ExitCode == 0, shown.Error);
        using var answer = JsonDocument.Parse(shown.Out);
        return [.. answer.RootElement.Clone().GetProperty("rows").EnumerateArray()];
    }

    internal static string Text(JsonElement row, int column) =>
        row[column].ValueKind == JsonValueKind.Null ? "null" : row[column].ToString();
}
