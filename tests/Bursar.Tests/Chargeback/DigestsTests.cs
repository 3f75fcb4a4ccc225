using System.Text;
using System.Text.Json;
using Bursar.Tests.Anomalies;
using Bursar.Tests.EndToEnd;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Sources;

namespace Bursar.Tests.Chargeback;

/// <summary>Digests (SHW-01) arrive once a period, at a real receiver; one that fails is told plainly.</summary>
public sealed class DigestsTests
{
    [Fact]
    // PLT-06, PLT-08
    public async Task A_digest_is_sent_once_a_period_and_says_what_changed_and_what_to_do()
    {
        var received = new List<(string Key, string Body)>();
        await using var server = await WebServer.StartAsync(
            async (context, _) =>
            {
                using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
                received.Add((context.Request.Headers["Idempotency-Key"].ToString(), await reader.ReadToEndAsync()));
            }
        );
        using var test = await BookAsync($"owner: anna\ncadence: monthly\nwebhook: {server.Address}/hook\n");
        var dry = await test.RunAsync("digests");
        Assert.Contains("due", dry.Out, StringComparison.Ordinal);
        Assert.Empty(received);
        Assert.Equal("sent", await SendAsync(test));
        Assert.Equal("sent", await SendAsync(test));
        var (key, body) = Assert.Single(received);
        Assert.Equal("team-2026-09", key);
        using var json = JsonDocument.Parse(body);
        Assert.Equal("2026-09", json.RootElement.GetProperty("period").GetString());
        Assert.NotEqual(0, json.RootElement.GetProperty("reasons").GetArrayLength());
        Assert.NotEqual("", json.RootElement.GetProperty("next").GetString());
        Assert.EndsWith(
            "/showback?owner=anna&period=2026-09",
            json.RootElement.GetProperty("link").GetString(),
            StringComparison.Ordinal
        );
        var statement = await test.JsonAsync("showback", "--owner", "anna", "--period", "2026-09");
        Assert.Equal(
            statement.GetProperty("sheets")[0].GetProperty("total").GetRawText(),
            json.RootElement.GetProperty("totals")[0].GetProperty("total").GetRawText()
        );
        var issued = await test.RunAsync("issued", "--format", "csv");
        Assert.Contains("digest", issued.Out, StringComparison.Ordinal);
    }

    /// <summary>BUD-03, BUD-07: a breach reaches its owner with the next digest.</summary>
    [Fact]
    public async Task A_digest_tells_of_budgets_that_are_exceeded_and_of_those_that_are_kept()
    {
        const string Budget = "---\nkind: Budget\nname: NAME\nowner: WHO\ncurrency: USD\namounts: {2026-09: AMOUNT}\n";
        using var test = await BookAsync(
            "owner: anna\ncadence: monthly\nfolder: out\nbudgets: true\n"
                + Budget.Replace("NAME", "hers").Replace("WHO", "anna").Replace("AMOUNT", "1")
                + Budget.Replace("NAME", "his").Replace("WHO", "bert").Replace("AMOUNT", "1")
        );
        var told = await test.JsonAsync("digests", "team");
        var one = Assert.Single(told.GetProperty("budgets").EnumerateArray()).GetString()!;
        Assert.StartsWith("hers is exceeded in 2026-09: ", one, StringComparison.Ordinal);
        Assert.EndsWith(" Due: investigate.", one, StringComparison.Ordinal);
        Assert.Contains(one, (await test.RunAsync("digests", "team")).Out, StringComparison.Ordinal);
        await RedeclareAsync(
            test,
            "owner: anna\ncadence: monthly\nfolder: out\nbudgets: true\n"
                + Budget.Replace("NAME", "hers").Replace("WHO", "anna").Replace("AMOUNT", "1000000000"),
            "team"
        );
        var kept = await test.JsonAsync("digests", "team");
        Assert.Equal(
            "hers is kept, and its forecast keeps it.",
            Assert.Single(kept.GetProperty("budgets").EnumerateArray()).GetString()
        );
    }

