using System.Text.Json;

namespace Bursar.Tests.EndToEnd;

/// <summary>Results as their user meets them: width, pipes, colours.</summary>
public sealed class CommandLineTests(DemoCompany demo)
{
    [Theory]
    [InlineData("costs --by ServiceProviderName,ServiceName --over month --from 2026-08 --to 2026-09 --top 5")]
    [InlineData("deliveries")]
    [InlineData("deliveries --all --source aws")]
    [InlineData("strategy")]
    [InlineData("suggest")]
    [InlineData("brief")]
    [InlineData("verify")]
    [InlineData("explain --by ServiceProviderName --from 2026-09 --to 2026-09")]
    public async Task Results_fit_80_columns_of_a_pipe_without_a_colour(string line)
    {
        var result = await demo.RunAsync(line.Split(' '));
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.DoesNotContain('\u001b', result.Out + result.Error);
        Assert.All(result.Out.Split('\n'), text => Assert.True(text.Length <= 80, $"{text.Length} columns: {text}"));
    }

    [Theory]
    [InlineData("costs --by ServiceProviderName")]
    [InlineData("deliveries")]
    [InlineData("strategy")]
    [InlineData("suggest")]
    [InlineData("verify")]
    [InlineData("brief")]
    [InlineData("explain --from 2026-09 --to 2026-09")]
    public async Task Json_on_stdout_is_json_and_nothing_else(string line)
    {
        var result = await demo.RunAsync([.. line.Split(' '), "--format", "json"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        using var json = JsonDocument.Parse(result.Out);
        Assert.Equal(JsonValueKind.Object, json.RootElement.ValueKind);
    }
}
