using System.Text.Json;
using Bursar.Tests.Support;
using Bursar.Understand.Anomalies.Detection;

namespace Bursar.Tests.Anomalies;

/// <summary>Runaways of AI agents, keys and models, told by the hour (ANO-07, EX-GOV-1).</summary>
public sealed class RunawayTests
{
    private const int Days = 21;
    private const int HourOfLoop = (Days * 24) + 6;

    private const string Rules = """
        kind: SpendLimit
        name: agent
        where: {x_ApiKeyName: agent}
        amount: 30000
        currency: USD
        """;

    private static readonly DateOnly First = new(2026, 9, 1);

    private static SomeCharge Hour(int hour, string cost, string key = "agent") =>
        new(First.AddDays(hour / 24), cost)
        {
            Hour = hour % 24,
            Called = (key, "large-4"),
            Service = "Models",
        };

    /// <summary>Three weeks and six hours of two keys.</summary>
    private static IEnumerable<SomeCharge> Before() =>
        Enumerable
            .Range(0, HourOfLoop)
            .SelectMany(hour => new[] { Hour(hour, $"{9 + (hour % 3)}"), Hour(hour, $"{20 + (hour % 5)}", "summary") });

    [Fact]
    public async Task ANO_07_a_runaway_is_told_within_the_hour_in_which_its_use_arrives()
    {
        using var books = new BookedCharges(Rules, Before());
        Assert.Equal(0, (await ReviewAsync(books)).GetProperty("anomalies").GetArrayLength());
        books.Take(Hour(HourOfLoop, "400"), Hour(HourOfLoop, "21", "summary"));
        var one = Assert.Single((await ReviewAsync(books)).GetProperty("anomalies").EnumerateArray());
        Assert.Equal("runaway", one.GetProperty("kind").GetString());
        Assert.Equal("Cloud One, Models, agent", one.GetProperty("what").GetString());
        Assert.True(one.GetProperty("ongoing").GetBoolean());
        var runaway = one.GetProperty("runaway");
        Assert.Equal("2026-09-22T06:00:00Z", runaway.GetProperty("from").GetString());
        Assert.Equal(1, runaway.GetProperty("hours").GetInt32());
        Assert.Equal(400m, runaway.GetProperty("lastHour").GetDecimal());
        Assert.InRange(runaway.GetProperty("expectedPerHour").GetDecimal(), 9, 11);
        Assert.Equal("agent", runaway.GetProperty("limit").GetString());
        // What is left of 30,000 after 510 usual hours and this one, at 400 an hour.
        var left = runaway.GetProperty("remaining").GetDecimal();
        Assert.Equal(30_000 - (HourOfLoop * 10) - 400, left);
        Assert.Equal(
            decimal.Round(left / 400, 2, MidpointRounding.AwayFromZero),
            runaway.GetProperty("hoursLeft").GetDecimal()
        );
        var full = await books.RunAsync("anomalies", "show", one.GetProperty("id").GetString()!, "--draft");
        Assert.Contains("2026-09-22 06:00", full.Out, StringComparison.Ordinal);
        Assert.Contains("nothing is left of the limit agent", Oneline(full.Out), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runaway_that_lasts_stays_one_with_its_decision_and_is_told_when_it_ends()
    {
        using var books = new BookedCharges("", Before());
        books.Take(Hour(HourOfLoop, "400"), Hour(HourOfLoop + 1, "420"));
        var first = Assert.Single((await ReviewAsync(books)).GetProperty("anomalies").EnumerateArray());
        var id = first.GetProperty("id").GetString()!;
        await books.RunAsync("anomalies", "acknowledge", id, "--draft");
        books.Take([
            Hour(HourOfLoop + 2, "390"),
            .. Enumerable.Range(HourOfLoop + 3, 50).Select(hour => Hour(hour, "10")),
        ]);
        var one = Assert.Single((await ReviewAsync(books)).GetProperty("anomalies").EnumerateArray());
        Assert.Equal(id, one.GetProperty("id").GetString());
        Assert.Equal("acknowledged", one.GetProperty("state").GetString());
        Assert.False(one.GetProperty("ongoing").GetBoolean());
        Assert.Equal(3, one.GetProperty("runaway").GetProperty("hours").GetInt32());
        Assert.Equal(1_210m, one.GetProperty("actual").GetDecimal());
    }

    [Fact]
    public async Task A_runaway_just_after_midnight_has_its_owner_although_its_day_has_hardly_begun()
    {
        const string owners = """
            kind: AllocationRule
            name: keys
            order: 1
            when: {x_ApiKeyName: agent}
            set: {x_Owner: anna}
            ---
            kind: AllocationRule
            name: others
            order: 2
            when: {}
            set: {x_Owner: bert}
            """;
        const int midnight = Days * 24;
        using var books = new BookedCharges(owners, Before().Where(charge => charge.Day < First.AddDays(Days)));
        books.Take(Hour(midnight, "90"), Hour(midnight, "21", "summary"));
        var one = Assert.Single((await ReviewAsync(books)).GetProperty("anomalies").EnumerateArray());
        Assert.Equal("anna", one.GetProperty("owner").GetString());
        Assert.Equal("agent", one.GetProperty("drivers").EnumerateArray().Last(IsKey).GetProperty("value").GetString());

        static bool IsKey(JsonElement driver) => driver.GetProperty("column").GetString() == "x_ApiKeyName";
    }

    [Fact]
    public void A_key_that_repeats_itself_daily_or_grows_step_by_step_does_not_run_away()
    {
        var nightly = Enumerable.Range(0, 24 * 40).Select(hour => hour % 24 == 2 ? 500m : 10m).ToList();
        Assert.DoesNotContain(new FindFastHours(nightly).Over(1), span => span.Start >= 24 * 9);
        var growing = Enumerable.Range(0, 24 * 40).Select(hour => 10m + (hour * hour / 100m)).ToList();
        Assert.Empty(new FindFastHours(growing).Over(1));
    }

    [Fact]
    public void What_is_below_the_floor_or_has_no_day_behind_it_is_not_told()
    {
        var small = Enumerable.Range(0, 240).Select(hour => hour == 200 ? 0.9m : 0.01m).ToList();
        Assert.Empty(new FindFastHours(small).Over(1));
        Assert.Empty(new FindFastHours([1, 1, 1, 500, 500]).Over(1));
    }

    [Fact]
    public void A_runaway_is_measured_by_the_hour_before_it_for_as_long_as_it_runs()
    {
        var figures = Enumerable.Range(0, 300).Select(hour => hour is >= 200 and < 231 ? 2_807m : 207m).ToList();
        var find = new FindFastHours(figures);
        var span = Assert.Single(find.Over(100));
        Assert.Equal((200, 231), (span.Start, span.End));
        Assert.All(find.Expected.Skip(200).Take(31), expected => Assert.Equal(207, expected));
    }

    private static string Oneline(string text) =>
        string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static async Task<JsonElement> ReviewAsync(BookedCharges books)
    {
        var result = await books.RunAsync("anomalies", "--draft", "--format", "json");
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonDocument.Parse(result.Out).RootElement;
    }
}
