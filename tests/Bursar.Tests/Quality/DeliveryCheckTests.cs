using System.Globalization;
using System.Text.Json;
using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Quality;

/// <summary>What checks find in a delivery: severity, count, amount at stake, first rows, remedy (DAT-10).</summary>
public sealed class DeliveryCheckTests
{
    [Fact]
    public async Task Rows_that_stand_twice_are_told_with_their_cost()
    {
        using var test = new BooksTest();
        var found = await FindingAsync(
            test,
            "repeated-rows",
            SomeRow.Csv(new SomeRow("5"), new SomeRow("5"), new SomeRow("5"), new SomeRow("7"))
        );
        Assert.Equal("warning", found.GetProperty("severity").GetString());
        Assert.Equal(2, found.GetProperty("count").GetInt64());
        Assert.Equal("10", found.GetProperty("atStake")[0].GetProperty("cost").GetRawText());
        Assert.Equal("row 2: 5 USD, EC2", found.GetProperty("first")[0].GetString());
        Assert.Equal("22", await test.TotalAsync());
    }

    [Fact]
    public async Task Rows_that_differ_in_any_column_are_not_repeated()
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(
            test.Write(
                "a.csv",
                SomeRow.CsvWith("x_LineItemId", i => $"line {i}", [.. Enumerable.Repeat(new SomeRow("5"), 200)])
            )
        );
        Assert.Empty(Findings(outcome));
    }

    [Fact]
    public async Task A_file_that_holds_everything_twice_is_held_where_the_policy_says_so()
    {
        using var test = new BooksTest();
        test.Write("rulebook/quality.yaml", "kind: QualityPolicy\nname: strict\nchecks: {repeated-rows: hold}\n");
        var rows = Enumerable.Range(1, 20).Select(i => new SomeRow($"{i}") { Resource = $"i-{i}" }).ToList();
        var outcome = await test.IngestAsync(test.Write("a.csv", SomeRow.Csv(rows.Concat(rows))));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(
            "20 rows stand in it more than once, the same in every column, in all 210.00 USD.",
            outcome.Said
        );
        Assert.Equal("none", await test.TotalAsync());
    }

    [Fact]
    public async Task A_bill_that_is_added_a_second_time_is_held()
    {
        using var test = new BooksTest();
        var rows = Enumerable.Range(1, 20).Select(i => new SomeRow($"{i}") { Resource = $"i-{i}" }).ToList();
        var first = await test.BookAsync(test.Write("a.csv", SomeRow.Csv(rows)));
        var again = await test.IngestAsync(
            test.Write("b.csv", SomeRow.Csv(rows.Append(new SomeRow("1") { Resource = "i-new" })))
        );
        Assert.Equal(1, again.ExitCode);
        Assert.Contains($"20 rows of it, 210.00 USD, count already with {first[0]}", again.Said);
        Assert.Equal("210", await test.TotalAsync());
    }

    [Fact]
    public async Task A_day_without_a_charge_between_days_that_have_one_is_missing()
    {
        using var test = new BooksTest();
        var days = Enumerable.Range(1, 20).Where(day => day is not (7 or 8)).Select(Day);
        var found = await FindingAsync(test, "missing-days", SomeRow.Csv(days));
        Assert.Equal(2, found.GetProperty("count").GetInt64());
        Assert.Equal("2026-03-07", found.GetProperty("first")[0].GetString());
        using var monthly = new BooksTest();
        Assert.Empty(Findings(await monthly.IngestAsync(monthly.Write("m.csv", SomeRow.Csv(Day(1), Day(20))))));
    }

    [Theory]
    [InlineData("Usage", true)]
    [InlineData("Credit", false)]
    [InlineData("Adjustment", false)]
    public async Task A_cost_below_nothing_is_told_unless_it_gives_money_back(string category, bool isTold)
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(
            test.Write("a.csv", SomeRow.Csv(new SomeRow("10"), new SomeRow("-3") { Category = category }))
        );
        var checks = Findings(outcome).Select(found => found.GetProperty("check").GetString());
        Assert.Equal(isTold, checks.Contains("negative-cost"));
        Assert.Equal("7", await test.TotalAsync());
    }

    [Fact]
    public async Task Columns_that_went_came_or_changed_their_name_are_told()
    {
        using var test = new BooksTest();
        await test.BookAsync(test.Write("a.csv", SomeRow.CsvWith("x_CostCenterName", _ => "a", new SomeRow("1"))));
        var found = await FindingAsync(
            test,
            "other-columns",
            SomeRow.CsvWith("x_CostCentreName", _ => "a", new SomeRow("1") { Month = "2026-04" })
        );
        Assert.Contains(
            "renamed, it seems: x_CostCenterName to x_CostCentreName",
            found.GetProperty("message").GetString()
        );
    }

    [Fact]
    public async Task A_currency_that_the_source_never_used_is_told()
    {
        using var test = new BooksTest();
        await test.BookAsync(test.Write("a.csv", SomeRow.Csv(new SomeRow("1"))));
        var found = await FindingAsync(
            test,
            "other-currency",
            SomeRow.Csv(new SomeRow("9") { Month = "2026-04", Currency = "EUR" })
        );
        Assert.Contains("billed in EUR; until now the source billed in USD", found.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Rows_and_totals_are_compared_with_the_months_before()
    {
        using var test = new BooksTest();
        foreach (var month in new[] { "2026-01", "2026-02", "2026-03" })
            await test.BookAsync(test.Write($"{month}.csv", SomeRow.Csv(Month(month, 10))));
        Assert.Empty(Findings(await test.IngestAsync(test.Write("04.csv", SomeRow.Csv(Month("2026-04", 12))))));
        var outcome = await test.IngestAsync(test.Write("05.csv", SomeRow.Csv(Month("2026-05", 30))));
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(
            ["rows-against-history", "total-against-history"],
            Findings(outcome).Select(found => found.GetProperty("check").GetString())
        );
    }

    [Fact]
    public async Task A_service_without_a_name_is_told_with_its_cost()
    {
        using var test = new BooksTest();
        var found = await FindingAsync(
            test,
            "unmapped-services",
            SomeRow.Csv(
                new SomeRow("1"),
                new SomeRow("4") { Service = "" },
                new SomeRow("8") { Service = "", Category = "Tax" }
            )
        );
        Assert.Equal("4", found.GetProperty("atStake")[0].GetProperty("cost").GetRawText());
    }

    [Fact]
    public async Task A_unit_that_nobody_knows_is_told()
    {
        using var test = new BooksTest();
        string Units(string month, string unit) =>
            SomeRow.CsvWith("ConsumedUnit", _ => unit, new SomeRow("1") { Month = month });
        await test.BookAsync(test.Write("a.csv", Units("2026-03", "Hours")));
        Assert.Empty(Findings(await test.IngestAsync(test.Write("b.csv", Units("2026-04", "GB-Month")))));
        var found = await FindingAsync(test, "unknown-units", Units("2026-05", "Furlongs"));
        Assert.Equal("Furlongs", found.GetProperty("first")[0].GetString());
    }

    [Fact]
    public async Task Quarantined_rows_are_listed_by_reason_and_mended_rows_take_their_place()
    {
        using var test = new BooksTest();
        var bad = await test.IngestAsync(
            test.Write("a.csv", SomeRow.Csv(new SomeRow("1"), new SomeRow("1,5"), new SomeRow("x")))
        );
        var listed = await test.JsonAsync("deliveries", "quarantine", bad.Ids[0]);
        Assert.NotEmpty(listed.GetProperty("rows").EnumerateArray());
        await test.BookAsync(
            test.Write("a2.csv", SomeRow.Csv(new SomeRow("1"), new SomeRow("1.5"), new SomeRow("2"))),
            "--replace"
        );
        Assert.Equal("4.5", await test.TotalAsync());
    }

    private static SomeRow Day(int day) =>
        new("1")
        {
            Start = $"2026-03-{day:00}T00:00:00Z",
            End = $"2026-03-{day:00}T01:00:00Z",
            Resource = $"i-{day}",
        };

    private static IEnumerable<SomeRow> Month(string month, int rows) =>
        Enumerable
            .Range(1, rows)
            .Select(i => new SomeRow("2") { Month = month, Resource = i.ToString(CultureInfo.InvariantCulture) });

    private static async Task<JsonElement> FindingAsync(BooksTest test, string check, string csv)
    {
        var outcome = await test.IngestAsync(test.Write($"{Guid.NewGuid():N}.csv", csv));
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains(check, outcome.Said);
        return Assert.Single(Findings(outcome), found => found.GetProperty("check").GetString() == check);
    }

    private static IEnumerable<JsonElement> Findings(IngestOutcome outcome) =>
        outcome.Deliveries.SelectMany(delivery => delivery.GetProperty("findings").EnumerateArray());
}
