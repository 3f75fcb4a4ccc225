namespace Bursar.Quantify.Forecasts.Models;

/// <summary>Whether a level climbs, and whether it goes on climbing.</summary>
internal enum TrendKind
{
    None,
    Additive,
    Damped,
}

/// <summary>Whether a season is added to the level or multiplies it.</summary>
internal enum SeasonKind
{
    None,
    Additive,
    Multiplicative,
}

/// <summary>A member of the exponential smoothing family.</summary>
internal sealed record SmoothingForm(bool MultiplicativeError, TrendKind Trend, SeasonKind Season)
{
    public string Name =>
        Trend switch
        {
            TrendKind.None => "level",
            TrendKind.Additive => "trend",
            _ => "damped trend",
        }
        + Season switch
        {
            SeasonKind.None => "",
            SeasonKind.Additive => " and season",
            _ => " and proportional season",
        };
}

/// <summary>
/// Exponential smoothing: level, trend and season, each moved by a share of every miss, the form chosen by AICc.
/// </summary>
/// <remarks>
/// Hyndman, Koehler, Ord and Snyder, "Forecasting with Exponential Smoothing" (2008), chapters 2 and 7: the fifteen
/// forms without multiplicative trend and without additive error beside multiplicative season. The states before the
/// first value are found by running backwards through the history, as Svetunkov, "Forecasting and Analytics with
/// ADAM" (2023), 11.4.
/// </remarks>
internal static class Smoothing
{
    private const double DampingMin = 0.8;
    private const double DampingMax = 0.98;

    /// <summary>The form with the least AICc, with its parameters.</summary>
    public static Fitted Fit(double[] history, int period, bool seasonal = true)
    {
        Candidate? best = null;
        foreach (var form in Forms(history, seasonal ? period : 1))
        {
            var candidate = Estimate(history, period, form);
            if (best is null || candidate.Criterion < best.Criterion)
                best = candidate;
        }
        return best!.Settle(period);
    }

    /// <summary>One given form, with its parameters.</summary>
    public static Fitted Fit(double[] history, int period, SmoothingForm form) =>
        Estimate(history, period, form).Settle(period);

    private static IEnumerable<SmoothingForm> Forms(double[] history, int period)
    {
        var positive = history.All(value => value > 0);
        var n = history.Length;
        foreach (var trend in new[] { TrendKind.None, TrendKind.Additive, TrendKind.Damped })
        {
            if (
                n
                < (
                    trend == TrendKind.None ? 1
                    : trend == TrendKind.Additive ? 5
                    : 7
                )
            )
                continue;
            foreach (var season in new[] { SeasonKind.None, SeasonKind.Additive, SeasonKind.Multiplicative })
            {
                if (season != SeasonKind.None && (period < 2 || period > 24 || n < (2 * period) + 2))
                    continue;
                if (season == SeasonKind.Multiplicative && !positive)
                    continue;
                if (season != SeasonKind.Multiplicative)
                    yield return new SmoothingForm(false, trend, season);
                if (positive)
                    yield return new SmoothingForm(true, trend, season);
            }
        }
    }

    private sealed record Candidate(SmoothingForm Form, double[] Parameters, double Criterion)
    {
        public Fitted Settle(int period) =>
            new(
                Form.Name,
                (history, horizon) =>
                {
                    var filter = new Filter(history, period, Form);
                    filter.Run(Parameters);
                    return filter.Ahead(horizon);
                }
            );
    }

    private static Candidate Estimate(double[] history, int period, SmoothingForm form)
    {
        var filter = new Filter(history, period, form);
        var size = 1 + (form.Trend == TrendKind.None ? 0 : 1) + (form.Season == SeasonKind.None ? 0 : 1);
        if (form.Trend == TrendKind.Damped)
            size++;
        double[]? start = null;
        var least = double.PositiveInfinity;
        foreach (var level in new[] { -2.0, 0.0, 2.0 })
        {
            var point = new double[size];
            Array.Fill(point, -2.0);
            point[0] = level;
            if (form.Trend == TrendKind.Damped)
                point[^1] = 1.0;
            var value = filter.Deviance(point);
            if (start is null || value < least)
                (start, least) = (point, value);
        }
        var parameters = Simplex.Minimise(filter.Deviance, start!, 1.0, 60 + (60 * size));
        var deviance = filter.Deviance(parameters);
        // Parameters, states before the first value, and the variance.
        var k = size + 1 + (form.Trend == TrendKind.None ? 0 : 1) + 1;
        if (form.Season != SeasonKind.None)
            k += period - 1;
        var n = history.Length;
        var criterion = deviance + (2.0 * k) + (n > k + 1 ? 2.0 * k * (k + 1) / (n - k - 1) : 1e6 * k);
        return new Candidate(form, parameters, double.IsNaN(criterion) ? double.MaxValue : criterion);
    }

