using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Tests.Support;
using Bursar.Understand.Unallocated.Coverage;
using Bursar.Web.Addresses;

namespace Bursar.Tests.Unallocated;

/// <summary>How much of the cost has an owner, and how it came to it (K001, K004, K005).</summary>
public sealed class CoverageTests
{
    private const string Rules = """
        kind: AllocationRule
        name: from-tags
        order: 1
        when: {}
        set: {x_CostCentre: "{Tags/cc}"}
        ---
        kind: SharedCost
        name: platform
        order: 1
        by: x_CostCentre
        pool: {ServiceName: Platform}
        method: even
        among: ["4110", "4200"]
        ---
        kind: SharedCost
        name: head-office
        order: 2
        pool: {ServiceName: Office}
        method: central
        reason: nobody uses it
        review: 2027-01-01
        """;

    [Fact]
    public async Task The_ratios_of_EX_ALC_6_come_out_of_books_and_streams_sum_to_the_total()
    {
        using var books = new BookedCharges(
            Rules,
            Charge("187500", "Machines") with
            {
                Tags = ["cc", "4110"],
            },
            Charge("30000", "Platform"),
            Charge("10000", "Office"),
            Charge("22500", "Machines")
        );
        var review = new MeasureCoverage(books.View, "x_CostCentre").Of(new BillingPeriod(2026, 3), default);
        var month = Assert.Single(review.Months).Cost;
        Assert.Equal(
            ["187500", "30000", "10000", "22500", "250000"],
            new[] { month.Direct, month.Distributed, month.Central, month.Unallocated, month.Total }.Select(amount =>
                amount.ToString()
            )
        );
        Assert.Equal((0.87m, 0.13m), (month.Ratios.AllocatedRatio, month.Ratios.UnallocatedRatio));
        Assert.Equal((0.75m, 0.25m), (month.Ratios.AccuracyRatio, month.Ratios.UnallocatedSharedRatio));
        Assert.Equal(
            ["Rules 4110 187500", "Nobody - 22500", "Shared 4110 15000", "Shared 4200 15000", "Kept - 10000"],
            review.Flows.Select(flow => $"{flow.Way} {flow.Owner ?? "-"} {flow.Cost}")
        );
        Assert.Equal(month.Total, review.Flows.Aggregate(Amount.Zero, (sum, flow) => sum + flow.Cost));

        var json = await books.RunAsync("allocation", "--period", "2026-03", "--format", "json", "--draft");
        using var answer = JsonDocument.Parse(json.Out);
        Assert.Equal(87m, answer.RootElement.GetProperty("months")[0].GetProperty("allocatedPercent").GetDecimal());
    }

    [Fact]
    public void A_drawing_holds_the_streams_of_the_tables_and_leaves_out_what_is_below_zero()
    {
        using var books = new BookedCharges(
            Rules,
            Charge("100", "Machines") with
            {
                Tags = ["cc", "4110"],
            },
            Charge("-7", "Machines")
        );
        var review = new MeasureCoverage(books.View, "x_CostCentre").Of(new BillingPeriod(2026, 3), default);
        Assert.True(CoverageCharts.HasNegative(review));
        using var drawn = JsonDocument.Parse(CoverageCharts.Flows(review, new CostQuestion())!);
        Assert.Equal(
            ["from Cloud One > way Rules 100", "way Rules > to 4110 100"],
            drawn
                .RootElement.GetProperty("links")
                .EnumerateArray()
                .Select(link =>
                    $"{link.GetProperty("source")} > {link.GetProperty("target")} {link.GetProperty("value")}"
                )
        );
        Assert.Equal("93", review.Newest.Total.ToString());
    }

    private static SomeCharge Charge(string cost, string service) =>
        new(new DateOnly(2026, 3, 10), cost) { Service = service };
}
