using Bursar.Core.Amounts;
using Bursar.Tests.Support;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using FsCheck;
using FsCheck.Fluent;

namespace Bursar.Tests.Allocation;

/// <summary>
/// Rates charge what was used of a data centre, and what they do not bring in is a line of its own (ALC-04, ALC-05,
/// SHW-03).
/// </summary>
public sealed class RateCardTests
{
    private static readonly DateOnly Day = new(2026, 3, 10);

    private const string Rules = """
        kind: AllocationRule
        name: from-tags
        order: 1
        when: {}
        set: {x_Product: "{Tags/product}", x_CostCentre: "{Tags/cc}"}
        ---
        kind: PriceBook
        name: site-rates
        provider: Site
        currency: USD
        source: Infrastructure, 2026
        prices:
          - {items: ["*"], rates: {core-hours: 0.05, gib-hours: 0.01, gpu-hours: 2}}
          - {items: ["*"], from: 2026-03-20, rates: {core-hours: 0.06, gib-hours: 0.01, gpu-hours: 2}}
        ---
        kind: SharedCost
        name: site
        order: 1
        pool: {x_CostCentre: site}
        method: rates
        prices: site-rates

        """;

    [Fact]
    public void What_rates_do_not_bring_in_stays_with_the_data_centre_under_its_own_name()
    {
        using var books = new BookedCharges(
            Rules,
            InPool("1000"),
            Using("payments", "core-hours", "8000"),
            Using("search", "core-hours", "4000"),
            Using("search", "gib-hours", "20000")
        );
        Assert.Equal(
            [
                "- site (under-recovery) site Central 200",
                "payments - payments site Distributed 400",
                "search - search site Distributed 400",
            ],
            Lines(books)
        );
        Assert.Equal(Total(books, CostAllocation.Direct), Total(books, CostAllocation.Distributed));
    }

    [Fact]
    public void What_rates_bring_in_beyond_the_cost_is_given_back_to_the_data_centre()
    {
        using var books = new BookedCharges(
            Rules,
            InPool("700"),
            Using("payments", "core-hours", "8000"),
            Using("search", "gpu-hours", "200")
        );
        Assert.Equal(
            [
                "- site (over-recovery) site Central -100",
                "payments - payments site Distributed 400",
                "search - search site Distributed 400",
            ],
            Lines(books)
        );
    }

    [Fact]
    public void A_spread_difference_goes_by_what_each_line_charged()
    {
        using var books = new BookedCharges(
            Rules
                + """
                recovery: spread
                lines:
                  - {meter: core-hours, cost: {ServiceName: Machines}}
                  - {meter: gib-hours}
                """,
            InPool("900"),
            InPool("300") with
            {
                Service = "Storage",
            },
            Using("payments", "core-hours", "8000"),
            Using("search", "core-hours", "4000"),
            Using("search", "gib-hours", "20000")
        );
        // Core-hours charge 600 of 900: half as much again. GiB-hours charge 200 of the other 300.
        Assert.Equal(
            ["payments - payments site Distributed 600", "search - search site Distributed 600"],
            Lines(books)
        );
    }

    [Fact]
    public void A_rate_that_changes_in_a_month_charges_each_day_by_its_own()
    {
        using var books = new BookedCharges(
            Rules,
            InPool("1000"),
            Using("payments", "core-hours", "1000"),
            Using("payments", "core-hours", "1000") with
            {
                Day = new DateOnly(2026, 3, 20),
            }
        );
        Assert.Equal(
            ["- site (under-recovery) site Central 890", "payments - payments site Distributed 110"],
            Lines(books)
        );
    }

    [Theory]
    [InlineData("0", "core-hours", "cost 0 USD in 2026-03, so nothing is charged")]
    [InlineData("100", "minutes", "Nothing in 2026-03 has a rate of")]
    public void A_month_in_which_nothing_can_be_charged_is_kept_and_says_so(string cost, string meter, string note)
    {
        using var books = new BookedCharges(Rules, InPool(cost), Using("payments", meter, "5"));
        var answer = new AskCosts(books.View).Answer(
            new CostQuery { Allocation = CostAllocation.Distributed },
            TestContext.Current.CancellationToken
        );
        Assert.Contains(answer.Notes, said => said.Contains(note, StringComparison.Ordinal));
        Assert.Equal(Total(books, CostAllocation.Direct), Total(books, CostAllocation.Distributed));
    }