    /// <summary>One pass through the history with given parameters.</summary>
    private sealed class Filter
    {
        private readonly double[] history;
        private readonly SmoothingForm form;
        private readonly int period;
        private readonly double level0;
        private readonly double[] season0;
        private readonly double[] season;
        private double level;
        private double trend;
        private double damping;

        public Filter(double[] history, int period, SmoothingForm form)
        {
            this.history = history;
            this.form = form;
            this.period = form.Season == SeasonKind.None ? 1 : period;
            season0 =
                form.Season == SeasonKind.None
                    ? []
                    : Seasons.Indices(history, period, form.Season == SeasonKind.Multiplicative);
            season = new double[season0.Length];
            var first = Math.Min(history.Length, Math.Max(this.period, 4));
            for (var t = 0; t < first; t++)
                level0 += history[t] / first;
        }

        public double Deviance(double[] point)
        {
            var (squares, logs) = Run(point);
            var n = history.Length;
            // A perfect fit has no logarithm; below one millionth of a millionth it is perfect.
            var floor = 1e-24 * n * (form.MultiplicativeError ? 1 : (level0 * level0) + 1e-12);
            return (n * Math.Log(Math.Max(squares, floor))) + (form.MultiplicativeError ? 2 * logs : 0);
        }

        /// <summary>Forward, backward for the first states, and forward again.</summary>
        public (double Squares, double Logs) Run(double[] point)
        {
            var alpha = 0.0001 + (0.9998 * Share(point[0]));
            var place = 1;
            var beta = form.Trend == TrendKind.None ? 0 : alpha * Share(point[place++]);
            var gamma = form.Season == SeasonKind.None ? 0 : (1 - alpha) * Share(point[place++]);
            damping = form.Trend switch
            {
                TrendKind.None => 0,
                TrendKind.Additive => 1,
                _ => DampingMin + ((DampingMax - DampingMin) * Share(point[place])),
            };
            level = level0;
            trend = 0;
            season0.CopyTo(season, 0);
            Pass(alpha, beta, gamma, false);
            trend = -trend;
            Pass(alpha, beta, gamma, true);
            trend = -trend;
            return Pass(alpha, beta, gamma, false);
        }

        private (double Squares, double Logs) Pass(double alpha, double beta, double gamma, bool backward)
        {
            var n = history.Length;
            var (l, b, phi) = (level, trend, damping);
            var multiplicative = form.Season == SeasonKind.Multiplicative;
            var seasonal = form.Season != SeasonKind.None;
            var relative = form.MultiplicativeError;
            double squares = 0;
            var logs = 0.0;
            var product = 1.0;
            var phase = backward ? (n - 1) % period : 0;
            for (var i = 0; i < n; i++)
            {
                var y = history[backward ? n - 1 - i : i];
                var basis = l + (phi * b);
                double expected;
                double miss;
                if (!seasonal)
                {
                    expected = basis;
                    miss = y - expected;
                    l = basis + (alpha * miss);
                    b = (phi * b) + (beta * miss);
                }
                else if (!multiplicative)
                {
                    expected = basis + season[phase];
                    miss = y - expected;
                    l = basis + (alpha * miss);
                    b = (phi * b) + (beta * miss);
                    season[phase] += gamma * miss;
                }
                else
                {
                    var s = season[phase];
                    expected = basis * s;
                    miss = y - expected;
                    if (!(basis > 0) || !(s > 0))
                        return (double.PositiveInfinity, 0);
                    l = basis + (alpha * miss / s);
                    b = (phi * b) + (beta * miss / s);
                    season[phase] += gamma * miss / basis;
                }
                if (relative)
                {
                    if (!(expected > 0))
                        return (double.PositiveInfinity, 0);
                    miss /= expected;
                    product *= expected;
                    if (product is > 1e200 or < 1e-200)
                    {
                        logs += Math.Log(product);
                        product = 1;
                    }
                }
                squares += miss * miss;
                phase = backward ? (phase == 0 ? period - 1 : phase - 1) : (phase == period - 1 ? 0 : phase + 1);
            }
            (level, trend) = (l, b);
            return (squares, logs + Math.Log(product));
        }

        public double[] Ahead(int horizon)
        {
            var result = new double[horizon];
            var (reach, power) = (0.0, 1.0);
            for (var h = 0; h < horizon; h++)
            {
                power *= damping;
                reach += power;
                var basis = level + (reach * trend);
                result[h] = form.Season switch
                {
                    SeasonKind.None => basis,
                    SeasonKind.Additive => basis + season[(history.Length + h) % period],
                    _ => basis * season[(history.Length + h) % period],
                };
            }
            return result;
        }

        private static double Share(double x) => 1 / (1 + Math.Exp(-x));
    }
}
