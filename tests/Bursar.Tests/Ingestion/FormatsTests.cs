using System.IO.Compression;
using System.Text;
using Bursar.Tests.Warehouse;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Tests.Ingestion;

/// <summary>The same rows are the same books, whatever the file format; parquet has traps of its own.</summary>
public sealed class FormatsTests(EngineFixture fixture) : IClassFixture<EngineFixture>, IDisposable
{
    private readonly DuckDbSession session = fixture.Engine.Connect();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task Csv_gzip_and_parquet_of_the_same_rows_give_the_same_answers()
    {
        using var test = new BooksTest();
        SomeRow[] rows =
        [
            new("0.123456789012345678") { Tags = """{"team":"claims"}""" },
            new("-5E-7") { Resource = "" },
            new("79000000000.123456789012345678"),
            new("3") { Start = "2026-03-30T00:00:00Z", End = "2026-04-02T12:00:00Z" },
            new("1.1") { Month = "2026-04", Currency = "EUR" },
        ];
        var csv = test.Write("plain.csv", SomeRow.Csv(rows));
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(SomeRow.Csv(rows)));
        test.WriteBytes("packed.csv.gz", packed.ToArray());
        session.Execute(
            $"COPY (FROM read_csv('{csv}', all_varchar=true)) TO '{test.Path}/texts.parquet' (FORMAT parquet)"
        );
        session.Execute(
            $$"""
            COPY (SELECT * REPLACE (
              BilledCost::DECIMAL(38,18) AS BilledCost, CAST(EffectiveCost AS DECIMAL(38,18)) AS EffectiveCost,
              BillingPeriodStart::TIMESTAMPTZ AS BillingPeriodStart, ChargePeriodEnd::TIMESTAMP AS ChargePeriodEnd,
              ChargePeriodStart::TIMESTAMP_NS AS ChargePeriodStart, encode(ResourceId) AS ResourceId,
              CASE WHEN Tags IS NULL THEN NULL ELSE MAP {'team': 'claims'} END AS Tags)
            FROM read_csv('{{csv}}', all_varchar=true)) TO '{{test.Path}}/typed.parquet' (FORMAT parquet)
            """
        );
        var answers = new List<string>();
        foreach (var file in new[] { "plain.csv", "packed.csv.gz", "texts.parquet", "typed.parquet" })
        {
            using var own = new BooksTest();
            var outcome = await own.IngestAsync(test.Path + "/" + file, "--source", "s");
            Assert.True(outcome.ExitCode == 0, $"{file}\n{outcome.Result}");
            var text = new StringBuilder();
            foreach (
                string[] question in new string[][]
                {
                    ["--over", "day"],
                    ["--by", "Tags/team,ResourceId", "--measure", "BilledCost"],
                    ["--over", "month", "--time", "billing"],
                }
            )
                text.AppendLine(
                    string.Join('\n', (await own.RowsAsync(question)).Select(row => string.Join('|', row)))
                );
            answers.Add(text.ToString());
            await own.VerifyPassesAsync();
        }
        Assert.All(answers, answer => Assert.Equal(answers[0], answer));
    }

    [Fact]
    public async Task Binary_fractions_are_read_as_the_decimal_that_stands_for_them_and_it_is_told()
    {
        using var test = new BooksTest();
        Parquet(test, "a.parquet", "0.1::DOUBLE", "3.1::FLOAT");
        var outcome = await test.IngestAsync(test.Path + "/a.parquet");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains(
            "Binary fractions in a.parquet were read as the shortest decimal that stands for them: "
                + "EffectiveCost, BilledCost.",
            outcome.Notes
        );
        Assert.Equal("0.2", await test.TotalAsync());
        Assert.Equal("6.2", await test.TotalAsync("--measure", "BilledCost"));
    }

    [Theory]
    [InlineData("'nan'::DOUBLE", "2")]
    [InlineData("'infinity'::DOUBLE", "2")]
    [InlineData("1e30::DOUBLE", "2")]
    [InlineData("true", "NULL")]
    [InlineData("'one'", "'2'")]
    public async Task What_is_no_amount_in_parquet_is_quarantined_too(string value, string other)
    {
        using var test = new BooksTest();
        Parquet(test, "a.parquet", $"CASE WHEN i = 1 THEN {value} ELSE {other} END", "1::INTEGER");
        var outcome = await test.IngestAsync(test.Path + "/a.parquet");
        Assert.True(outcome.Quarantined == 1 && outcome.Rows == 1, outcome.Result.ToString());
        Assert.Equal("1", await test.TotalAsync("--measure", "BilledCost"));
    }

    [Fact]
    public async Task Decimals_of_other_scales_are_exact_or_rounded_with_their_residue()
    {
        using var test = new BooksTest();
        Parquet(test, "a.parquet", "1.2345678901234567895::DECIMAL(38,24)", "12.34::DECIMAL(9,2)");
        var outcome = await test.IngestAsync(test.Path + "/a.parquet");
        Assert.Contains(
            "EffectiveCost: 2 values had more than 18 decimals and were rounded; the file holds -0.000000000000000001 "
                + "more than was booked.",
            outcome.Notes
        );
        Assert.Equal("2.46913578024691358", await test.TotalAsync());
        Assert.Equal("24.68", await test.TotalAsync("--measure", "BilledCost"));
    }

    [Fact]
    public async Task An_endless_time_is_no_time()
    {
        using var test = new BooksTest();
        session.Execute(
            $"""
            COPY (SELECT TIMESTAMP '2026-03-01' AS BillingPeriodStart, 'USD' AS BillingCurrency, 1.5 AS EffectiveCost,
              CASE WHEN i = 1 THEN 'infinity'::TIMESTAMP ELSE TIMESTAMP '2026-03-02' END AS ChargePeriodStart
              FROM range(2) t(i))
            TO '{test.Path}/a.parquet' (FORMAT parquet)
            """
        );
        var outcome = await test.IngestAsync(test.Path + "/a.parquet");
        Assert.Equal((1L, 1L), (outcome.Rows, outcome.Quarantined));
    }

    [Fact]
    public async Task A_truncated_or_changed_parquet_file_is_refused()
    {
        using var test = new BooksTest();
        Parquet(test, "a.parquet", "1", "1");
        var whole = File.ReadAllBytes(test.Path + "/a.parquet");
        var outcome = await test.IngestAsync(test.WriteBytes("cut.parquet", whole[..^30]));
        Assert.StartsWith(
            "cut.parquet cannot be read as a whole, so nothing of it was booked",
            Assert.Single(outcome.Refused)
        );
        Assert.Contains("The parquet file is damaged or truncated; fetch it again.", outcome.Said);
    }

    private void Parquet(BooksTest test, string name, string effective, string billed) =>
        session.Execute(
            $"""
            COPY (SELECT TIMESTAMP '2026-03-01' AS BillingPeriodStart, 'USD' AS BillingCurrency,
                    {effective} AS EffectiveCost, {billed} AS BilledCost
                  FROM range(2) t(i)) TO '{test.Path}/{name}' (FORMAT parquet)
            """
        );
}
