using System.Text.Json;
using Bursar.Cli;
using Bursar.Core.Amounts;
using Bursar.Quantify.Forecasts;
using Bursar.Tests.Support;
using Bursar.Warehouse.Queries;

namespace Bursar.Tests.Forecasts;

/// <summary>Forecasts of real books: what they keep, and what they refuse (FCT-01, FCT-03, FCT-04, FCT-08).</summary>
public sealed class ForecastDoorTests
{
    private static readonly string[] Months = ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"];

    private static readonly SomeCharge[] Flat =
    [
        .. Months.SelectMany(month => BookedCharges.EachDay(month, "100")),
        .. Months
            .SelectMany(month => BookedCharges.EachDay(month, "40"))
            .Select(charge => charge with { Service = "Vault" }),
    ];

    /// <summary>A weekly course, a fee on the first, and something that moves.</summary>
    private static IEnumerable<SomeCharge> Moving() =>
        Enumerable
            .Range(0, 210)
            .Select(i => new DateOnly(2026, 1, 1).AddDays(i))
            .Select(day => new SomeCharge(
                day,
                $"{1000 + (day.DayOfWeek == DayOfWeek.Sunday ? -300 : 0) + (day.DayNumber * 37 % 90) + (day.Day == 1 ? 5000 : 0)}"
            )
            {
                Service = day.DayNumber % 3 == 0 ? "Machines" : "Vault",
            });

    [Fact]
    public async Task What_costs_the_same_each_day_lands_where_the_days_say()
    {
        using var books = new BookedCharges("", Flat);
        var forecast = await AskAsync(books, "--to", "2026-07");
        var periods = forecast.GetProperty("periods").EnumerateArray().ToList();
        // The newest day may still grow, so May is the first period, and what is booked of it counts.
        Assert.Equal(
            ["2026-05-01", "2026-06-01", "2026-07-01"],
            periods.Select(period => period.GetProperty("start").GetString())
        );
        Assert.Equal(["4340", "4200", "4340"], periods.Select(period => Text(period, "point")));
        Assert.Equal("4340", Text(periods[0], "actual"));
        Assert.Equal("4200", Text(periods[1], "p90"));
        Assert.Contains("is expected to come to", forecast.GetProperty("sentence").GetString());
        Assert.NotEqual("null", Text(forecast.GetProperty("backtest"), "wapePercent"));
    }

    [Fact]
    public async Task FCT_01_parts_add_up_to_the_whole_at_the_point_and_at_every_quantile()
    {
        using var books = new BookedCharges("", Moving());
        var forecast = await AskAsync(books, "--by", "ServiceName", "--quantile", "P95", "--quantile", "0.25");
        var whole = forecast.GetProperty("periods").EnumerateArray().ToList();
        var parts = forecast
            .GetProperty("parts")
            .EnumerateArray()
            .Select(part => part.GetProperty("periods").EnumerateArray().ToList())
            .ToList();
        Assert.Equal(2, parts.Count);
        foreach (var field in (string[])["actual", "point", "p10", "p25", "p50", "p90", "p95"])
        {
            for (var k = 0; k < whole.Count; k++)
            {
                var sum = parts.Aggregate(Amount.Zero, (all, part) => all + Amount.Parse(Text(part[k], field)));
                Assert.Equal(Amount.Parse(Text(whole[k], field)), sum);
            }
        }
    }

    [Fact]
    public void What_is_grouped_by_service_is_added_up_of_parts_and_not_of_providers()
    {
        using var books = new BookedCharges("", Flat);
        var question = new ForecastQuestion { Cost = new CostQuery { By = ["ServiceName"] } };
        var forecast = ForecastCosts.Ask(books.View, question, TestContext.Current.CancellationToken);
        Assert.StartsWith("2 parts are forecast day by day and added up. The largest, Machines: ", forecast.Reason);
    }

    [Theory]
    [InlineData("day")]
    [InlineData("week")]
    [InlineData("quarter")]
    [InlineData("year")]
    public async Task Every_grain_has_an_answer_whose_bands_do_not_cross(string grain)
    {
        using var books = new BookedCharges("", Moving());
        var forecast = await AskAsync(books, "--over", grain);
        Assert.All(
            forecast.GetProperty("periods").EnumerateArray(),
            period =>
            {
                Assert.True(Amount.Parse(Text(period, "actual")) <= Amount.Parse(Text(period, "p10")));
                Assert.True(Amount.Parse(Text(period, "p10")) <= Amount.Parse(Text(period, "point")));
                Assert.True(Amount.Parse(Text(period, "point")) <= Amount.Parse(Text(period, "p90")));
            }
        );
    }

