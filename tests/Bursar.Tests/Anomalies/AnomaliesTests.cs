using System.Globalization;
using System.Text;
using System.Text.Json;
using Bursar.Cli;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Sources;
using Bursar.Tests.Support;
using Bursar.Understand.Anomalies.Alerts;

namespace Bursar.Tests.Anomalies;

/// <summary>
/// Anomalies of real books: whose they are, what is decided, who hears of it (ANO-01 to ANO-05, ANO-08).
/// </summary>
public sealed class AnomaliesTests
{
    private const string Rules = """
        kind: Organisation
        name: company
        owners: [{id: anna}, {id: bert}]
        ---
        kind: AllocationRule
        name: tags
        order: 1
        when: {}
        set: {x_Owner: "{Tags/owner}"}
        """;

    private const int StateColumn = 2;

    private static readonly DateOnly First = new(2026, 1, 5);

    /// <summary>150 days of three services; the second last day of machines costs five times as much.</summary>
    private static IEnumerable<SomeCharge> Charges(int days = 150, int spike = 147)
    {
        var random = new Random(3);
        for (var day = 0; day < days; day++)
            foreach (var (service, level) in new[] { ("Machines", 100), ("Disks", 60), ("Network", 40) })
            {
                var cost =
                    level * (0.97 + (0.06 * random.NextDouble())) * (day == spike && service == "Machines" ? 5 : 1);
                yield return new SomeCharge(First.AddDays(day), cost.ToString("F2", CultureInfo.InvariantCulture))
                {
                    Service = service,
                    Account = "shop",
                    Resource = service + "-1",
                    Tags = service == "Network" ? [] : ["owner", "anna"],
                };
            }
    }

