using System.IO.Compression;
using System.Text;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;

namespace Bursar.Tests.Currencies;

/// <summary>The European Central Bank's file of rates, as it is downloaded.</summary>
public sealed class ImportRatesTests : IDisposable
{
    private const string Historic = """
        Date,USD,JPY,CYP,GBP,
        2026-03-04,1.0823,161.27,N/A,0.8414,
        2026-03-03,1.0801,N/A,N/A,0.8399,
        2026-02-27,1.0777,160.9,N/A,0.8377,

        """;

    private readonly BooksTest test = new();

    [Fact]
    public async Task The_file_becomes_a_document_of_the_rulebook_oldest_day_first()
    {
        var result = await ImportAsync("eurofxref-hist.csv", Historic);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("3 days have rates, 3 of them new.", result.Error);
        Assert.Equal(
            "Date,GBP,JPY,USD\n2026-02-27,0.8377,160.9,1.0777\n2026-03-03,0.8399,N/A,1.0801\n2026-03-04,0.8414,161.27,1.0823\n",
            Written("ecb.csv")
        );
        Assert.Contains("2 documents in 3 files: no mistakes.", (await CheckAsync()).Out);
        var listed = await test.RunAsync("rates", "--format", "csv");
        Assert.Contains("ecb,actual,EUR,GBP JPY USD,2026-02-27,2026-04-03,European Central Bank", listed.Out);
    }

    [Fact]
    public async Task A_newer_file_adds_its_days_and_tells_what_it_changes()
    {
        await ImportAsync("one.csv", Historic, "--currencies", "usd,gbp", "--from", "2026-03-01");
        test.Write("rulebook/ecb.yaml", Written("ecb.yaml") + "maxAgeDays: 5\n");
        var result = await ImportAsync(
            "eurofxref.csv",
            "Date, USD, GBP, \n05 March 2026, 1.09, 0.85, \n4 March 2026, 1.08, 0.8414, \n"
        );
        Assert.Contains("3 days have rates, 1 of them new; 1 earlier rates were changed.", result.Error);
        Assert.Equal(
            "Date,GBP,USD\n2026-03-03,0.8399,1.0801\n2026-03-04,0.8414,1.08\n2026-03-05,0.85,1.09\n",
            Written("ecb.csv")
        );
        Assert.Contains("maxAgeDays: 5", Written("ecb.yaml"));
    }

    [Fact]
    public async Task The_zip_that_the_bank_offers_can_be_named_as_it_is()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("eurofxref-hist.csv").Open())
            entry.Write(Encoding.UTF8.GetBytes(Historic));
        var path = test.WriteBytes("eurofxref-hist.zip", bytes.ToArray());
        Assert.Equal(0, (await test.RunAsync("rates", "import", path, "--name", "bank")).ExitCode);
        Assert.Contains("file: bank.csv", Written("bank.yaml"));
    }

    [Fact]
    public async Task Converted_at_the_last_rate_before_a_day_without_one()
    {
        await test.BookAsync(
            test.Write(
                "a.csv",
                SomeRow.Csv(
                    new SomeRow("100")
                    {
                        Currency = "GBP",
                        Start = "2026-03-02T00:00:00Z",
                        End = "2026-03-03T00:00:00Z",
                    }
                )
            )
        );
        await ImportAsync("eurofxref-hist.csv", Historic);
        // 1.0777 / 0.8377, rounded half to even at the 18th decimal
        Assert.Equal("128.6498746567983765", await test.TotalAsync("--currency", "USD"));
    }

    [Fact]
    public async Task Every_mistake_in_the_file_is_told_with_its_line_and_column_and_nothing_is_written()
    {
        var result = await ImportAsync(
            "bad.csv",
            "Date,USD,GB\n2026-13-01,1\n2026-03-01,abc\n2026-03-02,-1\n2026-03-02,1\n2026-03-03,1,2,3\n"
        );
        Assert.Equal(1, result.ExitCode);
        foreach (
            var place in new[]
            {
                "bad.csv:1:10: error rulebook/bad-currency",
                "bad.csv:2:1: error rulebook/bad-date",
                "bad.csv:3:12: error rulebook/bad-rate",
                "bad.csv:4:12: error rulebook/bad-rate",
                "bad.csv:5:1: error rulebook/rate-twice",
                "bad.csv:6:16: error rulebook/bad-rates-file",
            }
        )
            Assert.Contains(place, result.Error);
        Assert.False(File.Exists(Path.Combine(test.Path, "rulebook", "ecb.csv")));
    }

    [Theory]
    [InlineData("rates/nothing-to-import", "--currencies", "QQQ")]
    [InlineData("rates/nothing-to-import", "--from", "2027-01-01")]
    [InlineData("rates/bad-day", "--from", "soon")]
    [InlineData("rates/bad-name", "--name", "../ecb")]
    public async Task What_cannot_be_imported_is_refused(string code, params string[] args)
    {
        var result = await ImportAsync("eurofxref-hist.csv", Historic, args);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(code, result.Error);
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_no_zip_is_refused()
    {
        Assert.Contains("rates/cannot-read", (await test.RunAsync("rates", "import", "nowhere.csv")).Error);
        var zip = test.Write("broken.zip", "no zip");
        Assert.Contains("rates/cannot-read", (await test.RunAsync("rates", "import", zip)).Error);
    }

    public void Dispose() => test.Dispose();

    private Task<BursarResult> ImportAsync(string name, string text, params string[] args) =>
        test.RunAsync(["rates", "import", test.Write(name, text), .. args]);

    private async Task<BursarResult> CheckAsync()
    {
        test.Write("rulebook/organisation.yaml", "kind: Organisation\nname: us\nreportingCurrency: USD\n");
        return await test.RunAsync("check");
    }

    private string Written(string name) => File.ReadAllText(Path.Combine(test.Path, "rulebook", name));
}
