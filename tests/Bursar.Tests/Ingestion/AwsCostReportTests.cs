using System.IO.Compression;
using System.Text;
using Bursar.Tests.Support;
using Bursar.Tests.Warehouse;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Tests.Ingestion;

/// <summary>
/// AWS Cost and Usage Reports, legacy and 2.0, load through the same door as FOCUS files (DAT-01, DAT-02).
/// </summary>
public sealed class AwsCostReportTests(EngineFixture fixture) : IClassFixture<EngineFixture>, IDisposable
{
    private const string Header =
        "identity/LineItemId,bill/BillingEntity,bill/PayerAccountId,bill/InvoiceId,bill/BillingPeriodStartDate,bill/BillingPeriodEndDate,"
        + "lineItem/UsageAccountId,lineItem/LineItemType,lineItem/UsageStartDate,lineItem/UsageEndDate,lineItem/ProductCode,lineItem/UsageType,"
        + "lineItem/CurrencyCode,lineItem/UnblendedCost,lineItem/LegalEntity,pricing/publicOnDemandCost,"
        + "reservation/EffectiveCost,reservation/ReservationARN,"
        + "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod,reservation/UnusedRecurringFee,"
        + "savingsPlan/SavingsPlanARN,savingsPlan/SavingsPlanEffectiveCost,savingsPlan/TotalCommitmentToDate,savingsPlan/UsedCommitment,"
        + "resourceTags/user:team,resourceTags/user:Team,costCategory/Unit";

    /// <summary>One line of each type that a report may have: unblended cost, and what it effectively costs.</summary>
    private static readonly (string Type, string Unblended, string Effective, string Details)[] Lines =
    [
        ("Usage", "10.000000000000000001", "10.000000000000000001", "12,,,,,,,,"),
        ("DiscountedUsage", "0", "3.5", "5,3.5,arn:ri,,,,,,"),
        ("RIFee", "100", "7.25", ",,arn:ri,4.25,3,,,,"),
        ("Fee", "600", "0", ",,arn:ri,,,,,,"),
        ("Fee", "29", "29", ",,,,,,,,"),
        ("SavingsPlanCoveredUsage", "8", "6.1", "8,,,,,arn:sp,6.1,,"),
        ("SavingsPlanNegation", "-8", "0", ",,,,,arn:sp,,,"),
        ("SavingsPlanRecurringFee", "9.9", "3.8", ",,,,,arn:sp,,9.9,6.1"),
        ("SavingsPlanUpfrontFee", "50", "0", ",,,,,arn:sp,,,"),
        ("Tax", "21.01", "21.01", ",,,,,,,,"),
        ("Credit", "-5", "-5", ",,,,,,,,"),
        ("Refund", "-1.5E-1", "-0.15", ",,,,,,,,"),
        ("EdpDiscount", "-2", "-2", ",,,,,,,,"),
    ];

