using Bursar.Quantify.Forecasts;

namespace Bursar.Tests.Forecasts;

/// <summary>The published examples of forecast quality and of forecasts from drivers, to the digits given.</summary>
public sealed class ForecastMathTests
{
    private static readonly ForecastOutcome[] Quarter = [new(100, 104), new(110, 99), new(120, 126)];

    [Fact]
    public void EX_FCT_1_an_aggregate_hides_what_the_weighted_error_shows()
    {
        Assert.Equal([-4.0000m, 10.0000m, -5.0000m], Quarter.Select(x => Percent(x.SignedVariance)));
        Assert.Equal(0.3030m, Percent(ForecastMath.AggregateVariance(Quarter)));
        Assert.Equal(6.3830m, Percent(ForecastMath.Wape(Quarter)));
        Assert.Equal(6.5731m, Percent(ForecastMath.Mape(Quarter)));
        Assert.Equal(0.3040m, Percent(ForecastMath.Bias(Quarter)));
    }

    [Fact]
    public void EX_FCT_2_a_quantile_costs_more_on_the_side_it_should_not_be()
    {
        Assert.Equal(9.00m, ForecastMath.Pinball(0.9m, new ForecastOutcome(120, 130)));
        Assert.Equal(2.00m, ForecastMath.Pinball(0.9m, new ForecastOutcome(120, 100)));
    }

    [Fact]
    public void EX_FCT_3_drift_is_the_change_between_two_forecasts() =>
        Assert.Equal(5.00m, Percent(ForecastMath.Drift(1200, 1260)));

    [Fact]
    public void EX_FCT_5_an_AI_workload_grows_in_volume_and_falls_in_price()
    {
        var year = DriverMath.Trajectory(2000, 0.12m, 6.00m, -0.03m, 12);
        Assert.Equal(12_000.00m, Rounded(year[0].Cost, 2));
        Assert.Equal(29_858.54m, Rounded(year[11].Cost, 2));
        Assert.Equal(236_554.61m, Rounded(year.Sum(month => month.Cost), 2));
        Assert.Equal(6_957.1000m, Rounded(year[11].Demand, 4));
        Assert.Equal(4.291808m, Rounded(year[11].Price, 6));
    }

    [Fact]
    public void FCT_02_a_cost_is_the_product_of_its_drivers() =>
        Assert.Equal(1_530m, new CostDrivers(1_000, 2, 1m, 0.15m, 0.9m).Cost);

    [Fact]
    public void A_share_of_nothing_is_not_computable()
    {
        Assert.Null(ForecastMath.Wape([]));
        Assert.Null(ForecastMath.Bias([new ForecastOutcome(5, 0)]));
        Assert.Null(ForecastMath.Mape([new ForecastOutcome(5, 0), new ForecastOutcome(5, 5)]));
        Assert.Null(ForecastMath.Drift(0, 5));
        Assert.Null(new ForecastOutcome(0, 5).SignedVariance);
        Assert.Null(ForecastMath.Coverage([]));
    }

    [Fact]
    public void FCT_04_coverage_counts_outcomes_within_their_band_and_on_its_ends() =>
        Assert.Equal(0.75m, ForecastMath.Coverage([(1, 2, 1), (1, 2, 2), (1, 2, 1.5m), (1, 2, 3)]));

    private static decimal Percent(decimal? share) => Rounded(share!.Value * 100, 4);

    private static decimal Rounded(decimal value, int decimals) =>
        Math.Round(value, decimals, MidpointRounding.AwayFromZero);
}
