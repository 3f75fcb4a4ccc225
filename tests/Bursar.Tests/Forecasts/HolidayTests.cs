using System.Text.Json;
using Bursar.Quantify.Forecasts.Models;
using Bursar.Quantify.Planning;
using Bursar.Rulebooks;
using Bursar.Tests.Support;

namespace Bursar.Tests.Forecasts;

/// <summary>Public holidays are learned from and counted with (FCT-01, calendar effects).</summary>
public sealed class HolidayTests
{
    private const string India = "kind: HolidayCalendar\nname: holidays\ncountry: IN\n";

    private static readonly DateOnly[] Feasts =
    [
        new(2026, 1, 26),
        new(2026, 3, 4),
        new(2026, 3, 26),
        new(2026, 3, 31),
        new(2026, 4, 3),
        new(2026, 5, 1),
        new(2026, 5, 27),
        new(2026, 6, 26),
        new(2026, 8, 26),
        new(2026, 9, 4),
    ];

    /// <summary>1,000 on workdays, 400 on others; 250 where India celebrates.</summary>
    private static IEnumerable<SomeCharge> Workdays() =>
        Enumerable
            .Range(0, 273)
            .Select(i => new DateOnly(2026, 1, 1).AddDays(i))
            .Select(day => new SomeCharge(
                day,
                Feasts.Contains(day) ? "250"
                    : day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? "400"
                    : "1000"
            ));

    [Fact]
    public async Task What_a_holiday_costs_is_learned_and_those_ahead_cost_as_much()
    {
        using var books = new BookedCharges(India, Workdays());
        var days = await DaysAsync(books);
        // Gandhi's birthday is a Friday, Dussehra a Tuesday.
        Assert.Equal(250m, days["2026-10-02"]);
        Assert.Equal(250m, days["2026-10-20"]);
        Assert.Equal(1000m, days["2026-10-21"]);
        Assert.Equal(400m, days["2026-10-24"]);
        var said = await books.RunAsync("forecast", "--over", "day", "--to", "2026-10-31", "--draft");
        Assert.Contains("On public holidays it is 75 % less than on their weekdays, as seen on 10.", said.Error);
    }

    [Fact]
    public async Task A_calendar_that_the_cost_does_not_follow_changes_nothing()
    {
        var days = Enumerable
            .Range(0, 273)
            .Select(i => new SomeCharge(new DateOnly(2026, 1, 1).AddDays(i), "700"))
            .ToList();
        using var plain = new BookedCharges("", days);
        using var books = new BookedCharges(India, days);
        Assert.Equal(await DaysAsync(plain), await DaysAsync(books));
    }

    [Fact]
    public void Two_holidays_are_too_few_and_a_weekend_is_none()
    {
        double[] values = [.. Enumerable.Range(0, 60).Select(i => i is 20 or 34 ? 10.0 : 100.0)];
        var first = new DateOnly(2026, 1, 5);
        var two = HolidayEffect.Find(values, first, new HashSet<DateOnly> { first.AddDays(20), first.AddDays(34) });
        Assert.Empty(two.Notes);
        Assert.Same(HolidayEffect.None, two);
    }

    [Fact]
    public void A_country_less_some_days_and_with_some_of_its_own()
    {
        var (rulebook, findings) = Read(
            India + "without: [2026-03-04]\ndays: [{on: 2026-12-31, name: Close of the year}]\n"
        );
        Assert.Empty(findings);
        var days = HolidayCalendar.AllOf(rulebook);
        Assert.Contains(new DateOnly(2026, 12, 31), days);
        Assert.Contains(new DateOnly(2026, 11, 8), days);
        Assert.DoesNotContain(new DateOnly(2026, 3, 4), days);
        Assert.Contains(Read("kind: HolidayCalendar\nname: empty\n").Findings, code => code.Contains("no-holidays"));
    }

    private static (Rulebook Rulebook, List<string> Findings) Read(string yaml)
    {
        var (rulebook, problems) = RulebookReader.Read([new RulebookFile("holidays.yaml", yaml)], []);
        return (rulebook, [.. problems.Select(problem => problem.Code)]);
    }

    private static async Task<Dictionary<string, decimal>> DaysAsync(BookedCharges books)
    {
        var result = await books.RunAsync(
            "forecast",
            "--over",
            "day",
            "--to",
            "2026-10-31",
            "--draft",
            "--format",
            "json"
        );
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument
            .Parse(result.Out)
            .RootElement.GetProperty("periods")
            .EnumerateArray()
            .ToDictionary(
                period => period.GetProperty("start").GetString()!,
                period => period.GetProperty("point").GetDecimal()
            );
    }
}
