namespace Bursar.Quantify.Forecasts.Models;

/// <summary>How many steps back an ARIMA model looks, and how often it takes differences.</summary>
internal sealed record ArimaOrder(int P, int D, int Q, int SeasonalP, int SeasonalD, int SeasonalQ, bool Constant)
{
    public int Parameters => P + Q + SeasonalP + SeasonalQ + (Constant ? 1 : 0);

    public string Name =>
        $"ARIMA({P},{D},{Q})" + (SeasonalP + SeasonalD + SeasonalQ > 0 ? $"({SeasonalP},{SeasonalD},{SeasonalQ})" : "");
}

/// <summary>
/// Seasonal ARIMA: differences explained by the differences and the misses before them; the order chosen stepwise by
/// AICc.
/// </summary>
/// <remarks>
/// Hyndman and Khandakar, "Automatic time series forecasting: the forecast package for R", JSS 27 (2008), section 3;
/// conditional least squares by Levenberg–Marquardt; stationary by partial autocorrelations: Jones, Technometrics 22
/// (1980).
/// </remarks>
internal static class Arima
{
    public static Fitted Fit(double[] history, int period)
    {
        var (difference, seasonal) = Differences(history, period);
        var search = new Search(history, period, difference, seasonal);
        return Settle(search.Best(), period);
    }

    /// <summary>The same order with parameters of another history.</summary>
    public static Fitted Fit(double[] history, int period, ArimaOrder order) =>
        Settle(Estimate(history, period, order), period);

    private static Fitted Settle(ArimaFit fit, int period) =>
        new(fit.Order.Name, (values, horizon) => Continue(values, period, fit, horizon));

    internal sealed record ArimaFit(ArimaOrder Order, double[] Parameters, double Mean, double Criterion);

    /// <summary>Differences until the level stands still (KPSS at 5 %), seasonal ones where the season is
    /// strong.</summary>
    private static (int Difference, int Seasonal) Differences(double[] history, int period)
    {
        var seasonal = Loess.Strength(history, period) > 0.64 && history.Length > 3 * period ? 1 : 0;
        var y = seasonal == 1 ? Difference(history, period) : history;
        var difference = 0;
        while (difference < 2 - seasonal && y.Length > 6 && Wanders(y))
        {
            y = Difference(y, 1);
            difference++;
        }
        return (difference, seasonal);
    }

    private static double[] Difference(double[] y, int lag)
    {
        var result = new double[Math.Max(0, y.Length - lag)];
        for (var t = 0; t < result.Length; t++)
            result[t] = y[t + lag] - y[t];
        return result;
    }

    /// <summary>The KPSS test of a level that stands still.</summary>
    /// <remarks>Kwiatkowski, Phillips, Schmidt and Shin, Journal of Econometrics 54 (1992).</remarks>
    private static bool Wanders(double[] y)
    {
        var n = y.Length;
        var mean = y.Average();
        var lags = (int)Math.Truncate(3 * Math.Sqrt(n) / 13);
        var (sum, squares, whole) = (0.0, 0.0, 0.0);
        for (var t = 0; t < n; t++)
        {
            sum += y[t] - mean;
            squares += sum * sum;
            whole += (y[t] - mean) * (y[t] - mean);
        }
        for (var lag = 1; lag <= lags; lag++)
        {
            double product = 0;
            for (var t = lag; t < n; t++)
                product += (y[t] - mean) * (y[t - lag] - mean);
            whole += 2 * product * (1 - (lag / (lags + 1.0)));
        }
        return whole > 0 && squares / n / whole > 0.463;
    }

    private sealed class Search(double[] history, int period, int difference, int seasonal)
    {
        private readonly Dictionary<ArimaOrder, ArimaFit> seen = [];
        private ArimaFit? best;

        public ArimaFit Best()
        {
            var n = history.Length - difference - (seasonal * period);
            var seasons = period > 1 && period <= 24 && n >= 2 * period ? 1 : 0;
            var constant = difference + seasonal <= 1;
            var pMax = Math.Min(5, n / 6);
            Try(pMax, Order(2, 2, seasons, seasons, constant));
            Try(pMax, Order(0, 0, 0, 0, constant));
            Try(pMax, Order(1, 0, seasons, 0, constant));
            Try(pMax, Order(0, 1, 0, seasons, constant));
            if (constant)
                Try(pMax, Order(0, 0, 0, 0, false));
            while (seen.Count < 60)
            {
                var from = best!.Order;
                var improved = false;
                foreach (var next in Neighbours(from, seasons))
                {
                    if (Try(pMax, next))
                    {
                        improved = true;
                        break;
                    }
                }
                if (!improved)
                    break;
            }
            return best!;
        }

