using System.Text.Json;
using Bursar.Cli;
using Bursar.Tests.Support;

namespace Bursar.Tests.UnitEconomics;

/// <summary>What one unit costs (UNT-01 to UNT-06).</summary>
public sealed class UnitMetricTests
{
    private const string Orders = """
        kind: Series
        name: orders
        unit: orders
        source: Order management
        time: Month
        value: Orders
        ---
        kind: Series
        name: revenue
        unit: USD
        source: General ledger
        time: Month
        value: Revenue
        ---
        kind: UnitMetric
        name: cost-per-order
        unit: order
        series: orders
        revenue: revenue

        """;

    private static readonly SomeCharge[] Charges =
    [
        new(new(2026, 1, 10), "80000"),
        new(new(2026, 2, 10), "60000"),
        new(new(2026, 2, 11), "24000") { Service = "Staff" },
    ];

    private const string Volumes = "Month,Orders,Revenue\n2026-01,1000000,\n2026-02,1200000,1400000\n";

    // UNT-03
    [Fact]
    public async Task Average_and_marginal_cost_and_its_part_of_revenue_are_those_of_EX_UNT_1()
    {
        using var books = new BookedCharges(Orders, Charges);
        await LoadAsync(books, Volumes, "orders", "revenue");
        var months = await MonthsAsync(books, "--month", "2026-02");
        Assert.Equal("0.08", Text(months[^2], "unitCost"));
        Assert.Equal("0.07", Text(months[^1], "unitCost"));
        Assert.Equal("-12.5", Text(months[^1], "changePercent"));
        Assert.Equal("0.02", Text(months[^1], "marginalCost"));
        Assert.Equal("6", Text(months[^1], "costPercentOfRevenue"));
        Assert.Equal("1316000", Text(months[^1], "margin"));
        Assert.Equal("null", Text(months[^1], "fixedCost"));
        Assert.Contains("no figure for 2026-01", Text(months[^2], "why"));
    }

    [Fact]
    public async Task A_month_without_demand_or_with_none_is_not_computable_and_says_why()
    {
        using var books = new BookedCharges(Orders.Replace("revenue: revenue\n", ""), Charges);
        await LoadAsync(books, "Month,Orders,Revenue\n2026-01,0,\n", "orders");
        var months = await MonthsAsync(books, "--month", "2026-02");
        Assert.Equal("null", Text(months[^2], "unitCost"));
        Assert.Equal("the series orders is 0 in 2026-01, and nothing is divided by 0", Text(months[^2], "why"));
        Assert.Equal("null", Text(months[^1], "unitCost"));
        Assert.Equal("the series orders has no figure for 2026-02", Text(months[^1], "why"));
        var list = await books.RunAsync("units", "--draft", "--month", "2026-02", "--format", "csv");
        Assert.Contains("not computable", list.Out);
        Assert.Contains("cost-per-order is not computable: the series orders has no figure for 2026-02.", list.Error);
    }

    // UNT-03, UNT-04
    [Fact]
    public async Task Fixed_cost_is_declared_and_gives_the_volume_that_breaks_even()
    {
        using var books = new BookedCharges(Orders + "fixed:\n  ServiceName: Staff\n", Charges);
        await LoadAsync(books, Volumes, "orders", "revenue");
        var month = (await MonthsAsync(books, "--month", "2026-02"))[^1];
        Assert.Equal("24000", Text(month, "fixedCost"));
        Assert.Equal("60000", Text(month, "variableCost"));
        // 24,000 / (1,400,000 − 60,000) × 1,200,000.
        Assert.Equal("21492.5373134328", Text(month, "breakEvenVolume"));
    }

    [Fact]
    public async Task Other_cost_of_ownership_is_added_and_no_charge_counts_twice()
    {
        using var books = new BookedCharges(
            Orders
                + """
                where: {ServiceName: Machines}
                level: tco
                currency: USD
                other:
                  - {name: everything else, where: {ServiceName: [Machines, Staff]}}
                  - {name: rent, perMonth: 1000}
                target: {value: 0.06, alertPercent: 10}
                """,
            Charges
        );
        await LoadAsync(books, Volumes, "orders", "revenue");
        var month = (await MonthsAsync(books, "--month", "2026-02"))[^1];
        Assert.Equal("85000", Text(month, "cost"));
        Assert.Equal("alert", Text(month, "state"));
    }

    // UNT-05
    [Fact]
    public async Task Tokens_calls_and_outcomes_cost_what_EX_AIF_4_says()
    {
        using var books = new BookedCharges(
            Series("tokens", "calls", "successes", "output")
                + Metric("per-million-tokens", "tokens", "per: 1000000")
                + Metric("per-call", "calls")
                + Metric("per-success", "successes")
                + Metric("per-million-output", "output", "per: 1000000"),
            new SomeCharge(new(2026, 2, 3), "98.40")
        );
        await LoadAsync(
            books,
            "Month,tokens,calls,successes,output\n2026-02,24000000,8000,7600,4000000\n",
            "tokens",
            "calls",
            "successes",
            "output"
        );
        Assert.Equal("4.1", Text(await LastAsync(books, "per-million-tokens"), "unitCost"));
        Assert.Equal("0.0123", Text(await LastAsync(books, "per-call"), "unitCost"));
        Assert.Equal("0.0129473684", Text(await LastAsync(books, "per-success"), "unitCost"));
        Assert.Equal("24.6", Text(await LastAsync(books, "per-million-output"), "unitCost"));
    }

