namespace Bursar.Quantify.Forecasts.Models;

/// <summary>
/// Season and trend by local lines (STL), for one or several periods (MSTL): seasons that change slowly are followed.
/// </summary>
/// <remarks>
/// Cleveland, Cleveland, McRae and Terpenning, "STL: A Seasonal-Trend Decomposition Procedure Based on Loess",
/// Journal of Official Statistics 6 (1990); several periods: Bandara, Hyndman and Bergmeir, "MSTL" (2021).
/// </remarks>
internal static class Loess
{
    /// <summary>The season of each period at each time; what is left is the trend with the noise.</summary>
    public static double[][] Seasons(double[] history, int[] periods, int window = 11)
    {
        var n = history.Length;
        var seasons = periods.Select(_ => new double[n]).ToArray();
        var rest = (double[])history.Clone();
        for (var round = 0; round < (periods.Length > 1 ? 2 : 1); round++)
        {
            for (var i = 0; i < periods.Length; i++)
            {
                for (var t = 0; t < n; t++)
                    rest[t] += seasons[i][t];
                seasons[i] = Season(rest, periods[i], window + (4 * i));
                for (var t = 0; t < n; t++)
                    rest[t] -= seasons[i][t];
            }
        }
        return seasons;
    }

    /// <summary>How much of what is not trend is season: 0 none, 1 all.</summary>
    /// <remarks>Wang, Smith and Hyndman, "Characteristic-based clustering for time series data" (2006).</remarks>
    public static double Strength(double[] history, int period)
    {
        if (period < 2 || history.Length < (2 * period) + 1)
            return 0;
        var season = Season(history, period, 11);
        var trend = Smooth(Less(history, season), TrendWindow(period, 11), 1, 1);
        var noise = new double[history.Length];
        var both = new double[history.Length];
        for (var t = 0; t < noise.Length; t++)
        {
            both[t] = history[t] - trend[t];
            noise[t] = both[t] - season[t];
        }
        var whole = Variance(both);
        return whole > 0 ? Math.Max(0, 1 - (Variance(noise) / whole)) : 0;
    }

    private static double[] Season(double[] history, int period, int window)
    {
        var n = history.Length;
        var trend = new double[n];
        var season = new double[n];
        var trendWindow = TrendWindow(period, window);
        for (var round = 0; round < 2; round++)
        {
            var cycle = Cycle(Less(history, trend), period, window);
            var low = LowPass(cycle, period);
            for (var t = 0; t < n; t++)
                season[t] = cycle[period + t] - low[t];
            trend = Smooth(Less(history, season), trendWindow, 1, Math.Max(1, trendWindow / 10));
        }
        return season;
    }

    private static int TrendWindow(int period, int window) =>
        (int)Math.Ceiling(1.5 * period / (1 - (1.5 / window))) | 1;

    /// <summary>Each place in the period smoothed by itself, and continued by one at both ends.</summary>
    private static double[] Cycle(double[] y, int period, int window)
    {
        var n = y.Length;
        var result = new double[n + (2 * period)];
        var inside = new Inside(window);
        for (var phase = 0; phase < period; phase++)
        {
            var count = ((n - 1 - phase) / period) + 1;
            var line = new double[count];
            for (var i = 0; i < count; i++)
                line[i] = y[phase + (i * period)];
            for (var i = -1; i <= count; i++)
            {
                var place = phase + ((i + 1) * period);
                if (place < result.Length)
                    result[place] = inside.Fits(line, i) ? inside.At(line, i, 0) : At(line, i, window, 0);
            }
        }
        // A place whose last cycle is cut short continues by its last value.
        return result;
    }

    private static double[] LowPass(double[] cycle, int period)
    {
        var once = Moving(cycle, period);
        var twice = Moving(once, period);
        var thrice = Moving(twice, 3);
        var window = period | 1;
        return Smooth(thrice, window, 1, Math.Max(1, window / 10));
    }

    private static double[] Moving(double[] y, int width)
    {
        var result = new double[y.Length - width + 1];
        double sum = 0;
        for (var t = 0; t < y.Length; t++)
        {
            sum += y[t];
            if (t >= width)
                sum -= y[t - width];
            if (t >= width - 1)
                result[t - width + 1] = sum / width;
        }
        return result;
    }

