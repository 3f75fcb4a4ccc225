namespace Bursar.Quantify.Forecasts.Models;

/// <summary>
/// The same series looked at by month, quarter and year (or hour, day, week) at once: each is forecast, and the
/// forecasts are made to agree, so that the long view steadies the short one.
/// </summary>
/// <remarks>
/// Athanasopoulos, Hyndman, Kourentzes and Petropoulos, "Forecasting with temporal hierarchies", EJOR 262 (2017),
/// structural scaling (equation 10).
/// </remarks>
internal static class Hierarchy
{
    public static Fitted Fit(double[] history, int period, Func<double[], int, Fitted> model)
    {
        var widths = Enumerable
            .Range(1, period)
            .Where(width => period % width == 0 && history.Length / width >= 4)
            .ToArray();
        var fits = widths.Select(width => model(Blocks(history, width), period / width)).ToArray();
        var shared = Weights(widths, period);
        LeastSquares.Factor(shared);
        return new Fitted(
            "several grains at once",
            (values, horizon) =>
            {
                var cycles = (horizon + period - 1) / period;
                var ahead = widths
                    .Select((width, i) => fits[i].Continue(Blocks(values, width), cycles * period / width))
                    .ToArray();
                return Agree(widths, period, cycles, ahead, shared)[..horizon];
            }
        );
    }

    /// <summary>Sums of so many values each, the last ending with the history.</summary>
    private static double[] Blocks(double[] history, int width)
    {
        if (width == 1)
            return history;
        var result = new double[history.Length / width];
        var first = history.Length - (result.Length * width);
        for (var t = first; t < history.Length; t++)
            result[(t - first) / width] += history[t];
        return result;
    }

    private static double[,] Weights(int[] widths, int period)
    {
        var matrix = new double[period, period];
        foreach (var width in widths)
        {
            for (var i = 0; i < period; i++)
            {
                for (var j = 0; j < period; j++)
                    matrix[i, j] += i / width == j / width ? 1.0 / width : 0;
            }
        }
        return matrix;
    }

    private static double[] Agree(int[] widths, int period, int cycles, double[][] ahead, double[,] shared)
    {
        var result = new double[cycles * period];
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            var right = new double[period];
            for (var level = 0; level < widths.Length; level++)
            {
                var width = widths[level];
                for (var i = 0; i < period; i++)
                    right[i] += ahead[level][((cycle * period) + i) / width] / width;
            }
            LeastSquares.Solve(shared, right).CopyTo(result, cycle * period);
        }
        return result;
    }
}
