using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Quantify.Forecasts.Models;
using Bursar.Tests.Support;

namespace Bursar.Tests.Forecasts;

/// <summary>An event that may come or not widens the band: it holds both outcomes (FCT-01, FCT-03).</summary>
public sealed class EventMixtureTests
{
    private static readonly SomeCharge[] Flat =
    [
        .. new[] { "2026-01", "2026-02", "2026-03", "2026-04", "2026-05" }.SelectMany(month =>
            BookedCharges
                .EachDay(month, "100")
                .Concat(BookedCharges.EachDay(month, "40").Select(charge => charge with { Service = "Vault" }))
        ),
    ];

    [Fact]
    public void Two_events_have_four_ways_whose_odds_are_one_and_whose_mean_is_what_is_expected()
    {
        var cases = EventMixture.Cases([
            new(0.5m, Amount.From(50)),
            new(0.2m, Amount.From(-4)),
            new(1, Amount.From(9)),
        ]);
        Assert.Equal(4, cases.Count);
        Assert.Equal(1, cases.Sum(one => one.Weight), 12);
        Assert.Equal(0, cases.Sum(one => one.Weight * one.Shift), 9);
        Assert.Equal([-46, 54, -66, 34], cases.Select(one => Math.Round(one.Shift, MidpointRounding.ToEven)));
        Assert.Empty(EventMixture.Cases([new(1, Amount.From(9)), new(0, Amount.Zero)]));
    }

    [Fact]
    public async Task A_launch_of_even_odds_has_P10_without_it_and_P90_with_it()
    {
        using var books = new BookedCharges(Event("0.5", "perMonth: 1000"), Flat);
        var june = await JuneAsync(books);
        // Every day costs 140, so nothing but the launch is uncertain: 4,200 or 5,200.
        Assert.Equal(("4200", "4700", "5200"), (Text(june, "p10"), Text(june, "point"), Text(june, "p90")));
        Assert.Equal("4200", Text(june, "p50"));
        using var sure = new BookedCharges(Event("1", "perMonth: 1000"), Flat);
        june = await JuneAsync(sure);
        Assert.Equal(("5200", "5200", "5200"), (Text(june, "p10"), Text(june, "point"), Text(june, "p90")));
    }

    [Fact]
    public async Task Its_parts_still_add_up_at_every_quantile_and_the_chance_of_a_breach_knows_both_outcomes()
    {
        using var books = new BookedCharges(
            Event("0.3", "percent: 20", "where: {ServiceName: Vault}")
                + "---\nkind: Budget\nname: all\ncurrency: USD\namounts: {2026-06: 4300}\n",
            Flat
        );
        var forecast = await AskAsync(books, "--by", "ServiceName");
        var whole = forecast.GetProperty("periods")[1];
        Assert.Equal(("4200", "4440"), (Text(whole, "p10"), Text(whole, "p90")));
        foreach (var field in (string[])["point", "p10", "p50", "p90"])
        {
            var sum = forecast
                .GetProperty("parts")
                .EnumerateArray()
                .Aggregate(Amount.Zero, (all, part) => all + Amount.Parse(Text(part.GetProperty("periods")[1], field)));
            Assert.Equal(Amount.Parse(Text(whole, field)), sum);
        }
        Assert.Contains(
            forecast.GetProperty("notes").EnumerateArray(),
            note => note.GetString()!.Contains("may come or not: the point counts by the odds, the band holds both")
        );
    }

    private static string Event(string probability, string effect, string where = "") =>
        $$"""
            kind: PlannedEvent
            name: launch
            what: The launch
            from: 2026-06-01
            to: 2026-07-01
            effect: {{{effect}}, {{(
                effect.StartsWith("per", StringComparison.Ordinal) && effect[3] == 'M' ? "currency: USD, " : ""
            )}}probability: {{probability}}}
            {{where}}

            """;

    private static async Task<JsonElement> JuneAsync(BookedCharges books) =>
        (await AskAsync(books)).GetProperty("periods")[1];

    private static async Task<JsonElement> AskAsync(BookedCharges books, params string[] args)
    {
        var result = await books.RunAsync(["forecast", "--to", "2026-06", .. args, "--draft", "--format", "json"]);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Out).RootElement;
    }

    private static string Text(JsonElement row, string field) => row.GetProperty(field).GetRawText();
}
