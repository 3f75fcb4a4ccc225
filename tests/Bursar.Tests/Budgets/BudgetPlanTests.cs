using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Quantify.Budgets;
using Bursar.Rulebooks;
using Bursar.Tests.Support;

namespace Bursar.Tests.Budgets;

/// <summary>Budgets by any calendar, from the top, from the bottom and by drivers; versions (BUD-01).</summary>
public sealed class BudgetPlanTests
{
    private const string Retail = """
        kind: FiscalCalendar
        name: retail
        pattern: 4-4-5
        years: {FY2026: 2026-02-01, FY2027: 2027-01-31}

        """;

    [Fact]
    public void Weeks_of_4_4_5_make_periods_that_sum_to_the_year_and_months_of_them_by_their_days()
    {
        var calendar = new FiscalPeriods(Find<FiscalCalendar>(Retail, "retail"), 1);
        var year = calendar.YearOf(new(2026, 5, 1))!;
        Assert.Equal("FY2026", year.Name);
        Assert.Equal([28, 28, 35], year.Periods.Take(3).Select(period => period.Days.Days));
        Assert.Equal(364, year.Days.Days);
        Assert.Equal(["FY2026-P04", "FY2026-P05", "FY2026-P06"], calendar.PartsOf("FY2026-Q2").Select(one => one.Name));
        var plan = BudgetMath.Plan(new Dictionary<string, Amount> { ["FY2026"] = Amount.From(1000) }, calendar, 2);
        Assert.Equal(Amount.From(1000), plan.In(year.Days));
        var months = plan.Months.Select(month => plan.In(DateRange.Of(month))).ToList();
        Assert.Equal(Amount.From(1000), months.Aggregate(Amount.Zero, (sum, one) => sum + one));
        Assert.Equal(Amount.From(76.92m), plan.In(DateRange.Of(new BillingPeriod(2026, 2))));
        Assert.Null(calendar.YearOf(new(2029, 1, 1)));
    }

    [Fact]
    public void A_year_from_April_is_named_by_its_end_and_has_twelve_months()
    {
        var calendar = new FiscalPeriods(null, 4);
        var year = calendar.YearOf(new(2026, 9, 30))!;
        Assert.Equal(
            ("FY2027", new DateOnly(2026, 4, 1), new DateOnly(2027, 4, 1)),
            (year.Name, year.Days.Start, year.Days.End)
        );
        Assert.Equal(["2026-10", "2026-11", "2026-12"], calendar.PartsOf("FY2027-Q3").Select(one => one.Name));
        Assert.Equal(["2026-10"], calendar.PartsOf("FY2027-P07").Select(one => one.Name));
        Assert.Empty(calendar.PartsOf("FY27"));
    }

    [Fact]
    public void Listed_periods_are_any_calendar_and_a_53rd_week_is_in_the_last_period()
    {
        var listed = new FiscalPeriods(
            Find<FiscalCalendar>(
                """
                kind: FiscalCalendar
                name: shop
                pattern: listed
                periods:
                  - {year: FY26, name: summer, from: 2026-03-29, to: 2026-10-25}
                  - {year: FY26, name: winter, from: 2026-10-25, to: 2027-03-28}
                """,
                "shop"
            ),
            1
        );
        Assert.Equal(["FY26-winter"], listed.PartsOf("FY26-winter").Select(one => one.Name));
        var weeks = new FiscalPeriods(Find<FiscalCalendar>(Retail.Replace("2027-01-31", "2027-02-07"), "retail"), 1);
        Assert.Equal(42, weeks.PartsOf("FY2026-P12")[0].Days.Days);
    }

    [Fact]
    public void Shares_of_a_parent_and_the_sum_of_parts_agree_to_the_cent()
    {
        using var books = new BookedCharges(
            """
            kind: Budget
            name: top
            currency: EUR
            amounts: {2026-03: 100.01, 2026-04: 0.02}
            ---
            kind: Budget
            name: a
            currency: EUR
            parent: top
            sharePercent: 33.333
            ---
            kind: Budget
            name: b
            currency: EUR
            parent: top
            sharePercent: 66.667
            ---
            kind: Budget
            name: sum
            currency: EUR
            sumOfParts: true
            ---
            kind: Budget
            name: volume
            currency: EUR
            parent: sum
            driver: {rate: 0.0415, volumes: {2026-03: 1000, 2026-Q2: 3000}}
            ---
            kind: Budget
            name: flat
            currency: EUR
            parent: sum
            amounts: {2026-04: 8.50}
            """,
            new SomeCharge(new(2026, 3, 1), "1")
        );
        var book = new BudgetBook(books.View);
        Assert.Equal(Amount.From(100.01m), In(book, "a", 3) + In(book, "b", 3));
        Assert.Equal(Amount.From(0.02m), In(book, "a", 4) + In(book, "b", 4));
        Assert.Equal(Amount.From(33.34m), In(book, "a", 3));
        Assert.Equal(Amount.From(41.5m), In(book, "volume", 3));
        Assert.Equal(Amount.From(41.5m), In(book, "sum", 3));
        Assert.Equal(Amount.From(50m), In(book, "sum", 4));
    }

