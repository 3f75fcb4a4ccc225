namespace Bursar.Quantify.Forecasts.Models;

/// <summary>A history without its season, and the season that was taken out.</summary>
/// <param name="Adjusted">The history without its season.</param>
/// <param name="Indices">One per place in the period: added or multiplied.</param>
/// <param name="Multiplicative">Whether the season is a factor; otherwise it is an addition.</param>
internal sealed record Adjustment(double[] Adjusted, double[] Indices, bool Multiplicative)
{
    /// <summary>Gives a continuation of the adjusted history its season back.</summary>
    public double[] Restore(double[] ahead)
    {
        var result = new double[ahead.Length];
        for (var h = 0; h < result.Length; h++)
        {
            var index = Indices.Length == 0 ? 0 : Indices[(Adjusted.Length + h) % Indices.Length];
            result[h] =
                Indices.Length == 0 ? ahead[h]
                : Multiplicative ? ahead[h] * index
                : ahead[h] + index;
        }
        return result;
    }
}

/// <summary>Whether a series has a season, and the classical way to take it out.</summary>
internal static class Seasons
{
    /// <summary>The correlation of a history with itself, so many steps apart, for each lag up to a largest.</summary>
    public static double[] Correlations(double[] history, int lagMax)
    {
        var n = history.Length;
        var mean = history.Average();
        double whole = 0;
        foreach (var value in history)
            whole += (value - mean) * (value - mean);
        var result = new double[lagMax + 1];
        for (var lag = 1; lag <= lagMax && lag < n && whole > 0; lag++)
        {
            double sum = 0;
            for (var t = lag; t < n; t++)
                sum += (history[t] - mean) * (history[t - lag] - mean);
            result[lag] = sum / whole;
        }
        return result;
    }

    /// <summary>
    /// Whether the correlation at the period is beyond chance (90 %): the test of the M4 competition and of the Theta
    /// method.
    /// </summary>
    /// <remarks>Makridakis, Spiliotis and Assimakopoulos, "The M4 Competition", IJF 36 (2020), appendix A.</remarks>
    public static bool Evident(double[] history, int period)
    {
        if (period < 2 || history.Length < 3 * period)
            return false;
        var correlations = Correlations(history, period);
        var sum = 1.0;
        for (var lag = 1; lag < period; lag++)
            sum += 2 * correlations[lag] * correlations[lag];
        return Math.Abs(correlations[period]) > 1.645 * Math.Sqrt(sum / history.Length);
    }

    /// <summary>Classical decomposition: the mean ratio to (or distance from) a centred moving average.</summary>
    public static double[] Indices(double[] history, int period, bool multiplicative)
    {
        var sums = new double[period];
        var counts = new int[period];
        var average = CentredAverage(history, period);
        for (var t = 0; t < history.Length; t++)
        {
            if (double.IsNaN(average[t]) || (multiplicative && !(average[t] > 0)))
                continue;
            sums[t % period] += multiplicative ? history[t] / average[t] : history[t] - average[t];
            counts[t % period]++;
        }
        var neutral = multiplicative ? 1.0 : 0.0;
        for (var i = 0; i < period; i++)
            sums[i] = counts[i] == 0 ? neutral : sums[i] / counts[i];
        var mean = sums.Average();
        for (var i = 0; i < period; i++)
            sums[i] = multiplicative ? sums[i] / mean : sums[i] - mean;
        return sums;
    }

    /// <summary>The history without its season when it has one; factors where every value is above zero.</summary>
    public static Adjustment Adjust(double[] history, int period, bool multiplicative)
    {
        if (!Evident(history, period))
            return new Adjustment(history, [], false);
        var indices = Indices(history, period, multiplicative);
        if (multiplicative && indices.Any(index => !(index > 0.01)))
        {
            multiplicative = false;
            indices = Indices(history, period, false);
        }
        var adjusted = new double[history.Length];
        for (var t = 0; t < adjusted.Length; t++)
        {
            var index = indices[t % period];
            adjusted[t] = multiplicative ? history[t] / index : history[t] - index;
        }
        return new Adjustment(adjusted, indices, multiplicative);
    }

    private static double[] CentredAverage(double[] history, int period)
    {
        var n = history.Length;
        var result = new double[n];
        Array.Fill(result, double.NaN);
        var half = period / 2;
        for (var t = half; t + half < n; t++)
        {
            double sum = 0;
            for (var k = -half; k <= half; k++)
                sum += history[t + k] * (period % 2 == 0 && (k == -half || k == half) ? 0.5 : 1);
            result[t] = sum / period;
        }
        return result;
    }
}
