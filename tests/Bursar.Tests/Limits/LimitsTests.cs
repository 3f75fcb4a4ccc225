using System.Globalization;
using System.Text;
using System.Text.Json;
using Bursar.Cli;
using Bursar.Tests.EndToEnd;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Sources;
using Bursar.Tests.Support;

namespace Bursar.Tests.Limits;

/// <summary>Limits on what AI spends, of real books, by the hour (GOV-05, GOV-06, AIF-13).</summary>
public sealed class LimitsTests
{
    private const string Rules = """
        kind: Organisation
        name: company
        owners: [{id: anna}, {id: bert}]
        ---
        kind: SpendLimit
        name: agent
        where: {x_ApiKeyName: agent}
        amount: 30000
        currency: USD
        owner: anna
        """;

    private static readonly DateOnly First = new(2026, 9, 10);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Thirty hours of a key at 400 an hour: 12,000 of September's 30,000 are spent.</summary>
    private static IEnumerable<SomeCharge> Thirty(string cost = "400", string key = "agent", int hours = 30) =>
        Enumerable.Range(0, hours).Select(hour => Hour(hour, cost, key));

    private static SomeCharge Hour(int hour, string cost, string key = "agent") =>
        new(First.AddDays(hour / 24), cost)
        {
            Hour = hour % 24,
            Called = (key, "large-4"),
            Service = "Models",
        };

    [Fact]
    public async Task EX_GOV_1_the_command_says_pace_tripwire_breach_and_hours_left()
    {
        using var books = new BookedCharges(Rules, Thirty());
        var one = await ShowAsync(books, "agent");
        Assert.Equal(720, one.GetProperty("periodHours").GetInt32());
        Assert.Equal(12_000m, one.GetProperty("spent").GetDecimal());
        Assert.Equal(18_000m, one.GetProperty("remaining").GetDecimal());
        Assert.Equal(400m, one.GetProperty("lastHour").GetDecimal());
        Assert.Equal(41.6667m, one.GetProperty("pace").GetDecimal());
        Assert.Equal(125.00m, one.GetProperty("tripwire").GetDecimal());
        Assert.Equal(45.00m, one.GetProperty("hoursLeft").GetDecimal());
        Assert.Equal("tripwire", one.GetProperty("state").GetString());
        Assert.Equal("2026-09-13T03:00:00Z", one.GetProperty("exhaustedAt").GetString());
        Assert.Equal("hour", one.GetProperty("finest").GetString());
        Assert.Equal("agent", one.GetProperty("drivers")[0].GetProperty("value").GetString());
        var list = await books.RunAsync("limits", "--draft");
        Assert.Contains("125.00", list.Out, StringComparison.Ordinal);
        Assert.Contains("nothing is left in 45 hours", Oneline(list.Error), StringComparison.Ordinal);
        var check = await books.RunAsync("limits", "check", "--draft");
        Assert.Equal(ExitCode.Findings, check.ExitCode);
    }

    [Fact]
    public async Task EX_GOV_3_calibration_flags_what_could_be_passed_before_anybody_acts()
    {
        using var books = new BookedCharges(
            Rules + "\napproval: 25000\nresponseHours: 12\n",
            [.. Thirty(), Hour(30, "2600"), Hour(31, "40")]
        );
        using var json = await JsonAsync(books, "limits", "calibration", "--draft");
        var row = Row(json.RootElement);
        Assert.Equal(25_000m, row["approval"].GetDecimal());
        Assert.Equal(2_600m, row["peak"].GetDecimal());
        Assert.Equal(31_200m, row["exposure"].GetDecimal());
        Assert.Equal(2_083.33m, decimal.Round(row["safeSpeed"].GetDecimal(), 2, MidpointRounding.AwayFromZero));
        Assert.Equal("yes", row["flagged"].GetString());
        Assert.Equal("2026-09-11T06:00:00Z", row["peakAt"].GetString());
    }

