using Bursar.Manage.Limits;

namespace Bursar.Tests.Limits;

/// <summary>The formulas of limits (GOV-05, GOV-06, AIF-13).</summary>
public sealed class VelocityMathTests
{
    [Fact]
    public void EX_GOV_1_pace_tripwire_and_hours_left()
    {
        Assert.Equal(41.6667m, decimal.Round(VelocityMath.Pace(30_000, 720), 4, MidpointRounding.AwayFromZero));
        Assert.Equal(125.00m, VelocityMath.Tripwire(30_000, 720, 3));
        Assert.True(400 > VelocityMath.Tripwire(30_000, 720, 3));
        Assert.Equal(45m, VelocityMath.HoursLeft(18_000, 400));
    }

    [Fact]
    public void EX_GOV_3_what_is_lost_before_anybody_reacts()
    {
        Assert.Equal(31_200m, VelocityMath.Exposure(2_600, 12));
        Assert.Equal(2_083.33m, decimal.Round(VelocityMath.SafeSpeed(25_000, 12), 2, MidpointRounding.AwayFromZero));
    }

    [Fact]
    public void What_is_not_used_lasts_for_ever_and_what_is_gone_is_gone()
    {
        Assert.Null(VelocityMath.HoursLeft(100, 0));
        Assert.Equal(0m, VelocityMath.HoursLeft(-5, 10));
    }
}
