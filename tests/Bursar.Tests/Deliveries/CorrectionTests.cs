using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;

namespace Bursar.Tests.Deliveries;

/// <summary>
/// Corrections of FOCUS 1.4 in every style. The expected sums are made by hand from the published samples' own cells,
/// as the comments say.
/// </summary>
public sealed class CorrectionTests
{
    private static string Sample(string name) => SharedFolder.Need("focus", "samples", "spec-1.4-corrections", name);

    [Theory]
    [InlineData("closed_s1_delta.csv", "corrects 2025-05: takes back 300.00, adds 300.00 USD", true)]
    [InlineData("closed_s1_delta.csv", "corrects 2025-05: takes back 300.00, adds 300.00 USD", false)]
    [InlineData("closed_s1_ledger.csv", "corrects 2025-05: takes back 1,500.00, adds 1,500.00 USD", true)]
    [InlineData("closed_s1_ledger.csv", "corrects 2025-05: takes back 1,500.00, adds 1,500.00 USD", false)]
    public async Task Delta_and_ledger_corrections_of_a_closed_month_add(string name, string words, bool overwrites)
    {
        using var test = new BooksTest();
        if (overwrites)
            test.DeclareOverwrite("acme");
        string[] how = ["--currency", "USD", "--source", "acme"];
        await test.BookAsync([Sample("closed_s1_original.csv"), .. how]);
        var correction = await test.BookAsync([Sample(name), .. how]);

        // Original: R-111 1500. Delta: -300 and R-222 +300. Ledger: -1500 + 1200 and R-222 +300. Either way 1500.
        Assert.Equal("1500", await test.TotalAsync());
        Assert.Equal("1200", await test.TotalAsync("--where", "ResourceId=R-111"));
        Assert.Equal("300", await test.TotalAsync("--where", "ResourceId=R-222"));
        Assert.Equal("1500", await test.TotalAsync("--measure", "BilledCost", "--time", "billing", "--to", "2025-05"));
        Assert.Equal("0", await test.TotalAsync("--measure", "BilledCost", "--time", "billing", "--from", "2025-06"));
        Assert.Equal("2000", await test.TotalAsync("--measure", "ListCost"));
        Assert.Contains(words, (await test.RunAsync("deliveries", correction[0])).Out.Flat());
        Assert.Contains("corrects 2025-05", (await test.RunAsync("explain")).Out.Flat());
        Assert.Empty((await test.IngestAsync([Sample(name), .. how])).Deliveries);
        await test.VerifyPassesAsync();
    }

