using Bursar.Benchmarks;
using Bursar.Quantify.Forecasts.Models;
using Bursar.Tests.Ingestion;
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

    [Theory]
    [InlineData("T1,12,two,1,2,3", "T1,4,5", "few_train.csv:2: a whole number was expected in column 3, found \"two\".")]
    [InlineData("T1,12,2,1,x,3", "T1,4,5", "few_train.csv:2: a number was expected in column 5, found \"x\".")]
    [InlineData("T1,12,2,1,2,3", "T2,4,5", "few_test.csv has no series T1.")]
    [InlineData("T1,12,2,1,2,3", "T1,4", "few_test.csv:2: 2 values were expected, found 1.")]
    public void A_file_of_series_that_cannot_be_read_says_where(string train, string test, string said)
    {
        using var folder = new BooksTest();
        folder.Write("few_train.csv", $"id,period,horizon,values\n{train}\n");
        folder.Write("few_test.csv", $"id,values\n{test}\n");
        var wrong = Assert.Throws<InvalidDataException>(() => ForecastSet.Read(folder.Path, "few").ToList());
        Assert.EndsWith(said, wrong.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => ForecastSet.Read(folder.Path, "many").ToList());
    }

    private static ForecastScore Score(ForecastSeries series)
    {
        var forecast = Forecaster.Make(series.Train, series.Period, series.Test.Length, Effort.Full);
        return ForecastScore.Of(series, forecast.Point, forecast.Quantile(0.025), forecast.Quantile(0.975));
    }
}
