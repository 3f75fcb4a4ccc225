using System.Diagnostics;
using Bursar.Quantify.Forecasts.Models;

namespace Bursar.Benchmarks;

/// <summary>Our forecasts of a folder of competition series, against the competition's reference.</summary>
internal static class ForecastBenchmark
{
    public static int Run(string folder, string? only)
    {
        Console.WriteLine("set                  n   sMAPE    MASE     OWA    MSIS  coverage  seconds");
        foreach (var set in ForecastSet.Read(folder, only))
        {
            var watch = Stopwatch.StartNew();
            var scores = new ForecastScore[set.Series.Count];
            Parallel.For(0, scores.Length, i => scores[i] = Score(set.Series[i]));
            watch.Stop();
            var reference = ForecastScore.Mean(
                [
                    .. set.Series.Select(series =>
                        ForecastScore.Of(series, ForecastScore.Naive2(series), null, null)
                    ),
                ]
            );
            var ours = ForecastScore.Mean(scores);
            Console.WriteLine(
                $"{set.Name, -16} {scores.Length, 5} {ours.Smape, 7:F3} {ours.Mase, 7:F3} {ours.Against(reference), 7:F4} "
                    + $"{ours.Msis, 7:F2} {ours.Coverage, 9:F3} {watch.Elapsed.TotalSeconds, 8:F1}"
            );
        }
        return 0;
    }

    private static ForecastScore Score(ForecastSeries series)
    {
        var forecast = Forecaster.Make(series.Train, series.Period, series.Test.Length, Effort.Full);
        return ForecastScore.Of(series, forecast.Point, forecast.Quantile(0.025), forecast.Quantile(0.975));
    }
}