    [Theory]
    [InlineData("closed_s1_delta.csv", "closed_s1_ledger.csv", true)]
    [InlineData("closed_s1_ledger.csv", "closed_s1_delta.csv", true)]
    [InlineData("closed_s1_delta.csv", "closed_s1_ledger.csv", false)]
    public async Task The_same_corrections_as_a_delta_and_as_a_ledger_do_not_add(
        string one,
        string other,
        bool overwrites
    )
    {
        using var test = new BooksTest();
        if (overwrites)
            test.DeclareOverwrite("acme");
        string[] how = ["--currency", "USD", "--source", "acme"];
        await test.BookAsync([Sample("closed_s1_original.csv"), .. how]);
        var first = await test.BookAsync([Sample(one), .. how]);
        var second = await test.IngestAsync([Sample(other), .. how]);
        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"{second.Ids[0]} is not counted: it holds the same charges as {first[0]}", second.Said);
        Assert.Contains("by what each resource is corrected by", second.Said);
        // 1500 of the original, corrected once: R-111 loses 300, R-222 has them.
        Assert.Equal("1200", await test.TotalAsync("--where", "ResourceId=R-111"));
        Assert.Equal("300", await test.TotalAsync("--where", "ResourceId=R-222"));
        var chosen = await test.RunAsync(
            "deliveries",
            "choose",
            second.Ids[0],
            "--reason",
            "the style that we asked for"
        );
        Assert.True(chosen.ExitCode == 0, chosen.ToString());
        Assert.Equal("1200", await test.TotalAsync("--where", "ResourceId=R-111"));
        Assert.Equal("1500", await test.TotalAsync());
        await test.VerifyPassesAsync();
    }

    [Theory]
    [InlineData("closed_s1_delta.csv")]
    [InlineData("closed_s1_ledger.csv")]
    public async Task As_a_user_would_try_first_without_any_declaration(string name)
    {
        using var test = new BooksTest();
        await test.BookAsync(Sample("closed_s1_original.csv"), "--currency", "USD");
        await test.BookAsync(Sample(name), "--currency", "USD");
        Assert.Equal("1500", await test.TotalAsync());
        Assert.Equal("1200", await test.TotalAsync("--where", "ResourceId=R-111"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_replacement_takes_the_place_of_an_open_month(bool declared)
    {
        using var test = new BooksTest();
        if (declared)
            test.DeclareOverwrite("acme");
        string[] how = ["--currency", "USD", "--source", "acme"];
        // The wrong snapshot that the sample replaces, as the specification tells it: all 1500 on R-111.
        var wrong = (await File.ReadAllTextAsync(Sample("open_current_s1_replacement.csv")))
            .Split('\n')
            .Take(2)
            .Select(line => line.Replace("1200,1200,1200,1600", "1500,1500,1500,2000"));
        var first = await test.BookAsync([test.Write("july.csv", string.Join('\n', wrong) + "\n"), .. how]);
        string[] replace = declared ? [] : ["--replace"];
        var second = await test.BookAsync([Sample("open_current_s1_replacement.csv"), .. how, .. replace]);
        // 1200 and 300, and nothing of the 1500.
        Assert.Equal("1500", await test.TotalAsync());
        Assert.Equal("1200", await test.TotalAsync("--where", "ResourceId=R-111"));
        Assert.Equal("1500", await test.TotalAsync("--as-of", "#1", "--where", "ResourceId=R-111"));
        Assert.Contains(first[0], (await test.RunAsync("deliveries", second[0])).Out);
    }

    [Fact]
    public async Task A_month_delivered_again_keeps_the_corrections_that_it_does_not_hold()
    {
        using var test = new BooksTest();
        test.DeclareOverwrite("aws");
        await test.BookAsync(test.Write("june.csv", Rows("100,,2026-06-01,r1")));
        await test.BookAsync(test.Write("correction.csv", Rows("-7,Correction,2026-05-01,r1")));
        Assert.Equal("93", await test.TotalAsync());
        await test.BookAsync(test.Write("june2.csv", Rows("101,,2026-06-01,r1")));
        Assert.Equal("94", await test.TotalAsync());
        await test.BookAsync(test.Write("june3.csv", Rows("101,,2026-06-01,r1", "-7,Correction,2026-05-01,r1")));
        Assert.Equal("94", await test.TotalAsync());
        var again = await test.IngestAsync(
            test.Write("again.csv", Rows("-7,Correction,2026-05-01,r1", "-2,Correction,2026-05-01,r2"))
        );
        Assert.Equal(1, again.ExitCode);
        Assert.Contains(again.Ids[0] + " is not counted", again.Said);
        Assert.Equal("94", await test.TotalAsync());
    }

    [Fact]
    public async Task Late_rows_for_a_closed_month_add_when_they_are_said_to()
    {
        using var test = new BooksTest();
        test.DeclareOverwrite("aws");
        await test.BookAsync(test.Write("june.csv", Rows("100,,2026-06-01,r1")));
        var late = test.Write("late.csv", Rows("4,,2026-06-02,r2"));
        Assert.Contains("is held", (await test.IngestAsync(late)).Said);
        await test.BookAsync(late, "--add");
        Assert.Equal("104", await test.TotalAsync());
    }

    [Fact]
    public async Task An_invoice_number_assigned_later_counts_nothing_twice()
    {
        using var test = new BooksTest();
        var open = await test.BookAsync(test.Write("a.csv", Numbered("", "10", "20")));
        Assert.Contains("not final", (await test.RunAsync("deliveries")).Out.Flat());
        Assert.Contains(
            "Not final: 30.00 USD of aws 2026-03, for which no invoice has been issued yet.",
            (await test.RunAsync("costs")).Error
        );
        var final = await test.IngestAsync(test.Write("b.csv", Numbered("EUINAWS-1", "10", "20", "5")));
        Assert.Equal(0, final.ExitCode);
        Assert.Contains("has invoice numbers now: it takes the place of " + open[0], final.Said);
        Assert.Equal("35", await test.TotalAsync());
        Assert.DoesNotContain("Not final", (await test.RunAsync("costs")).Error);
        Assert.Equal("30", await test.TotalAsync("--as-of", "#1"));
        Assert.Contains("Not final", (await test.RunAsync("costs", "--as-of", "#1")).Error);
    }

    [Fact]
    public async Task A_mended_mapping_delivers_the_same_file_anew_in_place_of_the_old()
    {
        using var test = new BooksTest();
        var file = test.Write("shop.csv", "Day,Net,Gross\n2026-03-05,10.50,12\n2026-03-06,20,24\n");
        void Map(string column) =>
            test.Write(
                "rulebook/shop.yaml",
                "kind: Mapping\nname: shop\nrecognise: [Day, Net, Gross]\ncolumns:\n"
                    + $"  BilledCost: \"[{column}]\"\n  ChargePeriodStart: date([Day])\n  BillingCurrency: \"'EUR'\"\n"
                    + "---\nkind: Source\nname: shop\nfiles: [shop.csv]\n"
            );
        Map("Gross");
        var first = await test.BookAsync(file);
        Assert.Equal("36", await test.TotalAsync());
        Assert.Empty((await test.IngestAsync(file)).Deliveries);
        Map("Net");
        var second = await test.IngestAsync(file);
        Assert.Equal(0, second.ExitCode);
        Assert.Equal(
            first,
            second.Deliveries[0].GetProperty("supersedes").EnumerateArray().Select(id => id.GetString()!)
        );
        // 10.50 + 20 by hand.
        Assert.Equal("30.5", await test.TotalAsync());
        Assert.Equal("36", await test.TotalAsync("--as-of", "#1"));
        Assert.Empty((await test.IngestAsync(file)).Deliveries);
        await test.VerifyPassesAsync();
    }

    private static string Rows(params string[] lines) =>
        "BillingAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,BilledCost,EffectiveCost,BillingCurrency,"
        + "ProviderName,ServiceName,ChargeCategory,ChargeClass,ResourceId\n"
        + string.Concat(
            lines
                .Select(line => line.Split(','))
                .Select(cells =>
                    $"a1,2026-06-01T00:00:00Z,2026-07-01T00:00:00Z,{cells[2]}T00:00:00Z,{cells[2]}T01:00:00Z,{cells[0]},{cells[0]},USD,"
                    + $"AWS,EC2,Usage,{cells[1]},{cells[3]}\n"
                )
        );

    private static string Numbered(string invoice, params string[] costs) =>
        "BillingAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,BilledCost,EffectiveCost,BillingCurrency,"
        + "ProviderName,InvoiceIssuerName,ServiceName,ChargeCategory,ResourceId,InvoiceId\n"
        + string.Concat(
            costs.Select(
                (cost, i) =>
                    $"a1,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z,2026-03-0{i + 1}T00:00:00Z,2026-03-0{i + 1}T01:00:00Z,{cost},{cost},USD,"
                    + $"AWS,\"Amazon Web Services, Inc.\",EC2,Usage,i-{i},{invoice}\n"
            )
        );
}
