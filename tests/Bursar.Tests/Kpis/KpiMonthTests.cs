using System.Text.Json;
using Bursar.Tests.Support;

namespace Bursar.Tests.Kpis;

/// <summary>A KPI is of the month and the scope that are asked, or is not known (KPI-02, KPI-06).</summary>
public sealed class KpiMonthTests
{
    private const string Rules = """
        kind: Contract
        name: machines
        vendor: Somebody
        type: Spend
        currency: USD
        eligible: {ServiceName: Machines}
        capped:
          - {name: Marketplace, where: {ServiceName: Vault}, maxPercent: 25}
        years:
          - {from: 2026-01-01, to: 2027-01-01, amount: 1200}
        ---
        kind: Scope
        name: vault
        where: {ServiceName: Vault}
        ---
        kind: KpiInput
        name: storage_gb
        cost: {measure: ConsumedQuantity, units: {GB-Months: 1, GiB-Months: 1.073741824}}
        ---
        kind: KpiInput
        name: storage_metered_cost
        cost: {where: {ConsumedUnit: [GB-Months, GiB-Months]}}
        ---
        kind: KpiInput
        name: core_hours
        cost: {measure: ConsumedQuantity, unit: Core-Hours}
        ---
        kind: KpiInput
        name: spot_core_hours
        cost: {measure: ConsumedQuantity, unit: Core-Hours, whenNone: 0, where: {ServiceName: Vault}}
        ---
        kind: KpiInput
        name: personas_trained
        scope: vault
        value: 3
        on: 2026-01-01
        ---
        kind: KpiInput
        name: personas_to_train
        scope: vault
        value: 4
        on: 2026-01-01

        """;

    private static readonly SomeCharge[] Charges =
    [
        .. BookedCharges.EachDay("2026-01", "10"),
        .. BookedCharges.EachDay("2026-02", "10"),
        new(new(2026, 1, 31), "100") { Service = "Vault", Used = ("Kept", "500", "GB-Months") },
        new(new(2026, 1, 31), "50") { Service = "Vault", Used = ("Kept", "1000", "GiB-Months") },
        new(new(2026, 1, 31), "1") { Used = ("Ran", "744", "Core-Hours") },
    ];

    [Fact]
    public async Task What_is_promised_is_as_it_stood_at_the_end_of_the_month()
    {
        using var books = new BookedCharges(Rules, Charges);
        // In January 311 of 1,200 count, and 150 of the vault; 300 may. In February 280 more.
        Assert.Equal("739", await ValueAsync(books, "K113", "2026-01"));
        Assert.Equal("459", await ValueAsync(books, "K113", "2026-02"));
        Assert.Equal("11", await ValueAsync(books, "K112", "2026-01"));
        Assert.Equal("10", await ValueAsync(books, "K112", "2026-02"));
        Assert.Equal("50", await ValueAsync(books, "K115", "2026-01"));
        // 461 against the twelfth of January.
        Assert.Equal("461", await ValueAsync(books, "K036", "2026-01"));
    }

    [Fact]
    public async Task A_month_without_charges_has_no_figure_at_all()
    {
        using var books = new BookedCharges(Rules, Charges);
        var list = await books.RunAsync("kpis", "--month", "2024-01", "--draft", "--format", "csv");
        Assert.Contains("0 of 149 KPIs can be computed", list.Error);
        Assert.Contains("no charge falls in 2024-01", await WhyAsync(books, "K113", "2024-01"));
    }

    [Fact]
    public async Task The_first_delivery_of_a_source_is_history_and_not_late()
    {
        using var books = new BookedCharges(Rules, Charges);
        Assert.Contains("after its first delivery", await WhyAsync(books, "K008", "2026-02"));
        Assert.Contains("after an earlier delivery", await WhyAsync(books, "K009", "2026-02"));
        Assert.NotNull(await ValueAsync(books, "K010", "2026-02"));
        Assert.Contains("nothing without an owner was resolved in 2026-02", await WhyAsync(books, "K091", "2026-02"));
    }

    [Fact]
    public async Task Units_are_made_one_where_they_can_be_and_other_units_stay_out()
    {
        using var books = new BookedCharges(Rules, Charges);
        // 500 and 1,073.741824 gigabytes for 150.
        Assert.StartsWith("0.0953142", await ValueAsync(books, "K049", "2026-01"), StringComparison.Ordinal);
        Assert.Contains(
            "no usage of 2026-02 is counted in GB-Months or GiB-Months",
            await WhyAsync(books, "K049", "2026-02")
        );
        Assert.Equal("0", await ValueAsync(books, "K109", "2026-01"));
        // 744 core hours in the 744 hours of January are one core.
        Assert.Equal("461", await ValueAsync(books, "K038", "2026-01"));
    }

    [Fact]
    public async Task What_somebody_declares_of_a_scope_is_known_there_alone()
    {
        using var books = new BookedCharges(Rules, Charges);
        Assert.Equal("75", await ValueAsync(books, "K088", "2026-01", "--scope", "vault"));
        Assert.Contains("it is declared for the scope vault only", await WhyAsync(books, "K088", "2026-01"));
        Assert.Contains("in the scope vault", await WhyAsync(books, "K127", "2026-01", "--scope", "vault"));
    }

    private static async Task<string?> ValueAsync(
        BookedCharges books,
        string kpi,
        string month,
        params string[] more
    ) =>
        (await ShowAsync(books, kpi, month, more)).GetProperty("value").GetRawText() is var text && text == "null"
            ? null
            : text;

    private static async Task<string?> WhyAsync(BookedCharges books, string kpi, string month, params string[] more) =>
        (await ShowAsync(books, kpi, month, more)).GetProperty("why").GetString();

    private static async Task<JsonElement> ShowAsync(BookedCharges books, string kpi, string month, string[] more)
    {
        string[] args = ["kpis", "show", kpi, "--month", month, "--draft", "--format", "json", .. more];
        var result = await books.RunAsync(args);
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonDocument.Parse(result.Out).RootElement;
    }
}
