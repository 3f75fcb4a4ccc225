namespace Bursar.Tests.Ingestion;

/// <summary>Cost that no provider delivers comes in by template (DAT-18).</summary>
public sealed class TemplateTests
{
    [Theory]
    [InlineData("saas-invoice", "9576", "9576")]
    [InlineData("licences", "120000", "120000")]
    [InlineData("assets", "90500", "0")]
    [InlineData("staff", "65000", "0")]
    public async Task A_template_loads_as_it_is_written(string name, string effective, string billed)
    {
        foreach (var ending in new[] { "csv", "xlsx" })
        {
            using var test = new BooksTest();
            var file = Path.Combine(test.Path, $"{name}.{ending}");
            var written = await test.RunAsync("source", "template", name, "--to", file);
            Assert.True(written.ExitCode == 0, written.ToString());
            var outcome = await test.IngestAsync(file, "--reason", "approved by the controller");
            Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
            Assert.Contains("Reason given: approved by the controller", outcome.Notes);
            Assert.Equal(effective, await test.TotalAsync());
            Assert.Equal(billed, await test.TotalAsync("--measure", "BilledCost"));
            Assert.Equal(1, (await test.RunAsync("source", "template", name, "--to", file)).ExitCode);
        }
    }

    [Fact]
    public async Task EX_ITF_2_an_asset_is_depreciated_by_day_and_one_that_goes_early_costs_its_days()
    {
        using var test = new BooksTest();
        await test.BookAsync(
            test.Write(
                "assets.csv",
                "AssetId,AssetName,AssetClass,AcquisitionCost,ResidualValue,Currency,InServiceOn,UsefulLifeMonths,DisposedOn\n"
                    + "A,Server,Server,36500.00,0,EUR,2026-01-15,12,\n"
                    + "B,Server,Server,3650.00,0,EUR,2026-01-01,12,2026-01-11\n"
            )
        );
        var months = (await test.RowsAsync("--over", "month", "--where", "ResourceId=A"))
            .Select(row => row[^1])
            .ToList();
        Assert.Equal(["1700", "2800", "3100"], months.Take(3));
        Assert.Equal("36500", await test.TotalAsync("--where", "ResourceId=A"));
        Assert.Equal("100", await test.TotalAsync("--where", "ResourceId=B"));
    }

    [Fact]
    public async Task EX_ITF_6_labour_and_licences_stand_beside_the_cloud()
    {
        using var test = new BooksTest();
        await test.BookAsync(
            test.Write(
                "invoices.csv",
                "InvoiceId,InvoiceDate,Vendor,Product,NetAmount,Currency,ServicePeriodStart,ServicePeriodEnd\n"
                    + "1,2026-01-05,Cloud,Cloud,480000,EUR,2026-01-01,2026-12-31\n"
                    + "2,2026-01-05,House,Shared,60000,EUR,2026-01-01,2026-12-31\n"
                    + "3,2026-01-05,House,Support,24000,EUR,2026-01-01,2026-12-31\n"
                    + "4,2026-01-05,House,Transition,40000,EUR,2026-01-01,2026-12-31\n"
            ),
            test.Write(
                "licences.csv",
                "EntitlementId,Vendor,Product,Metric,Quantity,PricePerUnit,Currency,ServicePeriodStart,ServicePeriodEnd\n"
                    + "L,Contoso,Database,Core,64,1500,EUR,2026-01-01,2026-12-31\n"
            ),
            test.Write(
                "staff.csv",
                "ServicePeriodStart,ServicePeriodEnd,Team,Role,FullTimeEquivalents,CostPerFullTimeEquivalent,SharePercent,Currency\n"
                    + "2026-01-01,2026-12-31,Shop,Engineer,2.5,150000,,EUR\n"
            )
        );
        Assert.Equal("1075000", await test.TotalAsync());
        Assert.Equal(12, (await test.RowsAsync("--over", "month")).Count);
    }

    [Fact]
    public async Task A_template_that_there_is_not_is_named_with_those_that_there_are()
    {
        using var test = new BooksTest();
        var result = await test.RunAsync("source", "template", "staf", "--to", Path.Combine(test.Path, "x.csv"));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Did you mean \"staff\"?", result.Error);
        Assert.Contains("assets, carbon, licences, saas-invoice, staff", result.Error);
    }
}
