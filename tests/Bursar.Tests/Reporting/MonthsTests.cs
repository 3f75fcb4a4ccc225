using Bursar.Core.Amounts;
using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Reporting;

/// <summary>In which month a charge counts, and that no cent is lost on the way (DAT-05).</summary>
public sealed class MonthsTests
{
    [Fact]
    public async Task A_charge_of_several_days_is_spread_over_them_exactly_and_billed_in_its_month()
    {
        using var test = new BooksTest();
        // 100 over 7 days and 6 hours from 29 March 12:00: a third of nothing comes out even.
        await test.BookAsync(
            test.Write(
                "a.csv",
                SomeRow.Csv(new SomeRow("100") { Start = "2026-03-29T12:00:00Z", End = "2026-04-05T18:00:00Z" })
            )
        );
        var days = (await test.RowsAsync("--over", "day")).Where(row => row[1] != "0").ToList();
        Assert.Equal(
            [
                "2026-03-29 6.896551724137931034",
                "2026-03-30 13.793103448275862069",
                "2026-03-31 13.793103448275862069",
                "2026-04-01 13.793103448275862069",
                "2026-04-02 13.793103448275862069",
                "2026-04-03 13.793103448275862069",
                "2026-04-04 13.793103448275862069",
                "2026-04-05 10.344827586206896552",
            ],
            days.Select(row => $"{row[0]} {row[1]}")
        );
        Assert.Equal(Amount.Parse("100"), BooksTest.Sum(days));
        Assert.Equal(
            [
                ["2026-03", "34.482758620689655172"],
                ["2026-04", "65.517241379310344828"],
            ],
            await test.RowsAsync("--over", "month")
        );
        Assert.Equal(
            [
                ["2026-03", "100"],
            ],
            await test.RowsAsync("--over", "month", "--time", "billing")
        );
        Assert.Equal(
            [
                ["2026-03", "100"],
            ],
            await test.RowsAsync("--over", "month", "--measure", "BilledCost")
        );
        await test.VerifyPassesAsync();
    }

    [Theory]
    [InlineData("2024-02-28T00:00:00Z", "2024-03-01T00:00:00Z", "2024-02-28 50|2024-02-29 50")]
    [InlineData("2026-02-28T00:00:00Z", "2026-03-02T00:00:00Z", "2026-02-28 50|2026-03-01 50")]
    [InlineData("2026-03-05T23:59:59.9Z", "2026-03-06T00:00:00.1Z", "2026-03-05 50|2026-03-06 50")]
    [InlineData("2026-03-05T10:00:00Z", "2026-03-05T10:00:00Z", "2026-03-05 100")]
    [InlineData("2026-03-05T10:00:00Z", "2026-03-01T10:00:00Z", "2026-03-05 100")]
    [InlineData("2026-03-05T00:00:00Z", "2026-03-06T00:00:00Z", "2026-03-05 100")]
    [InlineData("2026-03-05T10:00:00Z", "", "2026-03-05 100")]
    [InlineData("", "", "2026-03-01 100")]
    [InlineData("", "2026-03-03T00:00:00Z", "2026-03-01 50|2026-03-02 50")]
    [InlineData("2025-12-31T00:00:00Z", "2026-01-02T00:00:00Z", "2025-12-31 50|2026-01-01 50")]
    public async Task The_days_of_a_span_are_those_it_covers(string start, string end, string expected)
    {
        using var test = new BooksTest();
        await test.BookAsync(test.Write("a.csv", SomeRow.Csv(new SomeRow("100") { Start = start, End = end })));
        var days = (await test.RowsAsync("--over", "day"))
            .Where(row => row[1] != "0")
            .Select(row => $"{row[0]} {row[1]}");
        Assert.Equal(expected, string.Join('|', days));
        Assert.Equal(
            [
                ["2026-03", "100"],
            ],
            await test.RowsAsync("--over", "month", "--measure", "BilledCost")
        );
        var explained = await test.JsonAsync("explain", "--from", expected[..10], "--to", expected[..10]);
        Assert.Equal(expected.Split('|')[0][11..], explained.GetProperty("rows")[0].GetProperty("amount").GetRawText());
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task The_end_of_a_period_is_included()
    {
        using var test = new BooksTest();
        await test.BookAsync(
            test.Write(
                "a.csv",
                SomeRow.Csv(
                    Enumerable.Range(1, 6).Select(month => new SomeRow($"{1 << month}") { Month = $"2026-0{month}" })
                )
            )
        );
        Assert.Equal("30", await test.TotalAsync("--to", "2026-04"));
        Assert.Equal("28", await test.TotalAsync("--from", "2026-02", "--to", "2026-04"));
        Assert.Equal("16", await test.TotalAsync("--from", "2026-04", "--to", "2026-04", "--time", "billing"));
        Assert.Equal("16", await test.TotalAsync("--from", "2026-04-01", "--to", "2026-04-01"));
        Assert.Equal("14", await test.TotalAsync("--to", "2026-03-31"));
        Assert.Equal(2, (await test.RunAsync("costs", "--over", "day", "--time", "billing")).ExitCode);
    }

    [Fact]
    public async Task Tax_and_credits_are_shown_apart_and_the_whole_stays_the_whole()
    {
        using var test = new BooksTest();
        await test.BookAsync(
            test.Write(
                "a.csv",
                SomeRow.Csv(
                    new SomeRow("100"),
                    new SomeRow("19") { Category = "Tax" },
                    new SomeRow("-30") { Category = "Credit" },
                    new SomeRow("1") { Category = "" }
                )
            )
        );
        Assert.Equal(
            [
                ["101", "19", "-30"],
            ],
            await test.RowsAsync("--split", "tax,credits")
        );
        Assert.Equal(
            [
                ["71", "19"],
            ],
            await test.RowsAsync("--split", "tax")
        );
        Assert.Equal(
            [
                ["90"],
            ],
            await test.RowsAsync()
        );
    }
}
