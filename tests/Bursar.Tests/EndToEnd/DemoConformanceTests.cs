using System.Text.Json;

namespace Bursar.Tests.EndToEnd;

/// <summary>The demo's providers keep FOCUS where they do not break it on purpose.</summary>
public sealed class DemoConformanceTests(DemoCompany demo)
{
    [Theory]
    [InlineData("aws")]
    [InlineData("google")]
    public async Task The_files_break_no_mandatory_rule(string source)
    {
        var result = await demo.RunAsync("conformance", "--source", source, "--quiet");
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    [Fact]
    public async Task The_list_of_deliveries_is_a_table_for_spreadsheets_too()
    {
        var json = await demo.RunAsync("deliveries", "--format", "json", "--quiet");
        var csv = await demo.RunAsync("deliveries", "--format", "csv", "--quiet");
        Assert.True(csv.ExitCode == 0, csv.ToString());
        using var document = JsonDocument.Parse(json.Out);
        Assert.Equal(
            document.RootElement.GetProperty("deliveries").GetArrayLength() + 1,
            csv.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length
        );
    }
}
