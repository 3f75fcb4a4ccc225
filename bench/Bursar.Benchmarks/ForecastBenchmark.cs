using System.Diagnostics;
using Bursar.Quantify.Forecasts.Models;

namespace Bursar.Benchmarks;

/// <summary>Our forecasts of a folder of competition series, against the competition's reference.</summary>
internal static class ForecastBenchmark
{
    public static int Run(string folder, string? only, bool besideR)
    {
        Console.WriteLine("set                      n   sMAPE    MASE     OWA    MSIS  coverage  seconds");
        foreach (var set in ForecastSet.Read(folder, only))
        {
            var watch = Stopwatch.StartNew();
            var ours = new ForecastScore[set.Series.Count];
            Parallel.For(0, ours.Length, i => ours[i] = Score(set.Series[i]));
            var seconds = watch.Elapsed.TotalSeconds;
            var reference = ForecastScore.Mean([
                .. set.Series.Select(series => ForecastScore.Of(series, ForecastScore.Naive2(series), null, null)),
            ]);
            Print(set.Name, ours, reference, seconds);
            if (!besideR)
                continue;
            watch.Restart();
            Print("  R's ets", ForecastPeer.Ets(folder, set), reference, watch.Elapsed.TotalSeconds);
        }
        return 0;
    }

    private static ForecastScore Score(ForecastSeries series)
    {
        var forecast = Forecaster.Make(series.Train, series.Period, series.Test.Length, Effort.Full);
        return ForecastScore.Of(series, forecast.Point, forecast.Quantile(0.025), forecast.Quantile(0.975));
    }

    private static void Print(
        string name,
        IReadOnlyCollection<ForecastScore> scores,
        ForecastScore reference,
        double seconds
    )
    {
        var mean = ForecastScore.Mean(scores);
        Console.WriteLine(
            $"{name, -20} {scores.Count, 5} {mean.Smape, 7:F3} {mean.Mase, 7:F3} {mean.Against(reference), 7:F4} "
                + $"{mean.Msis, 7:F2} {mean.Coverage, 9:F3} {seconds, 8:F1}"
        );
    }
}
