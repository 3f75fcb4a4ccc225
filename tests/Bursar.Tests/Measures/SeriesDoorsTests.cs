using System.Net;
using Bursar.Tests.EndToEnd;
using Bursar.Tests.Sources;

namespace Bursar.Tests.Measures;

/// <summary>Series through the API and the page of the real server.</summary>
public sealed class SeriesDoorsTests
{
    [Fact]
    public async Task A_series_is_the_same_on_the_command_line_in_the_api_and_on_the_page()
    {
        using var test = new FetchTest();
        test.Write(
            "rulebook/series.yaml",
            "kind: Series\nname: orders\nunit: orders\nsource: Shop\ntime: Month\nvalue: Orders\nby: {shop: Shop}\n"
        );
        var file = test.Write("orders.csv", "Month,Shop,Orders\n2026-01,a,1000000.5\n2026-02,a,7\n2026-02,b,8\n");
        Assert.Equal(0, (await test.RunAsync("series", "load", file, "--name", "orders")).ExitCode);
        Assert.Equal(0, (await test.RunAsync("publish")).ExitCode);
        using var server = await ServerProcess.StartAsync(test.Path, "--no-schedule");

        var list = await TextAsync(server, "/api/v1/series?format=csv");
        Assert.Contains("orders,orders,sum,3,0,2026-01-01,2026-02-01", list);
        var shown = await test.RunAsync("series", "show", "orders", "--over", "month", "--format", "csv");
        var asked = await TextAsync(server, "/api/v1/series/orders?over=month&format=csv");
        Assert.Equal(shown.Out, asked.ReplaceLineEndings("\n"));
        var one = await TextAsync(
            server,
            "/api/v1/series/orders?by=shop&where=shop=b&from=2026-02&to=2026-02&format=csv"
        );
        Assert.Equal("b,8,1", one.Split('\n')[1].Trim());
        Assert.Contains("1,000,000.5", await TextAsync(server, "/series"));
        Assert.Contains("orders by month", await TextAsync(server, "/series?name=orders"));

        foreach (var wrong in new[] { "/api/v1/series/order", "/api/v1/series/orders?over=fortnight" })
        {
            using var answer = await server.Client.GetAsync(server.At(wrong), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            var problem = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Contains("series/", problem);
        }
    }

    private static Task<string> TextAsync(ServerProcess server, string path) =>
        server.Client.GetStringAsync(server.At(path), TestContext.Current.CancellationToken);
}
