using Bursar.Cli;
using Bursar.Quantify.Kpis;
using Bursar.Tests.Support;

namespace Bursar.Tests.Kpis;

/// <summary>
/// KPI-07: the measures that leaders see stay the same; a change is approved and shown old beside new.
/// </summary>
public sealed class MeasureSetTests
{
    private const string Rules = """
        kind: Organisation
        name: us
        owners: [{id: cfo}]
        ---
        kind: MeasureSet
        name: executive
        displayName: The board's measures
        owner: cfo
        editions:
          - {from: 2025-01-01, kpis: [unallocated-cost, allocated-cost], approvedBy: cfo, approvedOn: 2024-12-10}
          - from: 2026-01-01
            kpis: [allocated-cost, forecast-bias]
            approvedBy: cfo
            approvedOn: 2025-12-10
            reason: The board wants to see how well we foresee.
            sideBySideMonths: 2
        """;

    [Theory]
    [InlineData("2024-12", "")]
    [InlineData("2025-12", "unallocated-cost stays, allocated-cost stays")]
    [InlineData("2026-01", "allocated-cost stays, forecast-bias new, unallocated-cost leaves")]
    [InlineData("2026-02", "allocated-cost stays, forecast-bias new, unallocated-cost leaves")]
    [InlineData("2026-03", "allocated-cost stays, forecast-bias stays")]
    public void A_new_edition_stands_beside_the_old_one_for_its_months(string month, string expected)
    {
        using var books = new BookedCharges(Rules, new SomeCharge(new(2026, 1, 10), "1"));
        var set = books.View.Rulebook.Find<MeasureSet>("executive")!;
        var found = set.In(TimeText.Month(month)!.Value).Select(one => $"{one.Kpi} {KpiTables.Word(one.Standing)}");
        Assert.Equal(expected, string.Join(", ", found));
    }

    [Fact]
    public async Task The_set_is_shown_with_its_figures_and_who_agreed()
    {
        using var books = new BookedCharges(Rules, BookedCharges.EachDay("2026-01", "10"));
        var shown = await books.RunAsync(
            "kpis",
            "set",
            "executive",
            "--month",
            "2026-01",
            "--draft",
            "--format",
            "csv"
        );
        Assert.True(shown.ExitCode == ExitCode.Fine, shown.ToString());
        Assert.Equal(4, shown.Out.TrimEnd().Split('\n').Length);
        Assert.Contains("unallocated-cost", shown.Out);
        Assert.Contains("leaves", shown.Out);
        Assert.Contains("approved by cfo on 2025-12-10: The board wants to see how well we foresee.", shown.Error);
        Assert.Contains("side by side until 2026-03-01", shown.Error);
        var unknown = await books.RunAsync("kpis", "set", "executives", "--draft");
        Assert.Equal(ExitCode.WrongUsage, unknown.ExitCode);
        Assert.Contains("Did you mean \"executive\"?", unknown.Error);
    }

    [Fact]
    public async Task Nobody_changes_the_set_without_approval_nor_the_past()
    {
        using var folder = new TempFolder();
        folder.Write(
            "rules.yaml",
            """
            kind: MeasureSet
            name: executive
            owner: cfo
            editions:
              - {from: 2026-01-01, kpis: [allocated-cost], approvedBy: cfo, approvedOn: 2025-12-10}
              - {from: 2025-01-01, kpis: [alocated-cost], approvedOn: 2025-12-10}
            ---
            kind: Organisation
            name: us
            owners: [{id: cfo}]
            """
        );
        var check = await ShellTest.RunAsync("check", "--rulebook", folder.Path);
        Assert.Equal(ExitCode.Findings, check.ExitCode);
        Assert.Contains("approvedBy", check.Out + check.Error);
        folder.Write(
            "rules.yaml",
            File.ReadAllText(folder["rules.yaml"])
                .Replace("[alocated-cost], approvedOn", "[alocated-cost], approvedBy: cfo, approvedOn")
        );
        check = await ShellTest.RunAsync("check", "--rulebook", folder.Path);
        Assert.Contains("rulebook/measure-set-order", check.Out + check.Error);
        Assert.Contains("Did you mean \"allocated-cost\"?", check.Out + check.Error);
    }
}
