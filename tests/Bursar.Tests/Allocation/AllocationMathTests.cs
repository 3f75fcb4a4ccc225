using Bursar.Core.Amounts;
using Bursar.Understand.Allocation;

namespace Bursar.Tests.Allocation;

public sealed class AllocationMathTests
{
    [Fact]
    public void Completeness_is_told_by_cost_and_by_rows_EX_DAT_1()
    {
        var completeness = AllocationMath.Completeness([
            new(7, Amount.From(500)),
            new(6, Amount.From(300)),
            new(7, Amount.From(150)),
            new(0, Amount.From(50)),
        ]);
        Assert.Equal(0.65m, completeness.ByCost);
        Assert.Equal(0.50m, completeness.ByRows);
        Assert.Null(AllocationMath.Completeness([]).ByCost);
    }

    [Fact]
    public void The_allocation_ratios_of_direct_and_shared_cost_EX_ALC_6()
    {
        var ratios = AllocationMath.Ratios(
            Amount.From(250_000),
            Amount.From(187_500),
            Amount.From(40_000),
            Amount.From(30_000)
        );
        Assert.Equal(new AllocationRatios(0.87m, 0.13m, 0.75m, 0.25m), ratios);
    }

    [Fact]
    public void Spellings_that_likely_mean_one_key_are_found()
    {
        var found = TagKeys.LikelySame(
            new Dictionary<string, long>
            {
                ["cost-centre"] = 10,
                ["CostCenter"] = 5,
                ["user:cost_centre"] = 4,
                ["cost-centr"] = 1,
                ["env"] = 9,
                ["eng"] = 9,
                ["team1-owner"] = 3,
                ["team2-owner"] = 3,
            }
        );
        var group = Assert.Single(found);
        Assert.Equal("cost-centre", group.Keep);
        Assert.Equal(["CostCenter", "user:cost_centre", "cost-centr"], group.Others);
    }
}
