using System.Diagnostics;
using Bursar.Tests.Rulebooks;
using Bursar.Understand.Allocation;

namespace Bursar.Tests.Allocation;

public sealed class AllocationSpeedTests(ITestOutputHelper output)
{
    /// <summary>200,000 profiles by 200 rules take about a second; the bound is loose, for busy machines, and only catches a rule asked per row.</summary>
    [Fact]
    public void Two_hundred_rules_take_microseconds_a_profile()
    {
        var allocation = AllocationRules.Compile(SomeRulebook.Of(string.Join("---\n", Enumerable.Range(0, 200).Select(Rule))));
        var rows = Enumerable.Range(0, 20_000).Select(i => allocation.Columns.Select(column => Value(column, i)).ToArray()).ToList();
        var day = new DateOnly(2026, 3, 1);
        foreach (var row in rows.Take(2_000)) allocation.Allocate(row, day);
        var clock = Stopwatch.StartNew();
        foreach (var row in rows) allocation.Allocate(row, day);
        var microseconds = clock.Elapsed.TotalMicroseconds / rows.Count;
        output.WriteLine($"{microseconds:0.00} µs a profile");
        Assert.True(microseconds < 100, $"{microseconds:0.00} µs a profile");
    }

    private static string Rule(int i) => $$"""
        kind: AllocationRule
        name: r{{i}}
        order: {{i}}
        when: { {{(i % 4) switch { 0 => $"SubAccountId: \"{i}\"", 1 => $"Tags/team: team-{i}", 2 => $"ResourceName: \"vm-{i}-*\"", _ => $"ServiceName: [s{i}, t{i}]" }}}, RegionId: {not: mars} }
        set: {x_CostCentre: c{{i}}, x_Owner: "{Tags/team}"}

        """;

    private static string? Value(string column, int i) => column switch
    {
        "SubAccountId" => $"{i % 400}",
        "Tags" => $$"""{"team":"team-{{i % 300}}","env":"prod","cost-centre":"{{i}}","name":"something-{{i}}"}""",
        "ResourceName" => $"vm-{i % 500}-{i}",
        "ServiceName" => $"s{i % 100}",
        _ => "eu-west-1",
    };
}
