using System.Net;
using Bursar.Tests.Support;

namespace Bursar.Tests.EndToEnd;

/// <summary>What the pages say to somebody who has hardly begun: there is always a next step.</summary>
public sealed class FirstStepsTests
{
    private const string Header =
        "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingAccountId,BillingPeriodStart,"
        + "BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,ServiceCategory,ProviderName,"
        + "PublisherName,InvoiceIssuerName,SubAccountId";

    private const string Row =
        "12.50,12.50,12.50,12.50,USD,1,2026-09-01T00:00:00Z,2026-10-01T00:00:00Z,2026-09-03T00:00:00Z,"
        + "2026-09-04T00:00:00Z,Usage,Object store,Storage,AWS,AWS,AWS,payments";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_empty_books_every_page_says_how_to_fill_them()
    {
        using var folder = new TempFolder();
        folder.Write("notes.csv", "a,b\n1,2\n");
        var refused = await BursarProcess.RunAsync(folder.Path, "ingest", "notes.csv");
        Assert.True(refused.ExitCode == 1, refused.ToString());
        using var server = await ServerProcess.StartAsync(folder.Path);
        foreach (
            var path in (string[])
                [
                    "/",
                    "/explore",
                    "/data",
                    "/strategy",
                    "/rows",
                    "/explore?by=ServiceName&over=month",
                    "/budgets",
                    "/invoices",
                    "/reconciliation",
                    "/prepaid",
                    "/orphans",
                ]
        )
        {
            var page = await PageAsync(server, path);
            Assert.Contains("Nothing has been delivered yet.", page);
            Assert.Contains("bursar ingest FILE", page);
            Assert.Contains("bursar demo --books demo-books", page);
        }
    }

    [Theory]
    [InlineData("/", "Nobody is known to own")]
    [InlineData("/", "bursar suggest --write")]
    [InlineData("/explore", "Effective cost was $12.50.")]
    [InlineData("/data", "The rulebook does not say how often the only source delivers.")]
    [InlineData("/strategy", "No priority is declared yet.")]
    [InlineData("/rows", "comes from 1 source row.")]
    public async Task Without_a_rulebook_every_page_answers_and_names_the_next_step(string path, string sentence)
    {
        using var folder = new TempFolder();
        folder.Write("export.csv", $"{Header}\n{Row}\n");
        var taken = await BursarProcess.RunAsync(folder.Path, "ingest", "export.csv");
        Assert.True(taken.ExitCode == 0, taken.ToString());
        using var server = await ServerProcess.StartAsync(folder.Path);
        Assert.Contains(sentence, await PageAsync(server, path));
    }

    [Fact]
    public async Task A_page_stays_readable_however_many_days_and_resources_there_are()
    {
        using var folder = new TempFolder();
        var rows = Enumerable
            .Range(0, 120)
            .Select(i =>
            {
                var day = new DateOnly(2026, 3, 1).AddDays(i);
                var month = new DateOnly(day.Year, day.Month, 1);
                return $"{i + 1},{i + 1},1,1,USD,1,{month:yyyy-MM-dd},{month.AddMonths(1):yyyy-MM-dd},{day:yyyy-MM-dd},"
                    + $"{day.AddDays(1):yyyy-MM-dd},Usage,Object store,Storage,AWS,AWS,AWS,account-{i:000}";
            });
        folder.Write("export.csv", $"{Header}\n{string.Join('\n', rows)}\n");
        var taken = await BursarProcess.RunAsync(folder.Path, "ingest", "export.csv");
        Assert.True(taken.ExitCode == 0, taken.ToString());
        using var server = await ServerProcess.StartAsync(folder.Path);

        var days = await PageAsync(server, "/explore?over=day");
        Assert.Contains("92 of 120 periods one by one, the others together;", days);
        Assert.Contains("406.00", days);
        Assert.Contains("7,260.00", days);

        var accounts = await PageAsync(server, "/explore?by=SubAccountId");
        Assert.Contains("The 100 largest groups, and all other ones as one; the download has each of them.", accounts);
        Assert.Contains("account-119", accounts);
        Assert.DoesNotContain("account-000", accounts);

        var both = await PageAsync(server, "/explore?by=SubAccountId&over=day");
        Assert.Contains("The 11 largest groups, and all other ones as one", both);
    }

    private static async Task<string> PageAsync(ServerProcess server, string path)
    {
        var answer = await server.Client.GetAsync(server.At(path), Cancelled);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancelled));
        Assert.DoesNotContain("Exception", page);
        return page;
    }
}
