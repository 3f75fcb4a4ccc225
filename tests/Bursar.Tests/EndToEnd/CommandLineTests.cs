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
    [InlineData("deliveries aws-2026-09")]
    [InlineData("costs --by ServiceName,x_CostCentre,x_Owner --from 2026-09 --to 2026-09")]
    [InlineData("explain --by ServiceProviderName --from 2026-09 --to 2026-09")]
    public async Task Results_fit_80_columns_of_a_pipe_without_a_colour(string line)
    {
        var result = await demo.RunAsync(line.Split(' '));
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.DoesNotContain('\u001b', result.Out + result.Error);
        Assert.All(result.Out.Split('\n'), text => Assert.True(text.Length <= 80, $"{text.Length} columns: {text}"));
    }

    [Theory]
    [InlineData()]
    [InlineData("--all")]
    [InlineData("--source", "aws")]
    public async Task Deliveries_show_their_ids_whole_each_on_one_line(params string[] args)
    {
        var result = await demo.RunAsync(["deliveries", .. args]);
        using var json = JsonDocument.Parse((await demo.RunAsync(["deliveries", .. args, "--format", "json"])).Out);
        var ids = json
            .RootElement.GetProperty("deliveries")
            .EnumerateArray()
            .Select(delivery => delivery.GetProperty("id").GetString()!);
        var lines = result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();
        Assert.Equal(ids, lines.Where(line => line[0] != ' ').Select(line => line.Split(' ')[0]));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 80));
    }

    [Theory]
    [InlineData("2025-07", "EffectiveCost", "charge")]
    [InlineData("2026-09", "EffectiveCost", "charge")]
    [InlineData("2026-09", "BilledCost", "charge")]
    [InlineData("2026-08", "ListCost", "billing")]
    public async Task A_month_asked_alone_is_the_month_among_all(string month, string measure, string time)
    {
        string[] question = ["--by", "x_Source,InvoiceId", "--over", "month", "--measure", measure, "--time", time];
        var alone = Rows(await demo.CostsAsync([.. question, "--from", month, "--to", month]));
        var among = Rows(await demo.CostsAsync(question)).Where(row => row.Contains($"\"{month}\"")).ToList();
        Assert.NotEmpty(alone);
        Assert.Equal(among.Order(), alone.Order());

        static List<string> Rows(JsonElement costs) =>
            [.. costs.GetProperty("rows").EnumerateArray().Select(row => row.GetRawText())];
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
