using Bursar.Core.Amounts;
using Bursar.Manage.Strategy;
using Bursar.Tests.Rulebooks;
using FsCheck;
using FsCheck.Fluent;

namespace Bursar.Tests.Strategy;

public sealed class StrategyMathTests
{
    private static readonly DateOnly Day = new(2026, 9, 1);

    private const string Example = """
        kind: Priority
        name: p1
        class: strategic
        ---
        kind: Priority
        name: p2
        class: run
        ---
        kind: Priority
        name: p3
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

    [Fact]
    public void Spend_maps_to_priorities_and_the_rest_is_unclaimed_EX_STR_1()
    {
        var spend = StrategyMath.Spend(
            [
                new(["s1"], Amount.From(400_000), Day),
                new(["s2"], Amount.From(250_000), Day),
                new([], Amount.From(150_000), Day),
            ],
            SomeRulebook.Of(Example)
        );
        Assert.Equal(Amount.From(240_000), spend.ByPriority.Single(one => one.Priority.Name == "p1").Cost);
        Assert.Equal(Amount.From(410_000), spend.ByPriority.Single(one => one.Priority.Name == "p2").Cost);
        Assert.Equal(Amount.From(150_000), spend.Unclaimed);
        Assert.Equal(0.1875m, spend.UnclaimedRatio);
        Assert.Equal(0.8125m, spend.AlignedRatio);
        Assert.Equal("p3", Assert.Single(spend.WithoutSpend).Name);
        Assert.Empty(spend.Capped);
        Assert.Equal(Amount.From(410_000), spend.Of(PriorityClass.Run));
    }

    [Fact]
    public void Claims_above_all_of_the_cost_are_served_in_order_and_told()
    {
        var spend = StrategyMath.Spend([new(["s1", "s2"], Amount.From(1000), Day)], SomeRulebook.Of(Example));
        Assert.Equal(Amount.From(600), spend.ByPriority[0].Cost);
        Assert.Equal(Amount.From(400), spend.ByPriority[1].Cost);
        Assert.Equal(Amount.Zero, spend.Unclaimed);
        var capped = Assert.Single(spend.Capped);
        Assert.Equal(
            ("p2", "i2", 100m, 0m),
            (capped.Priority, capped.Initiative, capped.ClaimedPercent, capped.GrantedPercent)
        );
    }

    [Fact]
    public void A_link_claims_only_on_its_days_and_a_proposal_never()
    {
        var rulebook = SomeRulebook.Of(
            Example
                .Replace("[{scope: s1}]", "[{scope: s1, weightPercent: 50, to: 2026-09-01}]", StringComparison.Ordinal)
                .Replace("name: i2", "name: i2\nstatus: proposed", StringComparison.Ordinal)
        );
        Assert.Equal([Day], StrategyMath.Breakpoints(rulebook));
        Assert.Equal(
            Amount.From(500),
            StrategyMath.Spend([new(["s1"], Amount.From(1000), Day.AddDays(-1))], rulebook).Aligned
        );
        Assert.Equal(
            Amount.Zero,
            StrategyMath
                .Spend([new(["s1"], Amount.From(1000), Day), new(["s2"], Amount.From(9), Day)], rulebook)
                .Aligned
        );
    }

    [Fact]
    public void Parts_and_rest_sum_to_the_total_to_the_last_digit()
    {
        var rulebook = SomeRulebook.Of(
            Example.Replace("weightPercent: 60", "weightPercent: 33.333333333333333333", StringComparison.Ordinal)
        );
        var units = Gen.Choose(int.MinValue, int.MaxValue)
            .Select(number => Amount.FromUnits((Int128)number * 1_000_003))
            .ListOf(4);
        Prop.ForAll(
                units.ToArbitrary(),
                amounts =>
                {
                    string[][] sets =
                    [
                        [],
                        ["s1"],
                        ["s2"],
                        ["s1", "s2"],
                    ];
                    var spend = StrategyMath.Spend(
                        amounts.Select((amount, i) => new ScopedCost(sets[i], amount, Day)),
                        rulebook
                    );
                    var sum = spend
                        .ByPriority.SelectMany(one => one.Initiatives)
                        .Aggregate(spend.Unclaimed, (total, part) => total + part.Cost);
                    return sum == spend.Total
                        && sum == amounts.Aggregate(Amount.Zero, (total, amount) => total + amount);
                }
            )
            .QuickCheckThrowOnFailure();
    }
}
