using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Chargeback;

/// <summary>Pages for those who are not at the machine: only their rows, no server, the same bytes again.</summary>
public sealed class OwnerFoldersTests
{
    private const string Charges =
        "BillingAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,BilledCost,EffectiveCost,"
        + "ListCost,ContractedCost,BillingCurrency,ServiceProviderName,ServiceName,ChargeCategory,ChargeDescription,SubAccountId,"
        + "SubAccountName,ResourceId,ResourceName,SkuId,ConsumedQuantity,ConsumedUnit,Tags\n";

    private const string Rules = """
        kind: Organisation
        name: company
        displayName: Company
        owners: [{id: anna, name: Anna's team}, {id: bert, name: Bert's team}, {id: zelda}]
        ---
        kind: AllocationRule
        name: tags
        order: 1
        when: {}
        set: {x_Owner: "{Tags/owner}"}
        ---
        kind: SharedCost
        name: network
        order: 1
        pool: {ServiceName: Network}
        by: x_Owner
        method: fixed
        shares: {anna: 3, bert: 1}
        """;

    [Fact]
    public async Task A_folder_holds_one_owners_rows_and_nobody_elses_name_account_or_resource()
    {
        using var test = await BookAsync();
        var folder = await PublishAsync(test, "--owner", "anna");
        Assert.Equal(
            ["bursar.css", "changes.html", "index.html", "resources.html", "rows.csv", "statement.html", "trend.html"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        foreach (var file in Directory.GetFiles(folder))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            foreach (var other in (string[])["bert", "Bert", "zelda", "secret", "account-b", "account-n", "net-1"])
                Assert.False(text.Contains(other, StringComparison.Ordinal), $"{file} holds {other}");
        }
        var pages = string.Concat(Directory.GetFiles(folder, "*.html").Select(File.ReadAllText));
        Assert.Contains("Anna", pages, StringComparison.Ordinal);
        Assert.Contains("own-web-1", pages, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", pages, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=", pages, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", pages, StringComparison.OrdinalIgnoreCase);
        // Every link of a page is a file beside it.
        foreach (var link in pages.Split("href=\"").Skip(1).Select(rest => rest[..rest.IndexOf('"')]))
            Assert.True(File.Exists(Path.Combine(folder, link)), link);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_rows_sum_to_the_statement_to_the_last_digit(bool isMasked)
    {
        using var test = await BookAsync();
        var folder = await PublishAsync(
            test,
            ["--owner", "anna", .. isMasked ? ["--mask-rates"] : Array.Empty<string>()]
        );
        var lines = File.ReadAllLines(Path.Combine(folder, "rows.csv")).Select(line => line.Split(',')).ToList();
        var place = Array.IndexOf(lines[0], "EffectiveCost");
        var sum = lines.Skip(1).Aggregate(Amount.Zero, (total, cells) => total + Amount.Parse(cells[place]));
        var statement = await test.JsonAsync("showback", "--owner", "anna", "--period", "2026-09");
        Assert.Equal(statement.GetProperty("sheets")[0].GetProperty("total").GetRawText(), sum.ToString());
        // 100.005 and 0.1 of its own, and 3 of 4 parts of 40.
        Assert.Equal("130.105", sum.ToString());
        Assert.Contains(lines, cells => cells[0] == "shared" && cells[1] == "network" && cells[place] == "30");
    }

    [Fact]
    public async Task Masked_pages_hold_nothing_that_a_negotiated_price_could_be_derived_from()
    {
        using var test = await BookAsync();
        var open = await PublishAsync(test, "--owner", "anna");
        var openText = string.Concat(Directory.GetFiles(open).Select(File.ReadAllText));
        string[] telling = ["SkuId", "ConsumedQuantity", "ListCost", "ContractedCost", "777.125", "by use", "per hour"];
        foreach (var word in telling)
            Assert.Contains(word, openText, StringComparison.Ordinal);
        var masked = await PublishAsync(test, "--owner", "anna", "--mask-rates");
        var maskedText = string.Concat(Directory.GetFiles(masked).Select(File.ReadAllText));
        foreach (var word in telling)
            Assert.DoesNotContain(word, maskedText, StringComparison.Ordinal);
        Assert.Contains("Prices are masked", maskedText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_books_give_the_same_bytes()
    {
        using var test = await BookAsync();
        var (one, other) = (await PublishAsync(test, "--owner", "anna"), await PublishAsync(test, "--owner", "anna"));
        foreach (var file in Directory.GetFiles(one))
            Assert.True(
                File.ReadAllBytes(file)
                    .AsSpan()
                    .SequenceEqual(File.ReadAllBytes(Path.Combine(other, Path.GetFileName(file)))),
                file
            );
    }

    [Fact]
    public async Task Every_owner_gets_a_folder_and_the_practice_the_way_to_them_all()
    {
        using var test = await BookAsync();
        var folder = await PublishAsync(test, "--all");
        Assert.Equal(
            ["anna", "bert", "nobody", "zelda"],
            Directory.GetDirectories(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        var index = await File.ReadAllTextAsync(
            Path.Combine(folder, "index.html"),
            TestContext.Current.CancellationToken
        );
        foreach (var name in (string[])["anna", "bert", "zelda", "nobody"])
            Assert.Contains($"\"{name}/index.html\"", index, StringComparison.Ordinal);
        Assert.Contains("$162.11", index, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("publish/pages-for-whom", "--owner", "anna")]
    [InlineData("publish/pages-for-whom", "--all", "--owner", "anna", "--to", "pages")]
    [InlineData("publish/pages-for-whom", "--mask-rates")]
    [InlineData("publish/two-things", "--owner", "anna", "--to", "pages", "--approver", "mia")]
    [InlineData("showback/unknown-subject", "--owner", "anne", "--to", "pages")]
    public async Task What_cannot_be_meant_is_refused(string code, params string[] args)
    {
        using var test = await BookAsync();
        var result = await test.RunAsync(["publish", .. args]);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(code, result.Error, StringComparison.Ordinal);
    }

    private static async Task<string> PublishAsync(BooksTest test, params string[] args)
    {
        var folder = Path.Combine(
            test.Path,
            "pages" + Directory.GetDirectories(test.Path).Length.ToString(CultureInfo.InvariantCulture)
        );
        var result = await test.RunAsync(["publish", .. args, "--period", "2026-09", "--to", folder]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return folder;
    }

    private static async Task<BooksTest> BookAsync()
    {
        var test = new BooksTest();
        test.Write("rulebook/rules.yaml", Rules);
        var charges =
            Charges
            + Row("2026-08", "50", "Machines", "anna", "account-a", "own-web-1", "500.25", "10")
            + Row("2026-09", "100.005", "Machines", "anna", "account-a", "own-web-1", "777.125", "20")
            + Row("2026-09", "0.1", "Storage", "anna", "account-a", "own-disk-1", "0.125", "1")
            + Row("2026-09", "20", "Machines", "bert", "account-b", "secret-b-1", "21", "1")
            + Row("2026-09", "1", "Machines", "zelda", "account-b", "secret-z-1", "2", "1")
            + Row("2026-09", "1", "Machines", "", "account-b", "secret-n-1", "2", "1")
            + Row("2026-09", "40", "Network", "zelda", "account-n", "net-1", "44", "1");
        await test.BookAsync(test.Write("charges.csv", charges), "--source", "cloud");
        var published = await test.RunAsync("publish", "--reason", "first");
        Assert.True(published.ExitCode == 0, published.ToString());
        return test;
    }

    private static string Row(
        string month,
        string cost,
        string service,
        string owner,
        string account,
        string resource,
        string list,
        string quantity
    )
    {
        var next = month == "2026-08" ? "2026-09" : "2026-10";
        var end = month == "2026-08" ? "2026-08-31" : "2026-10-01";
        var tags = owner.Length == 0 ? "" : $"\"\"owner\"\": \"\"{owner}\"\"";
        return $"b,{month}-01,{next}-01,{month}-30,{end},{cost},{cost},{list},{cost},USD,Cloud,{service},Usage,"
            + $"$5 per hour,{account},{account},{resource},{resource},sku-{service},{quantity},Hours,\"{{{tags}}}\"\n";
    }
}
