using Bursar.Tests.Support;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using FsCheck;
using FsCheck.Fluent;

namespace Bursar.Tests.Allocation;

/// <summary>
/// The benefit of commitments, and what they cost unused, go where a policy says, as lines of their own (ALC-06).
/// </summary>
public sealed class CommitmentPolicyTests
{
    private static readonly DateOnly Day = new(2026, 3, 10);

    private const string FromTags = """
        kind: AllocationRule
        name: from-tags
        order: 1
        when: {}
        set: {x_Product: "{Tags/product}"}
        ---
        kind: CommitmentPolicy
        name: plans
        order: 1
        eligible: {ServiceName: Machines}

        """;

    /// <summary>45,600 of 48,000 were used, A 70 % and B 30 %; C ran machines that no plan covered.</summary>
    private static IEnumerable<SomeCharge> Plan =>
        [
            Covered("A", "31920", "56000"),
            Covered("B", "13680", "24000"),
            new SomeCharge(Day, "20000") { Tags = ["product", "C"] },
            new SomeCharge(Day, "2400")
            {
                Tags = ["product", "P"],
                Discount = "plan-1",
                Status = "Unused",
                Service = "Plans",
            },
            new SomeCharge(Day, "0")
            {
                Tags = ["product", "P"],
                Category = "Purchase",
                Discount = "plan-1",
                Service = "Plans",
            },
        ];

    [Theory]
    [InlineData("benefit: covered-usage\nunused: covered-usage", "A 33600|B 14400|C 20000")]
    [InlineData("benefit: covered-usage\nunused: purchaser", "A 31920|B 13680|C 20000|P 2400")]
    [InlineData("benefit: covered-usage\nunused: central", "(central) 2400|A 31920|B 13680|C 20000")]
    [InlineData("benefit: covered-usage\nunused: eligible-usage", "A 33264|B 14256|C 20480")]
    [InlineData("benefit: purchaser\nunused: purchaser", "A 56000|B 24000|C 20000|P -32000")]
    [InlineData("benefit: eligible-usage\nunused: covered-usage", "A 38416|B 16464|C 13120")]
    [InlineData("benefit: central\nunused: central\nkeeper: finops", "A 56000|B 24000|C 20000|finops -32000")]
    public void Benefit_and_unused_go_by_policy_EX_ALC_7(string policy, string expected)
    {
        using var books = new BookedCharges(FromTags + policy, Plan);
        Assert.Equal(expected.Split('|'), Lines(books, "x_Product"));
    }

    [Fact]
    public void Each_is_a_line_of_its_own_in_an_answer()
    {
        using var books = new BookedCharges(FromTags + "benefit: purchaser\nunused: covered-usage", Plan);
        Assert.Equal(
            [
                "A - Direct - 31920",
                "A plans/on-demand Distributed A 24080",
                "A plans/unused Distributed A 1680",
                "B - Direct - 13680",
                "B plans/on-demand Distributed B 10320",
                "B plans/unused Distributed B 720",
                "C - Direct - 20000",
                "P plans/benefit Distributed P -34400",
            ],
            Lines(books, "x_Product", "x_SharedCost", "x_AllocationType", "x_SharedReceiver")
        );
    }

    [Fact]
    public async Task A_statement_has_the_benefit_and_what_was_unused_as_lines()
    {
        using var books = new BookedCharges(FromTags + "benefit: eligible-usage\nunused: covered-usage", Plan);
        var told = await books.RunAsync(
            "showback",
            "--product",
            "A",
            "--period",
            "2026-03",
            "--draft",
            "--format",
            "csv"
        );
        Assert.Contains("Up to the price on demand: plans", told.Out, StringComparison.Ordinal);
        Assert.Contains("Benefit of commitments: plans", told.Out, StringComparison.Ordinal);
        Assert.Contains("Unused commitments: plans", told.Out, StringComparison.Ordinal);
        Assert.Contains("-19264", told.Out, StringComparison.Ordinal);
        var shared = await books.RunAsync("shared", "plans", "--draft", "--period", "2026-03", "--format", "csv");
        Assert.Equal(
            """
            pool,receiver,currency,weight,share,cost
            plans/benefit,A,USD,"56,000",56.00 %,-19264
            plans/benefit,B,USD,"24,000",24.00 %,-8256
            plans/benefit,C,USD,"20,000",20.00 %,-6880
            plans/on-demand,A,USD,,70.00 %,24080
            plans/on-demand,B,USD,,30.00 %,10320
            plans/unused,A,USD,"56,000",70.00 %,1680
            plans/unused,B,USD,"24,000",30.00 %,720

            """,
            shared.Out.ReplaceLineEndings("\n")
        );
    }

    [Fact]
    public void A_benefit_that_nobody_can_be_given_stays_with_those_who_used_it()
    {
        using var books = new BookedCharges(
            FromTags + "benefit: purchaser",
            Covered("A", "60", "100"),
            new SomeCharge(Day, "40") { Tags = ["product", "B"] }
        );
        Assert.Equal(["A 60", "B 40"], Lines(books, "x_Product"));
        Assert.Contains(
            books.View.Shared(TestContext.Current.CancellationToken).Pools,
            pool => pool.Note?.EndsWith("it stays with those who used it.", StringComparison.Ordinal) == true
        );
    }

