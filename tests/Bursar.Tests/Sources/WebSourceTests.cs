using System.Net.Sockets;
using System.Text;
using Bursar.Tests.Ingestion;
using Bursar.Understand.Sources.Stores;
using Microsoft.AspNetCore.Http;

namespace Bursar.Tests.Sources;

/// <summary>Sources at an address, of a real web server.</summary>
public sealed class WebSourceTests
{
    private static readonly byte[] March = Encoding.UTF8.GetBytes(SomeRow.Csv(new SomeRow("10.25")));

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        var content = March;
        await using var server = await WebServer.StartAsync(
            async (context, _) =>
            {
                var tag = $"\"{content.Length}\"";
                context.Response.Headers.ETag = tag;
                if (context.Request.Headers.IfNoneMatch == tag)
                    context.Response.StatusCode = 304;
                else
                    await context.Response.Body.WriteAsync(content, context.RequestAborted);
            }
        );
        using var test = new FetchTest();
        test.Declare("acme", $"from:\n  url: {server.Address}/costs.csv\n", "delivery: overwrite\n");
        Assert.Equal("fetched", (await test.UpdateAsync()).State);
        var again = await test.UpdateAsync();
        Assert.Equal(("unchanged", 0, 1), (again.State, again.Fetched, again.Unchanged));
        content = Encoding.UTF8.GetBytes(SomeRow.Csv(new SomeRow("10.25"), new SomeRow("2") { Resource = "i-2" }));
        Assert.Equal("fetched", (await test.UpdateAsync()).State);
        Assert.Equal("12.25", await test.TotalAsync());
    }

    [Fact]
    public async Task Each_month_has_its_address_and_the_newest_may_not_be_there_yet()
    {
        await using var server = await WebServer.StartAsync(
            async (context, _) =>
            {
                var month = context.Request.Query["month"].ToString();
                context.Response.StatusCode = month == "2026-04" ? 404 : 200;
                if (month == "2026-03")
                    await context.Response.Body.WriteAsync(March, context.RequestAborted);
            }
        );
        using var test = new FetchTest();
        test.Declare("acme", $"from:\n  url: {server.Address}/costs.csv?month={{month}}\n");
        var update = await test.UpdateAsync();
        Assert.Equal(("fetched", 1), (update.State, update.Fetched));
        Assert.Equal("10.25", await test.TotalAsync());
    }

    [Fact]
    public async Task Headers_come_from_the_environment_and_never_reach_another_host()
    {
        string? leaked = null;
        await using var other = await WebServer.StartAsync(
            async (context, _) =>
            {
                leaked = context.Request.Headers.Authorization;
                await context.Response.Body.WriteAsync(March, context.RequestAborted);
            }
        );
        await using var server = await WebServer.StartAsync(
            (context, _) =>
            {
                if (context.Request.Headers.Authorization == "Bearer s3cret")
                    context.Response.Redirect(other.Address + "/file.csv");
                else
                    context.Response.StatusCode = 401;
                return Task.CompletedTask;
            }
        );
        using var test = new FetchTest();
        test.Declare(
            "acme",
            $"from:\n  url: {server.Address}/costs.csv\n  headers: {{Authorization: \"Bearer ${{TOKEN}}\"}}\n"
        );
        test.Environment["TOKEN"] = "wrong";
        Assert.Equal("sources/denied", (await test.UpdateAsync()).Code);
        test.Environment["TOKEN"] = "s3cret";
        Assert.Equal("fetched", (await test.UpdateAsync()).State);
        Assert.True(string.IsNullOrEmpty(leaked), leaked);
        Assert.DoesNotContain("s3cret", File.ReadAllText(Path.Combine(test.Books, "journal.jsonl")));
    }

    [Fact]
    public async Task A_server_that_is_busy_for_a_moment_is_asked_again()
    {
        await using var server = await WebServer.StartAsync(
            async (context, request) =>
            {
                if (request == 1)
                    context.Response.StatusCode = 503;
                else
                    await context.Response.Body.WriteAsync(March, context.RequestAborted);
            }
        );
        using var test = new FetchTest();
        test.Declare("acme", $"from:\n  url: {server.Address}/costs.csv\n");
        Assert.Equal("fetched", (await test.UpdateAsync()).State);
        Assert.Equal(2, server.Requests);
    }

    [Fact]
    public async Task A_body_that_is_cut_short_is_fetched_again_and_half_a_file_is_never_booked()
    {
        await using var server = await WebServer.StartAsync(
            async (context, request) =>
            {
                context.Response.ContentLength = March.Length;
                var part = request == 1 ? March.AsMemory(0, March.Length - 20) : March;
                await context.Response.Body.WriteAsync(part, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                if (request == 1)
                    context.Abort();
            }
        );
        using var test = new FetchTest();
        test.Declare("acme", $"from:\n  url: {server.Address}/costs.csv\n");
        Assert.Equal("fetched", (await test.UpdateAsync()).State);
        Assert.Equal("10.25", await test.TotalAsync());
        await test.VerifyPassesAsync();
    }

    [Theory]
    [InlineData(403, "sources/denied")]
    [InlineData(404, "sources/not-there")]
    [InlineData(418, "sources/answer")]
    public async Task An_answer_that_no_waiting_mends_is_told_at_once(int status, string code)
    {
        await using var server = await WebServer.StartAsync(
            (context, _) =>
            {
                context.Response.StatusCode = status;
                return Task.CompletedTask;
            }
        );
        using var test = new FetchTest();
        test.Declare("acme", $"from:\n  url: {server.Address}/costs.csv\n");
        var update = await test.UpdateAsync();
        Assert.Equal(("failed", code, 1), (update.State, update.Code, update.ExitCode));
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task A_server_that_ends_in_the_middle_each_time_leaves_the_books_as_they_were()
    {
        using var server = new TcpListener(System.Net.IPAddress.Loopback, 0);
        server.Start();
        var serving = ServeHalvesAsync(server);
        using var test = new FetchTest();
        test.Declare("acme", $"from:\n  url: http://{server.LocalEndpoint}/costs.csv\n");
        var update = await test.UpdateAsync();
        Assert.Equal("sources/cut-short", update.Code);
        server.Stop();
        await Assert.ThrowsAnyAsync<Exception>(() => serving);
        Assert.Equal("none", await test.TotalAsync());
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(test.Books, "tmp")));
        await test.VerifyPassesAsync();
    }

    /// <summary>Announces the file, sends the beginning of it and hangs up, each time that it is asked.</summary>
    private static async Task ServeHalvesAsync(TcpListener server)
    {
        var request = new byte[1 << 16];
        while (true)
        {
            using var client = await server.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            var stream = client.GetStream();
            _ = await stream.ReadAtLeastAsync(request, 1, false, TestContext.Current.CancellationToken);
            var head = $"HTTP/1.1 200 OK\r\nContent-Length: {March.Length}\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
            await stream.WriteAsync(March.AsMemory(0, 40), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void A_secret_connection_is_never_left_for_an_open_one()
    {
        var failure = Assert.Throws<FetchException>(() =>
            HttpStore.Redirected(new Uri("https://billing.example/costs"), new Uri("http://billing.example/costs.csv"))
        );
        Assert.Equal("sources/unsafe-redirect", failure.Diagnostic.Code);
        Assert.Equal(
            "https://billing.example/b",
            HttpStore.Redirected(new Uri("https://billing.example/a"), new Uri("/b", UriKind.Relative)).ToString()
        );
    }

    [Fact]
    public async Task Nobody_answers_at_a_port_where_nobody_listens()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // Bound and not listening: nobody else can take the port, and nobody answers.
        taken.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        var port = ((System.Net.IPEndPoint)taken.LocalEndPoint!).Port;
        using var test = new FetchTest();
        test.Declare("acme", $"from:\n  url: http://127.0.0.1:{port}/costs.csv\n");
        Assert.Equal("sources/unreachable", (await test.UpdateAsync()).Code);
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_and_fetched_again_when_it_may_be_mended()
    {
        var content = "this is no table of charges\n1\n";
        await using var server = await WebServer.StartAsync((context, _) => context.Response.WriteAsync(content));
        using var test = new FetchTest();
        test.Declare("acme", $"from:\n  url: {server.Address}/costs.csv\n");
        var update = await test.UpdateAsync();
        Assert.Equal(("failed", 1), (update.State, update.ExitCode));
        Assert.StartsWith("ingestion/", update.Code);
        content = Encoding.UTF8.GetString(March);
        Assert.Equal("fetched", (await test.UpdateAsync()).State);
    }
}
