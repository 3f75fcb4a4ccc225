using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Bursar.Tests.Support;

namespace Bursar.Tests.EndToEnd;

/// <summary>The real server's doors: who may enter, and that all of them give the same answer.</summary>
public sealed class ServerDoorsTests(DemoCompany demo)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(
        "by=ServiceName&over=month&from=2026-07&to=2026-09",
        "--by ServiceName --over month --from 2026-07 --to 2026-09"
    )]
    [InlineData(
        "measure=BilledCost&time=billing&over=quarter&split=tax,credits",
        "--measure BilledCost --time billing --over quarter --split tax,credits"
    )]
    [InlineData(
        "by=ServiceProviderName,x_CostCentre&where=ServiceProviderName=AWS&top=5",
        "--by ServiceProviderName,x_CostCentre --where ServiceProviderName=AWS --top 5"
    )]
    [InlineData(
        "by=ProviderName&from=2026-09&to=2026-09&asof=%232",
        "--by ProviderName --from 2026-09 --to 2026-09 --as-of #2"
    )]
    [InlineData("by=ServiceName&currency=USD&top=3", "--by ServiceName --currency USD --top 3")]
    [InlineData(
        "over=month&currency=inr&rates=plan&to=2026-09",
        "--over month --currency INR --rates plan --to 2026-09"
    )]
    public async Task The_api_answers_as_the_command_line_does(string query, string line)
    {
        var server = await demo.ServerAsync();
        using var api = JsonDocument.Parse(
            await server.Client.GetStringAsync(server.At("/api/v1/costs?" + query), Cancelled)
        );
        var cli = await demo.CostsAsync(line.Split(' '));
        Assert.Equal(cli.GetProperty("columns").GetRawText(), api.RootElement.GetProperty("columns").GetRawText());
        Assert.Equal(
            cli.GetProperty("rows").EnumerateArray().Select(Text),
            api.RootElement.GetProperty("rows").EnumerateArray().Select(Text)
        );
    }

    [Fact]
    public async Task A_change_of_rules_is_the_same_over_the_api_and_on_the_command_line()
    {
        var server = await demo.ServerAsync();
        var api = await server.Client.GetStringAsync(
            server.At("/api/v1/diff?old=%231&new=published&by=x_Owner&allocation=distributed"),
            Cancelled
        );
        var cli = await demo.RunAsync(
            "diff",
            "#1",
            "published",
            "--by",
            "x_Owner",
            "--allocation",
            "distributed",
            "--format",
            "json",
            "--quiet"
        );
        Assert.Equal(cli.Out.Trim(), api.Trim());
    }

    [Fact]
    public async Task The_api_is_described_where_a_program_looks_for_it()
    {
        var server = await demo.ServerAsync();
        using var document = JsonDocument.Parse(
            await server.Client.GetStringAsync(server.At("/openapi/v1.json"), Cancelled)
        );
        var get = document.RootElement.GetProperty("paths").GetProperty("/api/v1/costs").GetProperty("get");
        var names = get.GetProperty("parameters")
            .EnumerateArray()
            .Select(parameter => parameter.GetProperty("name").GetString())
            .ToList();
        Assert.Superset(
            new HashSet<string?> { "measure", "by", "over", "where", "from", "to", "top", "currency", "rates", "asof" },
            names.ToHashSet()
        );
    }

    [Theory]
    [InlineData("/nowhere", HttpStatusCode.NotFound, "There is no such page")]
    [InlineData("/explore?by=ServiceNam", HttpStatusCode.BadRequest, "Did you mean &quot;ServiceName&quot;?")]
    [InlineData("/explore?over=fortnight", HttpStatusCode.BadRequest, "Use day, week, month, quarter, year.")]
    [InlineData("/explore?asof=yesterday", HttpStatusCode.BadRequest, "a journal entry (#123)")]
    [InlineData("/rows?page=none", HttpStatusCode.BadRequest, "Write a whole number")]
    [InlineData("/?month=soon", HttpStatusCode.BadRequest, "Write it as 2026-09.")]
    [InlineData("/strategy?asof=%239999999", HttpStatusCode.BadRequest, "")]
    [InlineData("/api/v1/costs?by=ServiceNam", HttpStatusCode.BadRequest, "Did you mean")]
    [InlineData("/api/v1/diff?old=/etc", HttpStatusCode.BadRequest, "Write published, working, an entry (#1)")]
    [InlineData("/api/v1/diff?perid=2026-09", HttpStatusCode.BadRequest, "The parts are old, new, period")]
    [InlineData("/what-if?by=ServiceName", HttpStatusCode.BadRequest, "They set x_CostCentre")]
    [InlineData("/api/v1/nothing", HttpStatusCode.NotFound, "")]
    public async Task What_cannot_be_answered_says_what_to_do(string path, HttpStatusCode status, string remedy)
    {
        var server = await demo.ServerAsync();
        var answer = await server.Client.GetAsync(server.At(path), Cancelled);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(remedy, await answer.Content.ReadAsStringAsync(Cancelled));
    }

    [Theory]
    [InlineData("GET /../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1")]
    [InlineData("GET /static/..%2f..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: 127.0.0.1")]
    [InlineData("GET /static/x/../../../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1")]
    [InlineData("GET /static/000000000000/%2e%2e%2fjournal.jsonl HTTP/1.1\r\nHost: 127.0.0.1")]
    [InlineData("GET /data HTTP/1.1\r\nHost: books.example.com")]
    [InlineData("GET /data HTTP/1.1\r\nHost: 127.0.0.1.example.com")]
    [InlineData("GET http://books.example.com/data HTTP/1.1\r\nHost: books.example.com")]
    [InlineData("GET /data HTTP/1.1\r\nX-Nothing: 1")]
    [InlineData("POST /data HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0")]
    public async Task Foreign_names_and_crooked_paths_are_refused(string request)
    {
        var server = await demo.ServerAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(server.Address).Port, Cancelled);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request + "\r\nConnection: close\r\n\r\n"), Cancelled);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(Cancelled);
        Assert.Matches(@"^HTTP/1\.1 4\d\d ", answer);
        Assert.DoesNotContain("root:", answer);
        Assert.DoesNotContain("Aldermoor", answer);
    }

    [Fact]
    public async Task Only_this_machine_can_reach_it()
    {
        var server = await demo.ServerAsync();
        var port = new Uri(server.Address).Port;
        var listening = await OtherProgram.RunAsync(NeededProgram.Path("ss"), "-Hltn", $"sport = :{port}");
        var addresses = listening
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3]);
        Assert.Equal([$"127.0.0.1:{port}"], addresses);
    }

    private static string Text(JsonElement row) =>
        string.Join(
            '|',
            row.EnumerateArray()
                .Select(cell => cell.ValueKind == JsonValueKind.String ? cell.GetString() : cell.GetRawText())
        );
}
