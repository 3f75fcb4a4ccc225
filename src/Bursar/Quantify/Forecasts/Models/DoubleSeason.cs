namespace Bursar.Quantify.Forecasts.Models;

/// <summary>
/// Exponential smoothing with two seasons, one within the other (hour of the day, hour of the week), and misses that
/// echo.
/// </summary>
/// <remarks>
/// Taylor, "Short-term electricity demand forecasting using double seasonal exponential smoothing", Journal of the
/// Operational Research Society 54 (2003), in its additive form without trend, with the first-order adjustment of the
/// error.
/// </remarks>
internal static class DoubleSeason
{
    public static Fitted Fit(double[] history, int shorter, int longer)
    {
        var start = new[] { -3.0, -2.0, -1.5, 1.0 };
        var parameters = Simplex.Minimise(
            point => new Filter(history, shorter, longer, point).Squares,
            start,
            0.8,
            240
        );
        return new Fitted(
            "two seasons",
            (values, horizon) => new Filter(values, shorter, longer, parameters).Ahead(horizon)
        );
    }

    private sealed class Filter
    {
        private readonly double[] near;
        private readonly double[] far;
        private readonly double echo;
        private readonly int count;
        private double level;
        private double last;

        public Filter(double[] history, int shorter, int longer, double[] point)
        {
            near = new double[shorter];
            far = new double[longer];
            count = history.Length;
            var (alpha, delta, omega) = (Share(point[0]), Share(point[1]), Share(point[2]));
            echo = 0.99 * Math.Tanh(point[3]);
            var first = Math.Min(longer, count);
            for (var t = 0; t < first; t++)
                level += history[t] / first;
            for (var t = 0; t < first; t++)
                near[t % shorter] += (history[t] - level) / ((first - 1 - (t % shorter)) / shorter + 1);
            for (var t = 0; t < first; t++)
                far[t] = (history[t] - level - near[t % shorter]) * 0.5;
            Pass(history, alpha, delta, omega, false);
            Pass(history, alpha, delta, omega, true);
            Squares = Pass(history, alpha, delta, omega, false);
        }

        public double Squares { get; }

        private double Pass(double[] y, double alpha, double delta, double omega, bool backward)
        {
            double squares = 0;
            last = 0;
            for (var i = 0; i < y.Length; i++)
            {
                var t = backward ? y.Length - 1 - i : i;
                var n = t % near.Length;
                var f = t % far.Length;
                var miss = y[t] - level - near[n] - far[f];
                var surprise = miss - (echo * last);
                level += alpha * surprise;
                near[n] += delta * surprise;
                far[f] += omega * surprise;
                last = miss;
                squares += surprise * surprise;
            }
            return squares;
        }

        public double[] Ahead(int horizon)
        {
            var result = new double[horizon];
            var fading = last;
            for (var h = 0; h < horizon; h++)
            {
                fading *= echo;
                result[h] = level + near[(count + h) % near.Length] + far[(count + h) % far.Length] + fading;
            }
            return result;
        }

        private static double Share(double x) => 1 / (1 + Math.Exp(-x));
    }
}
