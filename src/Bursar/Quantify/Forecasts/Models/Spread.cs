namespace Bursar.Quantify.Forecasts.Models;

/// <summary>How far outcomes lie around a forecast, learned from the misses of its backtest.</summary>
/// <param name="Scale">The standard miss at each step: of the value, or of its logarithm.</param>
/// <param name="Relative">Whether misses grow with the value: the band is then a factor.</param>
/// <param name="Floor">Outcomes are never below it.</param>
internal sealed record Spread(double[] Scale, bool Relative, double Floor)
{
    public static readonly double C = double.Parse(Environment.GetEnvironmentVariable("SC") ?? "1");
    public static readonly double P0 = double.Parse(Environment.GetEnvironmentVariable("P0") ?? "0.35");
    public static readonly double PW = double.Parse(Environment.GetEnvironmentVariable("PW") ?? "30");
    public static readonly int REL = int.Parse(Environment.GetEnvironmentVariable("REL") ?? "1");

    public static Spread Of(Backtest backtest, double[] values, int period, int horizon, bool positive)
    {
        var relative = REL == 1 && Seasonal.SwingsGrow(values, period) && backtest.Origins.All(o => o.Expected.All(v => v > 0));
        var misses = new List<(int H, double Miss)>();
        foreach (var origin in backtest.Origins)
        {
            for (var h = 0; h < origin.Expected.Length; h++)
            {
                if (!origin.Known[h])
                    continue;
                misses.Add((h, relative ? Math.Log(origin.Came[h] / origin.Expected[h]) : origin.Came[h] - origin.Expected[h]));
            }
        }
        var power = Power(misses);
        var scale = misses.Count == 0 ? 0 : Math.Sqrt(misses.Sum(x => x.Miss * x.Miss / Math.Pow(x.H + 1, 2 * power)) / misses.Count);
        var result = new double[horizon];
        for (var h = 0; h < horizon; h++)
            result[h] = C * scale * Math.Pow(h + 1, power);
        return new Spread(result, relative, positive ? 0 : double.NegativeInfinity);
    }

    private static double Power(List<(int H, double Miss)> misses)
    {
        var (best, least) = (P0, double.PositiveInfinity);
        for (var p = 0.0; p <= 0.85; p += 0.05)
        {
            var (sum, logs) = (0.0, 0.0);
            foreach (var (h, miss) in misses)
            {
                sum += miss * miss / Math.Pow(h + 1, 2 * p);
                logs += 2 * p * Math.Log(h + 1);
            }
            var n = misses.Count;
            if (n == 0 || !(sum > 0))
                return P0;
            // Misses of overlapping forecasts say the same thing several times: their word counts a tenth.
            var value = (0.1 * ((n * Math.Log(sum / n)) + logs)) + (PW * (p - P0) * (p - P0));
            if (value < least)
                (best, least) = (p, value);
        }
        return best;
    }

    public double[] Quantile(double[] point, double probability)
    {
        var z = Normal.Quantile(probability);
        var result = new double[point.Length];
        for (var h = 0; h < result.Length; h++)
        {
            var value = Relative ? point[h] * Math.Exp(z * Scale[h]) : point[h] + (z * Scale[h]);
            result[h] = Math.Max(Floor, value);
        }
        return result;
    }
}

/// <summary>The normal distribution.</summary>
internal static class Normal
{
    /// <summary>The value that a standard normal stays below with this probability.</summary>
    /// <remarks>Wichura, "Algorithm AS 241", Applied Statistics 37 (1988), with seven digits (PPND7).</remarks>
    public static double Quantile(double probability)
    {
        var q = probability - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var r = 0.180625 - (q * q);
            return q
                * ((((((59.109374720 * r) + 159.29113202) * r) + 50.434271938) * r) + 3.3871327179)
                / ((((((67.187563600 * r) + 78.757757664) * r) + 17.895169469) * r) + 1);
        }
        var tail = Math.Sqrt(-Math.Log(q < 0 ? probability : 1 - probability));
        double value;
        if (tail <= 5)
        {
            var r = tail - 1.6;
            value =
                ((((((0.17023821103 * r) + 1.3067284816) * r) + 2.7568153900) * r) + 1.4234372777)
                / ((((0.12021132975 * r) + 0.73700164250) * r) + 1);
        }
        else
        {
            var r = tail - 5;
            value =
                ((((((0.017337203997 * r) + 0.42868294337) * r) + 3.0812263860) * r) + 6.6579051150)
                / ((((0.012258202635 * r) + 0.24197894225) * r) + 1);
        }
        return q < 0 ? -value : value;
    }
}
