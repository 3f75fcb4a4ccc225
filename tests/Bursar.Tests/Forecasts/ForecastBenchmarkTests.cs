using Bursar.Benchmarks;
using Bursar.Quantify.Forecasts.Models;
using Bursar.Tests.Support;

namespace Bursar.Tests.Forecasts;

/// <summary>
/// A few series of each public benchmark stay as good as they were; bench/README.md has the whole sets.
/// </summary>
public sealed class ForecastBenchmarkTests
{
    [Theory]
    [InlineData("m3_monthly", 16, 0.80)]
    [InlineData("m3_quarterly", 9, 0.81)]
    [InlineData("tourism_monthly", 24, 0.77)]
    [InlineData("nn5_daily", 12, 0.54)]
    [InlineData("m4_weekly", 20, 0.80)]
    [InlineData("m4_hourly", 46, 0.40)]
    public void FCT_07_a_sample_of_a_public_benchmark_is_forecast_as_well_as_ever(string name, int every, double owaMax)
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
        Assert.InRange(ours.Coverage, 0.85, 1);
    }

    private static ForecastScore Score(ForecastSeries series)
    {
        var forecast = Forecaster.Make(series.Train, series.Period, series.Test.Length, Effort.Full);
        return ForecastScore.Of(series, forecast.Point, forecast.Quantile(0.025), forecast.Quantile(0.975));
    }
}
