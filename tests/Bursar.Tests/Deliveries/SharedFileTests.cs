using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Deliveries;

/// <summary>
/// A delivered file of several billing periods is stored once, and each of its deliveries stands alone.
/// </summary>
public sealed class SharedFileTests
{
    [Theory]
    [InlineData("")]
    [InlineData("none")]
    public async Task A_file_of_several_months_is_stored_once_and_each_month_stands_alone(string unreadable)
    {
        using var test = new BooksTest();
        var file = test.Write(
            "bill.csv",
            SomeRow.Csv(
                new SomeRow("1") { Month = "2026-03" },
                new SomeRow("20") { Month = "2026-01", Account = "a2" },
                new SomeRow(unreadable.Length > 0 ? unreadable : "0") { Month = "2026-03" },
                new SomeRow("300") { Month = "2026-02" },
                new SomeRow("4000") { Month = "2026-01", Account = "a2" }
            )
        );
        var ids = (await test.IngestAsync(file, "--source", "bill")).Ids;
        Assert.Equal(["bill-2026-01", "bill-2026-02", "bill-2026-03"], ids.Select(id => id[..12]));
        Assert.Single(Directory.GetFiles(Path.Combine(test.Books, "charges"), "*", SearchOption.AllDirectories));
        Assert.Equal(["4020", "300", "1"], await MonthsAsync(test));
        Assert.Equal(["5", "2"], await RecordsAsync(test, "2026-01"));

        Assert.Equal(0, (await test.RunAsync("withdraw", ids[0], "--reason", "twice")).ExitCode);
        Assert.Equal(["300", "1"], await MonthsAsync(test));
        await test.VerifyPassesAsync();

        var again = (await test.IngestAsync(file, "--source", "bill")).Ids;
        Assert.StartsWith("bill-2026-01", Assert.Single(again));
        Assert.Equal(["4020", "300", "1"], await MonthsAsync(test));
        Assert.Equal(["5", "2"], await RecordsAsync(test, "2026-01"));
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_large_file_whose_months_lie_mixed_is_put_in_their_order_and_keeps_its_record_numbers()
    {
        using var test = new BooksTest();
        const int rows = 240_000;
        var file = test.Write(
            "mixed.csv",
            SomeRow.Csv(
                Enumerable
                    .Range(1, rows)
                    .Select(i => new SomeRow(i == rows - 1 ? "7" : "1") { Month = $"2026-0{1 + (i % 3)}" })
            )
        );
        await test.BookAsync(file);
        Assert.Equal(["80000", "80000", "80006"], await MonthsAsync(test));
        Assert.Equal(rows - 1, int.Parse((await RecordsAsync(test, "2026-03"))[0]));
        await test.VerifyPassesAsync();
    }

    private static async Task<IEnumerable<string>> MonthsAsync(BooksTest test) =>
        (await test.RowsAsync("--over", "month")).Select(row => row[^1]);

    /// <summary>The numbers of a month's records in the provider's file, the largest cost first.</summary>
    private static async Task<IReadOnlyList<string>> RecordsAsync(BooksTest test, string month) =>
        [
            .. (await test.JsonAsync("explain", "--from", month, "--to", month, "--rows", "3"))
                .GetProperty("rows")
                .EnumerateArray()
                .Select(row => row.GetProperty("record").GetRawText()),
        ];
}
