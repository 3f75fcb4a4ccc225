using Bursar.Benchmarks;
using Bursar.Core.Amounts;
using Bursar.Understand.Anomalies;
using Bursar.Understand.Anomalies.Detection;

namespace Bursar.Tests.Anomalies;

/// <summary>Each cause is told once, as what it is, where it is (ANO-01, ANO-06, ANO-08).</summary>
public sealed class CauseTests
{
    private const int Days = 200;
    private static readonly DateOnly First = new(2026, 1, 5);
    private static readonly Currency Usd = new("USD");

    [Fact]
    public void A_spike_is_told_once_at_the_part_that_has_it()
    {
        var one = Only((part, day) => part == "a, x, main" && day is 190 or 191 ? 4 : 1);
        Assert.Equal((AnomalyKind.Spike, "a, x, main"), (one.Kind, one.Title));
        Assert.Equal((First.AddDays(190), 2), (one.Days.Start, one.DayCount));
        Assert.Equal(First.AddDays(190), one.ToldOn);
        Assert.False(one.IsOngoing);
        Assert.Equal(one.Actual, one.Expected + one.Excess);
    }

    [Fact]
    public void What_moves_in_all_accounts_of_a_service_is_told_of_the_service()
    {
        var one = Only((part, day) => part.StartsWith("a, x", StringComparison.Ordinal) && day >= 185 ? 1.6m : 1);
        Assert.Equal((AnomalyKind.Shift, "a, x"), (one.Kind, one.Title));
        Assert.True(one.IsOngoing);
        Assert.Equal(First.AddDays(185), one.Days.Start);
    }

