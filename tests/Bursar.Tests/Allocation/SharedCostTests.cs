using Bursar.Core.Amounts;
using Bursar.Tests.Support;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;
using FsCheck;
using FsCheck.Fluent;

namespace Bursar.Tests.Allocation;

/// <summary>What several use is divided among them, and nothing is lost (ALC-04, ALC-05, ALC-06).</summary>
public sealed class SharedCostTests
{
    private static readonly DateOnly Day = new(2026, 3, 10);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private const string FromTags = """
        kind: AllocationRule
        name: from-tags
        order: 1
        when: {}
        set: {x_Product: "{Tags/product}", x_CostCentre: "{Tags/cc}"}

        """;

    [Fact]
    public void A_pool_is_divided_by_the_cost_of_those_who_use_it_EX_ALC_3()
    {
        using var books = new BookedCharges(
            FromTags
                + """
                ---
                kind: SharedCost
                name: platform
                order: 1
                pool: {x_CostCentre: platform}
                method: proportional
                """,
            Of("payments", "126000"),
            Of("search", "84000"),
            Of("lending", "30000"),
            InPool("platform", "48000")
        );
        Assert.Equal(
            [
                "payments - Direct 126000",
                "search - Direct 84000",
                "lending - Direct 30000",
                "payments platform Distributed 25200",
                "search platform Distributed 16800",
                "lending platform Distributed 6000",
            ],
            Divided(books)
        );
        Assert.Equal(Total(books, CostAllocation.Direct), Total(books, CostAllocation.Distributed));
    }

    [Theory]
    [InlineData("reciprocal", "78.571429", "81.428571")]
    [InlineData("step-down", "76.666667", "83.333333")]
    [InlineData("direct", "82.500000", "77.500000")]
    public void Pools_that_serve_pools_are_divided_as_declared_EX_ALC_4_EX_ALC_5(string cascade, string a, string b)
    {
        using var books = new BookedCharges(
            FromTags
                + $$"""
                ---
                kind: SharedCost
                name: P
                order: 1
                pool: {x_CostCentre: P}
                method: fixed
                shares: {A: 50, B: 30}
                toPools: {S: 20}
                cascade: {{cascade}}
                ---
                kind: SharedCost
                name: S
                order: 2
                pool: {x_CostCentre: S}
                method: fixed
                shares: {A: 30, B: 60}
                toPools: {P: 10}
                cascade: {{cascade}}
                """,
            InPool("P", "100"),
            InPool("S", "60")
        );
        var products = Ask(books, CostAllocation.Distributed, "x_Product");
        Assert.Equal(
            [("A", a), ("B", b)],
            products.Select(row => (row.Keys[0], row.Total.RoundedTo(6).ToDecimal().ToString("0.000000"))).Order()
        );
        Assert.Equal(Amount.From(160), Total(books, CostAllocation.Distributed));
    }

    /// <summary>What is used goes by covered usage; what is unused by the same key, or stays central.</summary>
    [Theory]
    [InlineData("method: fixed\nshares: {A: 70, B: 30}", "A unused 1680|B unused 720")]
    [InlineData("method: central\nreason: Bought for all.\nreview: 2027-01-01", "- unused 2400")]
    public void The_cost_of_commitments_goes_to_their_users_by_policy_EX_ALC_7(string unused, string expected)
    {
        using var books = new BookedCharges(
            FromTags
                + $$"""
                ---
                kind: SharedCost
                name: used
                order: 1
                pool: {ChargeDescription: Used commitment}
                method: fixed
                shares: {A: 70, B: 30}
                ---
                kind: SharedCost
                name: unused
                order: 2
                pool: {ChargeDescription: Unused commitment}

                """
                + unused,
            new SomeCharge(Day, "45600") { Description = "Used commitment" },
            new SomeCharge(Day, "2400") { Description = "Unused commitment" }
        );
        Assert.Equal(
            ["A used 31920", "B used 13680", .. expected.Split('|')],
            Ask(books, CostAllocation.Distributed, "x_Product", "x_SharedCost")
                .OrderByDescending(row => row.Total)
                .Select(row => $"{row.Keys[0] ?? "-"} {row.Keys[1]} {row.Total}")
        );
    }