    [Fact]
    public async Task A_limit_without_a_response_time_is_not_called_safe()
    {
        using var books = new BookedCharges(Rules, Thirty());
        using var json = await JsonAsync(books, "limits", "calibration", "--draft");
        Assert.Equal("–", Row(json.RootElement)["flagged"].GetString());
    }

    [Fact]
    public async Task Hooks_are_called_once_for_each_level_after_the_delivery_that_reaches_it()
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
            $$"""
            {{Rules}}
            tripwire: hard
            soft: {folder: told}
            hard: {webhook: "{{server.Address}}/stop"}
            """,
            Thirty("40")
        );
        Assert.Equal(0, (await books.RunAsync("publish", "--reason", "limits")).ExitCode);
        Assert.Equal(0, (await books.RunAsync("limits", "check")).ExitCode);
        Assert.Empty(received);
        // The hour that has just arrived trips the wire; the next one takes what is left past 95 %.
        books.Take(Hour(30, "2600"));
        var first = await books.RunAsync("limits", "check");
        Assert.True(first.ExitCode == ExitCode.Findings, first.ToString());
        Assert.Equal(ExitCode.Findings, (await books.RunAsync("limits", "check")).ExitCode);
        using var stop = JsonDocument.Parse(Assert.Single(received));
        Assert.Equal("stop", stop.RootElement.GetProperty("action").GetString());
        Assert.Equal("agent", stop.RootElement.GetProperty("limit").GetProperty("limit").GetString());
        Assert.False(Directory.Exists(books["rulebook/told"]));
        books.Take(Hour(31, "28000"));
        var last = await books.RunAsync("limits", "check");
        Assert.Contains("told: soft, hard, exhausted", Oneline(last.Error), StringComparison.Ordinal);
        Assert.Equal(2, received.Count);
        Assert.Contains("\"exhausted\"", received[1], StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(books["rulebook/told"]));
        Assert.Contains("limit-told", File.ReadAllText(books["books/journal.jsonl"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hook_that_cannot_be_reached_stays_due_and_is_told_plainly()
    {
        using var books = new BookedCharges(Rules + "\nsoft: {webhook: \"${NOT_SET}\"}\n", Thirty());
        await books.RunAsync("publish", "--reason", "limits");
        var check = await books.RunAsync("limits", "check");
        Assert.Equal(ExitCode.Findings, check.ExitCode);
        Assert.Contains("limits/not-told", check.Error, StringComparison.Ordinal);
        Assert.Contains("NOT_SET", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_could_stop_in_time_is_stopped_at_once()
    {
        using var books = new BookedCharges(Rules + "\nresponseHours: 48\n", Thirty());
        Assert.Equal("hard", (await ShowAsync(books, "agent")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_override_holds_until_its_day_and_raises_the_tripwire_with_it()
    {
        using var books = new BookedCharges(Rules, Thirty());
        await books.RunAsync("publish", "--reason", "limits");
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        string[] command = ["limits", "override", "agent", "--to", "300000", "--reason", "storm claims", "--until"];
        Assert.Equal(0, (await books.RunAsync([.. command, Text(today.AddDays(3))])).ExitCode);
        var one = await ShowAsync(books, "agent", draft: false);
        Assert.Equal(300_000m, one.GetProperty("cap").GetDecimal());
        Assert.Equal(30_000m, one.GetProperty("declared").GetDecimal());
        Assert.Equal(1_250m, one.GetProperty("tripwire").GetDecimal());
        Assert.Equal("ok", one.GetProperty("state").GetString());
        Assert.Equal("storm claims", one.GetProperty("overrideReason").GetString());
        var over = await books.RunAsync([.. command, Text(today.AddDays(-1))]);
        Assert.Contains("limits/override-over", over.Error, StringComparison.Ordinal);
        // A later one takes its place; nothing is edited.
        Assert.Equal(
            0,
            (
                await books.RunAsync([
                    "limits",
                    "override",
                    "agent",
                    "--to",
                    "30000",
                    "--until",
                    Text(today),
                    "--reason",
                    "storm is over",
                ])
            ).ExitCode
        );
        Assert.Equal("tripwire", (await ShowAsync(books, "agent", draft: false)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Every_key_can_have_a_limit_for_itself_and_a_new_key_has_it_at_once()
    {
        using var books = new BookedCharges(
            """
            kind: SpendLimit
            name: keys
            each: x_ApiKeyName
            amount: 20000
            currency: USD
            per: week
            """,
            [.. Thirty(), .. Thirty("4", "summary")]
        );
        using var json = await JsonAsync(books, "limits", "--draft");
        var names = json.RootElement.GetProperty("rows").EnumerateArray().Select(row => row[0].GetString());
        Assert.Equal(["keys/agent", "keys/summary"], names);
        var one = await ShowAsync(books, "keys/agent");
        Assert.Equal(168, one.GetProperty("periodHours").GetInt32());
        Assert.Equal("2026-09-07", one.GetProperty("from").GetString());
        var which = await books.RunAsync("limits", "show", "keys", "--draft");
        Assert.Contains("bursar limits show keys/agent", which.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_told_by_the_day_counts_a_twenty_fourth_an_hour_and_says_so()
    {
        using var books = new BookedCharges(
            Rules,
            Enumerable
                .Range(0, 5)
                .Select(day => new SomeCharge(First.AddDays(day), "240") { Called = ("agent", "large-4") })
        );
        var one = await ShowAsync(books, "agent");
        Assert.Equal(10m, one.GetProperty("lastHour").GetDecimal());
        Assert.Equal("day", one.GetProperty("finest").GetString());
        Assert.Contains(
            "finest interval available: day",
            one.GetProperty("says").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_key_that_stopped_costs_nothing_in_the_newest_hour_of_its_provider()
    {
        using var books = new BookedCharges(Rules, [.. Thirty(hours: 20), .. Thirty("1", "other")]);
        var one = await ShowAsync(books, "agent");
        Assert.Equal(0m, one.GetProperty("lastHour").GetDecimal());
        Assert.Equal(JsonValueKind.Null, one.GetProperty("hoursLeft").ValueKind);
    }

    [Fact]
    public async Task What_a_limit_does_not_count_is_said()
    {
        using var books = new BookedCharges(
            Rules + "\n---\nkind: SpendLimit\nname: gone\nwhere: {x_Agent: nobody}\namount: 5\ncurrency: USD\n",
            [.. Thirty(), Hour(29, "70") with { Currency = "EUR" }]
        );
        var one = await ShowAsync(books, "agent");
        Assert.Equal("EUR", one.GetProperty("notCounted")[0].GetProperty("currency").GetString());
        Assert.Contains(
            "€70.00 does not count: there is no rate from EUR to USD on 2026-09-11.",
            one.GetProperty("says").GetString(),
            StringComparison.Ordinal
        );
        var gone = await ShowAsync(books, "gone");
        Assert.Contains("Nothing of the last ninety days", gone.GetProperty("says").GetString());
    }

    [Fact]
    public async Task Tokens_can_be_limited_beside_money()
    {
        using var books = new BookedCharges(
            Rules + "\nquantity: {amount: 1000, unit: Tokens}\n",
            Thirty("1").Select(charge => charge with { Used = ("input", "32", "Tokens") })
        );
        var one = await ShowAsync(books, "agent");
        Assert.Equal(960m, one.GetProperty("quantity").GetProperty("spent").GetDecimal());
        Assert.Equal("hard", one.GetProperty("state").GetString());
    }

    [Fact]
    public async Task AIF_13_an_owner_sees_what_is_left_on_every_door()
    {
        var rules =
            Rules
            + "\n---\nkind: AllocationRule\nname: keys\norder: 1\nwhen: {ServiceName: Models}\nset: {x_Owner: anna}\n";
        using var books = new BookedCharges(rules, Thirty());
        await books.RunAsync("publish", "--reason", "limits");
        var mine = await books.RunAsync("mine", "--owner", "anna");
        Assert.Contains("18,000.00", mine.Out, StringComparison.Ordinal);
        using var server = await ServerProcess.StartAsync(books["."], "--no-schedule");
        foreach (
            var (path, args) in new (string, string[])[]
            {
                ("/api/v1/limits", ["limits"]),
                ("/api/v1/limits/agent", ["limits", "show", "agent"]),
                ("/api/v1/limits/calibration", ["limits", "calibration"]),
                ("/api/v1/mine?owner=anna", ["mine", "--owner", "anna"]),
            }
        )
        {
            var cli = await books.RunAsync([.. args, "--format", "json"]);
            var api = await server.Client.GetStringAsync(server.At(path), Cancelled);
            Assert.Equal(cli.Out.Trim(), api.Trim());
        }
        var page = await server.Client.GetStringAsync(server.At("/limits?name=agent"), Cancelled);
        Assert.Contains("1 of 1 limit is breached", page, StringComparison.Ordinal);
        Assert.Contains("18,000", page, StringComparison.Ordinal);
        var own = await server.Client.GetStringAsync(server.At("/mine?owner=anna"), Cancelled);
        Assert.Contains("What is left of your limits", own, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("amount: 0\ncurrency: USD\n", "rulebook/limit-amount")]
    [InlineData("amount: 5\ncurrency: USD\nsoftPercent: 99\n", "rulebook/limit-order")]
    [InlineData("amount: 5\ncurrency: USD\nper: total\n", "rulebook/limit-total")]
    [InlineData("amount: 5\ncurrency: USD\nsoft: {form: slack}\n", "rulebook/alert-where")]
    [InlineData("amount: 5\ncurrency: USD\nhard: {webhook: http://example.com}\n", "rulebook/digest-address")]
    [InlineData("amount: 5\ncurrency: USD\nscope: ai\nwhere: {ServiceName: x}\n", "rulebook/scope-and-filter")]
    public async Task A_limit_that_is_written_wrong_is_found_by_check(string limit, string code)
    {
        using var test = new BooksTest();
        test.Write(
            "rulebook/rules.yaml",
            $"kind: Scope\nname: ai\nwhere: {{ServiceName: x}}\n---\nkind: SpendLimit\nname: one\n{limit}"
        );
        var result = await test.RunAsync("check");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(code, result.Out + result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("limits/unknown", "limits", "show", "agnet")]
    [InlineData("limits/unknown", "limits", "override", "x", "--to", "5", "--until", "2999-01-01", "--reason", "x")]
    [InlineData(
        "limits/bad-amount",
        "limits",
        "override",
        "agent",
        "--to",
        "-5",
        "--until",
        "2999-01-01",
        "--reason",
        "x"
    )]
    [InlineData(
        "limits/override-long",
        "limits",
        "override",
        "agent",
        "--to",
        "5",
        "--until",
        "2999-01-01",
        "--reason",
        "x"
    )]
    [InlineData("usage/bad-day", "limits", "override", "agent", "--to", "5", "--until", "soon", "--reason", "x")]
    public async Task What_cannot_be_is_told_plainly(string code, params string[] args)
    {
        using var books = new BookedCharges(Rules, Thirty());
        var result = await books.RunAsync([.. args, "--draft"]);
        Assert.Equal(ExitCode.WrongUsage, result.ExitCode);
        Assert.Contains(code, result.Error, StringComparison.Ordinal);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Oneline(string text) =>
        string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static Dictionary<string, JsonElement> Row(JsonElement table) =>
        table
            .GetProperty("columns")
            .EnumerateArray()
            .Zip(table.GetProperty("rows")[0].EnumerateArray())
            .ToDictionary(pair => pair.First.GetString()!, pair => pair.Second);

    private static async Task<JsonElement> ShowAsync(BookedCharges books, string name, bool draft = true)
    {
        string[] args = ["limits", "show", name, .. draft ? ["--draft"] : Array.Empty<string>()];
        using var json = await JsonAsync(books, args);
        return json.RootElement.Clone();
    }

    private static async Task<JsonDocument> JsonAsync(BookedCharges books, params string[] args)
    {
        var result = await books.RunAsync([.. args, "--format", "json"]);
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonDocument.Parse(result.Out);
    }
}
