using System.Text.Json;
using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Currencies;

/// <summary>Tokens and credits, FOCUS 1.2's pricing currencies, are never added to what is billed.</summary>
public sealed class PricingCurrencyTests
{
    private static readonly SomeRow[] Rows =
    [
        new("1.10") { Resource = "r1" },
        new("2.20") { Resource = "r2" },
        new("4.40") { Resource = "r3", Currency = "EUR" },
    ];

    [Fact]
    public async Task A_pricing_currency_can_be_shown_and_never_mixes_with_the_billing_currency()
    {
        using var test = await BookedAsync();
        Assert.Equal(
            ["Credits USD 2.2", "Tokens EUR 4.4", "Tokens USD 1.1"],
            (await test.RowsAsync("--by", "PricingCurrency"))
                .Select(row => string.Join(' ', row))
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            "4.4",
            await test.TotalAsync("--where", "PricingCurrency=Tokens", "--where", "BillingCurrency=EUR")
        );
    }

    [Fact]
    public async Task The_rows_say_what_was_charged_in_the_pricing_currency()
    {
        using var test = await BookedAsync();
        var opened = await test.JsonAsync("explain", "--by", "PricingCurrency");
        Assert.Equal(
            ["4.4 EUR 4000 Tokens", "2.2 USD 3000.5 Credits", "1.1 USD 1000 Tokens"],
            opened.GetProperty("rows").EnumerateArray().Select(Line)
        );
        Assert.Equal(["EUR 4.4", "USD 3.3"], Totals(opened));
    }

    [Fact]
    public async Task A_virtual_currency_is_no_billing_currency_and_cannot_be_asked_for()
    {
        using var test = await BookedAsync();
        Assert.Contains("costs/bad-currency", (await test.RunAsync("costs", "--currency", "Tokens")).Error);
    }

    private static async Task<BooksTest> BookedAsync()
    {
        string[] priced = ["Tokens,1000", "Credits,3000.5", "Tokens,4000"];
        var header = string.Join(',', SomeRow.Columns) + ",PricingCurrency,PricingCurrencyEffectiveCost\n";
        var lines = Rows.Select(
            (row, i) => string.Join(',', row.Cells.Select(cell => SomeRow.Quoted(cell, ","))) + "," + priced[i] + "\n"
        );
        var test = new BooksTest();
        await test.BookAsync(test.Write("a.csv", header + string.Concat(lines)));
        return test;
    }

    private static IEnumerable<string> Totals(JsonElement opened) =>
        opened
            .GetProperty("totals")
            .EnumerateArray()
            .Select(total => $"{total.GetProperty("billingCurrency")} {total.GetProperty("amount").GetRawText()}")
            .Order(StringComparer.Ordinal);

    private static string Line(JsonElement row) =>
        $"{row.GetProperty("amount").GetRawText()} {row.GetProperty("billingCurrency")} "
        + $"{row.GetProperty("PricingCurrencyEffectiveCost").GetString()!.TrimEnd('0').TrimEnd('.')} {row.GetProperty("PricingCurrency")}";
}