    [Fact]
    public async Task Usage_of_nobody_and_a_pool_in_another_currency_are_said()
    {
        using var books = new BookedCharges(
            Rules,
            InPool("100"),
            InPool("100") with
            {
                Currency = "EUR",
            },
            Using("payments", "core-hours", "5"),
            new SomeCharge(Day, "0") { Used = ("core-hours", "7", "Core-Hours") }
        );
        var told = await books.RunAsync("shared", "site", "--draft", "--period", "2026-03");
        Assert.Contains("has rates in USD and none in EUR", told.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "7 Core-Hours of core-hours in 2026-03 belong to no x_Product",
            told.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_recovery_of_each_line_is_told_with_the_rate_that_would_have_done()
    {
        using var books = new BookedCharges(
            Rules + "lines:\n  - {meter: core-hours, cost: {ServiceName: Machines}}\n  - {meter: gib-hours}\n",
            InPool("900"),
            InPool("150.01") with
            {
                Service = "Storage",
            },
            Using("payments", "core-hours", "8000"),
            Using("search", "core-hours", "4000"),
            Using("search", "gib-hours", "20000")
        );
        var told = await books.RunAsync("recovery", "--draft", "--period", "2026-03", "--format", "csv");
        Assert.Equal(
            """
            month,pool,line,quantity,unit,currency,rate,charged,cost,underRecovery,suggestedRate
            2026-03,site,core-hours,12000,Core-Hours,USD,0.05,600,900,300,0.075
            2026-03,site,gib-hours,20000,Hours,USD,0.01,200,150.01,-49.99,0.0075005

            """,
            told.Out.ReplaceLineEndings("\n")
        );
        var json = await books.RunAsync("recovery", "site", "--draft", "--period", "2026-03", "--format", "json");
        Assert.Contains("\"receiver\":\"search\"", json.Out, StringComparison.Ordinal);
        var people = await books.RunAsync("shared", "site", "--draft", "--period", "2026-03");
        Assert.Contains(
            "Rates charged 800.00 USD of 1,050.01 USD; 250.01 USD is under-recovery.",
            people.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Rates_that_make_up_for_the_month_are_suggested_and_a_pool_without_rates_is_refused()
    {
        using var books = new BookedCharges(
            Rules + "recovery: next\n",
            InPool("1000"),
            Using("payments", "core-hours", "16000")
        );
        var told = await books.RunAsync("recovery", "--draft", "--period", "2026-03", "--format", "csv");
        // 200 were not charged: 1,200 in the next month for as many hours.
        Assert.Contains("core-hours,16000,Core-Hours,USD,0.05,800,1000,200,0.075", told.Out, StringComparison.Ordinal);
        var refused = await books.RunAsync("recovery", "sites", "--draft");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("shared/no-rates", refused.ToString(), StringComparison.Ordinal);
    }

    /// <summary>
    /// Whatever is charged, charged + under-recovery = real cost, on every day and to the last digit.
    /// </summary>
    [Fact]
    public void Charged_and_under_recovery_are_the_real_cost_whatever_is_used() =>
        Always.Holds(
            from costs in Gen.Elements("100", "33.333333333333333333", "0.01", "-5", "9876543.21").NonEmptyListOf()
            from uses in Use.ListOf()
            from recovery in Gen.Elements("keep", "spread", "next")
            select (Costs: costs.Take(6).ToList(), Uses: uses.Take(12).ToList(), recovery),
            charged =>
            {
                using var books = new BookedCharges(
                    Rules + $"recovery: {charged.recovery}\n",
                    [.. charged.Costs.Select((cost, i) => InPool(cost) with { Day = Day.AddDays(i) }), .. charged.Uses]
                );
                return Sums(books, CostAllocation.Direct).SequenceEqual(Sums(books, CostAllocation.Distributed));
            },
            cases: 12
        );

    private static Gen<SomeCharge> Use { get; } =
        from product in Gen.Elements("payments", "search", "lending")
        from meter in Gen.Elements("core-hours", "gib-hours", "gpu-hours")
        from quantity in Gen.Elements("1", "0.333333333333333333", "12345.6", "0")
        from day in Gen.Choose(0, 20)
        select Using(product, meter, quantity) with
        {
            Day = Day.AddDays(day),
        };

    private static SomeCharge InPool(string cost) => new(Day, cost) { Tags = ["cc", "site"] };

    private static SomeCharge Using(string product, string meter, string quantity) =>
        new(Day, "0")
        {
            Tags = ["product", product],
            Used = (meter, quantity, meter == "core-hours" ? "Core-Hours" : "Hours"),
        };

    private static IEnumerable<string> Lines(BookedCharges books) =>
        Ask(
                books,
                CostAllocation.Distributed,
                null,
                "x_Product",
                "x_CostCentre",
                "x_SharedReceiver",
                "x_SharedCost",
                "x_AllocationType"
            )
            .Where(row => !row.Total.IsZero)
            .Select(row => $"{string.Join(' ', row.Keys.Select(key => key ?? "-"))} {row.Total}")
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Sums(BookedCharges books, CostAllocation allocation) =>
        Ask(books, allocation, TimeGrain.Day)
            .Where(row => !row.Total.IsZero)
            .Select(row => $"{row.Period} {row.Currency} {row.Total}")
            .Order(StringComparer.Ordinal);

    private static Amount Total(BookedCharges books, CostAllocation allocation) =>
        Ask(books, allocation, null).Single().Total;

    private static IReadOnlyList<CostRow> Ask(
        BookedCharges books,
        CostAllocation allocation,
        TimeGrain? over,
        params string[] by
    ) =>
        new AskCosts(books.View)
            .Answer(
                new CostQuery
                {
                    By = by,
                    Over = over,
                    Allocation = allocation,
                },
                TestContext.Current.CancellationToken
            )
            .Rows;
}