    [Fact]
    public async Task A_spike_is_listed_with_its_place_its_driver_and_its_owner()
    {
        using var books = new BookedCharges(Rules, Charges());
        var one = await OnlyAsync(books);
        Assert.Equal("Cloud One, Machines, shop, (none)", one.GetProperty("what").GetString());
        Assert.Equal("spike", one.GetProperty("kind").GetString());
        Assert.Equal("2026-06-01", one.GetProperty("since").GetString());
        Assert.Equal("anna", one.GetProperty("owner").GetString());
        Assert.Equal("Machines-1", one.GetProperty("drivers")[0].GetProperty("value").GetString());
        var excess = one.GetProperty("actual").GetDecimal() - one.GetProperty("expected").GetDecimal();
        Assert.Equal(excess, one.GetProperty("excess").GetDecimal());
        var list = await books.RunAsync("anomalies", "--draft");
        Assert.Contains("spike: ", list.Out, StringComparison.Ordinal);
        var full = await books.RunAsync("anomalies", "show", Id(one), "--draft");
        Assert.Contains("resource Machines-1", full.Out, StringComparison.Ordinal);
        Assert.Contains("2026-06-01", full.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANO_02_an_owner_who_asks_what_is_theirs_hears_of_it_first()
    {
        using var books = new BookedCharges(Rules, Charges());
        var mine = await books.RunAsync("mine", "--owner", "anna", "--draft", "--format", "json");
        Assert.True(mine.ExitCode == 0, mine.ToString());
        using var json = JsonDocument.Parse(mine.Out);
        var next = json.RootElement.GetProperty("next").GetString()!;
        Assert.StartsWith("Say what Cloud One, Machines, shop, (none) is (spike): ", next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_day_is_provisional_and_told_a_day_later()
    {
        using var books = new BookedCharges(Rules, Charges(days: 148, spike: 147));
        Assert.Equal(0, (await JsonAsync(books)).GetProperty("anomalies").GetArrayLength());
    }

    [Fact]
    public async Task What_has_no_owner_goes_to_the_practice()
    {
        using var books = new BookedCharges("", Charges());
        Assert.Equal("FinOps practice", (await OnlyAsync(books)).GetProperty("routedTo").GetString());
    }

    // ANO-02, ANO-03
    [Fact]
    public async Task People_acknowledge_escalate_and_resolve_and_the_list_says_so()
    {
        using var books = new BookedCharges(Rules, Charges());
        var id = Id(await OnlyAsync(books));
        Assert.Equal(0, (await books.RunAsync("anomalies", "acknowledge", id, "--draft")).ExitCode);
        Assert.Equal("acknowledged", (await OnlyAsync(books)).GetProperty("state").GetString());
        var unknown = await books.RunAsync("anomalies", "escalate", id, "--to", "berta", "--cause", "x", "--draft");
        Assert.Equal(ExitCode.WrongUsage, unknown.ExitCode);
        Assert.Contains("Did you mean \"bert\"", unknown.Error, StringComparison.Ordinal);
        await books.RunAsync("anomalies", "escalate", id, "--to", "bert", "--cause", "no answer", "--draft");
        Assert.Equal("bert", (await OnlyAsync(books)).GetProperty("escalatedTo").GetString());
        await books.RunAsync("anomalies", "resolve", id[..6], "--as", "true", "--cause", "a loop", "--draft");
        await books.RunAsync([
            "anomalies",
            "missed",
            "Disks",
            "--since",
            "2026-05-01",
            "--excess",
            "70",
            "--currency",
            "usd",
            "--cause",
            "seen by hand",
        ]);
        var review = await JsonAsync(books);
        Assert.Equal("true", review.GetProperty("anomalies")[0].GetProperty("category").GetString());
        Assert.Equal("a loop", review.GetProperty("anomalies")[0].GetProperty("cause").GetString());
        var quality = review.GetProperty("quality");
        Assert.Equal(1m, quality.GetProperty("precision").GetDecimal());
        Assert.Equal(0.5m, quality.GetProperty("recall").GetDecimal());
        Assert.Equal(1m, quality.GetProperty("meanDaysToTell").GetDecimal());
        Assert.True(quality.GetProperty("incurred")[0].GetProperty("amount").GetDecimal() > 300);
    }

    [Theory]
    [InlineData("anomalies/unknown-id", "anomalies", "acknowledge", "zzz")]
    [InlineData("anomalies/unknown-category", "anomalies", "resolve", "a", "--as", "odd", "--cause", "x")]
    [InlineData("anomalies/bad-day", "anomalies", "--since", "May")]
    [InlineData(
        "anomalies/bad-amount",
        "anomalies",
        "missed",
        "x",
        "--since",
        "2026-05-01",
        "--excess",
        "-1",
        "--currency",
        "USD",
        "--cause",
        "x"
    )]
    [InlineData("alerts/unknown", "alerts", "nobody")]
    public async Task What_cannot_be_is_told_plainly(string code, params string[] args)
    {
        using var books = new BookedCharges("", Charges(days: 40));
        var result = await books.RunAsync(args);
        Assert.Equal(ExitCode.WrongUsage, result.ExitCode);
        Assert.Contains(code, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ANO_05_a_planned_event_explains_what_begins_before_its_end()
    {
        const string planned =
            Rules + "\n---\nkind: PlannedEvent\nname: launch\nwhat: A launch\nfrom: 2026-05-30\nto: 2026-06-02\n";
        using var books = new BookedCharges(planned + "where: {ServiceName: Machines}\n", Charges());
        var one = await OnlyAsync(books);
        Assert.Equal(
            ("planned", "launch"),
            (one.GetProperty("state").GetString(), one.GetProperty("plannedEvent").GetString())
        );
        using var others = new BookedCharges(planned + "where: {ServiceName: Disks}\n", Charges());
        Assert.Equal("open", (await OnlyAsync(others)).GetProperty("state").GetString());
    }

    [Theory]
    [InlineData("text", "Next: ")]
    [InlineData("json", "\"anomalies\"")]
    [InlineData("slack", "\"blocks\"")]
    [InlineData("teams", "AdaptiveCard")]
    public async Task An_anomaly_is_told_once_to_a_web_address_after_the_delivery_that_shows_it(
        string form,
        string part
    )
    {
        var received = new List<string>();
        await using var server = await WebServer.StartAsync(
            async (context, _) =>
            {
                using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
                received.Add(await reader.ReadToEndAsync());
            }
        );
        using var books = new BookedCharges(
            Rules + $"\n---\nkind: Alert\nname: team\nowner: anna\nwebhook: {server.Address}/hook\nform: {form}\n",
            Charges(days: 148)
        );
        Assert.Equal(0, (await books.RunAsync("publish", "--reason", "alerts")).ExitCode);
        books.Take(Charges().Skip(148 * 3));
        Assert.Equal("due", await StateAsync(books));
        Assert.Empty(received);
        Assert.Equal(0, (await books.RunAsync("alerts", "--send")).ExitCode);
        Assert.Equal(0, (await books.RunAsync("alerts", "--send")).ExitCode);
        Assert.Contains(part, Assert.Single(received), StringComparison.Ordinal);
        Assert.Contains("Machines", received[0], StringComparison.Ordinal);
        Assert.Equal("nothing", await StateAsync(books));
    }

    [Fact]
    public async Task Mail_reaches_a_real_server_and_what_it_refuses_is_told_plainly()
    {
        await using var server = new SomeMailServer();
        await using var refusing = new SomeMailServer("550 no such user");
        using var books = new BookedCharges(
            $$"""
            {{Rules}}
            ---
            kind: Alert
            name: team
            owner: anna
            email: [anna@example.com, bert@example.com]
            smtp: {host: 127.0.0.1, port: {{server.Port}}, from: finops@example.com}
            ---
            kind: Alert
            name: refused
            email: [nobody@example.com]
            smtp: {host: 127.0.0.1, port: {{refusing.Port}}, from: finops@example.com}
            """,
            Charges()
        );
        Assert.Equal(0, (await books.RunAsync("publish", "--reason", "alerts")).ExitCode);
        var sent = await books.RunAsync("alerts", "--send");
        Assert.Equal(ExitCode.Findings, sent.ExitCode);
        Assert.Contains("alerts/not-sent", sent.Error, StringComparison.Ordinal);
        var (to, text) = Assert.Single(server.Received);
        Assert.Equal(2, to.Count);
        Assert.Contains("Subject: ", text, StringComparison.Ordinal);
        Assert.Contains("finops@example.com", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_of_another_owner_or_a_higher_amount_says_nothing()
    {
        using var books = new BookedCharges(
            Rules
                + "\n---\nkind: Alert\nname: team\nowner: bert\nfolder: out\n"
                + "---\nkind: Alert\nname: large\natLeast: 5000\ncurrency: USD\nfolder: out\n"
                + "---\nkind: Alert\nname: rest\nunowned: true\nfolder: out\n"
                + "---\nkind: Alert\nname: disks\nwhere: {ServiceName: Disks}\nfolder: out\n",
            Charges()
        );
        var lines = await books.RunAsync("alerts", "--draft", "--format", "json");
        using var json = JsonDocument.Parse(lines.Out);
        var rows = json.RootElement.GetProperty("rows");
        Assert.All(rows.EnumerateArray(), line => Assert.Equal("nothing", line[StateColumn].GetString()));
        Assert.Equal(4, rows.GetArrayLength());
    }

    [Theory]
    [InlineData("owner: anna\n", "rulebook/alert-where")]
    [InlineData("folder: out\nwebhook: https://example.com/x\n", "rulebook/alert-where")]
    [InlineData("email: [anna@example.com]\n", "rulebook/alert-mail")]
    [InlineData("email: [anna]\nsmtp: {host: h, from: a@b.c}\n", "rulebook/alert-mail")]
    [InlineData("folder: out\natLeast: 5\n", "rulebook/alert-amount")]
    [InlineData("folder: out\nowner: anna\nunowned: true\n", "rulebook/alert-whose")]
    [InlineData("webhook: http://example.com/x\n", "rulebook/digest-address")]
    [InlineData("folder: out\nquiet: {from: night, to: \"08:00\"}\n", "rulebook/alert-quiet")]
    public async Task An_alert_that_is_written_wrong_is_found_by_check(string alert, string code)
    {
        using var test = new BooksTest();
        test.Write("rulebook/rules.yaml", Rules + $"\n---\nkind: Alert\nname: team\n{alert}");
        var result = await test.RunAsync("check");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(code, result.Out + result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-06-03T19:00:00Z", true)]
    [InlineData("2026-06-03T06:59:00Z", true)]
    [InlineData("2026-06-03T07:00:00Z", false)]
    [InlineData("2026-06-06T12:00:00Z", true)]
    public void Quiet_hours_go_over_midnight_in_their_own_time_zone(string moment, bool isQuiet)
    {
        var quiet = new QuietHours
        {
            From = "18:00",
            To = "08:00",
            Zone = "Europe/London",
            Weekends = true,
        };
        Assert.Null(quiet.Mistake());
        Assert.Equal(isQuiet, quiet.IsQuiet(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture)));
    }

    private static string Id(JsonElement anomaly) => anomaly.GetProperty("id").GetString()!;

    private static async Task<string> StateAsync(BookedCharges books)
    {
        var result = await books.RunAsync("alerts", "--format", "json");
        using var json = JsonDocument.Parse(result.Out);
        return json.RootElement.GetProperty("rows")[0][StateColumn].GetString()!;
    }

    private static async Task<JsonElement> OnlyAsync(BookedCharges books) =>
        Assert.Single((await JsonAsync(books)).GetProperty("anomalies").EnumerateArray());

    private static async Task<JsonElement> JsonAsync(BookedCharges books)
    {
        var result = await books.RunAsync("anomalies", "--draft", "--format", "json");
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonDocument.Parse(result.Out).RootElement;
    }
}
