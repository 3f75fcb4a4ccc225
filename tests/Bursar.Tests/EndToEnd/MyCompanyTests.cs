using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Tests.Support;

namespace Bursar.Tests.EndToEnd;

/// <summary>Somebody's own data in three commands, and the way from there to rules in force.</summary>
public sealed class MyCompanyTests
{
    private const string Header =
        "BilledCost,BillingAccountId,BillingAccountName,BillingCurrency,BillingPeriodEnd,BillingPeriodStart,ChargeCategory,"
        + "ChargeDescription,ChargePeriodEnd,ChargePeriodStart,EffectiveCost,ListCost,ContractedCost,ProviderName,PublisherName,"
        + "InvoiceIssuerName,ResourceId,RegionId,ServiceCategory,ServiceName,SubAccountId,SubAccountName,Tags";

    [Fact]
    public async Task From_an_export_to_a_brief_to_rules_in_force()
    {
        using var folder = new TempFolder();
        var init = await BursarProcess.RunAsync(folder.Path, "init", "my-company");
        Assert.True(init.ExitCode == 0, init.ToString());
        var home = folder["my-company"];
        await RunAsync(home, "check");

        folder.Write("export.csv", Export());
        await RunAsync(home, "ingest", "../export.csv");
        var draft = await RunAsync(home, "brief");
        Assert.Contains("DRAFT", draft.Out);
        Assert.Contains("bursar suggest", draft.Out);

        var suggested = await RunAsync(home, "suggest", "--write");
        Assert.Contains("each account stands for a", suggested.Out);
        Assert.All(suggested.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        await RunAsync(home, "check");
        var published = await RunAsync(home, "publish", "--note", "The first rules");
        Assert.Contains("in force", published.Out);

        var brief = await RunAsync(home, "brief");
        Assert.DoesNotContain("DRAFT", brief.Out);
        Assert.NotEqual(draft.Out, brief.Out);

        var then = await RunAsync(home, "costs", "--as-of", "#1", "--format", "json", "--quiet");
        var now = await RunAsync(home, "costs", "--format", "json", "--quiet");
        using var before = JsonDocument.Parse(then.Out);
        using var after = JsonDocument.Parse(now.Out);
        Assert.Equal(Amount.Parse("8640.0"), DemoCompany.Sum(after.RootElement));
        Assert.Equal(DemoCompany.Sum(before.RootElement), DemoCompany.Sum(after.RootElement));
    }

    [Fact]
    public async Task A_second_delivery_of_the_same_file_changes_nothing_and_says_so()
    {
        using var folder = new TempFolder();
        folder.Write("export.csv", Export());
        await RunAsync(folder.Path, "ingest", "export.csv");
        var head = await File.ReadAllTextAsync(folder["books/journal.head"], TestContext.Current.CancellationToken);
        var again = await RunAsync(folder.Path, "ingest", "export.csv");
        Assert.Contains("already", again.Out + again.Error);
        Assert.Equal(
            head,
            await File.ReadAllTextAsync(folder["books/journal.head"], TestContext.Current.CancellationToken)
        );
    }

    [Theory]
    [InlineData("costs")]
    [InlineData("deliveries")]
    [InlineData("brief")]
    [InlineData("strategy")]
    [InlineData("suggest")]
    [InlineData("verify")]
    [InlineData("serve")]
    [InlineData("explain")]
    public async Task Missing_books_are_named_with_what_to_do(string command)
    {
        using var folder = new TempFolder();
        var result = await BursarProcess.RunAsync(folder.Path, command);
        Assert.InRange(result.ExitCode, 1, 2);
        Assert.Contains("books", result.Error);
        Assert.Contains("bursar ", result.Error);
        Assert.Equal("", result.Out);
        Assert.False(Directory.Exists(folder["books"]));
    }

    /// <summary>Two accounts for two months, one of them without any owner: 8,640 dollars in all.</summary>
    private static string Export()
    {
        var lines = new List<string> { Header };
        foreach (var month in (DateOnly[])[new(2026, 8, 1), new(2026, 9, 1)])
        {
            for (var day = 0; day < 30; day++)
            {
                lines.Add(Line(month, day, "payments-prod", "100.00", "{}"));
                lines.Add(Line(month, day, "claims-prod", "44.00", """{""owner"":""claims-team""}"""));
            }
        }
        return string.Join('\n', lines) + "\n";
    }

    private static string Line(DateOnly month, int day, string account, string cost, string tags)
    {
        var start = month.AddDays(day);
        return $"{cost},1,Main,USD,{month.AddMonths(1):yyyy-MM-dd}T00:00:00Z,{month:yyyy-MM-dd}T00:00:00Z,Usage,Hours,"
            + $"{start.AddDays(1):yyyy-MM-dd}T00:00:00Z,{start:yyyy-MM-dd}T00:00:00Z,{cost},{cost},{cost},AWS,AWS,AWS,"
            + $"i-{account},eu-west-1,Compute,Amazon EC2,{account}-id,{account},\"{tags}\"";
    }

    private static async Task<BursarResult> RunAsync(string folder, params string[] args)
    {
        var result = await BursarProcess.RunAsync(folder, args);
        Assert.True(result.ExitCode == 0, $"bursar {string.Join(' ', args)}: {result}");
        return result;
    }
}