    [Fact]
    public void Use_without_a_price_on_demand_has_no_benefit_and_still_counts_as_use()
    {
        using var books = new BookedCharges(
            FromTags + "benefit: central\nunused: covered-usage",
            Covered("A", "75", "0"),
            Covered("B", "25", "0"),
            new SomeCharge(Day, "40") { Discount = "plan-1", Status = "Unused" }
        );
        Assert.Equal(["A 105", "B 35"], Lines(books, "x_Product"));
    }

    [Fact]
    public void The_price_on_demand_may_be_that_of_the_list_and_a_policy_may_hold_for_some_commitments_and_days()
    {
        using var books = new BookedCharges(
            FromTags
                + """
                benefit: central
                onDemand: ListCost
                from: 2026-03-11
                commitments: {CommitmentDiscountId: plan-1}
                """,
            Covered("A", "60", "100"),
            Covered("A", "60", "80") with
            {
                Day = Day.AddDays(1),
                List = "100",
            },
            Covered("B", "60", "100") with
            {
                Day = Day.AddDays(1),
                Discount = "plan-2",
            }
        );
        Assert.Equal(["(central) -40", "A 160", "B 60"], Lines(books, "x_Product"));
    }

    /// <summary>
    /// Whatever the policy and the charges, on every day every currency sums to what was delivered.
    /// </summary>
    [Fact]
    public void No_policy_loses_or_adds_anything_on_any_day() =>
        Always.Holds(
            from charges in Charge.NonEmptyListOf()
            from benefit in Gen.Elements("purchaser", "covered-usage", "eligible-usage", "central")
            from unused in Gen.Elements("purchaser", "covered-usage", "eligible-usage", "central")
            from pool in Gen.Elements(
                "",
                "\n---\nkind: SharedCost\nname: platform\norder: 0\npool: {x_Product: B}\nmethod: proportional\n"
            )
            select (Charges: charges.Take(20).ToList(), benefit, unused, pool),
            policy =>
            {
                using var books = new BookedCharges(
                    FromTags + $"benefit: {policy.benefit}\nunused: {policy.unused}\n{policy.pool}",
                    policy.Charges
                );
                return new[] { CostMeasure.EffectiveCost, CostMeasure.BilledCost, CostMeasure.ListCost }.All(measure =>
                    Sums(books, measure, CostAllocation.Direct)
                        .SequenceEqual(Sums(books, measure, CostAllocation.Distributed))
                );
            },
            cases: 12
        );

    private static Gen<SomeCharge> Charge { get; } =
        from day in Gen.Choose(0, 40)
        from cost in Gen.Elements("0", "1", "-1", "33.333333333333333333", "1234.000000000000000001")
        from price in Gen.Elements("0", "2", "50", "0.5")
        from status in Gen.Elements(null, "Used", "Used", "Unused")
        from plan in Gen.Elements("plan-1", "plan-2")
        from product in Gen.Elements("A", "B", "C")
        from currency in Gen.Elements("USD", "USD", "JPY")
        from category in Gen.Elements("Usage", "Usage", "Purchase")
        select new SomeCharge(new DateOnly(2026, 1, 1).AddDays(day), cost)
        {
            Tags = ["product", product],
            Status = category == "Usage" ? status : null,
            Discount = status is null && category == "Usage" ? null : plan,
            Contracted = price,
            Currency = currency,
            Category = category,
        };

    private static SomeCharge Covered(string product, string cost, string onDemand) =>
        new(Day, cost)
        {
            Tags = ["product", product],
            Discount = "plan-1",
            Status = "Used",
            Contracted = onDemand,
        };

    private static IEnumerable<string> Lines(BookedCharges books, params string[] by) =>
        Ask(books, CostMeasure.EffectiveCost, CostAllocation.Distributed, null, by)
            .Where(row => !row.Total.IsZero)
            .Select(row => $"{string.Join(' ', row.Keys.Select(key => key ?? "-"))} {row.Total}")
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Sums(BookedCharges books, CostMeasure measure, CostAllocation allocation) =>
        Ask(books, measure, allocation, TimeGrain.Day)
            .Where(row => !row.Total.IsZero)
            .Select(row => $"{row.Period} {row.Currency} {row.Total}")
            .Order(StringComparer.Ordinal);

    private static IReadOnlyList<CostRow> Ask(
        BookedCharges books,
        CostMeasure measure,
        CostAllocation allocation,
        TimeGrain? over,
        params string[] by
    ) =>
        new AskCosts(books.View)
            .Answer(
                new CostQuery
                {
                    Measure = measure,
                    By = by,
                    Over = over,
                    Allocation = allocation,
                },
                TestContext.Current.CancellationToken
            )
            .Rows;
}
