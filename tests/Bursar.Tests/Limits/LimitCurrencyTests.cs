using System.Text.Json;
using Bursar.Cli;
using Bursar.Tests.Deliveries;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;

namespace Bursar.Tests.Limits;

/// <summary>A limit over charges and logs in other currencies: each day at its rate, or it is said (GOV-05).</summary>
public sealed class LimitCurrencyTests
{
    private const string Limit = """
        kind: SpendLimit
        name: agent
        where: {x_ApiKeyName: agent}
        amount: 3000000
        currency: INR
        """;

    /// <summary>85 rupees a dollar on the 10th, 86 on the 11th; a rate holds so many days.</summary>
    private static string Rates(int days, string rates = "{2026-09-10: {INR: 85}, 2026-09-11: {INR: 86}}") =>
        $"""

            ---
            kind: ExchangeRates
            name: treasury
            source: Group Treasury
            use: actual
            base: USD
            maxAgeDays: {days}
            rates: {rates}
            """;

    /// <summary>400 USD an hour: 24 hours of the 10th and 6 of the 11th.</summary>
    private static IEnumerable<SomeCharge> Thirty() =>
        Enumerable
            .Range(0, 30)
            .Select(hour => new SomeCharge(new DateOnly(2026, 9, 10).AddDays(hour / 24), "400")
            {
                Hour = hour % 24,
                Called = ("agent", "large-4"),
                Service = "Models",
            });

    [Fact]
    public async Task A_limit_in_rupees_counts_dollars_at_the_rate_of_each_day_and_names_it()
    {
        using var books = new BookedCharges(Limit + Rates(31), Thirty());
        var one = await ShowAsync(books);
        // 24 × 400 × 85 + 6 × 400 × 86.
        Assert.Equal(1_022_400m, one.GetProperty("spent").GetDecimal());
        Assert.Equal(1_977_600m, one.GetProperty("remaining").GetDecimal());
        Assert.Equal(34_400m, one.GetProperty("lastHour").GetDecimal());
        Assert.Equal(12_500m, one.GetProperty("tripwire").GetDecimal());
        Assert.Equal(57.49m, one.GetProperty("hoursLeft").GetDecimal());
        Assert.Equal("tripwire", one.GetProperty("state").GetString());
        Assert.Equal(
            ["85 2026-09-10 Group Treasury", "86 2026-09-11 Group Treasury"],
            one.GetProperty("rates")
                .EnumerateArray()
                .Select(rate =>
                    $"{rate.GetProperty("rate").GetDecimal()} {rate.GetProperty("from")} {rate.GetProperty("source")}"
                )
        );
        Assert.Contains(
            "Other currencies count at the rate of the day, the newest: 1 USD = 86 INR of 2026-09-11 (Group Treasury).",
            Says(one),
            StringComparison.Ordinal
        );
        Assert.Equal(0, one.GetProperty("notCounted").GetArrayLength());
        var driver = one.GetProperty("drivers")[0];
        Assert.Equal("agent", driver.GetProperty("value").GetString());
        // The newest 24 hours: 18 at 34,000 and 6 at 34,400.
        Assert.Equal(818_400m, driver.GetProperty("lastDay").GetDecimal());
        Assert.DoesNotContain("limits/no-rate", (await books.RunAsync("limits", "--draft")).Error);
    }

    [Fact]
    public async Task Days_without_a_rate_are_found_and_never_count_as_nothing()
    {
        var rules = Limit.Replace("3000000", "3000000000", StringComparison.Ordinal);
        using var books = new BookedCharges(rules + Rates(1, "{2026-09-10: {INR: 85}}"), Thirty());
        var one = await ShowAsync(books);
        Assert.Equal(816_000m, one.GetProperty("spent").GetDecimal());
        var gap = one.GetProperty("notCounted")[0];
        Assert.Equal("USD", gap.GetProperty("currency").GetString());
        Assert.Equal(2_400m, gap.GetProperty("amount").GetDecimal());
        Assert.Equal("2026-09-11", gap.GetProperty("from").GetString());
        var list = await books.RunAsync("limits", "--draft");
        Assert.Equal(0, list.ExitCode);
        Assert.Contains("limits/no-rate", list.Error, StringComparison.Ordinal);
        Assert.Contains("No actual rate from USD to INR on 2026-09-11", list.Error.Flat(), StringComparison.Ordinal);
        // Nothing is breached, but nobody can say so.
        Assert.Equal(ExitCode.Findings, (await books.RunAsync("limits", "check", "--draft")).ExitCode);
    }

    [Fact]
    public async Task A_limit_for_each_key_without_any_rate_is_listed_and_says_what_it_lacks()
    {
        using var books = new BookedCharges(
            Limit.Replace("where: {x_ApiKeyName: agent}", "each: x_ApiKeyName"),
            Thirty()
        );
        var one = await ShowAsync(books, "agent/agent");
        Assert.Equal(0m, one.GetProperty("spent").GetDecimal());
        Assert.Contains(
            "does not count: there is no rate from USD to INR on 2 days.",
            Says(one),
            StringComparison.Ordinal
        );
        Assert.Contains("limits/no-rate", (await books.RunAsync("limits", "--draft")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_priced_in_another_currency_than_the_limit_count_at_the_rate_of_the_day()
    {
        using var test = new BooksTest();
        test.Write(
            "rulebook/rules.yaml",
            """
            kind: PriceBook
            name: azure-openai
            provider: Azure OpenAI
            currency: EUR
            source: Price sheet of the agreement
            per: 1000000
            prices:
              - {items: [gpt-4o], rates: {input: 2.4, output: 9.6}}
            ---
            kind: ExchangeRates
            name: treasury
            source: Group Treasury
            use: actual
            base: EUR
            rates: {2026-03-01: {USD: 1.1}}
            ---
            kind: SpendLimit
            name: chat
            of: logs
            where: {ServiceProviderName: Azure OpenAI}
            amount: 100
            currency: USD
            """
        );
        await test.BookAsync(
            test.Write(
                "azure.csv",
                "TimeGenerated,OperationName,ModelName,DeploymentName,PromptTokens,CompletionTokens,TotalTokens\n"
                    + "2026-03-02T10:00:00Z,ChatCompletions,gpt-4o,chat-eu,1000000,500000,1500000\n"
            )
        );
        var one = await test.JsonAsync("limits", "show", "chat", "--draft");
        // 2.40 + 4.80 EUR at 1.1.
        Assert.Equal(7.92m, one.GetProperty("spent").GetDecimal());
        Assert.Contains("1 EUR = 1.1 USD of 2026-03-01 (Group Treasury)", Says(one), StringComparison.Ordinal);
    }

    private static string Says(JsonElement one) => one.GetProperty("says").GetString()!;

    private static async Task<JsonElement> ShowAsync(BookedCharges books, string name = "agent")
    {
        var result = await books.RunAsync("limits", "show", name, "--draft", "--format", "json");
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonDocument.Parse(result.Out).RootElement.Clone();
    }
}
