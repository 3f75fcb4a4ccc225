using Bursar.Tests.Support;
using Bursar.Tests.Warehouse;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Tests.Ingestion;

/// <summary>Exports of Google Cloud and Oracle Cloud load as they come (DAT-01, DAT-02).</summary>
public sealed class OtherCloudTests(EngineFixture fixture) : IClassFixture<EngineFixture>, IDisposable
{
    private const string Header =
        "billing_account_id,service.id,service.description,sku.id,sku.description,usage_start_time,usage_end_time,"
        + "project.id,project.labels,labels,system_labels,cost,currency,usage.amount,usage.unit,credits,invoice.month,cost_type";

    private const string ProjectLabels = "\"[{\"\"key\"\": \"\"env\"\", \"\"value\"\": \"\"prod\"\"}]\"";

    private const string Labels = "\"[{\"\"key\"\": \"\"team\"\", \"\"value\"\": \"\"claims\"\"}]\"";

    private const string Credits =
        "\"[{\"\"name\"\": \"\"SUD\"\", \"\"amount\"\": -1.123456789012345678901, \"\"type\"\": \"\"SUSTAINED_USAGE_DISCOUNT\"\"}, "
        + "{\"\"name\"\": \"\"Promo\"\", \"\"amount\"\": -2, \"\"type\"\": \"\"PROMOTION\"\"}]\"";

    private const string Google = $"""
        {Header}
        A-1,S1,Compute Engine,K1,Core,2026-09-30T23:00:00,2026-10-01T00:00:00,p1,{ProjectLabels},{Labels},[],10.5,USD,3600,seconds,{Credits},202610,regular
        A-1,S1,Compute Engine,K2,Tax,2026-10-01T00:00:00,2026-10-02T00:00:00,,,,,0.5,USD,,,[],202610,tax
        A-1,S1,Compute Engine,K3,Rounding,2026-10-01T00:00:00,2026-10-02T00:00:00,,,,,-1E-7,USD,,,,202610,rounding_error

        """;

    private readonly DuckDbSession session = fixture.Engine.Connect();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task Each_credit_of_google_is_a_charge_and_the_invoice_month_is_the_period()
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(test.Write("google.csv", Google));
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal(5, outcome.Rows);
        // 10.5 + 0.5 − 0.0000001, less the credits 1.123456789012345679 (rounded to 18 decimals) and 2.
        Assert.Equal("7.876543110987654321", await test.TotalAsync("--measure", "BilledCost"));
        Assert.Equal(
            ["Adjustment|-0.0000001", "Credit|-3.123456789012345679", "Tax|0.5", "Usage|10.5"],
            (await test.RowsAsync("--by", "ChargeCategory", "--measure", "BilledCost"))
                .Select(row => $"{row[0]}|{row[^1]}")
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(["2026-10"], (await test.RowsAsync("--over", "month", "--time", "billing")).Select(row => row[0]));
        Assert.Equal(
            "7.376543210987654321",
            await test.TotalAsync(
                "--measure",
                "BilledCost",
                "--where",
                "Tags/team=claims",
                "--where",
                "Tags/project/env=prod"
            )
        );
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_damaged_array_of_credits_is_refused_with_its_record_number()
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(
            test.Write(
                "google.csv",
                Google.Replace("""{""name"": ""Promo""", """{name: ""Promo""", StringComparison.Ordinal)
            )
        );
        Assert.Equal(1, outcome.Quarantined);
        var kept = await File.ReadAllTextAsync(
            Directory.GetFiles(test.Books, "records.jsonl", SearchOption.AllDirectories)[0],
            TestContext.Current.CancellationToken
        );
        Assert.Contains("\"record\":1,", kept);
        Assert.Contains("cost", kept);
    }

    [Fact]
    public async Task The_table_of_bigquery_as_parquet_gives_the_same_total_as_csv()
    {
        using var test = new BooksTest();
        var csv = test.Write("google.csv", Google);
        session.Execute(
            $$"""
            COPY (SELECT billing_account_id, {'id': "service.id", 'description': "service.description"} AS service,
              {'id': "sku.id", 'description': "sku.description"} AS sku,
              usage_start_time::TIMESTAMP AS usage_start_time, usage_end_time::TIMESTAMP AS usage_end_time,
              {'id': "project.id", 'labels': [{'key': 'env', 'value': 'prod'}]} AS project,
              [{'key': 'team', 'value': 'claims'}] AS labels, cost::DECIMAL(38,18) AS cost, currency,
              {'amount': "usage.amount"::DOUBLE, 'unit': "usage.unit"} AS usage,
              CASE WHEN cost_type = 'regular' THEN [
                {'name': 'SUD', 'amount': -1.123456789012345679::DECIMAL(28,18), 'type': 'SUSTAINED_USAGE_DISCOUNT'},
                {'name': 'Promo', 'amount': (-2)::DECIMAL(28,18), 'type': 'PROMOTION'}] ELSE [] END AS credits,
              {'month': "invoice.month"} AS invoice, cost_type
            FROM read_csv('{{csv}}', all_varchar=true)) TO '{{test.Path}}/google.parquet' (FORMAT parquet)
            """
        );
        var outcome = await test.IngestAsync(test.Path + "/google.parquet");
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal(5, outcome.Rows);
        Assert.Equal("7.876543110987654321", await test.TotalAsync("--measure", "BilledCost"));
        Assert.Equal(
            "7.876543110987654321",
            await test.TotalAsync("--measure", "BilledCost", "--where", "Tags/project/env=prod")
        );
    }

    [Fact]
    public async Task An_oracle_report_keeps_its_corrections_and_its_namespaced_tags()
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(
            test.Write(
                "oci.csv",
                """
                lineItem/referenceNo,lineItem/tenantId,lineItem/intervalUsageStart,lineItem/intervalUsageEnd,product/service,{0},lineItem/backreferenceNo,tags/Ops.Team
                r1,t1,2026-09-13T10:00Z,2026-09-13T11:00Z,COMPUTE,0.012264277499950943,USD,false,,claims
                r2,t1,2026-09-13T10:00Z,2026-09-13T11:00Z,COMPUTE,-2.323760000E-9,USD,true,r1,claims

                """.Replace("{0}", "cost/myCost,cost/currencyCode,lineItem/isCorrection")
            )
        );
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal(
            "0.012264275176190943",
            await test.TotalAsync("--measure", "BilledCost", "--where", "Tags/Ops.Team=claims")
        );
        Assert.Equal(2, (await test.RowsAsync("--by", "ChargeClass", "--measure", "BilledCost")).Count);
    }

    [Theory]
    [InlineData("inputs/gcp-billing/gcp-billing-2026-07.csv.gz", "cost")]
    [InlineData("focus/samples/native/oci-cost-report.csv", "cost/myCost")]
    public async Task A_real_export_is_booked_to_the_last_digit(string file, string cost)
    {
        var path = SharedFolder.Need(file.Split('/'));
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(path);
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        // Independent: the cost column of the file, read by the test's own CSV reader and added as integers; the Google
        // file has no credits.
        var raw = RawFile.Read(path);
        Assert.DoesNotContain(raw.Rows, row => row.GetValueOrDefault("credits", "[]") != "[]");
        Assert.Equal(raw.Rows.Count, outcome.Rows);
        foreach (var measure in new[] { "BilledCost", "EffectiveCost" })
            Assert.Equal(raw.Sum(cost), BooksTest.Sum(await test.RowsAsync("--measure", measure, "--over", "month")));
    }
}