        private ArimaOrder Order(int p, int q, int seasonalP, int seasonalQ, bool constant) =>
            new(p, difference, q, seasonalP, seasonal, seasonalQ, constant);

        private IEnumerable<ArimaOrder> Neighbours(ArimaOrder o, int seasons)
        {
            if (seasons > 0)
            {
                yield return o with
                {
                    SeasonalP = o.SeasonalP - 1,
                };
                yield return o with
                {
                    SeasonalQ = o.SeasonalQ - 1,
                };
                yield return o with
                {
                    SeasonalP = o.SeasonalP + 1,
                };
                yield return o with
                {
                    SeasonalQ = o.SeasonalQ + 1,
                };
                yield return o with
                {
                    SeasonalP = o.SeasonalP - 1,
                    SeasonalQ = o.SeasonalQ + 1,
                };
                yield return o with
                {
                    SeasonalP = o.SeasonalP + 1,
                    SeasonalQ = o.SeasonalQ - 1,
                };
            }
            yield return o with
            {
                P = o.P - 1,
            };
            yield return o with
            {
                Q = o.Q - 1,
            };
            yield return o with
            {
                P = o.P + 1,
            };
            yield return o with
            {
                Q = o.Q + 1,
            };
            yield return o with
            {
                P = o.P - 1,
                Q = o.Q - 1,
            };
            yield return o with
            {
                P = o.P - 1,
                Q = o.Q + 1,
            };
            yield return o with
            {
                P = o.P + 1,
                Q = o.Q - 1,
            };
            yield return o with
            {
                P = o.P + 1,
                Q = o.Q + 1,
            };
            if (difference + seasonal <= 1)
                yield return o with
                {
                    Constant = !o.Constant,
                };
        }

        private bool Try(int pMax, ArimaOrder order)
        {
            if (
                order.P < 0
                || order.Q < 0
                || order.SeasonalP < 0
                || order.SeasonalQ < 0
                || order.P > pMax
                || order.Q > pMax
                || order.SeasonalP > 2
                || order.SeasonalQ > 2
                || seen.ContainsKey(order)
            )
                return false;
            var fit = Estimate(history, period, order);
            seen[order] = fit;
            if (best is not null && fit.Criterion >= best.Criterion)
                return false;
            best = fit;
            return true;
        }
    }