    [Fact]
    public void Two_causes_at_once_are_two()
    {
        var both = Judge((part, day) => day >= 190 && part is "a, x, main" or "b, z, main" ? 5 : 1);
        Assert.Equal(["a, x, main", "b, z, main"], both.Select(one => one.Title).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_fall_is_told_and_its_end_is_not()
    {
        var one = Only((part, day) => part == "a, x, main" && day is >= 180 and < 190 ? 0.1m : 1);
        Assert.Equal((AnomalyKind.Drop, "a, x, main"), (one.Kind, one.Title));
        Assert.Equal(10, one.DayCount);
    }

    [Fact]
    public void An_account_without_any_charge_is_missing_data_and_no_fall()
    {
        var one = Only(
            (part, day) => part.EndsWith("main", StringComparison.Ordinal) && part[0] == 'a' && day >= 197 ? 0 : 1
        );
        Assert.Equal((AnomalyKind.MissingData, "a, main"), (one.Kind, one.Title));
        Assert.True(one.IsDataDefect);
    }

    [Fact]
    public void An_account_that_costs_twice_at_once_was_counted_twice()
    {
        var one = Only(
            (part, day) => part.EndsWith("main", StringComparison.Ordinal) && part[0] == 'a' && day == 195 ? 2 : 1
        );
        Assert.Equal((AnomalyKind.Doubled, "a, main"), (one.Kind, one.Title));
    }

    [Fact]
    public void As_much_at_a_higher_part_of_the_list_price_is_a_lost_discount()
    {
        var one = Only(
            (part, day) => part.StartsWith("a, x", StringComparison.Ordinal) && day >= 190 ? 1.1m : 1,
            listMoves: false
        );
        Assert.Equal((AnomalyKind.LostDiscount, "a, x"), (one.Kind, one.Title));
        Assert.Equal("discount", one.Because);
        Assert.Equal(First.AddDays(191), one.ToldOn);
    }

    [Fact]
    public void A_commitment_that_is_used_less_is_idle_and_the_fall_of_its_use_is_the_same_cause()
    {
        var figures = Figures((part, day) => part == "a, x, main" && day >= 190 ? 0.2m : 1, listMoves: true);
        for (var day = 0; day < Days; day++)
            figures.Add(new(SeriesOf.Unused, ["a", "plan"], Usd, First.AddDays(day), day < 190 ? 10 : 1_300, 0, 0));
        var one = Assert.Single(Judge(figures));
        Assert.Equal((AnomalyKind.IdleCommitment, "a, plan"), (one.Kind, one.Title));
    }

    [Fact]
    public void A_slow_rise_is_a_drift()
    {
        var one = Only((part, day) => part == "a, x, main" ? 1 + (Math.Max(0, day - 160) * 0.02m) : 1);
        Assert.Equal("a, x, main", one.Title);
        Assert.True(one.Kind is AnomalyKind.Drift or AnomalyKind.Shift, one.Kind.ToString());
        Assert.InRange(one.ToldOn, First.AddDays(165), First.AddDays(190));
    }

    [Fact]
    public void ANO_06_a_slow_rise_is_told_within_two_days_of_having_risen_by_a_fifth()
    {
        // 2 % of its level more each day: a fifth on the tenth.
        var one = Only((part, day) => part == "a, x, main" && day >= 180 ? 1 + ((day - 179) * 0.02m) : 1);
        Assert.Equal("a, x, main", one.Title);
        Assert.True(one.Kind is AnomalyKind.Drift or AnomalyKind.Shift, one.Kind.ToString());
        Assert.InRange(one.ToldOn, First.AddDays(183), First.AddDays(191));
        Assert.InRange(one.Days.Start, First.AddDays(178), First.AddDays(184));
    }

    [Fact]
    public void A_step_is_no_slow_rise()
    {
        var one = Only((part, day) => part == "a, x, main" && day >= 185 ? 1.4m : 1);
        Assert.Equal((AnomalyKind.Shift, First.AddDays(185)), (one.Kind, one.ToldOn));
    }

    [Fact]
    public void ANO_06_a_fall_by_half_is_told_on_its_second_day()
    {
        // 36 of the 40 that it costs a day are gone; the floor is about 60.
        var one = Only((part, day) => part == "a, x, side" && day >= 190 ? 0.1m : 1);
        Assert.Equal((AnomalyKind.Drop, First.AddDays(191)), (one.Kind, one.ToldOn));
    }

    [Fact]
    public void ANO_06_a_fall_is_told_although_single_days_long_ago_stood_out_more()
    {
        var one = Only(
            (part, day) =>
                part != "a, x, main" ? 1
                : First.AddDays(day + 1).Day == 1 ? 6
                : day is >= 180 and < 190 ? 0.3m
                : 1
        );
        Assert.Equal((AnomalyKind.Drop, First.AddDays(180)), (one.Kind, one.Days.Start));
        Assert.InRange(one.ToldOn, First.AddDays(180), First.AddDays(181));
    }

    [Fact]
    public void What_comes_back_after_weeks_to_what_it_was_is_no_news()
    {
        var all = Judge((part, day) => part == "a, x, main" && day is >= 150 and < 178 ? 2.5m : 1, from: 145);
        Assert.Equal(AnomalyKind.Shift, Assert.Single(all).Kind);
    }

    [Fact]
    public void More_use_of_what_has_no_discount_is_no_lost_discount()
    {
        var figures = Figures((part, day) => part == "a, y, main" && day >= 190 ? 2.5m : 1, listMoves: true);
        for (var i = 0; i < figures.Count; i++)
            if (figures[i].Keys[1] == "y")
                figures[i] = figures[i] with { List = figures[i].Cost };
        Assert.DoesNotContain(Judge(figures), one => one.Kind == AnomalyKind.LostDiscount);
    }

    [Fact]
    public void ANO_08_what_is_counted_twice_after_a_busy_month_end_is_a_defect_of_the_data()
    {
        var one = Only(
            (part, day) =>
                !part.EndsWith("main", StringComparison.Ordinal) || part[0] != 'a' ? 1
                : day == 195 ? 2
                : day is 193 or 194 ? 1.3m
                : 1
        );
        Assert.Equal((AnomalyKind.Doubled, "a, main"), (one.Kind, one.Title));
        Assert.Equal(First.AddDays(195), one.Days.Start);
    }

    [Fact]
    public void What_every_month_end_does_is_no_news() =>
        Assert.Empty(Judge((part, day) => part == "a, x, main" && First.AddDays(day + 1).Day == 1 ? 3 : 1));

    [Fact]
    public void Work_that_runs_at_month_ends_alone_is_told_when_it_comes_and_never_again()
    {
        // The closing run of two days costs 900 and more, where nothing costs anything on other days.
        var figures = Figures((_, _) => 1, listMoves: true);
        for (var day = 0; day < Days; day++)
            if (First.AddDays(day + 2).Day <= 2)
                figures.Add(
                    new(SeriesOf.Cost, ["a", "w", "main", "close"], Usd, First.AddDays(day), 900 + (day % 3 * 40), 0, 4)
                );
        Assert.Empty(Judge(figures));
    }

    [Theory]
    [InlineData(2, "Doubled")]
    [InlineData(1, "Shift")]
    public void ANO_08_twice_the_cost_is_counted_twice_only_with_twice_the_charges(int times, string kind)
    {
        static bool IsTwice(string service, string provider, DateOnly day) =>
            provider == "a" && service == "x" && day >= First.AddDays(185);
        var figures = Figures(
                (part, day) => IsTwice(part[3..4], part[..1], First.AddDays(day)) ? 2 : 1,
                listMoves: true
            )
            .ConvertAll(one => one with { Charges = IsTwice(one.Keys[1]!, one.Keys[0]!, one.Day) ? 24 * times : 24 });
        // Two parts are too few to say it of a service; a third one is.
        figures.AddRange(
            figures
                .Where(one => one.Keys[0] == "a" && one.Keys[1] == "x" && one.Keys[2] == "main")
                .Select(one => one with { Keys = ["a", "x", "third", "third"] })
                .ToList()
        );
        var one = Assert.Single(Judge(figures));
        Assert.Equal((kind, "a, x"), (one.Kind.ToString(), one.Title));
    }

    [Fact]
    public void Less_than_a_hundredth_of_a_usual_day_is_not_told() =>
        Assert.Empty(Judge((part, day) => part == "b, z, side" && day == 195 ? 2 : 1));

    [Fact]
    public void False_raises_the_bar_of_its_place_and_of_no_other()
    {
        static decimal Spikes(string part, int day) =>
            (part, day) is ("a, x, main", 150 or 190) or ("b, z, main", 190) ? 3 : 1;
        var before = Judge(Spikes, from: 100);
        var first = before.Single(one => one.Days.Start == First.AddDays(150));
        var made = new MadeAnomalyDecision(
            new(
                first.Id,
                AnomalyCategory.False,
                first.Title,
                first.Days.Start,
                first.ToldOn,
                "USD",
                first.Excess,
                first.Excess.Times(1.2m),
                "a test"
            ),
            1,
            DateTimeOffset.UnixEpoch,
            "anna"
        );
        var after = Judge(Spikes, from: 100, new AnomalyHistory([made]));
        Assert.Equal(3, before.Count);
        Assert.Equal(
            [("a, x, main", 150), ("b, z, main", 190)],
            after.Select(one => (one.Title, one.Days.Start.DayNumber - First.DayNumber)).Order()
        );
    }

    [Theory]
    [InlineData(3, 3, 1_200, 10_800)]
    [InlineData(3, 9, 1_200, 0)]
    [InlineData(null, 3, 1_200, 10_800)]
    public void EX_ANO_2_cost_is_avoided_where_somebody_acted_before_it_ended(
        int? endedOnDay,
        int saidOnDay,
        decimal incurred,
        decimal avoided
    )
    {
        var fact = new AnomalyDecision(
            "a1",
            AnomalyCategory.True,
            "x",
            First,
            First,
            "USD",
            Amount.From(1_200),
            Amount.From(400),
            "why",
            MendedOnDay: endedOnDay
        );
        var at = new DateTimeOffset(First.AddDays(saidOnDay).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        var quality = new AnomalyHistory([new MadeAnomalyDecision(fact, 1, at, "anna")]).Quality([]);
        Assert.Equal(incurred, Assert.Single(quality.Incurred).Amount.ToDecimal());
        Assert.Equal(avoided, Assert.Single(quality.Avoided).Amount.ToDecimal());
    }

    /// <summary>
    /// A made company: everything that was planted is told, at once, as what it is; bench/README.md has more.
    /// </summary>
    [Fact]
    public void ANO_06_what_is_planted_in_a_company_is_found_as_what_it_is()
    {
        var company = new SeededCompany(5);
        var told = new JudgeCube(company.Cube(), new AnomalyHistory([])).Of(
            SeededCompany.First.AddDays(SeededCompany.Days - SeededCompany.Window),
            null,
            TestContext.Current.CancellationToken
        );
        var wanted = new (PlantKind Planted, AnomalyKind Told)[]
        {
            (PlantKind.AgentLoop, AnomalyKind.Spike),
            (PlantKind.MissingData, AnomalyKind.MissingData),
            (PlantKind.IdleCommitment, AnomalyKind.IdleCommitment),
            (PlantKind.Drop, AnomalyKind.Drop),
        };
        foreach (var (planted, kind) in wanted)
        {
            var plant = company.Plants.Single(one => one.Kind == planted);
            Assert.Contains(told, one => one.Kind == kind && one.Title == plant.Place);
        }
        Assert.InRange(told.Count, wanted.Length, 2 * company.Plants.Count);
    }

    private static Anomaly Only(Func<string, int, decimal> times, bool listMoves = true) =>
        Assert.Single(Judge(Figures(times, listMoves)));

    private static List<Anomaly> Judge(
        Func<string, int, decimal> times,
        int from = 140,
        AnomalyHistory? history = null
    ) => Judge(Figures(times, listMoves: true), from, history);

    private static List<Anomaly> Judge(List<DayFigure> figures, int from = 140, AnomalyHistory? history = null) =>
        new JudgeCube(SeriesCube.Of(figures, _ => First.AddDays(Days)), history ?? new AnomalyHistory([])).Of(
            First.AddDays(from),
            null,
            TestContext.Current.CancellationToken
        );

    /// <summary>Two providers, three services each, two accounts: weekly rhythm and a little noise, times what a test
    /// plants.</summary>
    private static List<DayFigure> Figures(Func<string, int, decimal> times, bool listMoves)
    {
        var random = new Random(7);
        var figures = new List<DayFigure>();
        foreach (var provider in new[] { "a", "b" })
        foreach (var service in new[] { "x", "y", "z" })
        foreach (var (account, level) in new[] { ("main", 1_000m), ("side", 40m) })
        {
            for (var day = 0; day < Days; day++)
            {
                var usual = level * (day % 7 < 5 ? 1 : 0.8m) * (0.98m + (0.04m * (decimal)random.NextDouble()));
                var by = times($"{provider}, {service}, {account}", day);
                string[] keys = [provider, service, account, account];
                figures.Add(
                    new(
                        SeriesOf.Cost,
                        keys,
                        Usd,
                        First.AddDays(day),
                        usual * by,
                        usual * (listMoves ? by : 1) * 1.3m,
                        0
                    )
                );
            }
        }
        return figures;
    }
}