    [Fact]
    public async Task The_page_and_the_address_show_what_one_says_and_what_was_sent()
    {
        using var test = await BookAsync("owner: anna\ncadence: weekly\nfolder: out\nform: slack\n");
        using var server = await ServerProcess.StartAsync(test.Path, "--no-schedule");
        Task<string> Read(string path) =>
            server.Client.GetStringAsync(server.At(path), TestContext.Current.CancellationToken);
        Assert.Contains("1 of 1 digest is due: team, of 21 to 27 September 2026.", await Read("/digests"));
        Assert.Equal("sent", await SendAsync(test));
        foreach (
            var (path, args) in new (string, string[])[]
            {
                ("/api/v1/digests", ["digests"]),
                ("/api/v1/digests/team", ["digests", "team"]),
            }
        )
            Assert.Equal((await test.RunAsync([.. args, "--format", "json"])).Out.Trim(), (await Read(path)).Trim());
        var page = await Read("/digests?name=team");
        Assert.Contains("1 digest waits, each for the data of its next period.", page);
        Assert.Contains(" from 21 to 27 September 2026", page);
        Assert.Contains("As it is sent (slack)", page);
        Assert.Contains("What was sent, the newest first", page);
        Assert.Contains("/showback?owner=anna&amp;period=2026-W39", page);
        Assert.Contains("/digests?name=team", await Read("/mine?owner=anna"));
        var unknown = await server.Client.GetAsync(
            server.At("/digests?name=taem"),
            TestContext.Current.CancellationToken
        );
        Assert.False(unknown.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_digest_goes_by_mail_as_an_alert_does()
    {
        await using var mail = new SomeMailServer();
        using var test = await BookAsync(
            "owner: anna\ncadence: monthly\nemail: [anna@example.com]\n"
                + $"smtp: {{host: 127.0.0.1, port: {mail.Port}, from: finops@example.com}}\n"
        );
        Assert.Equal("sent", await SendAsync(test));
        var (to, text) = Assert.Single(mail.Received);
        Assert.Contains("anna@example.com", Assert.Single(to), StringComparison.Ordinal);
        Assert.Contains("Subject: ", text, StringComparison.Ordinal);
        Assert.Contains("anna@example.com", (await test.RunAsync("digests", "--format", "csv")).Out);
    }

    [Fact]
    public async Task A_receiver_that_comes_back_is_asked_again_and_one_that_refuses_is_told_plainly()
    {
        await using var server = await WebServer.StartAsync(
            (context, request) =>
            {
                context.Response.StatusCode =
                    context.Request.Path == "/gone" ? 404
                    : request == 1 ? 503
                    : 200;
                return Task.CompletedTask;
            }
        );
        using var test = await BookAsync($"owner: anna\ncadence: monthly\nwebhook: {server.Address}/busy\n");
        Assert.Equal("sent", await SendAsync(test));
        Assert.Equal(2, server.Requests);
        await RedeclareAsync(test, $"owner: bert\ncadence: monthly\nwebhook: {server.Address}/gone\n", "other");
        var refused = await test.RunAsync("digests", "other", "--send");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("digests/not-sent", refused.Error, StringComparison.Ordinal);
        Assert.Contains("404", refused.Error, StringComparison.Ordinal);
        Assert.Contains("due", (await test.RunAsync("digests", "--format", "csv")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_of_the_environment_is_asked_for_and_never_shown()
    {
        using var test = await BookAsync("owner: anna\ncadence: monthly\nwebhook: \"${TEAM_HOOK}\"\n");
        var result = await test.RunAsync("digests", "--send");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("TEAM_HOOK", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text", "Next: ")]
    [InlineData("json", "\"next\"")]
    [InlineData("slack", "\"blocks\"")]
    [InlineData("teams", "AdaptiveCard")]
    public async Task A_folder_gets_the_same_bytes_in_each_form(string form, string part)
    {
        using var test = await BookAsync($"owner: anna\ncadence: weekly\nfolder: out\nform: {form}\n");
        Assert.Equal("sent", await SendAsync(test));
        var file = Assert.Single(Directory.GetFiles(Path.Combine(test.Path, "rulebook", "out")));
        Assert.StartsWith("digest-team-2026-W39", Path.GetFileName(file), StringComparison.Ordinal);
        Assert.Contains(
            part,
            await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("cadence: weekly\nfolder: out\n", "rulebook/digest-of-whom")]
    [InlineData("owner: anna\ncadence: weekly\n", "rulebook/alert-where")]
    [InlineData("owner: anna\ncadence: weekly\nwebhook: http://example.com/x\n", "rulebook/digest-address")]
    [InlineData("owner: nobody-known\ncadence: weekly\nfolder: out\n", "rulebook/")]
    public async Task What_is_written_wrong_is_found_by_check(string digest, string code)
    {
        using var test = new BooksTest();
        test.Write("rulebook/o.yaml", "kind: Organisation\nname: company\nowners: [{id: anna}]\n");
        test.Write("rulebook/digest.yaml", $"kind: Digest\nname: team\n{digest}");
        var result = await test.RunAsync("check");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(code, result.Out + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digests_of_rules_that_are_not_published_are_not_sent()
    {
        using var test = await SomeStatements.BookAsync();
        test.Write("rulebook/digest.yaml", "kind: Digest\nname: team\nowner: anna\ncadence: monthly\nfolder: out\n");
        var result = await test.RunAsync("digests", "--send");
        Assert.Contains("digests/draft", result.Error, StringComparison.Ordinal);
        Assert.Contains(
            "digests/unknown",
            (await test.RunAsync("digests", "nobody", "--draft")).Error,
            StringComparison.Ordinal
        );
    }

    private static async Task<BooksTest> BookAsync(string digest)
    {
        var test = await SomeStatements.BookAsync();
        await RedeclareAsync(test, digest, "team");
        return test;
    }

    private static async Task RedeclareAsync(BooksTest test, string digest, string name)
    {
        test.Write($"rulebook/digest-{name}.yaml", $"kind: Digest\nname: {name}\n{digest}");
        var published = await test.RunAsync("publish", "--reason", "digests");
        Assert.True(published.ExitCode == 0, published.ToString());
    }

    private static async Task<string> SendAsync(BooksTest test)
    {
        var result = await test.RunAsync("digests", "--send", "--format", "json");
        Assert.True(result.ExitCode == 0, result.ToString());
        using var json = JsonDocument.Parse(result.Out);
        return json.RootElement.GetProperty("rows")[0][4].GetString()!;
    }
}
