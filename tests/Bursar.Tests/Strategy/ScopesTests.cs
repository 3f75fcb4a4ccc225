using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Manage.Strategy;
using Bursar.Rulebooks;
using Bursar.Tests.Support;

namespace Bursar.Tests.Strategy;

/// <summary>Scopes overlap, have a life and a profile, and count each row once together (SCP-01 to SCP-04).</summary>
public sealed class ScopesTests
{
    private const string Rules = """
        kind: AllocationRule
        name: products
        order: 1
        when: {}
        set: {x_Product: "{Tags/product}"}
        ---
        kind: Scope
        name: machines
        decision: How many machines to reserve
        from: 2025-01-01
        where: {ServiceName: Machines}
        ---
        kind: Scope
        name: shop
        question: What does the shop cost?
        decision: Whether to close the shop
        review: 2026-09-15
        where: {x_Product: shop}
        exclude:
          - {where: {ServiceName: Legal}, reason: Lawyers are paid by the group.}
        profile: {detail: full}
        ---
        kind: Scope
        name: later
        decision: Whether to begin
        proposed: 2026-01-01
        where: {x_Product: till}
        ---
        kind: Scope
        name: gone
        decision: What we did
        from: 2024-01-01
        to: 2026-09-01
        where: {x_Product: till}
        ---
        kind: Initiative
        name: i
        priorities: [{priority: p}]
        scopes: [{scope: shop}]
        ---
        kind: Priority
        name: p
        class: run
        ---
        kind: ScopeDefaults
        name: default
        profile: {detail: summary, changePercent: 10}
        unusedDays: 30
        """;

    private static readonly DateOnly Last = new(2026, 9, 30);

    private static readonly SomeCharge[] Charges =
    [
        new(Last, "100.000000000000000001") { Tags = ["product", "shop"] },
        new(Last, "40") { Tags = ["product", "shop"], Service = "Storage" },
        new(Last, "9") { Tags = ["product", "shop"], Service = "Legal" },
        new(Last, "25") { Tags = ["product", "till"] },
        new(Last, "3.5") { Tags = ["product", "till"], Service = "Storage" },
    ];

    // SCP-02
    [Fact]
    public async Task The_organisation_counts_each_row_once_and_a_scope_all_it_holds()
    {
        using var books = new BookedCharges(Rules, Charges);
        var json = await JsonAsync(books);
        Assert.Equal(
            [
                "gone retired ",
                "later proposed ",
                "machines active 125.000000000000000001 100.000000000000000001",
                "shop under-review 140.000000000000000001 100.000000000000000001",
            ],
            json.GetProperty("scopes")
                .EnumerateArray()
                .Select(scope =>
                    $"{scope.GetProperty("scope").GetString()} {scope.GetProperty("state").GetString()} "
                    + string.Join(
                        ", ",
                        scope
                            .GetProperty("costs")
                            .EnumerateArray()
                            .Select(cost =>
                                $"{cost.GetProperty("cost").GetRawText()} {cost.GetProperty("elsewhere").GetRawText()}"
                            )
                    )
                )
        );
        var pair = Assert.Single(json.GetProperty("overlaps").EnumerateArray());
        Assert.Equal("100.000000000000000001", pair.GetProperty("cost").GetRawText());
        var total = json.GetProperty("totals")[0];
        Assert.Equal(
            "177.500000000000000001 165.000000000000000001 12.5 100.000000000000000001",
            string.Join(' ', Names.Select(name => total.GetProperty(name).GetRawText()))
        );
        Assert.Equal(Exact(total, "total"), Exact(total, "inScopes") + Exact(total, "inNone"));
    }

    [Fact]
    public async Task A_scope_that_nobody_uses_is_pointed_out_and_a_profile_overrides_the_defaults()
    {
        using var books = new BookedCharges(Rules, Charges);
        var scopes = (await JsonAsync(books))
            .GetProperty("scopes")
            .EnumerateArray()
            .ToDictionary(scope => scope.GetProperty("scope").GetString()!);
        Assert.Equal(
            ["machines"],
            scopes.Where(scope => scope.Value.GetProperty("unused").GetBoolean()).Select(scope => scope.Key)
        );
        Assert.Equal("Initiative i", scopes["shop"].GetProperty("usedBy")[0].GetString());
        Assert.Equal(
            "full 10",
            $"{scopes["shop"].GetProperty("detail").GetString()} {scopes["shop"].GetProperty("changePercent")}"
        );
        Assert.Equal("summary", scopes["machines"].GetProperty("detail").GetString());
        var told = await books.RunAsync("scopes", "--draft");
        Assert.Contains("machines is unused: for 30 days", told.Error, StringComparison.Ordinal);
        Assert.Contains(
            "shop leaves out ServiceName: Lawyers are paid by the group.",
            told.Error,
            StringComparison.Ordinal
        );
        var csv = await books.RunAsync("scopes", "--overlap", "--draft", "--format", "csv");
        Assert.Equal(
            "scope,other,currency,cost\nmachines,shop,USD,100.000000000000000001\n",
            csv.Out.ReplaceLineEndings("\n")
        );
    }

    // SCP-03
    [Theory]
    [InlineData("2025-12-31", null, "2026-01-01", null, null, ScopeState.Proposed)]
    [InlineData("2026-01-01", null, "2026-01-01", null, null, ScopeState.Active)]
    [InlineData("2026-02-01", null, "2026-01-01", "2026-02-01", null, ScopeState.UnderReview)]
    [InlineData("2026-02-01", null, "2026-01-01", "2026-01-15", "2026-02-01", ScopeState.Retired)]
    [InlineData("2026-02-01", "2026-01-01", null, null, null, ScopeState.Proposed)]
    [InlineData("2026-02-01", null, null, null, null, ScopeState.Active)]
    public void A_scope_is_proposed_active_under_review_and_retired_by_its_days(
        string day,
        string? proposed,
        string? from,
        string? review,
        string? to,
        object state
    )
    {
        var scope = new Scope
        {
            Name = "s",
            Where = new Conditions([]),
            Proposed = Day(proposed),
            From = Day(from),
            Review = Day(review),
            To = Day(to),
        };
        Assert.Equal((ScopeState)state, scope.On(Day(day)!.Value));
    }

    private static readonly string[] Names = ["total", "inScopes", "inNone", "countedAgain"];

    private static DateOnly? Day(string? text) =>
        text is null ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Amount Exact(JsonElement record, string field) =>
        Amount.Parse(record.GetProperty(field).GetRawText());

    private static async Task<JsonElement> JsonAsync(BookedCharges books)
    {
        var result = await books.RunAsync("scopes", "--period", "2026-09", "--draft", "--format", "json");
        Assert.True(result.ExitCode == 0, result.ToString());
        return JsonDocument.Parse(result.Out).RootElement.Clone();
    }
}