    /// <summary>A smooth line; exact at every so many places and straight between them.</summary>
    internal static double[] Smooth(double[] y, int window, int degree, int jump)
    {
        var n = y.Length;
        var result = new double[n];
        var last = 0;
        var inside = new Inside(window);
        result[0] = At(y, 0, window, degree);
        while (last < n - 1)
        {
            var next = Math.Min(last + jump, n - 1);
            result[next] = inside.Fits(y, next) ? inside.At(y, next, degree) : At(y, next, window, degree);
            for (var t = last + 1; t < next; t++)
                result[t] = result[last] + ((result[next] - result[last]) * (t - last) / (next - last));
            last = next;
        }
        return result;
    }

    /// <summary>The local line (degree 1) or mean (degree 0) at one place, near values weighing most.</summary>
    private static double At(double[] y, int place, int window, int degree)
    {
        var n = y.Length;
        var size = Math.Min(window, n);
        var from = Math.Clamp(place - (size / 2), 0, n - size);
        double reach = Math.Max(Math.Abs(place - from), Math.Abs(from + size - 1 - place));
        if (window > n)
            reach += (window - n) / 2;
        if (reach == 0)
            return y[Math.Clamp(place, 0, n - 1)];
        double w0 = 0;
        double w1 = 0;
        double w2 = 0;
        double wy = 0;
        double wxy = 0;
        for (var t = from; t < from + size; t++)
        {
            double x = t - place;
            var r = Math.Abs(x) / reach;
            if (r >= 0.999)
                continue;
            var cube = 1 - (r * r * r);
            var w = r <= 0.001 ? 1 : cube * cube * cube;
            w0 += w;
            w1 += w * x;
            w2 += w * x * x;
            wy += w * y[t];
            wxy += w * x * y[t];
        }
        if (!(w0 > 0))
            return y[Math.Clamp(place, 0, n - 1)];
        var mean = w1 / w0;
        var spread = (w2 / w0) - (mean * mean);
        if (degree == 0 || spread < 1e-6 * reach * reach)
            return wy / w0;
        var slope = ((wxy / w0) - (mean * wy / w0)) / spread;
        return (wy / w0) - (slope * mean);
    }

    /// <summary>The same at places with a whole window around them: what is near weighs the same at each.</summary>
    private sealed class Inside
    {
        private readonly int before;
        private readonly int after;
        private readonly int from;
        private readonly double reach;
        private readonly double[] weights;
        private readonly double[] moments;
        private readonly double w0;
        private readonly double w1;
        private readonly double w2;

        public Inside(int window)
        {
            (before, after) = (window / 2, window - 1 - (window / 2));
            reach = Math.Max(before, after);
            var places = Enumerable.Range(-before, window).Where(x => Math.Abs(x) / reach < 0.999).ToArray();
            (from, weights, moments) = (places.FirstOrDefault(), new double[places.Length], new double[places.Length]);
            for (var i = 0; i < places.Length; i++)
            {
                double x = places[i];
                var r = Math.Abs(x) / reach;
                var cube = 1 - (r * r * r);
                var w = r <= 0.001 ? 1 : cube * cube * cube;
                (weights[i], moments[i]) = (w, w * x);
                w0 += w;
                w1 += w * x;
                w2 += w * x * x;
            }
        }

        public bool Fits(double[] y, int place) => place >= before && place + after < y.Length;

        public double At(double[] y, int place, int degree)
        {
            if (!(w0 > 0))
                return y[place];
            double wy = 0;
            double wxy = 0;
            var near = y.AsSpan(place + from, weights.Length);
            for (var i = 0; i < near.Length; i++)
            {
                wy += weights[i] * near[i];
                wxy += moments[i] * near[i];
            }
            var mean = w1 / w0;
            var spread = (w2 / w0) - (mean * mean);
            if (degree == 0 || spread < 1e-6 * reach * reach)
                return wy / w0;
            var slope = ((wxy / w0) - (mean * wy / w0)) / spread;
            return (wy / w0) - (slope * mean);
        }
    }

    private static double[] Less(double[] y, double[] part)
    {
        var result = new double[y.Length];
        for (var t = 0; t < result.Length; t++)
            result[t] = y[t] - part[t];
        return result;
    }

    private static double Variance(double[] y)
    {
        var mean = y.Average();
        double sum = 0;
        foreach (var value in y)
            sum += (value - mean) * (value - mean);
        return y.Length > 1 ? sum / (y.Length - 1) : 0;
    }
}