    private readonly DuckDbSession session = fixture.Engine.Connect();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task Billed_is_the_invoice_and_effective_spreads_commitments()
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(test.Write("cur.csv", Csv()));
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal(
            "AWS Cost and Usage Report: has the columns lineItem/LineItemType, lineItem/UnblendedCost, "
                + "lineItem/UsageStartDate, bill/PayerAccountId.",
            outcome.Notes[0]
        );
        Assert.Equal("812.760000000000000001", await test.TotalAsync("--measure", "BilledCost"));
        Assert.Equal("73.510000000000000001", await test.TotalAsync("--measure", "EffectiveCost"));
        Assert.Equal(
            ["Adjustment|-2.15", "Credit|-5", "Purchase|40.05", "Tax|21.01", "Usage|19.600000000000000001"],
            (await test.RowsAsync("--by", "ChargeCategory", "--measure", "EffectiveCost"))
                .Select(row => $"{row[0]}|{row[^1]}")
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            "812.760000000000000001",
            await test.TotalAsync(
                "--measure",
                "BilledCost",
                "--where",
                "Tags/team=claims",
                "--where",
                "Tags/Team=CLAIMS"
            )
        );
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task Csv_gzip_parquet_and_the_report_of_data_exports_give_the_same_totals()
    {
        using var files = new BooksTest();
        var csv = files.Write("cur.csv", Csv());
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(Csv()));
        files.WriteBytes("cur.csv.gz", packed.ToArray());
        session.Execute(
            $$"""
            COPY (SELECT * EXCLUDE ("resourceTags/user:team", "resourceTags/user:Team_1")
              RENAME ({{string.Join(
                ", ",
                Header.Split(',').Where(name => !name.StartsWith("resourceTags")).Select(name => $"\"{name}\" AS {Snake(name)}")
            )}}), MAP {'user_team': 'claims'} AS resource_tags
              FROM read_csv('{{csv}}', all_varchar=true))
            TO '{{files.Path}}/cur2.parquet' (FORMAT parquet)
            """
        );
        session.Execute(
            $"""
            COPY (SELECT * REPLACE (line_item_unblended_cost::DECIMAL(38,18) AS line_item_unblended_cost,
              line_item_usage_start_date::TIMESTAMP AS line_item_usage_start_date,
              savings_plan_used_commitment::DOUBLE AS savings_plan_used_commitment)
              FROM '{files.Path}/cur2.parquet') TO '{files.Path}/typed.parquet' (FORMAT parquet)
            """
        );
        foreach (var file in new[] { "cur.csv", "cur.csv.gz", "cur2.parquet", "typed.parquet" })
        {
            using var test = new BooksTest();
            var outcome = await test.IngestAsync(files.Path + "/" + file);
            Assert.True(outcome.ExitCode == 0, $"{file}\n{outcome.Result}");
            Assert.Equal("812.760000000000000001", await test.TotalAsync("--measure", "BilledCost"));
            Assert.Equal("73.510000000000000001", await test.TotalAsync("--measure", "EffectiveCost"));
        }
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_under_its_own_column_and_record_number()
    {
        using var test = new BooksTest();
        var records = Csv().Split('\n');
        records[1] = records[1].Replace("10.000000000000000001", "ten");
        records[3] = records[3].Replace(",4.25,", ",4,25,");
        records[8] = records[8].Replace(",9.9,6.1,", ",9.9,six,");
        var outcome = await test.IngestAsync(test.Write("cur.csv", string.Join('\n', records)));
        Assert.Equal(3, outcome.Quarantined);
        var delivery = await test.JsonAsync("deliveries", outcome.Ids[0]);
        var refused = delivery.GetRawText();
        Assert.Contains("lineItem/UnblendedCost", refused);
        Assert.Contains("savingsPlan/TotalCommitmentToDate", refused);
        Assert.Contains("\"six\"", refused);
        Assert.Contains("The record has more cells than the header.", refused);
        var kept = await File.ReadAllLinesAsync(
            Directory.GetFiles(test.Books, "records.jsonl", SearchOption.AllDirectories)[0],
            TestContext.Current.CancellationToken
        );
        Assert.Equal([1, 3, 8], kept.Select(line => int.Parse(line.Split("\"record\":")[1].Split(',')[0])));
    }

    [Theory]
    [InlineData("inputs/aws-cur/aws-cur-2026-07.csv.gz")]
    [InlineData("inputs/aws-cur/small-cur.csv")]
    [InlineData("focus/samples/native/aws-cur-sample-anonymous.csv")]
    public async Task A_real_report_is_booked_to_the_last_digit(string file)
    {
        var path = SharedFolder.Need(file.Split('/'));
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(path);
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        // Independent: every lineItem/UnblendedCost of the file, read by the test's own CSV reader and added as
        // integers.
        var raw = RawFile.Read(path);
        Assert.Equal(raw.Rows.Count, outcome.Rows);
        Assert.Equal(
            raw.Sum("lineItem/UnblendedCost"),
            BooksTest.Sum(await test.RowsAsync("--measure", "BilledCost", "--over", "month"))
        );
        Assert.Equal(
            raw.Sum("lineItem/UnblendedCost"),
            BooksTest.Sum(await test.RowsAsync("--measure", "EffectiveCost", "--over", "month"))
        );
    }

    private static string Snake(string header) =>
        string.Concat(
                header
                    .Replace('/', '_')
                    .Select(
                        (letter, i) =>
                            char.IsUpper(letter) && i > 0 ? "_" + char.ToLowerInvariant(letter) : letter.ToString()
                    )
            )
            .Replace("__", "_")
            .Replace("_a_r_n", "_arn")
            .ToLowerInvariant();

    private static string Csv()
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var ((type, unblended, _, details), i) in Lines.Select((line, i) => (line, i)))
            text.Append(
                $"{i},AWS,111122223333,INV-1,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z,444455556666,{type},"
                    + $"2026-03-0{(i % 9) + 1}T00:00:00Z,2026-03-0{(i % 9) + 1}T01:00:00Z,AmazonEC2,BoxUsage,USD,{unblended},\"Amazon, Inc.\",{details},claims,CLAIMS,Retail\n"
            );
        return text.ToString();
    }
}
