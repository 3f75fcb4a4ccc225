using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Manage.Strategy;
using Bursar.Tests.Support;
using Bursar.Understand.Reporting;

namespace Bursar.Tests.Strategy;

/// <summary>From provider file to spend by priority.</summary>
public sealed class StrategyEndToEndTests
{
    private const string Rules = """
        kind: AllocationRule
        name: products
        order: 1
        when: {}
        set: {x_Product: "{Tags/product}"}
        ---
        kind: Priority
        name: p1
        displayName: First
        class: strategic
        ---
        kind: Priority
        name: p2
        displayName: Second
        class: run
        ---
        kind: Priority
        name: p3
        displayName: Third
        class: mandatory
        ---
        kind: Scope
        name: s1
        where: {x_Product: a}
        ---
        kind: Scope
        name: s2
        where: {x_Product: b}
        ---
        kind: Initiative
        name: i1
        priorities: [{priority: p1, weightPercent: 60}, {priority: p2, weightPercent: 40}]
        scopes: [{scope: s1}]
        ---
        kind: Initiative
        name: i2
        priorities: [{priority: p2}]
        scopes: [{scope: s2}]
        """;

    private static readonly DateOnly Last = new(2026, 9, 30);

    private static readonly SomeCharge[] Charges =
    [
        new(Last, "400000") { Tags = ["product", "a"] },
        new(Last, "250000") { Tags = ["product", "b"] },
        new(Last, "150000") { Account = "sandbox" },
    ];

    [Fact]
    public async Task Spend_by_priority_comes_out_of_a_providers_file_EX_STR_1()
    {
        using var books = new BookedCharges(Rules, Charges);
        var result = await books.RunAsync("strategy", "--format", "json");
        Assert.Equal(0, result.ExitCode);
        using var json = JsonDocument.Parse(result.Out);
        var priorities = json
            .RootElement.GetProperty("priorities")
            .EnumerateArray()
            .ToDictionary(
                line => line.GetProperty("priority").GetString()!,
                line => line.GetProperty("effectiveCost").GetDecimal()
            );
        Assert.Equal(240_000m, priorities["First"]);
        Assert.Equal(410_000m, priorities["Second"]);
        Assert.Equal(150_000m, priorities["Claimed by no priority"]);
        var totals = json.RootElement.GetProperty("totals")[0];
        Assert.Equal(18.75m, totals.GetProperty("unclaimedPercent").GetDecimal());
        Assert.Equal(81.25m, totals.GetProperty("alignedPercent").GetDecimal());
        Assert.Equal("Third", json.RootElement.GetProperty("withoutSpend")[0].GetString());
    }

    [Fact]
    public void The_page_shows_the_same_and_names_the_largest_unclaimed_part()
    {
        using var books = new BookedCharges(Rules, Charges);
        var view = Review(books);
        Assert.Equal(Amount.From(650_000), view.Aligned);
        Assert.Equal("Cloud One, sandbox", Assert.Single(view.LargestUnclaimed).Title);
        Assert.Equal(["Second", "First"], view.Priorities.Select(priority => priority.Line.Title));
        Assert.Contains("DRAFT", view.Notes[0]);
    }

    [Fact]
    public void Weights_that_change_within_the_month_count_on_their_days()
    {
        var rules = Rules.Replace(
            "{priority: p1, weightPercent: 60}, {priority: p2, weightPercent: 40}",
            "{priority: p1, to: 2026-09-16}, {priority: p2, from: 2026-09-16}"
        );
        using var books = new BookedCharges(
            rules,
            new SomeCharge(new(2026, 9, 15), "100") { Tags = ["product", "a"] },
            new SomeCharge(Last, "30") { Tags = ["product", "a"] }
        );
        var spend = new MapSpend(books.View, new AskCosts(books.View), default).For(
            DateRange.Of(new BillingPeriod(2026, 9)),
            default
        )[new Currency("USD")];
        Assert.Equal(
            [("p1", Amount.From(100)), ("p2", Amount.From(30)), ("p3", Amount.Zero)],
            spend.ByPriority.Select(priority => (priority.Priority.Name, priority.Cost))
        );
    }

    [Fact]
    public void Claims_on_the_same_charges_are_capped_and_reported_and_never_stop_the_page()
    {
        using var books = new BookedCharges(
            Rules.Replace("where: {x_Product: b}", "where: {x_Product: [a, b]}"),
            Charges
        );
        var view = Review(books);
        var cap = Assert.Single(view.Caps);
        Assert.Equal("s1, s2", cap.Scope);
        Assert.Equal(2m, cap.Claimed);
        Assert.Equal(Amount.From(400_000), cap.CutAmount);
        Assert.Equal(Amount.From(800_000), view.Total);
    }

    [Fact]
    public void Currencies_have_views_of_their_own()
    {
        using var books = new BookedCharges(
            Rules,
            [.. Charges, new(Last, "7") { Currency = "EUR", Tags = ["product", "a"] }]
        );
        var views = new ReviewPriorities(books.View, new AskCosts(books.View)).Of(null, default);
        Assert.Equal(["USD", "EUR"], views.Select(view => view.Currency.Code));
        Assert.Equal(Amount.From(7), views[1].Total);
    }

    private static StrategyView Review(BookedCharges books) =>
        new ReviewPriorities(books.View, new AskCosts(books.View)).Of(null, TestContext.Current.CancellationToken)[0];
}