    // UNT-05
    [Theory]
    [InlineData("5000", "5000", "5.5")]
    [InlineData("20000", "9500", "2.5")]
    public async Task A_case_that_fails_costs_a_person_as_in_EX_AIF_5(string cost, string solved, string each)
    {
        using var books = new BookedCharges(
            Series("cases", "solved")
                + Metric("per-resolved-case", "cases", "fallback: {accepted: solved, cost: 10.00}"),
            new SomeCharge(new(2026, 2, 3), cost)
        );
        await LoadAsync(books, $"Month,cases,solved\n2026-02,10000,{solved}\n", "cases", "solved");
        Assert.Equal(each, Text(await LastAsync(books, "per-resolved-case"), "unitCost"));
    }

    // UNT-02
    [Fact]
    public async Task A_metric_without_a_demand_or_with_business_drivers_is_refused_at_its_place()
    {
        using var folder = new TempFolder();
        folder.Write(
            "rules.yaml",
            "kind: UnitMetric\nname: a\nunit: order\ndrivers: [b]\n---\nkind: UnitMetric\nname: b\nunit: order\nseries: none\n"
        );
        var check = await ShellTest.RunAsync("check", "--rulebook", folder.Path);
        Assert.Equal(ExitCode.Findings, check.ExitCode);
        var said = check.Out + check.Error;
        Assert.Contains("unit-demand", said);
        Assert.Contains("unit-drivers", said);
        Assert.Contains("unknown-series", said);
    }

    /// <summary>UNT-06: the forecast of a unit is that of its cost over that of its demand.</summary>
    [Fact]
    public async Task Months_to_come_are_expected_cost_over_expected_demand()
    {
        string[] months = ["2026-01", "2026-02", "2026-03", "2026-04"];
        using var books = new BookedCharges(
            Orders.Replace("revenue: revenue\n", "").Replace("time: Month\n", "time: Day\n") + "target: {value: 0.5}\n",
            months.SelectMany(month => BookedCharges.EachDay(month, "1000"))
        );
        var points = Enumerable
            .Range(0, 120)
            .Select(day => $"{new DateOnly(2026, 1, 1).AddDays(day):yyyy-MM-dd},1000,\n");
        await LoadAsync(books, "Day,Orders,Revenue\n" + string.Concat(points), "orders");
        var run = await books.RunAsync(
            "units",
            "forecast",
            "cost-per-order",
            "--months",
            "2",
            "--draft",
            "--format",
            "csv"
        );
        Assert.True(run.ExitCode == 0, run.ToString());
        var lines = run.Out.TrimEnd().Split('\n');
        Assert.Equal("month,demand,cost,unitCost,low,high,target,state", lines[0].TrimEnd('\r'));
        Assert.Equal(3, lines.Length);
        // The same every day: 31,000 for 31,000 orders, with nothing to miss by.
        Assert.StartsWith("2026-05,31000,31000,1,", lines[1]);
        Assert.EndsWith(",alert", lines[1].TrimEnd());
        Assert.Contains("missed by 0.0 % (WAPE)", run.Error.Replace('\u00a0', ' '));
    }

    private static string Series(params string[] names) =>
        string.Concat(
            names.Select(name =>
                $"kind: Series\nname: {name}\nunit: {name}\nsource: Log\ntime: Month\nvalue: {name}\n---\n"
            )
        );

    private static string Metric(string name, string series, string more = "") =>
        $"kind: UnitMetric\nname: {name}\nunit: one\nclass: resource-efficiency\nseries: {series}\n{more}\n---\n";

    private static async Task LoadAsync(BookedCharges books, string csv, params string[] names)
    {
        File.WriteAllText(books["points.csv"], csv);
        foreach (var name in names)
        {
            var loaded = await books.RunAsync("series", "load", books["points.csv"], "--name", name);
            Assert.True(loaded.ExitCode == 0, loaded.ToString());
        }
    }

    private static async Task<JsonElement> LastAsync(BookedCharges books, string name) =>
        (await MonthsOfAsync(books, name, "--month", "2026-02"))[^1];

    private static Task<JsonElement[]> MonthsAsync(BookedCharges books, params string[] more) =>
        MonthsOfAsync(books, "cost-per-order", more);

    private static async Task<JsonElement[]> MonthsOfAsync(BookedCharges books, string name, params string[] more)
    {
        var shown = await books.RunAsync(["units", "show", name, "--draft", "--format", "json", .. more]);
        Assert.True(shown.ExitCode == 0, shown.ToString());
        using var json = JsonDocument.Parse(shown.Out);
        return [.. json.RootElement.GetProperty("months").EnumerateArray().Select(month => month.Clone())];
    }

    private static string Text(JsonElement month, string name) =>
        month.GetProperty(name) is { ValueKind: JsonValueKind.String } text
            ? text.GetString()!
            : month.GetProperty(name).GetRawText();
}