    [Fact]
    public void A_version_is_the_plan_from_its_day_on_and_carries_what_it_does_not_speak_of()
    {
        using var books = new BookedCharges(
            """
            kind: Budget
            name: all
            currency: EUR
            amounts: {2026: 1200}
            assumptions: [no new site]
            versions:
              - {name: mid-year, from: 2026-06-20, amounts: {2026-Q3: 600}, reason: growth, assumptions: [20 % more quotes]}
              - {name: far away, from: 2099-01-01, amounts: {2026-08: 1}}
            """,
            new SomeCharge(new(2026, 3, 1), "1")
        );
        var book = new BudgetBook(books.View);
        var budget = book.Require("all");
        Assert.Equal((Amount.From(100), Amount.From(200)), (In(book, "all", 6), In(book, "all", 8)));
        Assert.Equal(Amount.From(100), book.PlanOf(budget, BudgetBook.Original).In(August));
        Assert.Equal(Amount.From(1), book.PlanOf(budget, "far away").In(August));
        Assert.Equal(["no new site", "20 % more quotes"], book.VersionsOf(budget)[1].Assumptions);
    }

    [Theory]
    [InlineData("amounts: {2026: 1, 2026-03: 1}", "overlapping-periods")]
    [InlineData("amounts: {FY26-P01: 1}", "bad-period")]
    [InlineData("amounts: {2026-01: -50}", "amount-below-zero")]
    [InlineData(
        "amounts: {2026: 1}\nversions: [{name: x, from: 2026-06-01, amounts: {2026-07: -1}}]",
        "amount-below-zero"
    )]
    [InlineData("", "budget-amounts")]
    [InlineData("amounts: {2026: 1}\nsumOfParts: true", "budget-amounts")]
    [InlineData("sharePercent: 10", "share-of-nothing")]
    [InlineData("sumOfParts: true", "sum-of-nothing")]
    [InlineData("amounts: {2026: 1}\ncalendar: lunar", "unknown-fiscalcalendar")]
    [InlineData("amounts: {2026: 1}\nplanRates: {EUR: 1.1}", "rates-not-used")]
    [InlineData("amounts: {2026: 1}\nexchange: plan\nplanRates: {EUR: 0}", "bad-plan-rate")]
    [InlineData("amounts: {2026: 1}\nparent: b", "circular-parent")]
    [InlineData("driver: {rate: 1}", "driver-volumes")]
    [InlineData(
        "amounts: {2026: 1}\nholdbacks: [{level: a, percent: 60}, {level: b, percent: 50}]",
        "holdbacks-exceed"
    )]
    [InlineData(
        "amounts: {2026: 1}\nversions:\n  - {name: x, from: 2026-06-01, amounts: {2026-07: 1}}\n  - {name: y, from: 2026-06-01, amounts: {2026-08: 1}}",
        "overlapping-versions"
    )]
    public void A_mistake_is_found_with_its_line(string text, string code)
    {
        var (_, found) = Rulebook.Load([new RulebookFile("b.yaml", $"kind: Budget\nname: b\ncurrency: EUR\n{text}\n")]);
        var mistake = Assert.Single(found, one => one.Code == "rulebook/" + code);
        Assert.NotNull(mistake.Position);
        Assert.NotEmpty(mistake.Remedy);
    }

    [Fact]
    public void Parts_never_come_to_more_than_the_whole_and_have_its_currency()
    {
        var text = """
            kind: Budget
            name: top
            currency: EUR
            amounts: {2026-03: 100, 2026-04: 100}
            ---
            kind: Budget
            name: a
            currency: EUR
            parent: top
            amounts: {2026-03: 60, 2026-04: 60}
            ---
            kind: Budget
            name: b
            currency: EUR
            parent: top
            amounts: {2026-03: 30, 2026-04: 50}
            """;
        var (_, found) = Rulebook.Load([new RulebookFile("b.yaml", text)]);
        var mistake = Assert.Single(found);
        Assert.Equal(("rulebook/parts-exceed", 4), (mistake.Code, mistake.Position!.Line));
        Assert.Contains("From 2026-04-01 on its parts may spend 110, and all of it 100.", mistake.Message);
        (_, found) = Rulebook.Load([
            new RulebookFile("b.yaml", text.Replace("50}", "40}").Replace("b\ncurrency: EUR", "b\ncurrency: USD")),
        ]);
        Assert.Equal("rulebook/part-in-other-currency", Assert.Single(found).Code);
    }

    [Theory]
    [InlineData("pattern: 4-4-5", "calendar-without-years")]
    [InlineData("pattern: listed", "calendar-without-years")]
    [InlineData("pattern: 4-4-5\nyears: {FY2026: 2026-02-01, FY2027: 2027-02-01}", "odd-fiscal-year")]
    [InlineData(
        "pattern: listed\nperiods:\n  - {year: FY26, name: a, from: 2026-01-01, to: 2026-02-01}\n  - {year: FY26, name: b, from: 2026-02-02, to: 2026-03-01}",
        "periods-apart"
    )]
    public void A_calendar_leaves_no_day_out(string text, string code)
    {
        var (_, found) = Rulebook.Load([new RulebookFile("c.yaml", $"kind: FiscalCalendar\nname: c\n{text}\n")]);
        Assert.Equal("rulebook/" + code, Assert.Single(found).Code);
    }

    private static DateRange August => DateRange.Of(new BillingPeriod(2026, 8));

    private static Amount In(BudgetBook book, string budget, int month) =>
        book.PlanOf(book.Require(budget)).In(DateRange.Of(new BillingPeriod(2026, month)));

    private static T Find<T>(string text, string name)
        where T : Declaration
    {
        var (rulebook, found) = Rulebook.Load([new RulebookFile("c.yaml", text)]);
        Assert.Empty(found);
        return rulebook.Find<T>(name)!;
    }
}
