namespace Bursar.Quantify.Forecasts.Models;

/// <summary>
/// The Theta family: the season is taken out, the history is split into its straight line and a line of stronger
/// curves, and the two are continued and put together.
/// </summary>
/// <remarks>
/// Assimakopoulos and Nikolopoulos, "The theta model", IJF 16 (2000); Fiorucci, Pellegrini, Louzada, Petropoulos and
/// Koehler, "Models for optimising the theta method and their relationship to state space models", IJF 32 (2016),
/// equations 12–24.
/// </remarks>
internal static class Theta
{
    /// <summary>Theta 2 with exponential smoothing: the method that won the M3 competition.</summary>
    public static Fitted Standard(double[] history, int period) => Fit(history, period, false, false);

    /// <summary>The strength of the curves is estimated, and the straight line is that of the values so far.</summary>
    public static Fitted Dynamic(double[] history, int period) => Fit(history, period, true, true);

    /// <summary>The strength of the curves is estimated; one straight line through all values.</summary>
    public static Fitted Optimised(double[] history, int period) => Fit(history, period, true, false);

    private static Fitted Fit(double[] history, int period, bool optimised, bool dynamic)
    {
        var multiplicative = history.All(value => value > 0);
        var adjusted = Seasons.Adjust(history, period, multiplicative).Adjusted;
        var scale = adjusted.Average(Math.Abs);
        var start = new[] { 0.0, 0.0, adjusted.Length > 0 && scale > 0 ? adjusted[0] / (2 * scale) : 0 };
        var size = optimised ? 3 : 2;
        var point = new double[size];
        (point[0], point[1]) = (start[0], start[2]);
        var found = Simplex.Minimise(
            p => Run(adjusted, Alpha(p), p[1] * scale, Strength(p), dynamic, 0, null),
            point,
            0.7,
            80 * size
        );
        return new Fitted(
            (
                dynamic ? "dynamic "
                : optimised ? "optimised "
                : ""
            ) + "theta",
            (values, horizon) =>
            {
                var adjustment = Seasons.Adjust(values, period, multiplicative);
                var ahead = new double[horizon];
                Run(adjustment.Adjusted, Alpha(found), found[1] * scale, Strength(found), dynamic, horizon, ahead);
                return adjustment.Restore(ahead);
            }
        );
    }

    private static double Alpha(double[] point) => 0.01 + (0.98 / (1 + Math.Exp(-point[0])));

    private static double Strength(double[] point) => point.Length < 3 ? 2 : 1 + Math.Exp(Math.Min(point[2], 5));

    /// <summary>The squared misses of one step; fills in what follows when a place for it is given.</summary>
    private static double Run(
        double[] y,
        double alpha,
        double level,
        double theta,
        bool dynamic,
        int horizon,
        double[]? ahead
    )
    {
        var n = y.Length;
        var (intercept, slope) = dynamic ? (0, 0) : Line(y);
        var (a, b, mean) = (dynamic ? 0 : intercept, dynamic ? 0 : slope, 0.0);
        if (dynamic && n > 0)
            (a, b) = (y[0], 0);
        var weight = 1 - (1 / theta);
        double squares = 0;
        var power = 1.0;
        for (var t = 0; t < n + horizon; t++)
        {
            var expected = level + (weight * ((power * a) + ((1 - (power * (1 - alpha))) / alpha * b)));
            var value = t < n ? y[t] : expected;
            if (t >= n)
                ahead![t - n] = expected;
            else if (t >= 3)
                squares += (value - expected) * (value - expected);
            level = (alpha * value) + ((1 - alpha) * level);
            power *= 1 - alpha;
            if (!dynamic)
                continue;
            var count = t + 1.0;
            var next = ((count - 1) * mean / count) + (value / count);
            b = (((count - 2) * b) + (6 / count * (value - mean))) / (count + 1);
            if (t == 0)
                b = 0;
            mean = next;
            a = mean - (b * (count + 1) / 2);
        }
        return squares;
    }

    /// <summary>The straight line of least squares: its height before the first value, and its slope.</summary>
    private static (double Intercept, double Slope) Line(double[] y)
    {
        var n = y.Length;
        if (n < 2)
            return (n == 0 ? 0 : y[0], 0);
        var middle = (n + 1) / 2.0;
        var mean = y.Average();
        var (up, across) = (0.0, 0.0);
        for (var t = 0; t < n; t++)
        {
            up += (t + 1 - middle) * (y[t] - mean);
            across += (t + 1 - middle) * (t + 1 - middle);
        }
        return (mean - (up / across * middle), up / across);
    }
}
