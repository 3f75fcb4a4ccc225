using Bursar.Core.Time;
using Bursar.Rulebooks;
using Bursar.Tests.Rulebooks;
using Bursar.Understand.Allocation;
using FsCheck;
using FsCheck.Fluent;

namespace Bursar.Tests.Allocation;

public sealed class CompiledAllocationTests
{
    private const string Rules = """
        kind: AllocationRule
        name: r
        order: 1
        from: 2026-03-10
        to: 2026-03-20
        when: {ServiceName: EC2, Tags/env: prod}
        set: {x_CostCentre: "{SubAccountId}"}

        """;

    [Fact]
    public void The_columns_to_ask_for_are_those_that_rules_read() =>
        Assert.Equal(
            ["AllocatedTags", "ServiceName", "SubAccountId", "Tags"],
            AllocationRules.Compile(SomeRulebook.Of(Rules)).Columns
        );

    [Fact]
    public void An_empty_rulebook_allocates_nothing()
    {
        var allocation = AllocationRules.Compile(Rulebook.Empty);
        Assert.Empty(allocation.Columns);
        Assert.Equal(0, allocation.Allocate([], new DateOnly(2026, 3, 1)).FilledFields);
    }

    [Fact]
    public void A_delivery_is_cut_where_rules_begin_and_end()
    {
        var allocation = AllocationRules.Compile(SomeRulebook.Of(Rules));
        var march = DateRange.Of(new BillingPeriod(2026, 3));
        Assert.Equal(
            ["[2026-03-01, 2026-03-10)", "[2026-03-10, 2026-03-20)", "[2026-03-20, 2026-04-01)"],
            allocation.Intervals(march).Select(range => range.ToString())
        );
        Assert.Equal(
            [DateRange.Of(new BillingPeriod(2026, 4))],
            allocation.Intervals(DateRange.Of(new BillingPeriod(2026, 4)))
        );
    }

    [Theory]
    [InlineData("# a comment\n" + Rules, true)]
    [InlineData(Rules + "---\nkind: Budget\nname: b\ncurrency: EUR\namounts: {2026: 1}\n", true)]
    [InlineData(Rules + "---\nkind: TagPolicy\nname: t\nkeys: [{key: env}]\n", false)]
    [InlineData(Rules + "---\nkind: Organisation\nname: o\n", false)]
    public void Only_documents_that_shape_allocation_change_its_key(string changed, bool isSame)
    {
        var before = AllocationRules.Compile(SomeRulebook.Of(Rules)).DocumentsHash;
        Assert.Equal(isSame, before == AllocationRules.Compile(SomeRulebook.Of(changed)).DocumentsHash);
    }

    [Fact]
    public void The_file_a_rule_stands_in_does_not_matter()
    {
        var moved = SomeRulebook.Of(
            ">> z.yaml\n" + Rules.Replace("name: r\norder: 1", "order: 1\nname: r", StringComparison.Ordinal)
        );
        Assert.Equal(
            AllocationRules.Compile(SomeRulebook.Of(Rules)).DocumentsHash,
            AllocationRules.Compile(moved).DocumentsHash
        );
    }

    [Fact]
    public void A_rule_outside_its_days_never_sets_anything()
    {
        var allocation = AllocationRules.Compile(SomeRulebook.Of(Rules));
        Prop.ForAll(
                Gen.Choose(0, 120).ToArbitrary(),
                offset =>
                {
                    var day = new DateOnly(2026, 1, 15).AddDays(offset);
                    var outcome = allocation.Allocate([null, "EC2", "1", """{"env":"prod"}"""], day);
                    return (outcome.FilledFields == 1)
                        == (day >= new DateOnly(2026, 3, 10) && day < new DateOnly(2026, 3, 20));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_index_finds_what_asking_every_rule_finds()
    {
        var values = new[] { null, "a", "b", "ab", "c" };
        var rulebook = SomeRulebook.Of(
            string.Join("---\n", Enumerable.Range(0, 150).Select(i => ManyRules(i, values)))
        );
        var allocation = AllocationRules.Compile(rulebook);
        var inOrder = rulebook
            .All<AllocationRule>()
            .OrderBy(rule => rule.Order)
            .ThenBy(rule => rule.Name, StringComparer.Ordinal)
            .ToList();
        foreach (var service in values)
        foreach (var region in values)
        foreach (var account in values)
        {
            var row = new Dictionary<string, string?>
            {
                ["ServiceName"] = service,
                ["RegionId"] = region,
                ["SubAccountId"] = account,
            };
            var first = inOrder.Find(rule =>
                rule.When.All(condition =>
                    new CompiledCondition(0, condition, text => text, false).Holds(row[condition.Column])
                )
            );
            var outcome = allocation.Allocate(
                [.. allocation.Columns.Select(column => row[column])],
                new DateOnly(2026, 1, 1)
            );
            Assert.Equal(first?.Name, outcome.Rules[SharedFields.Owner]);
            Assert.Equal(first?.Set["x_Owner"], outcome.Values[SharedFields.Owner]);
        }
    }

    private static string ManyRules(int i, string?[] values)
    {
        var listed = (i % 3) switch
        {
            0 => $"ServiceName: [{values[1 + (i % 4)]}, null]",
            1 => $"RegionId: {values[1 + (i % 4)]}",
            _ => "RegionId: \"a*\"",
        };
        return $$"""
            kind: AllocationRule
            name: r{{i}}
            order: {{i * 7 % 50}}
            when: { {{listed}}, SubAccountId: {not: {{values[1 + (i / 4 % 4)]}} } }
            set: {x_Owner: o{{i}}, x_Project: p{{i}}}

            """;
    }
}