    private static ArimaFit Estimate(double[] history, int period, ArimaOrder order)
    {
        var w = history;
        for (var i = 0; i < order.SeasonalD; i++)
            w = Difference(w, period);
        for (var i = 0; i < order.D; i++)
            w = Difference(w, 1);
        var n = w.Length;
        var mean = order.Constant && n > 0 ? w.Average() : 0;
        var scale = Math.Sqrt(w.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, n));
        if (n < 3 || !(scale > 0))
            return new ArimaFit(order, new double[order.Parameters], mean, order.Parameters + (n < 3 ? 0 : -1e9));
        var z = w.Select(value => (value - mean) / scale).ToArray();
        var residuals = new double[n];
        var parameters = LeastSquares.Solve(
            new double[order.Parameters],
            n,
            (p, target) => Residuals(z, period, order, p, target)
        );
        Residuals(z, period, order, parameters, residuals);
        var squares = residuals.Sum(value => value * value);
        var k = order.Parameters + 1;
        var criterion =
            (n * Math.Log(Math.Max(squares * scale * scale / n, 1e-300)))
            + (2 * k)
            + (n > k + 1 ? 2.0 * k * (k + 1) / (n - k - 1) : 1e6 * k);
        if (order.Constant)
        {
            mean += parameters[^1] * scale;
            parameters[^1] = 0;
        }
        return new ArimaFit(order, parameters, mean, criterion);
    }

    private static void Residuals(double[] z, int period, ArimaOrder order, double[] parameters, double[] target)
    {
        var (ar, ma) = Polynomials(order, period, parameters);
        var mean = order.Constant ? parameters[^1] : 0;
        var reach = 0;
        foreach (var (lag, _) in ar)
            reach = Math.Max(reach, lag);
        foreach (var (lag, _) in ma)
            reach = Math.Max(reach, lag);
        reach = Math.Min(reach, z.Length);
        for (var t = 0; t < reach; t++)
        {
            var e = z[t] - mean;
            foreach (var (lag, factor) in ar)
                e -= t >= lag ? factor * (z[t - lag] - mean) : 0;
            foreach (var (lag, factor) in ma)
                e -= t >= lag ? factor * target[t - lag] : 0;
            target[t] = e;
        }
        // From here on every lag has a value: nothing to look for.
        for (var t = reach; t < z.Length; t++)
        {
            var e = z[t] - mean;
            for (var i = 0; i < ar.Length; i++)
                e -= ar[i].Factor * (z[t - ar[i].Lag] - mean);
            for (var i = 0; i < ma.Length; i++)
                e -= ma[i].Factor * target[t - ma[i].Lag];
            target[t] = e;
        }
    }

    /// <summary>The lags and their factors on the right-hand side: w(t) = Σ ar·w(t−lag) + Σ ma·e(t−lag) +
    /// e(t).</summary>
    private static ((int Lag, double Factor)[] Ar, (int Lag, double Factor)[] Ma) Polynomials(
        ArimaOrder order,
        int period,
        double[] parameters
    )
    {
        var p = Stationary(parameters, 0, order.P);
        var q = Stationary(parameters, order.P, order.Q);
        var seasonalP = Stationary(parameters, order.P + order.Q, order.SeasonalP);
        var seasonalQ = Stationary(parameters, order.P + order.Q + order.SeasonalP, order.SeasonalQ);
        return (Product(p, seasonalP, period, -1), Product(q, seasonalQ, period, 1));
    }

    private static (int Lag, double Factor)[] Product(double[] near, double[] far, int period, int sign)
    {
        if (near.Length + far.Length == 0)
            return [];
        var terms = new List<(int, double)>();
        for (var j = 0; j <= far.Length; j++)
        {
            for (var i = 0; i <= near.Length; i++)
            {
                if (i + j == 0)
                    continue;
                var factor = (i == 0 ? 1 : near[i - 1]) * (j == 0 ? 1 : far[j - 1]);
                if (i > 0 && j > 0)
                    factor *= sign;
                terms.Add((i + (j * period), factor));
            }
        }
        return [.. terms];
    }

    private static double[] Stationary(double[] parameters, int from, int count)
    {
        var result = new double[count];
        for (var k = 0; k < count; k++)
        {
            var partial = 0.98 * Math.Tanh(parameters[from + k]);
            var before = (double[])result.Clone();
            result[k] = partial;
            for (var j = 0; j < k; j++)
                result[j] = before[j] - (partial * before[k - 1 - j]);
        }
        return result;
    }

    private static double[] Continue(double[] history, int period, ArimaFit fit, int horizon)
    {
        var order = fit.Order;
        var stages = new List<(double[] Values, int Lag)>();
        var w = history;
        for (var i = 0; i < order.SeasonalD + order.D; i++)
        {
            var lag = i < order.SeasonalD ? period : 1;
            stages.Add((w, lag));
            w = Difference(w, lag);
        }
        var z = w.Select(value => value - fit.Mean).ToArray();
        var residuals = new double[z.Length];
        Residuals(z, period, order with { Constant = false }, fit.Parameters, residuals);
        var (ar, ma) = Polynomials(order, period, fit.Parameters);
        var n = z.Length;
        var ahead = new double[horizon];
        for (var h = 0; h < horizon; h++)
        {
            double value = 0;
            foreach (var (lag, factor) in ar)
                value +=
                    factor
                    * (
                        lag <= h ? ahead[h - lag]
                        : n + h - lag >= 0 ? z[n + h - lag]
                        : 0
                    );
            foreach (var (lag, factor) in ma)
                value += lag > h && n + h - lag >= 0 ? factor * residuals[n + h - lag] : 0;
            ahead[h] = value;
        }
        for (var h = 0; h < horizon; h++)
            ahead[h] += fit.Mean;
        for (var i = stages.Count - 1; i >= 0; i--)
        {
            var (values, lag) = stages[i];
            for (var h = 0; h < horizon; h++)
                ahead[h] += h >= lag ? ahead[h - lag] : values[values.Length + h - lag];
        }
        return ahead;
    }
}
