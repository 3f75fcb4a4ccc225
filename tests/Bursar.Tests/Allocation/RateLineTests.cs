using Bursar.Tests.Deliveries;
using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Allocation;

/// <summary>Lines of rates that would count the same cost or use twice are found, with both places (ALC-04).</summary>
public sealed class RateLineTests
{
    private const string Rules = """
        kind: PriceBook
        name: rates
        provider: Site
        currency: USD
        source: Infrastructure, 2026
        prices: [{items: ["*"], rates: {core-hours: 0.05, gib-hours: 0.01}}]
        ---
        kind: SharedCost
        name: site
        order: 1
        pool: {x_CostCentre: site}
        method: rates
        prices: rates
        lines:
          - meter: core-hours
            FIRST
          - meter: gib-hours
            SECOND

        """;

    [Theory]
    // Certain: one holds all of the other.
    [InlineData("cost: {ServiceName: Machines}", "cost: {ServiceName: [Machines, Disks]}", 1, "rate-cost-twice")]
    [InlineData("cost: {x_GlAccount: \"62*\"}", "cost: {x_GlAccount: \"6245*\"}", 1, "rate-cost-twice")]
    // Possible: nothing tells them apart.
    [InlineData("cost: {ServiceName: Machines}", "cost: {x_GlAccount: \"62\"}", 0, "rate-cost-twice")]
    [InlineData("use: {SkuMeter: all}", "use: {SkuMeter: [all, gib]}", 0, "rate-use-twice")]
    [InlineData("use: {SkuMeter: gib-hours}", "unit: GiB", 0, "rate-use-twice")]
    // Fine.
    [InlineData("cost: {ServiceName: Machines}", "cost: {ServiceName: Disks}", 0, "")]
    [InlineData("cost: {ServiceName: Machines}", "cost: {ServiceName: {not: Machines}}", 0, "")]
    [InlineData("cost: {x_GlAccount: \"62*\"}", "cost: {x_GlAccount: [\"63\", \"64\"]}", 0, "")]
    [InlineData("cost: {ServiceName: Machines}", "unit: GiB", 0, "")]
    public async Task Two_lines_are_compared_and_the_finding_names_both_places(
        string first,
        string second,
        int exit,
        string code
    )
    {
        using var test = new BooksTest();
        test.Write("rulebook/site.yaml", Rules.Replace("FIRST", first).Replace("SECOND", second));
        var check = await test.RunAsync("check");
        var said = check.ToString().Flat();
        Assert.True(check.ExitCode == exit, said);
        if (code.Length == 0)
        {
            Assert.DoesNotContain("twice", said, StringComparison.Ordinal);
            return;
        }
        Assert.Contains("rulebook/" + code, said, StringComparison.Ordinal);
        // The later one is where the finding is, the earlier one is named in it.
        Assert.Contains(second.StartsWith("unit") ? "site.yaml:17:" : "site.yaml:18:", said, StringComparison.Ordinal);
        Assert.Contains("site.yaml, line 15)", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meter_has_one_line()
    {
        using var test = new BooksTest();
        test.Write(
            "rulebook/site.yaml",
            Rules
                .Replace("FIRST", "unit: h")
                .Replace("SECOND", "unit: GiB\n  - {meter: core-hours, use: {SkuMeter: x}}")
        );
        var check = await test.RunAsync("check");
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("rulebook/rate-line-twice", check.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "lines: [{meter: core-hours}]", true)]
    [InlineData("to: 2026-04-01", "from: 2026-04-01", false)]
    [InlineData(
        "lines: [{meter: core-hours, use: {RegionId: a}}]",
        "lines: [{meter: core-hours, use: {RegionId: b}}]",
        false
    )]
    public async Task One_meter_in_two_pools_charges_for_the_same_use_only_once(string one, string other, bool isFound)
    {
        using var test = new BooksTest();
        foreach (var (name, place, more) in new[] { ("a-site", "a", one), ("b-site", "b", other) })
            test.Write(
                $"rulebook/{name}.yaml",
                $"kind: SharedCost\nname: {name}\norder: 1\npool: {{x_CostCentre: {place}}}\nmethod: rates\nprices: rates\n{more}\n"
            );
        test.Write("rulebook/rates.yaml", Rules[..Rules.IndexOf("---", StringComparison.Ordinal)]);
        var check = await test.RunAsync("check");
        var said = check.ToString().Flat();
        Assert.True(check.ExitCode == 0, said);
        Assert.Equal(isFound, said.Contains("rulebook/rate-use-twice", StringComparison.Ordinal));
        if (isFound)
            Assert.Contains("a-site.yaml, line 1)", said, StringComparison.Ordinal);
    }
}
