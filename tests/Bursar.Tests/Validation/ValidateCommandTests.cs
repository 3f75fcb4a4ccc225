using System.Text.Json;
using System.Xml.Linq;
using Bursar.Cli;
using Bursar.Tests.Support;

namespace Bursar.Tests.Validation;

/// <summary><c>bursar validate</c> at its door.</summary>
public sealed class ValidateCommandTests
{
    private const string Broken = "BilledCost,ChargeCategory,BillingCurrency\n1.5,usage,USD\n,Usage,USD\n";

    [Fact]
    public async Task Json_has_the_release_the_dataset_and_every_rule()
    {
        using var folder = new TempFolder();
        var result = await RunAsync(folder.Write("a.csv", Broken), "--focus", "1.2", "--format", "json");

        Assert.Equal(ExitCode.Findings, result.ExitCode);
        using var json = JsonDocument.Parse(result.Out);
        Assert.Equal(
            ["focusVersion", "dataset", "rules"],
            json.RootElement.EnumerateObject().Select(field => field.Name)
        );
        var rule = json.RootElement.GetProperty("rules").EnumerateArray().Single(Is("ChargeCategory-C-003-M"));
        Assert.Equal(
            """{"id":"ChargeCategory-C-003-M","status":"fail","keyword":"MUST","violations":1,"firstRows":[{"row":1,"values":{"ChargeCategory":"usage"}}]}""",
            rule.GetRawText()
        );
        Assert.All(
            json.RootElement.GetProperty("rules").EnumerateArray(),
            one => Assert.Contains(one.GetProperty("status").GetString(), new[] { "pass", "fail", "skip" })
        );
    }

    [Fact]
    public async Task The_table_fits_80_columns_and_says_what_it_means_for_totals()
    {
        using var folder = new TempFolder();
        var result = await RunAsync(folder.Write("a.csv", Broken));

        Assert.All(result.Out.Split('\n'), line => Assert.True(line.Length <= ShellIo.PlainWidth, line));
        Assert.Contains("These rows add nothing to totals of BilledCost", result.Out);
        Assert.Contains("Row 2: BilledCost (empty)", result.Out);
    }

    [Fact]
    public async Task A_pipeline_gets_JUnit_and_a_provider_gets_one_HTML_file()
    {
        using var folder = new TempFolder();
        var file = folder.Write("a.csv", Broken);
        await RunAsync(file, "--junit", folder["out.xml"], "--report", folder["out.html"]);

        var suite = XDocument.Load(folder["out.xml"]).Root!.Element("testsuite")!;
        var failed = suite.Elements("testcase").Where(one => one.Element("failure") is not null).ToList();
        Assert.Equal(suite.Attribute("failures")!.Value, $"{failed.Count}");
        Assert.Contains(failed, one => one.Attribute("name")!.Value == "ChargeCategory-C-003-M");
        var html = await File.ReadAllTextAsync(folder["out.html"], TestContext.Current.CancellationToken);
        Assert.Contains("ChargeCategory-C-003-M", html);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotMatch("(src|href)=\"http", html);
    }

    [Fact]
    public async Task A_folder_is_judged_file_by_file()
    {
        using var folder = new TempFolder();
        folder.Write("one/a.csv", Broken);
        folder.Write("one/b.csv", "BillingPeriodStatus\nOpen\n");
        var result = await RunAsync(folder["one"], "--format", "json");

        using var json = JsonDocument.Parse(result.Out);
        Assert.Equal(
            ["a.csv CostAndUsage", "b.csv BillingPeriod"],
            json.RootElement.GetProperty("files")
                .EnumerateArray()
                .Select(one => $"{one.GetProperty("file").GetString()} {one.GetProperty("dataset").GetString()}")
        );
    }

    [Theory]
    [InlineData("validate/no-such-release", "--focus", "2.0")]
    [InlineData("validate/no-such-dataset", "--focus", "1.2", "--dataset", "InvoiceDetail")]
    [InlineData("validate/not-a-model", "--model", "a.csv")]
    public async Task What_cannot_be_asked_ends_with_2(string code, params string[] options)
    {
        using var folder = new TempFolder();
        var file = folder.Write("a.csv", "InvoiceDetailId,BilledCost\n1,2\n");
        var result = await RunAsync([file, .. options.Select(option => option == "a.csv" ? file : option)]);

        Assert.Equal(ExitCode.WrongUsage, result.ExitCode);
        Assert.Contains(code, result.Error);
    }

    [Fact]
    public async Task A_file_that_is_not_FOCUS_is_told_so()
    {
        using var folder = new TempFolder();
        var result = await RunAsync(folder.Write("a.csv", "lineItem/UsageAmount\n1\n"));

        Assert.Equal(ExitCode.Findings, result.ExitCode);
        Assert.Contains("validate/not-focus", result.Error);
    }

    private static Func<JsonElement, bool> Is(string id) => rule => rule.GetProperty("id").GetString() == id;

    private static Task<BursarResult> RunAsync(params string[] args) => ShellTest.RunAsync(["validate", .. args]);
}