    [Fact]
    public void How_probable_an_overrun_is_agrees_with_the_quantiles()
    {
        using var books = new BookedCharges("", Moving());
        var forecast = ForecastCosts.Ask(books.View, new ForecastQuestion(), TestContext.Current.CancellationToken);
        var next = forecast.Periods[1];
        Assert.InRange(next.ProbabilityAbove(next.P90), 0.099m, 0.101m);
        Assert.InRange(next.ProbabilityAbove(next.P10), 0.899m, 0.901m);
        Assert.InRange(next.ProbabilityAbove(next.Point), 0.49m, 0.51m);
        Assert.InRange(next.ProbabilityAbove(next.Point + next.Point), 0, 0.001m);
        Assert.Equal(
            forecast.Periods[1].Point + forecast.Periods[2].Point,
            forecast.Over(new(next.Start, next.Start.AddMonths(2)))!.Point
        );
    }

    [Fact]
    public void A_day_that_a_provider_never_delivered_is_filled_and_the_newest_one_is_provisional()
    {
        using var books = new BookedCharges("", Flat.Where(charge => charge.Day != new DateOnly(2026, 4, 14)));
        var forecast = ForecastCosts.Ask(
            books.View,
            new ForecastQuestion { Over = TimeGrain.Day },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(new DateOnly(2026, 5, 30), forecast.CompleteThrough);
        Assert.Equal(new DateOnly(2026, 5, 31), forecast.Landing.Start);
        Assert.Equal(Amount.From(140), forecast.Periods[5].Point);
        Assert.Contains(forecast.Notes, note => note.Contains("1 of 150 values are missing"));
    }

    [Fact]
    public async Task EX_MYP_5_old_and_new_side_by_side_cost_660_more_in_the_first_year()
    {
        using var books = new BookedCharges(
            Event("target", "2026-06-01", "perMonth: 60, rampMonths: 8")
                + Event("migration", "2026-06-01", "perMonth: 50, to: 2027-02-01")
                + Event("decommission", "2027-02-01", "once: 50")
                + Event("legacy-ends", "2027-03-01", "perMonth: -100"),
            Flat
        );
        var planned = (await AskAsync(books, "--to", "2027-05"))
            .GetProperty("periods")
            .EnumerateArray()
            .Where(period => period.GetProperty("start").GetString() != "2026-05-01")
            .Select(period => decimal.Parse(Text(period, "planned"), System.Globalization.CultureInfo.InvariantCulture))
            .ToList();
        Assert.Equal(660m, planned.Sum());
        Assert.Equal(110m, planned[7]);
        Assert.Equal(780m, planned.Take(9).Sum());
        Assert.Equal(-40m, planned[^1]);
        // The months after the ninth save 40 each: 9 + 780 / 40.
        Assert.Equal(28.5m, 9 + (planned.Take(9).Sum() / -planned[^1]));
    }

    [Fact]
    public async Task FCT_03_a_percentage_moves_the_part_that_its_charges_have()
    {
        using var books = new BookedCharges(
            Event("cheaper", "2026-06-01", "percent: -50, probability: 0.8", "where: {ServiceName: Vault}"),
            Flat
        );
        var all = await AskAsync(books, "--to", "2026-06");
        Assert.Equal("-480", Text(all.GetProperty("periods")[1], "planned"));
        Assert.Contains(
            "-50 % from 2026-06-01, 80 % likely",
            all.GetProperty("events")[0].GetProperty("effect").GetString()
        );
        var machines = await AskAsync(books, "--to", "2026-06", "--where", "ServiceName=Machines");
        Assert.Equal("0", Text(machines.GetProperty("periods")[1], "planned"));
        var without = await AskAsync(books, "--to", "2026-06", "--without-events");
        Assert.Equal("4200", Text(without.GetProperty("periods")[1], "point"));
    }

    [Fact]
    public async Task FCT_08_a_frozen_forecast_stays_and_is_scored_when_its_periods_are_over()
    {
        using var books = new BookedCharges("", Flat);
        foreach (var known in (string[])["2026-03-31", "2026-04-15"])
        {
            var frozen = await books.RunAsync(
                "forecast",
                "freeze",
                "board",
                "--reason",
                "for the board",
                "--assume",
                "No new product",
                "--known-through",
                known,
                "--to",
                "2026-08",
                "--author",
                "anna"
            );
            Assert.True(frozen.ExitCode == 0, frozen.ToString());
        }
        var rows = TableRows.Of(await JsonAsync(books, "forecast", "accuracy"));
        Assert.Equal(["1", "2"], rows.Select(row => Text(row, "version")));
        // The last day of March was provisional then, so March counts; May is not whole yet.
        Assert.Equal(["2", "1"], rows.Select(row => Text(row, "scored")));
        Assert.Equal(["0", "0"], rows.Select(row => Text(row, "wapePercent")));
        Assert.Equal(["100", "100"], rows.Select(row => Text(row, "coveragePercent")));
        Assert.Equal(["null", "0"], rows.Select(row => Text(row, "driftPercent")));
        Assert.Equal("run", rows[0].GetProperty("level").GetString());
        Assert.Equal("anna", rows[0].GetProperty("author").GetString());
        var periods = TableRows.Of(await JsonAsync(books, "forecast", "accuracy", "board"));
        Assert.Equal("4340", Text(periods[0], "actual"));
        var other = await books.RunAsync("forecast", "freeze", "board", "--reason", "why", "--over", "week");
        Assert.Contains("answers another question", other.Error);
    }

    [Theory]
    [InlineData("--series nothing", "nothing")]
    [InlineData("--to 2026-02", "has come already")]
    [InlineData("--to 2040-01", "more than 60 months")]
    [InlineData("--quantile 2", "is no quantile")]
    [InlineData("--quantile often", "is no quantile")]
    [InlineData("--where ServiceName=Nothing", "Nothing in the books fits")]
    [InlineData("--known-through 2026-01-05", "days are known")]
    [InlineData("--scope nothing", "has no scope")]
    [InlineData("--measure BilledCost --over day", "forecast by month")]
    [InlineData("--split tax", "shows nothing apart")]
    public async Task What_has_no_answer_is_refused_with_the_way_out(string asked, string says)
    {
        using var books = new BookedCharges("", Flat);
        var result = await books.RunAsync(["forecast", .. asked.Split(' ')]);
        Assert.NotEqual(ExitCode.Fine, result.ExitCode);
        Assert.Contains(says, result.Error);
        Assert.True(result.Error.Split('\n').Length > 1, result.Error);
    }

    // FCT-09
    [Fact]
    public async Task Billed_cost_and_quantities_are_forecast_too()
    {
        using var books = new BookedCharges("", Flat.Select(charge => charge with { Used = ("Hours", "24", "Hours") }));
        var billed = await AskAsync(books, "--measure", "BilledCost", "--to", "2026-06");
        Assert.Equal("2026-06-01", billed.GetProperty("periods")[0].GetProperty("start").GetString());
        var hours = await AskAsync(books, "--measure", "ConsumedQuantity", "--to", "2026-06");
        Assert.Equal("Hours", hours.GetProperty("currency").GetString());
        Assert.Equal("1440", Text(hours.GetProperty("periods")[1], "point"));
    }

    private static string Event(string name, string from, string effect, string where = "") =>
        $"""
            kind: PlannedEvent
            name: {name}
            what: The {name}.
            from: {from}
            to: 2027-12-31
            {where}
            effect: {"{"}{effect}{(effect.Contains("percent") ? "" : ", currency: USD")}{"}"}
            ---

            """;

    private static async Task<JsonElement> AskAsync(BookedCharges books, params string[] args) =>
        await JsonAsync(books, ["forecast", .. args]);

    private static async Task<JsonElement> JsonAsync(BookedCharges books, params string[] args)
    {
        var result = await books.RunAsync([.. args, "--format", "json", "--draft"]);
        Assert.True(result.ExitCode == ExitCode.Fine, result.ToString());
        return JsonDocument.Parse(result.Out).RootElement.Clone();
    }

    private static string Text(JsonElement row, string field) => row.GetProperty(field).GetRawText();
}
