using Bursar.Benchmarks;
using Bursar.Quantify.Forecasts.Models;
using Bursar.Tests.Support;

namespace Bursar.Tests.Forecasts;

/// <summary>
/// Every so manieth series of each public benchmark keeps the promise of the whole set (bench/README.md has the whole).
/// </summary>
public sealed class ForecastBenchmarkTests
{
    [Theory]
    [InlineData("m3_monthly", 9, 0.80)]
    [InlineData("m3_quarterly", 4, 0.91)]
    [InlineData("tourism_monthly", 9, 0.77)]
    [InlineData("nn5_daily", 9, 0.67)]
    [InlineData("m4_weekly", 9, 0.89)]
    [InlineData("m4_hourly", 14, 0.55)]
    public void FCT_07_a_sample_of_a_public_benchmark_is_forecast_as_well_as_promised(
        string name,
        int every,
        double owaMax
    )
    {
        var folder = SharedFolder.Need("bench", "forecast");
        var sample = ForecastSet.Read(folder, name).Single().Series.Where((_, i) => i % every == 0).ToList();
        var scores = new ForecastScore[sample.Count];
        Parallel.For(0, scores.Length, i => scores[i] = Score(sample[i]));
        var reference = ForecastScore.Mean([
            .. sample.Select(series => ForecastScore.Of(series, ForecastScore.Naive2(series), null, null)),
        ]);
        var ours = ForecastScore.Mean(scores);
        Assert.True(ours.Against(reference) <= owaMax, $"OWA {ours.Against(reference):F4} of {name}");
        Assert.InRange(ours.Coverage, 0.88, 0.99);
    }

    private static ForecastScore Score(ForecastSeries series)
    {
        var forecast = Forecaster.Make(series.Train, series.Period, series.Test.Length, Effort.Full);
        return ForecastScore.Of(series, forecast.Point, forecast.Quantile(0.025), forecast.Quantile(0.975));
    }
}