    [Fact]
    public async Task A_series_divides_a_pool_and_an_old_one_says_so_ALC_14()
    {
        using var books = new BookedCharges(
            FromTags
                + """
                ---
                kind: Series
                name: tickets
                unit: tickets
                source: Service desk
                time: Month
                value: Tickets
                by: {product: Product}
                files: [tickets.csv]
                ---
                kind: SharedCost
                name: service-desk
                order: 1
                pool: {x_CostCentre: desk}
                method: series
                series: tickets
                key: product
                """,
            InPool("desk", "1000") with
            {
                Day = new DateOnly(2026, 3, 10),
            },
            InPool("desk", "1000") with
            {
                Day = new DateOnly(2026, 4, 10),
            },
            InPool("desk", "1000") with
            {
                Day = new DateOnly(2026, 7, 10),
            }
        );
        await File.WriteAllTextAsync(
            books["tickets.csv"],
            "Month,Product,Tickets\n2026-03-31,payments,30\n2026-03-31,search,70\n",
            Cancel
        );
        await books.RunAsync("publish", "--reason", "Begin.");
        var taken = await books.RunAsync("series", "load", books["tickets.csv"]);
        Assert.True(taken.ExitCode == 0, taken.ToString());
        Assert.Equal(
            [
                "2026-03-01 payments 300",
                "2026-03-01 search 700",
                "2026-04-01 payments 300",
                "2026-04-01 search 700",
                "2026-07-01 - 1000",
            ],
            Ask(books, CostAllocation.Distributed, TimeGrain.Month, "x_Product")
                .Select(row => $"{row.Period:yyyy-MM-dd} {row.Keys[0] ?? "-"} {row.Total}")
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            [
                null,
                "Divided by the series \"tickets\" of 2026-03, the newest there is.",
                "The series \"tickets\" has no point in 2026-07 and is older than 40 days: the organisation keeps it.",
            ],
            books.View.Shared(Cancel).Pools.Select(pool => pool.Note)
        );
    }

    [Fact]
    public void Shares_that_no_decimal_holds_are_exact_all_the_same()
    {
        using var books = new BookedCharges(
            FromTags
                + """
                ---
                kind: SharedCost
                name: thirds
                order: 1
                pool: {x_CostCentre: thirds}
                method: fixed
                shares: {A: 2, B: 1}
                """,
            InPool("thirds", "40")
        );
        Assert.Equal(
            ["A 26.666666666666666667", "B 13.333333333333333333"],
            Ask(books, CostAllocation.Distributed, "x_Product").Select(row => $"{row.Keys[0]} {row.Total}")
        );
    }

    [Fact]
    public void Credits_zero_pools_and_odd_digits_are_divided_to_the_last_digit()
    {
        using var books = new BookedCharges(
            FromTags
                + """
                ---
                kind: SharedCost
                name: even
                order: 1
                pool: {x_CostCentre: even}
                method: even
                among: [A, B, C]
                """,
            InPool("even", "100.000000000000000001"),
            InPool("even", "-1000.00") with
            {
                Category = "Credit",
            },
            InPool("even", "0") with
            {
                Service = "Free",
            }
        );
        Assert.Equal(
            [
                "A Credit -333.333333333333333334",
                "A Usage 33.333333333333333334",
                "B Credit -333.333333333333333333",
                "B Usage 33.333333333333333334",
                "C Credit -333.333333333333333333",
                "C Usage 33.333333333333333333",
            ],
            Ask(books, CostAllocation.Distributed, "x_Product", "ChargeCategory")
                .Select(row => $"{row.Keys[0]} {row.Keys[1]} {row.Total}")
                .Order(StringComparer.Ordinal)
        );
    }

    /// <summary>
    /// Whatever the rules, pools, signs and currencies: by day and in total, what is divided is what was delivered.
    /// </summary>
    [Fact]
    public void Nothing_is_lost_or_added_on_any_day_whatever_is_shared() =>
        Always.Holds(
            from pools in Pool.NonEmptyListOf().Where(pools => pools.Count < 6)
            from charges in Charge.NonEmptyListOf().Where(charges => charges.Count < 30)
            select (Pools: pools.ToList(), Charges: charges.ToList()),
            books => Conserves(books.Pools, books.Charges),
            cases: 12
        );

