using System.Text.Json;
using Bursar.Core.Time;
using Bursar.Tests.Support;
using Bursar.Understand.Deliveries;
using Bursar.Understand.Quality;

namespace Bursar.Tests.Quality;

/// <summary>Trust per scope with its parts (DAT-15), and how full the shared fields are (DAT-03).</summary>
public sealed class TrustTests
{
    private const string Rules = """
        kind: AllocationRule
        name: from-tags
        order: 1
        when: {Tags/cc: {not: null}}
        set:
          x_CostCentre: "{Tags/cc}"
          x_Product: p
          x_Application: a
          x_LegalEntity: l
          x_Environment: prod
          x_Project: j
        ---
        kind: AllocationRule
        name: owner
        order: 2
        when: {Tags/owner: {not: null}}
        set: {x_Owner: "{Tags/owner}"}
        """;

    /// <summary>EX-DAT-1: 500 and 150 have all seven fields, 300 has six, 50 none.</summary>
    private static readonly SomeCharge[] Example =
    [
        new(new DateOnly(2026, 3, 1), "500") { Resource = "a", Tags = ["cc", "1", "owner", "o"] },
        new(new DateOnly(2026, 3, 1), "300") { Resource = "b", Tags = ["cc", "1"] },
        new(new DateOnly(2026, 3, 31), "150") { Resource = "c", Tags = ["cc", "2", "owner", "o"] },
        new(new DateOnly(2026, 3, 31), "50") { Resource = "d", Account = "lost" },
    ];

    [Fact]
    public void Completeness_is_65_percent_by_cost_and_50_by_rows_EX_DAT_1()
    {
        using var books = new BookedCharges(Rules, Example);
        var report = new ReviewQuality(books.View).Of("2026-03", TestContext.Current.CancellationToken);
        var all = report.Fields.Single(fill => fill is { Source: null, Field: ReviewQuality.AllSeven });
        Assert.Equal((0.65m, 0.5m), (all.ByCost, all.ByRows));
        var owner = report.Fields.Single(fill => fill is { Source: "somewhere", Field: "x_Owner" });
        Assert.Equal((0.65m, 0.5m, "350 USD"), (owner.ByCost, owner.ByRows, owner.Missing.ToString()));
        var centre = report.Fields.Single(fill => fill is { Source: "somewhere", Field: "x_CostCentre" });
        Assert.Equal((0.95m, 0.75m), (centre.ByCost, centre.ByRows));
        Assert.Equal([null, "lost"], report.WorstAccounts.Select(account => account.SubAccountId));
        Assert.Equal("300 USD", report.WorstAccounts[0].Incomplete.ToString());
    }

    [Fact]
    public async Task Every_door_tells_the_same_completeness()
    {
        using var books = new BookedCharges(Rules, Example);
        var table = await books.RunAsync("quality", "--month", "2026-03", "--draft");
        Assert.Contains("complete by cost  65.00 %", table.Out);
        Assert.Contains("complete by rows  50.00 %", table.Out);
        var json = await books.RunAsync("quality", "--month", "2026-03", "--format", "json", "--draft");
        using var record = JsonDocument.Parse(json.Out);
        var all = record.RootElement.GetProperty("fields")[7];
        Assert.Equal("all seven", all.GetProperty("field").GetString());
        Assert.Equal((0.65m, 0.5m), (all.GetProperty("byCost").GetDecimal(), all.GetProperty("byRows").GetDecimal()));
        Assert.Contains("\"dataAsOf\":\"2026-03-31\"", json.Out);
    }

    [Fact]
    public void What_is_not_measured_is_named_and_never_taken_for_whole()
    {
        using var books = new BookedCharges(Rules, Example);
        var score = new ScoreTrust(books.View).Of(
            null,
            [],
            new BillingPeriod(2026, 3),
            TestContext.Current.CancellationToken
        );
        // (30 × 0.95 + 20 × 0.65) ÷ 50
        Assert.Equal(0.83m, score.Score);
        Assert.Equal(2, score.Measured);
        Assert.Equal(
            ["freshness", "reconciliation"],
            score.Parts.Where(part => part.Score is null).Select(part => part.Name)
        );
    }

    /// <summary>The worked example of the README.</summary>
    [Fact]
    public void The_worked_example_of_the_README_comes_to_86()
    {
        TrustPart[] parts =
        [
            new("allocation", TrustMath.AllocationWeight, 0.94m, ""),
            new(
                "freshness",
                TrustMath.FreshnessWeight,
                TrustMath.Freshness(TimeSpan.FromHours(60), TimeSpan.FromHours(48)),
                ""
            ),
            new("reconciliation", TrustMath.ReconciliationWeight, TrustMath.Reconciliation(0.01m), ""),
            new("completeness", TrustMath.CompletenessWeight, 0.9m, ""),
        ];
        Assert.Equal((0.8m, 0.8m), (parts[1].Score, parts[2].Score));
        Assert.Equal(0.862m, TrustMath.Score(parts));
        Assert.Equal(
            0.8886m,
            decimal.Round(
                TrustMath.Score(parts.Where(part => part.Name != "reconciliation"))!.Value,
                4,
                MidpointRounding.AwayFromZero
            )
        );
    }

    [Fact]
    public void A_source_later_than_promised_loses_trust_and_is_named()
    {
        using var books = new BookedCharges(
            Rules + "\n---\nkind: Source\nname: somewhere\ndisplayName: Some cloud\nfreshWithinHours: 24\n",
            Example
        );
        var source = Assert.Single(new MeasureFreshness(books.View).Sources());
        Assert.Equal(new DateOnly(2026, 3, 31), source.DataAsOf);
        Assert.Equal("data too old", source.Breach);
        Assert.Equal(source.DataAge, source.SinceDelivery + source.VisibilityDelay);
        Assert.NotNull(source.ProcessingTime);
        var score = new ScoreTrust(books.View).Of(
            null,
            [],
            new BillingPeriod(2026, 3),
            TestContext.Current.CancellationToken
        );
        var part = score.Parts.Single(part => part.Name == "freshness");
        Assert.InRange(part.Score!.Value, 0.0001m, 0.5m);
        Assert.Equal("Late: Some cloud.", part.Sentence);
    }

    [Theory]
    [InlineData("0", "1")]
    [InlineData("0.01", "0.8")]
    [InlineData("-0.025", "0.5")]
    [InlineData("0.05", "0")]
    [InlineData("2", "0")]
    public void A_gap_of_five_percent_is_worth_nothing(string gap, string score) =>
        Assert.Equal(Some(score), TrustMath.Reconciliation(Some(gap)));

    private static decimal Some(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
