using System.Text.Json;

namespace Bursar.Tests.Reconciliation;

/// <summary>What a provider says of its months (FOCUS Billing Period) stands beside the totals.</summary>
public sealed class StatedPeriodTests
{
    private const string Header = "InvoiceIssuerName,BillingPeriodStart,BillingPeriodEnd,BillingPeriodStatus\n";

    private static readonly string[] TwoMonths =
    [
        FinanceBooks.Charge("2026-02", "2026-02-01", "2026-02-02", "10", "10"),
        FinanceBooks.Charge("2026-03", "2026-03-01", "2026-03-02", "5.5", "5.5"),
        FinanceBooks.Charge("2026-03", "2026-03-01", "2026-03-02", "2", "2", invoice: "X-1", issuer: "Other"),
    ];

    [Fact]
    public async Task A_closed_month_is_final_an_open_one_is_not_and_of_others_nobody_speaks()
    {
        using var books = await BooksAsync(
            "Cloud One,2026-02-01T00:00:00Z,2026-03-01T00:00:00Z,Closed\n"
                + "CLOUD ONE.,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z,Open\n"
        );
        var answer = await books.AskAsync("costs");
        Assert.Equal(["final 10", "not-final 5.5", "not-stated 2"], States(answer));
        Assert.Equal(["Cloud One 2026-03"], Open(answer));
        Assert.Equal(["final 10"], States(await books.AskAsync("costs", "--to", "2026-02")));

        var said = await books.RunAsync("costs", "--from", "2026-03");
        Assert.Contains(
            "By the providers' billing periods: 5.50 USD not final (Cloud One 2026-03), 2.00 USD not stated.",
            said.Error
        );
    }

    [Fact]
    public async Task What_is_said_later_takes_the_place_of_what_was_said_before_and_the_past_can_be_asked()
    {
        using var books = await BooksAsync("Cloud One,2026-03-01,2026-04-01,Open\n");
        var before = (await books.AskAsync("explain")).GetProperty("entry").GetInt64();
        await books.ImportAsync("closed.csv", Header + "Cloud One,2026-03-01,2026-04-01,Closed\n");
        Assert.Empty(Open(await books.AskAsync("costs")));
        Assert.Equal(["Cloud One 2026-03"], Open(await books.AskAsync("costs", "--as-of", $"#{before}")));
    }

    [Fact]
    public async Task A_status_that_FOCUS_does_not_know_says_nothing()
    {
        using var books = await BooksAsync("Cloud One,2026-03-01,2026-04-01,Perhaps\n");
        Assert.False((await books.AskAsync("costs")).TryGetProperty("billingPeriods", out _));
    }

    [Fact]
    public async Task The_charges_of_an_open_month_say_why_they_have_no_invoice()
    {
        using var books = await BooksAsync("Cloud One,2026-03-01,2026-04-01,Open\n");
        var tie = (await books.AskAsync("invoices", "--period", "2026-03"))
            .GetProperty("invoices")
            .EnumerateArray()
            .Single(one => one.GetProperty("issuer").GetString() == "Cloud One");
        Assert.Equal("open", tie.GetProperty("periodStatus").GetString());
        Assert.Equal(
            "Not invoiced yet: its issuer says that the month is still open.",
            tie.GetProperty("reason").GetString()
        );
    }

    private static async Task<FinanceBooks> BooksAsync(string periods)
    {
        var books = new FinanceBooks();
        await books.TakeAsync(TwoMonths);
        await books.ImportAsync("periods.csv", Header + periods);
        return books;
    }

    private static IEnumerable<string> States(JsonElement answer) =>
        answer
            .GetProperty("billingPeriods")
            .EnumerateArray()
            .Select(part => $"{part.GetProperty("state").GetString()} {part.GetProperty("amount").GetRawText()}");

    private static IEnumerable<string> Open(JsonElement answer) =>
        answer
            .GetProperty("openPeriods")
            .EnumerateArray()
            .Select(one => $"{one.GetProperty("issuer").GetString()} {one.GetProperty("period").GetString()}");
}
