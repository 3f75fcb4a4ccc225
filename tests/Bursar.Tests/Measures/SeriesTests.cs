using System.Text.Json;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Sources;

namespace Bursar.Tests.Measures;

/// <summary>Measures beside the cost (DAT-04, DAT-05).</summary>
public sealed class SeriesTests
{
    private const string Orders = """
        kind: Series
        name: orders
        unit: orders
        source: Order management
        time: Month
        value: Orders
        files: ["orders*.csv"]

        """;

    [Fact]
    public async Task The_volumes_and_revenue_of_EX_UNT_1_load_exactly()
    {
        using var test = new FetchTest();
        test.Write(
            "rulebook/series.yaml",
            Orders
                + "---\nkind: Series\nname: revenue\nunit: EUR\nsource: General ledger\ntime: Month\nvalue: Revenue\nfiles: [\"orders*.csv\"]\n"
        );
        test.Write("orders.csv", "Month,Orders,Revenue\n2026-01,1000000,\n2026-02,1200000,1400000\n");
        test.Write(
            "costs.csv",
            SomeRow.Csv(new SomeRow("80000") { Month = "2026-01" }, new SomeRow("84000") { Month = "2026-02" })
        );
        var loaded = await test.RunAsync("series", "load", System.IO.Path.Combine(test.Path, "orders.csv"));
        Assert.True(loaded.ExitCode == 0, loaded.ToString());
        Assert.Contains("gaps, not zeros", loaded.Error);
        Assert.Equal(0, (await test.RunAsync("ingest", System.IO.Path.Combine(test.Path, "costs.csv"))).ExitCode);
        Assert.Equal(["2026-01=1000000", "2026-02=1200000"], await ShowAsync(test, "orders", "--over", "month"));
        Assert.Equal(["2026-02=1400000"], await ShowAsync(test, "revenue", "--over", "month"));
        Assert.Equal(["2026-Q1=2200000"], await ShowAsync(test, "orders", "--over", "quarter"));
        Assert.Equal("164000", await test.TotalAsync());
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_restated_figure_is_a_new_version_and_the_earlier_one_stays_readable()
    {
        using var test = new FetchTest();
        test.Write("rulebook/series.yaml", Orders);
        await LoadAsync(test, "Month,Orders\n2026-01,100\n2026-02,200.5\n");
        test.Now += TimeSpan.FromDays(1);
        var second = await LoadAsync(test, "Month,Orders\n2026-01,100\n2026-02,190\n2026-03,300\n");
        Assert.Contains("orders-000002,1,1,2026-02-01,2026-03-01", second);
        Assert.Equal(["2026=590"], await ShowAsync(test, "orders", "--over", "year"));
        Assert.Equal(["2026=300.5"], await ShowAsync(test, "orders", "--over", "year", "--as-of", "#1"));
        var history = (await test.RunAsync("series", "history", "orders", "--format", "csv")).Out;
        Assert.Contains("2026-02-01 00:00,orders-000001", history);
        Assert.Contains(",190", history);
        var list = (await test.RunAsync("series", "--format", "csv")).Out;
        Assert.Contains("orders,orders,sum,3,1,2026-01-01,2026-03-01", list);
        var third = await LoadAsync(test, "Month,Orders\n2026-01,100\n");
        Assert.DoesNotContain("orders-000003", third);
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task Customers_of_a_quarter_are_those_of_its_last_day_and_a_degree_of_use_is_a_mean()
    {
        using var test = new FetchTest();
        test.Write(
            "rulebook/series.yaml",
            """
            kind: Series
            name: customers
            unit: customers
            source: CRM
            combine: last
            time: Day
            by: {product: Product}
            ---
            kind: Series
            name: cpu
            purpose: utilisation
            unit: percent
            source: Monitoring
            combine: average
            time: Day
            """
        );
        await LoadAsync(test, "Day,Product,Value\n2026-01-31,a,10\n2026-03-31,a,12\n2026-03-30,b,5\n", "customers");
        await LoadAsync(test, "Day,Value\n2026-01-01,10\n2026-01-02,20\n2026-01-03,20\n", "cpu");
        Assert.Equal(["2026-Q1=17"], await ShowAsync(test, "customers", "--over", "quarter"));
        Assert.Equal(["a=12", "b=5"], await ShowAsync(test, "customers", "--by", "product"));
        Assert.Equal(["b=5"], await ShowAsync(test, "customers", "--by", "product", "--where", "product=b"));
        Assert.Equal(["2026-01=16.666666666666666667"], await ShowAsync(test, "cpu", "--over", "month"));
    }

    [Fact]
    public async Task Cost_and_use_of_the_same_machine_are_joined_and_the_join_rate_is_told()
    {
        using var test = new FetchTest();
        test.Write(
            "rulebook/series.yaml",
            "kind: Series\nname: cpu-hours\npurpose: utilisation\nunit: CPU hours\nsource: Monitoring\ntime: Day\nresource: Machine\n"
        );
        test.Write(
            "costs.csv",
            SomeRow.Csv(
                new SomeRow("60") { Resource = "i-1" },
                new SomeRow("30") { Resource = "i-2" },
                new SomeRow("10") { Resource = "" }
            )
        );
        Assert.Equal(0, (await test.RunAsync("ingest", System.IO.Path.Combine(test.Path, "costs.csv"))).ExitCode);
        await LoadAsync(
            test,
            "Day,Machine,Value\n2026-03-01,i-1,100\n2026-03-02,i-1,20\n2026-03-01,i-9,7\n",
            "cpu-hours"
        );
        var result = await test.RunAsync("series", "join", "cpu-hours", "--over", "month", "--format", "json");
        Assert.True(result.ExitCode == 0, result.ToString());
        using var json = JsonDocument.Parse(result.Out);
        var root = json.RootElement;
        Assert.Equal("60", root.GetProperty("joinedCost").GetRawText());
        Assert.Equal("USD", root.GetProperty("currency").GetString());
        Assert.Equal(60m, root.GetProperty("costJoinPercent").GetDecimal());
        Assert.Equal(50m, root.GetProperty("pointJoinPercent").GetDecimal());
        var first = root.GetProperty("resources")[0];
        Assert.Equal("i-1", first.GetProperty("ResourceId").GetString());
        Assert.Equal(0.5m, first.GetProperty("costPerUnit").GetDecimal());
        Assert.Equal(0, (await test.RunAsync("series", "join", "cpu-hours")).ExitCode);
    }

    [Theory]
    [InlineData("Month,Orders\n2026-01,1\n2026-13,2\n", "series/unreadable", "record 2")]
    [InlineData("Month,Orders\n2026-01,1.000\n2026-02,many\n", "series/unreadable", "\"many\"")]
    [InlineData("Month,Orders\n2026-01,1\n2026-01,2\n", "series/point-twice", "more than one figure")]
    [InlineData("Month,Sales\n2026-01,1\n", "series/no-column", "It has Month, Sales")]
    [InlineData("Month,Orders\n2026-01,\n", "series/no-points", "no figure")]
    public async Task A_file_that_is_no_series_is_refused_whole(string content, string code, string said)
    {
        using var test = new FetchTest();
        test.Write("rulebook/series.yaml", Orders);
        test.Write("orders.csv", content);
        var result = await test.RunAsync("series", "load", System.IO.Path.Combine(test.Path, "orders.csv"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(code, result.Error);
        Assert.Contains(said, result.Error);
        Assert.Empty(await ShowAsync(test, "orders", "--over", "month"));
    }

    [Theory]
    [InlineData("series/unknown", "series", "show", "order")]
    [InlineData("series/unknown-key", "series", "show", "orders", "--by", "colour")]
    [InlineData("series/no-resource", "series", "join", "orders")]
    public async Task A_question_that_a_series_cannot_answer_says_what_it_can(string code, params string[] args)
    {
        using var test = new FetchTest();
        test.Write("rulebook/series.yaml", Orders);
        await LoadAsync(test, "Month,Orders\n2026-01,1\n");
        var result = await test.RunAsync(args);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(code, result.Error);
    }

    [Fact]
    public async Task A_file_that_no_series_wants_is_told()
    {
        using var test = new FetchTest();
        test.Write("rulebook/series.yaml", Orders);
        test.Write("other.csv", "Month,Orders\n2026-01,1\n");
        var result = await test.RunAsync("series", "load", System.IO.Path.Combine(test.Path, "other.csv"));
        Assert.Contains("series/nobody-wants", result.Error);
    }

    private static async Task<string> LoadAsync(FetchTest test, string content, string name = "orders")
    {
        test.Write("orders.csv", content);
        var file = System.IO.Path.Combine(test.Path, "orders.csv");
        var result = await test.RunAsync("series", "load", file, "--name", name, "--format", "csv");
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Out;
    }

    /// <summary>"key=figure" of each row.</summary>
    private static async Task<IReadOnlyList<string>> ShowAsync(FetchTest test, params string[] args)
    {
        var result = await test.RunAsync(["series", "show", .. args, "--format", "json"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        using var json = JsonDocument.Parse(result.Out);
        return
        [
            .. json
                .RootElement.GetProperty("rows")
                .EnumerateArray()
                .Select(row => $"{row[0].GetString()}={row[1].GetRawText()}"),
        ];
    }
}
