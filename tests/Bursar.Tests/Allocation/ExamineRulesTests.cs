using Bursar.Core.Diagnostics;
using Bursar.Rulebooks;
using Bursar.Tests.Rulebooks;
using Bursar.Understand.Allocation;
using Bursar.Understand.Allocation.Checks;

namespace Bursar.Tests.Allocation;

/// <summary>What `bursar check` says of the rules as a whole (ALC-01, ALC-02).</summary>
public sealed class ExamineRulesTests
{
    private static readonly HashSet<string> Delivered = ["SubAccountId", "x_Team", "x_Project"];

    [Fact]
    public void Every_finding_is_told_with_its_place_and_its_remedy() =>
        CaseFile.Check(
            "Allocation/Cases/checks.cases",
            one =>
            {
                var (rulebook, problems) = SomeRulebook.Read(one.Input);
                return string.Join(
                    "\n\n",
                    problems.Concat(ExamineRules.Of(rulebook, problems, Delivered)).Select(found => found.ToString())
                );
            }
        );

    /// <summary>Random small rulebooks, tried on every charge there can be: what is called unreachable never sets
    /// anything, and of two rules that were not warned of the name never decides.</summary>
    [Fact]
    public void What_is_called_unreachable_never_sets_anything_and_names_decide_only_where_it_is_told()
    {
        var random = new Random(20261121);
        var told = 0;
        for (var round = 0; round < 400; round++)
        {
            var texts = Enumerable.Range(0, 7).Select(i => SomeRule(i, random)).ToList();
            var rulebook = SomeRulebook.Of(string.Join("---\n", texts));
            var findings = ExamineRules.Of(rulebook, []);
            var unreachable = Named(rulebook, findings, "rule-never-reached");
            told += unreachable.Count;
            var turned = SomeRulebook.Of(
                string.Join("---\n", texts.Select((text, i) => text.Replace($"name: r{i}", $"name: r{9 - i}")))
            );
            var mayDiffer = findings.Any(found => found.Code is "rulebook/same-order" or "rulebook/rule-never-reached");
            var (as1, as2) = (AllocationRules.Compile(rulebook), AllocationRules.Compile(turned));
            foreach (var charge in Charges(as1.Columns))
            {
                var day = new DateOnly(2026, 1, 1).AddDays(random.Next(0, 360));
                var outcome = as1.Allocate(charge, day);
                Assert.DoesNotContain(outcome.Rules, rule => rule is not null && unreachable.Contains(rule));
                if (!mayDiffer)
                    Assert.Equal(outcome.Values, as2.Allocate(charge, day).Values);
            }
        }
        Assert.True(told > 100, $"Only {told} rules were told of.");
    }

    [Fact]
    public void Two_thousand_rules_are_looked_at_and_those_with_mistakes_are_found()
    {
        var rules = ManyRules.Text(2_000);
        var (rulebook, problems) = SomeRulebook.Read(
            rules
                + """
                ---
                kind: AllocationRule
                name: too-late
                order: 999999
                when: {SubAccountId: "100000000007", ServiceName: EC2}
                set: {x_CostCentre: "1"}

                """
        );
        Assert.Empty(problems);
        var finding = Assert.Single(ExamineRules.Of(rulebook, problems));
        Assert.Equal("rulebook/rule-never-reached", finding.Code);
        Assert.Contains("\"rule-7\"", finding.Message);
    }

    [Fact]
    public void Examples_do_not_change_what_the_rules_do()
    {
        const string rule = "kind: AllocationRule\nname: r\norder: 1\nwhen: {}\nset: {x_Owner: a}\n";
        const string example = "examples: [{charge: {}, gives: {x_Owner: a}}]\n";
        Assert.Equal(
            AllocationRules.Compile(SomeRulebook.Of(rule)).DocumentsHash,
            AllocationRules.Compile(SomeRulebook.Of(rule + example)).DocumentsHash
        );
    }

    private static HashSet<string> Named(Rulebook rulebook, IReadOnlyList<Diagnostic> findings, string code) =>
        [
            .. findings
                .Where(found => found.Code == "rulebook/" + code)
                .Select(found =>
                    rulebook.All<AllocationRule>().Last(rule => rule.Origin!.Position.Line <= found.Position!.Line).Name
                ),
        ];

    private static string SomeRule(int i, Random random)
    {
        string[] tests =
        [
            "a",
            "ab",
            "[a, b]",
            "\"a*\"",
            "\"*\"",
            "null",
            "{not: a}",
            "{not: null}",
            "{startsWith: a}",
            "{endsWith: b}",
            "{not: {startsWith: a}}",
            "[b, null]",
        ];
        string[] values = ["x", "y", "\"{ServiceName}\"", "\"{Tags/t}\""];
        var columns = new[] { "ServiceName", "RegionId", "Tags/t" }.Where(_ => random.Next(2) == 0);
        var when = string.Join(", ", columns.Select(column => $"{column}: {tests[random.Next(tests.Length)]}"));
        var fields = new[] { "x_Owner", "x_Project" }.Where((_, place) => place == 0 || random.Next(3) == 0);
        var set = string.Join(", ", fields.Select(field => $"{field}: {values[random.Next(values.Length)]}"));
        var days = random.Next(3) switch
        {
            0 => "from: 2026-05-01\n",
            1 => "to: 2026-08-01\n",
            _ => "",
        };
        return $"kind: AllocationRule\nname: r{i}\norder: {random.Next(4)}\n{days}when: {{{when}}}\nset: {{{set}}}\n";
    }

    private static IEnumerable<IReadOnlyList<string?>> Charges(IReadOnlyList<string> columns)
    {
        string?[] values = [null, "a", "b", "ab", "c"];
        foreach (var service in values)
        foreach (var region in values)
        foreach (var tag in values)
            yield return
            [
                .. columns.Select(column =>
                    column switch
                    {
                        "ServiceName" => service,
                        "RegionId" => region,
                        _ => tag is null ? "{}" : $$"""{"t":"{{tag}}"}""",
                    }
                ),
            ];
    }
}

/// <summary>A rulebook of many rules, as a large company has them.</summary>
internal static class ManyRules
{
    public static string Text(int count)
    {
        var rules = Enumerable
            .Range(0, count)
            .Select(i =>
                $$"""
                    kind: AllocationRule
                    name: rule-{{i}}
                    order: {{100 + (i / 10)}}
                    when: { {{When(i)}} }
                    set: {x_CostCentre: "{{1000 + i}}", x_Owner: "owner-{{i}}"}

                    """
            );
        return string.Join("---\n", rules);
    }

    /// <summary>Ten rules have the same order, and no two of them take the same charge.</summary>
    private static string When(int i) =>
        (i / 10 % 4) switch
        {
            0 => $"SubAccountId: \"{100000000000 + i}\"",
            1 => $"SubAccountName: \"team-{i}-*\"",
            2 => $"Tags/cost-centre: [\"{i}\", \"cc-{i}\"], ServiceName: {{not: EC2}}",
            _ => $"ResourceName: {{startsWith: \"host-{i}-\"}}, RegionId: eu",
        };
}
