namespace Bursar.Quantify.Forecasts.Models;

/// <summary>The next value as a weighted sum of values at given distances before it.</summary>
/// <remarks>
/// Autoregression by least squares with a small penalty on the weights: Hoerl and Kennard, "Ridge regression",
/// Technometrics 12 (1970).
/// </remarks>
internal static class Regression
{
    public static Fitted Fit(double[] history, int[] lags, double penalty)
    {
        var weights = Weights(history, lags, penalty);
        return new Fitted("autoregression", (values, horizon) => Ahead(values, lags, weights, horizon));
    }

    private static double[] Weights(double[] y, int[] lags, double penalty)
    {
        var longest = lags.Max();
        var k = lags.Length;
        var mean = y.Average();
        var matrix = new double[k, k];
        var right = new double[k];
        var row = new double[k];
        for (var t = longest; t < y.Length; t++)
        {
            for (var i = 0; i < k; i++)
                row[i] = y[t - lags[i]] - mean;
            for (var i = 0; i < k; i++)
            {
                right[i] += row[i] * (y[t] - mean);
                for (var j = 0; j <= i; j++)
                    matrix[i, j] += row[i] * row[j];
            }
        }
        for (var i = 0; i < k; i++)
        {
            matrix[i, i] *= 1 + penalty;
            for (var j = 0; j < i; j++)
                matrix[j, i] = matrix[i, j];
        }
        for (var i = 0; i < k; i++)
            matrix[i, i] += 1e-9;
        return LeastSquares.Symmetric(matrix, right);
    }

    private static double[] Ahead(double[] y, int[] lags, double[] weights, int horizon)
    {
        var mean = y.Average();
        var result = new double[horizon];
        for (var h = 0; h < horizon; h++)
        {
            var sum = mean;
            for (var i = 0; i < lags.Length; i++)
                sum += weights[i] * ((h >= lags[i] ? result[h - lags[i]] : y[y.Length + h - lags[i]]) - mean);
            result[h] = sum;
        }
        return result;
    }
}
