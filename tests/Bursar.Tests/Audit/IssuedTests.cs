using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Audit;

/// <summary>One number (ITF-10): issued figures that differ, with causes that sum to the difference.</summary>
public sealed class IssuedTests
{
    private const string Rules = """
        kind: Organisation
        name: company
        owners: [{id: anna}, {id: bert}]
        ---
        kind: AllocationRule
        name: tags
        order: 1
        when: {}
        set: {x_Owner: "{Tags/owner}"}
        """;

    [Fact]
    public async Task Two_statements_that_differ_say_how_much_is_timing_and_how_much_is_rules()
    {
        using var test = await BookAsync();
        await IssueAsync(test);
        Assert.Empty(await DifferencesAsync(test));
        var late = Header + Row("2026-09-20", "7", "anna") + Row("2026-09-21", "3", "bert");
        await test.BookAsync(test.Write("late.csv", late), "--source", "cloud");
        test.Write(
            "rulebook/rules.yaml",
            Rules
                + "\n---\nkind: AllocationRule\nname: storage\norder: 0\nwhen: {ServiceName: Storage}\nset: {x_Owner: anna}\n"
        );
        Assert.Equal(0, (await test.RunAsync("publish", "--reason", "storage is Anna's")).ExitCode);
        await IssueAsync(test);
        var causes = await DifferencesAsync(test);
        Assert.Equal(["timing 7", "rules 5"], causes.Select(cause => $"{cause.Cause} {cause.Amount}"));
        Assert.Equal(
            causes[0].Second - causes[0].First,
            causes.Aggregate(Amount.Zero, (sum, cause) => sum + cause.Amount)
        );
        Assert.Contains("cloud-2026-09", causes[0].Says, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_that_was_issued_leaves_what_its_rules_made_unknown()
    {
        using var test = await BookAsync();
        test.Write(
            "rulebook/rules.yaml",
            Rules
                + "\n---\nkind: AllocationRule\nname: storage\norder: 0\nwhen: {ServiceName: Storage}\nset: {x_Owner: anna}\n"
        );
        await IssueAsync(test, "--draft");
        test.Write("rulebook/rules.yaml", Rules);
        await IssueAsync(test);
        var cause = Assert.Single(await DifferencesAsync(test));
        Assert.Equal(("unknown", "-5"), (cause.Cause, cause.Amount.ToString()));
    }

    [Fact]
    public async Task Two_measures_of_the_same_cost_differ_by_measure_and_a_brief_is_compared_as_well()
    {
        using var test = await BookAsync();
        await IssueAsync(test);
        await IssueAsync(test, "--measure", "BilledCost");
        var cause = Assert.Single(await DifferencesAsync(test));
        Assert.Equal(("measure", "2"), (cause.Cause, cause.Amount.ToString()));
        var brief = await test.RunAsync("brief", "--issue", "--to", Path.Combine(test.Path, "brief.html"));
        Assert.True(brief.ExitCode is 0 or 1, brief.ToString());
        var issued = await test.RunAsync("issued", "--format", "csv");
        Assert.Contains("brief", issued.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_issued_is_listed_with_its_question()
    {
        using var test = await BookAsync();
        await IssueAsync(test);
        var rows = (await test.JsonAsync("issued")).GetProperty("rows");
        Assert.Equal("x_Owner=anna", rows[0][3].GetString());
        Assert.Equal("15", rows[0][8].GetRawText());
    }

    private const string Header =
        "BillingAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,BilledCost,EffectiveCost,"
        + "ListCost,ContractedCost,BillingCurrency,ServiceProviderName,ServiceName,ChargeCategory,Tags\n";

    private static async Task<BooksTest> BookAsync()
    {
        var test = new BooksTest();
        test.Write("rulebook/rules.yaml", Rules);
        var charges =
            Header
            + Row("2026-09-10", "15", "anna")
            + Row("2026-09-10", "5", "bert", "Storage")
            + Row("2026-09-30", "1", "bert");
        await test.BookAsync(test.Write("charges.csv", charges), "--source", "cloud");
        Assert.Equal(0, (await test.RunAsync("publish", "--reason", "first")).ExitCode);
        return test;
    }

    private static async Task IssueAsync(BooksTest test, params string[] more)
    {
        var result = await test.RunAsync(["showback", "--owner", "anna", "--period", "2026-09", "--issue", .. more]);
        Assert.True(result.ExitCode == 0, result.ToString());
    }

    private static async Task<IReadOnlyList<Found>> DifferencesAsync(BooksTest test)
    {
        var rows = (await test.JsonAsync("issued", "differences")).GetProperty("rows");
        return
        [
            .. rows.EnumerateArray()
                .Select(row => new Found(
                    row[7].GetString()!,
                    Exact(row[4]),
                    Exact(row[6]),
                    row[9].GetString()!,
                    Exact(row[8])
                )),
        ];
    }

    private static Amount Exact(JsonElement number) => Amount.Parse(number.GetRawText());

    private sealed record Found(string Cause, Amount First, Amount Second, string Says, Amount Amount);

    private static string Row(string day, string cost, string owner, string service = "Machines") =>
        $"b,2026-09-01,2026-10-01,{day},{Next(day)},{Billed(cost)},{cost},{cost},{cost},USD,Cloud,{service},Usage,"
        + $"\"{{\"\"owner\"\": \"\"{owner}\"\"}}\"\n";

    /// <summary>What is invoiced for the first charge is not what it cost.</summary>
    private static string Billed(string cost) => cost == "15" ? "17" : cost;

    private static string Next(string day) =>
        DateOnly
            .ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
            .AddDays(1)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
