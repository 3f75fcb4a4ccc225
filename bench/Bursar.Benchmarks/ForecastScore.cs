using Bursar.Quantify.Forecasts.Models;

namespace Bursar.Benchmarks;

/// <summary>How far forecasts were off, by the measures of the M4 competition.</summary>
/// <remarks>
/// Makridakis, Spiliotis and Assimakopoulos, "The M4 Competition: 100,000 time series and 61 forecasting methods",
/// IJF 36 (2020).
/// </remarks>
/// <param name="Smape">Mean of 200·|F − A| / (|F| + |A|).</param>
/// <param name="Mase">Mean miss, in mean misses of the seasonal naive within the history.</param>
/// <param name="Msis">Mean interval score at 95 %, in the same unit.</param>
/// <param name="Coverage">Share of the values within the 95 % interval.</param>
internal sealed record ForecastScore(double Smape, double Mase, double Msis, double Coverage)
{
    /// <summary>The score of one series.</summary>
    public static ForecastScore Of(ForecastSeries series, double[] point, double[]? lower, double[]? upper)
    {
        var scale = Scale(series);
        var (smape, mase, msis, within) = (0.0, 0.0, 0.0, 0.0);
        var count = 0;
        for (var h = 0; h < series.Test.Length; h++)
        {
            var came = series.Test[h];
            if (double.IsNaN(came))
                continue;
            count++;
            var off = Math.Abs(came - point[h]);
            var size = Math.Abs(came) + Math.Abs(point[h]);
            smape += size > 0 ? 200 * off / size : 0;
            mase += off / scale;
            if (lower is null || upper is null)
                continue;
            var missed = came < lower[h] ? lower[h] - came : Math.Max(0, came - upper[h]);
            msis += (upper[h] - lower[h] + (2 / 0.05 * missed)) / scale;
            within += missed > 0 ? 0 : 1;
        }
        return new ForecastScore(smape / count, mase / count, msis / count, within / count);
    }

    /// <summary>The mean over series.</summary>
    public static ForecastScore Mean(IReadOnlyCollection<ForecastScore> scores) =>
        new(
            scores.Average(score => score.Smape),
            scores.Average(score => score.Mase),
            scores.Average(score => score.Msis),
            scores.Average(score => score.Coverage)
        );

    /// <summary>Overall weighted average against the reference: below 1 is better than it.</summary>
    public double Against(ForecastScore reference) => ((Smape / reference.Smape) + (Mase / reference.Mase)) / 2;

    /// <summary>
    /// The competition's reference: the last value, after the season is taken out where a test at 90 % finds one.
    /// </summary>
    public static double[] Naive2(ForecastSeries series)
    {
        var adjustment = Seasons.Adjust(series.Filled(), series.Period, true);
        var ahead = new double[series.Test.Length];
        Array.Fill(ahead, adjustment.Adjusted[^1]);
        return adjustment.Restore(ahead);
    }

    private static double Scale(ForecastSeries series)
    {
        var (sum, count) = (0.0, 0);
        for (var t = series.Period; t < series.Train.Length; t++)
        {
            var step = Math.Abs(series.Train[t] - series.Train[t - series.Period]);
            if (double.IsNaN(step))
                continue;
            sum += step;
            count++;
        }
        return sum / count;
    }
}