    private static Gen<SomeCharge> Charge { get; } =
        from day in Gen.Choose(0, 80)
        from cost in Gen.Elements(
            "0",
            "1",
            "-1",
            "0.01",
            "33.333333333333333333",
            "1234567.000000000000000001",
            "-99.99"
        )
        from tag in Gen.Elements("product A", "product B", "product C", "cc p0", "cc p1", "cc p2", "cc none")
        from currency in Gen.Elements("USD", "USD", "INR", "JPY")
        from service in Gen.Elements("Machines", "Storage")
        select new SomeCharge(new DateOnly(2026, 1, 1).AddDays(day), cost)
        {
            Tags = tag.Split(' '),
            Currency = currency,
            Service = service,
        };

    private static Gen<string> Pool { get; } =
        from method in Gen.Elements(
            "method: even",
            "method: even\namong: [A, D]",
            "method: fixed\nshares: {A: 1, B: 2.5, E: 0}",
            "method: proportional",
            "method: proportional\nweigh: {ServiceName: Storage}\notherwise: even\namong: [A, B]",
            "method: central\nreason: none\nreview: 2027-01-01"
        )
        from conditions in Gen.Elements(
            "x_CostCentre: p0",
            "x_CostCentre: p1",
            "ServiceName: Storage",
            "x_Product: null"
        )
        from cascade in Gen.Elements("reciprocal", "step-down", "direct")
        from gives in Gen.Choose(0, 4)
        select $"pool: {{{conditions}}}\n{method}\ncascade: {cascade}\ngives {gives}";

    private static bool Conserves(List<string> pools, List<SomeCharge> charges)
    {
        var rules = FromTags + string.Concat(pools.Select((pool, i) => Document(pool, i, pools.Count)));
        using var books = new BookedCharges(rules, charges);
        using var turned = new BookedCharges(rules, charges.AsEnumerable().Reverse());
        foreach (var grain in new TimeGrain?[] { TimeGrain.Day, TimeGrain.Month, null })
        {
            var (direct, distributed) = (
                Sums(books, CostAllocation.Direct, grain),
                Sums(books, CostAllocation.Distributed, grain)
            );
            if (!direct.SequenceEqual(distributed))
                return false;
        }
        return Lines(books).SequenceEqual(Lines(turned));
    }

    private static string Document(string pool, int place, int count)
    {
        var at = pool.IndexOf("gives ", StringComparison.Ordinal);
        var other = (place + int.Parse(pool[(at + 6)..])) % count;
        var gives = other == place || pool.Contains("central") ? "" : $"toPools: {{p{other}: 30}}\n";
        return $"---\nkind: SharedCost\nname: p{place}\norder: {place}\n{pool[..at]}{gives}";
    }

    private static List<string> Sums(BookedCharges books, CostAllocation allocation, TimeGrain? grain) =>
        [
            .. Ask(books, allocation, grain)
                .Where(row => !row.Total.IsZero)
                .Select(row => $"{row.Period} {row.Currency} {row.Total}")
                .Order(StringComparer.Ordinal),
        ];

    private static IEnumerable<string> Lines(BookedCharges books) =>
        Ask(books, CostAllocation.Distributed, TimeGrain.Day, "x_Product", "x_SharedCost", "ServiceName")
            .Select(row => $"{row.Period} {string.Join(' ', row.Keys)} {row.Currency} {row.Total}");

    private static SomeCharge Of(string product, string cost) => new(Day, cost) { Tags = ["product", product] };

    private static SomeCharge InPool(string pool, string cost) => new(Day, cost) { Tags = ["cc", pool] };

    private static Amount Total(BookedCharges books, CostAllocation allocation) =>
        Ask(books, allocation).Single().Total;

    private static IEnumerable<string> Divided(BookedCharges books) =>
        Ask(books, CostAllocation.Distributed, "x_Product", "x_SharedCost", "x_AllocationType")
            .Select(row => $"{row.Keys[0]} {row.Keys[1] ?? "-"} {row.Keys[2]} {row.Total}");

    private static IReadOnlyList<CostRow> Ask(BookedCharges books, CostAllocation allocation, params string[] by) =>
        Ask(books, allocation, null, by);

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
                Cancel
            )
            .Rows;
}
