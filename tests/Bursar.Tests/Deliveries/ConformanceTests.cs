using System.Text.Json;
using Bursar.Tests.EndToEnd;
using Bursar.Tests.Ingestion;
using Bursar.Understand.Deliveries;
using Bursar.Warehouse.Books;

namespace Bursar.Tests.Deliveries;

/// <summary>How what was delivered conforms to FOCUS, period by period.</summary>
public sealed class ConformanceTests(DemoCompany demo)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_period_says_which_rules_its_files_break()
    {
        using var test = new BooksTest();
        test.Write("aws-03.csv", SomeRow.Csv([new SomeRow("1"), new SomeRow("2") { Category = "usage" }]));
        test.Write("aws-04.csv", SomeRow.Csv([new SomeRow("1") { Month = "2026-04" }]));
        await test.BookAsync(test.Path, "--source", "aws");

        var deliveries = (await test.JsonAsync("conformance")).GetProperty("deliveries").EnumerateArray().ToList();

        Assert.Equal(["2026-03", "2026-04"], deliveries.Select(one => one.GetProperty("billingPeriod").GetString()));
        Assert.Equal([1, null], deliveries.Select(one => Violations(one, "ChargeCategory")));
    }

    [Fact]
    public async Task A_file_is_judged_once_and_again_when_its_memory_is_damaged()
    {
        using var test = new BooksTest();
        await test.BookAsync(test.Write("aws.csv", SomeRow.Csv([new SomeRow("1")])), "--source", "aws");
        Assert.Contains("Judging", (await test.RunAsync("conformance")).Error);
        Assert.DoesNotContain("Judging", (await test.RunAsync("conformance")).Error);

        var memory = Assert.Single(Directory.GetFiles(test.Books, "*.json", SearchOption.AllDirectories));
        await File.WriteAllTextAsync(memory, "{\"Rows\":", Cancelled);
        Assert.Contains("Judging", (await test.RunAsync("conformance")).Error);
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_delivery_that_a_mapping_converted_is_left_out_and_said_so()
    {
        using var test = new BooksTest();
        test.Write(
            "rulebook/hosting.yaml",
            """
            kind: Mapping
            name: hosting
            files: ["hosting*.csv"]
            columns:
              BilledCost: "[Amount]"
              ChargePeriodStart: "[Day]"
              BillingCurrency: "'EUR'"
              ServiceProviderName: "'Hoster'"
            """
        );
        await test.BookAsync(test.Write("hosting.csv", "Day,Amount\n2026-03-01,5.00\n"), "--source", "hosting");

        var answer = await test.RunAsync("conformance");

        Assert.Contains("No delivery came as FOCUS files", answer.Out);
        Assert.Contains("1 delivery is left out: a mapping converted them", answer.Error);
    }

    [Fact]
    public async Task One_delivery_is_shown_rule_by_rule_and_as_a_report()
    {
        using var test = new BooksTest();
        var file = test.Write("aws.csv", SomeRow.Csv([new SomeRow("2") { Category = "usage" }]));
        var id = (await test.BookAsync(file, "--source", "aws"))[0];
        var html = System.IO.Path.Combine(test.Path, "report.html");

        var inFull = await test.RunAsync("conformance", id, "--report", html);
        var byFile = await test.RunAsync("validate", file);

        Assert.Equal(1, inFull.ExitCode);
        Assert.Equal(byFile.Out, inFull.Out);
        Assert.Contains("How aws.csv conforms to FOCUS", await File.ReadAllTextAsync(html, Cancelled));
    }

    [Fact]
    public async Task A_server_judges_what_nobody_asked_for_yet()
    {
        using var test = new BooksTest();
        await test.BookAsync(test.Write("aws.csv", SomeRow.Csv([new SomeRow("1")])), "--source", "aws");
        var judge = new JudgeDeliveries(BooksOfRecord.Open(test.Books));
        var deliveries = BooksOfRecord.Open(test.Books).Current().LiveDeliveries;

        Assert.False(Assert.Single(judge.Known(deliveries)).IsJudged);
        Assert.True(judge.JudgeOne(deliveries, Cancelled));
        Assert.False(judge.JudgeOne(deliveries, Cancelled));
        Assert.True(Assert.Single(judge.Known(deliveries)).IsJudged);
    }

    [Fact]
    public async Task The_api_judges_a_file_that_is_sent_and_books_nothing()
    {
        using var test = new BooksTest();
        var csv = SomeRow.Csv([new SomeRow("1"), new SomeRow("2") { Category = "usage" }]);
        var server = await demo.ServerAsync();

        var address = server.At("/api/v1/validate?name=export.csv&focus=1.0");
        using var answer = await server.Client.PostAsync(address, new StringContent(csv), Cancelled);

        using var api = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancelled));
        var cli = await test.JsonAsync("validate", test.Write("export.csv", csv), "--focus", "1.0");
        Assert.True(JsonElement.DeepEquals(cli, api.RootElement), api.RootElement.GetRawText());
    }

    [Theory]
    [InlineData("?focus=9.9", "no FOCUS release")]
    [InlineData("?name=export.csv", "no column of FOCUS")]
    [InlineData("?name=export.parquet", "parquet")]
    public async Task The_api_says_why_a_file_cannot_be_judged(string query, string reason)
    {
        var server = await demo.ServerAsync();
        using var answer = await server.Client.PostAsync(
            server.At("/api/v1/validate" + query),
            new StringContent("a,b\n1,2\n"),
            Cancelled
        );
        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains(reason, await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_page_of_another_site_may_not_send_a_file()
    {
        var server = await demo.ServerAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.At("/api/v1/validate"))
        {
            Content = new StringContent("a,b\n1,2\n"),
        };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await server.Client.SendAsync(request, Cancelled);
        Assert.Equal(405, (int)answer.StatusCode);
    }

    private static int? Violations(JsonElement delivery, string column) =>
        delivery
            .GetProperty("files")[0]
            .GetProperty("broken")
            .EnumerateArray()
            .Where(rule => rule.GetProperty("id").GetString()!.StartsWith(column + "-", StringComparison.Ordinal))
            .Select(rule => (int?)rule.GetProperty("violations").GetInt32())
            .FirstOrDefault();
}
