namespace Bursar.Quantify.Forecasts.Models;

/// <summary>How far outcomes lie around a forecast, learned from the misses of its backtest.</summary>
/// <remarks>
/// The misses of the combination at rolling origins are brought to one step by a power of the distance that is
/// estimated with them, and their size is taken mostly from the median miss, so that one odd month does not widen
/// every band. Outcomes have longer tails than the normal law: Student's with five degrees of freedom. The two
/// constants are those with which 95 % bands held 93–97 % and 80 % bands 75–85 % of the outcomes on six public
/// benchmarks (bench/README.md). The idea of learning bands from past misses of the very forecast: Shafer and Vovk,
/// "A tutorial on conformal prediction", JMLR 9 (2008).
/// </remarks>
/// <param name="Scale">The standard miss at each step: of the value, or of its logarithm.</param>
/// <param name="Relative">Whether misses grow with the value: the band is then a factor.</param>
/// <param name="Floor">Outcomes are never below it.</param>
internal sealed record Spread(double[] Scale, bool Relative, double Floor)
{
    private const double Width = 0.84;

    /// <summary>Parameters are uncertain too; the more so, the shorter the history.</summary>
    private const double ShortHistory = 6;

    private const double UsualPower = 0.45;
    private const double MedianShare = 0.8;

    /// <summary>Misses of days that the models were settled with are a little too small, and tell less.</summary>
    private const double SeenWeight = 0.6;

    /// <summary>The standard miss that is assumed of a history too short to learn from, as a share of its
    /// level.</summary>
    public const double AssumedShare = 0.25;

    /// <summary>Of so many values a band is learned.</summary>
    public const int KnownMin = 4;

    public static Spread Of(Backtest backtest, double[] values, int period, int horizon, bool positive)
    {
        var relative =
            Seasonal.SwingsGrow(values, period)
            && backtest.Origins.All(origin => Array.TrueForAll(origin.Expected, value => value > 0));
        return OfMisses(backtest.Origins, relative, values.Length, values.Average(Math.Abs), horizon, positive);
    }

    /// <summary>Learned from misses of a forecast, however it was made.</summary>
    /// <param name="origins">The misses.</param>
    /// <param name="relative">Whether the band is a factor.</param>
    /// <param name="known">How many values were learned from.</param>
    /// <param name="level">Their usual size, for a history too short to learn from.</param>
    /// <param name="horizon">How many steps ahead.</param>
    /// <param name="positive">Whether outcomes are never below zero.</param>
    public static Spread OfMisses(
        IReadOnlyList<Origin> origins,
        bool relative,
        int known,
        double level,
        int horizon,
        bool positive
    )
    {
        var misses = origins.SelectMany(origin => Misses(origin, relative)).ToList();
        var power = Power(misses);
        var floor = positive ? 0 : double.NegativeInfinity;
        var step = IsAssumed(origins, known) ? AssumedShare * level : Typical(misses, power);
        step *= Width * (1 + (ShortHistory / Math.Max(known, 2)));
        var scale = new double[horizon];
        for (var h = 0; h < horizon; h++)
            scale[h] = step * Math.Pow(h + 1, power);
        return new Spread(scale, relative && !IsAssumed(origins, known), floor);
    }

    /// <summary>Whether there is too little to learn a band from, so that it is assumed.</summary>
    public static bool IsAssumed(IReadOnlyList<Origin> origins, int known) =>
        known < KnownMin || origins.Sum(origin => origin.Known.Count(yes => yes)) < 3;

    /// <summary>The value that outcomes stay below with this probability, at each step.</summary>
    public double[] Quantile(double[] point, double probability)
    {
        var distance = Student.Quantile(probability);
        var result = new double[point.Length];
        for (var h = 0; h < result.Length; h++)
        {
            var value = Relative
                ? point[h] * Math.Exp(Math.Clamp(distance * Scale[h], -50, 50))
                : point[h] + (distance * Scale[h]);
            result[h] = Math.Max(Floor, value);
        }
        return result;
    }

    private static IEnumerable<PastMiss> Misses(Origin origin, bool relative)
    {
        for (var h = 0; h < origin.Expected.Length; h++)
        {
            if (!origin.Known[h])
                continue;
            var (came, expected) = (origin.Came[h], origin.Expected[h]);
            yield return new PastMiss(
                h,
                relative ? Math.Log(Math.Max(came, expected / 100) / expected) : came - expected,
                origin.Unseen ? 1 : SeenWeight
            );
        }
    }

    private static double Typical(List<PastMiss> misses, double power)
    {
        var sizes = misses
            .Select(miss => (Size: Math.Abs(miss.Size) / Math.Pow(miss.Step + 1, power), miss.Weight))
            .OrderBy(miss => miss.Size)
            .ToArray();
        var all = sizes.Sum(miss => miss.Weight);
        var root = Math.Sqrt(sizes.Sum(miss => miss.Weight * miss.Size * miss.Size) / all);
        if (!(root > 0))
            return 0;
        var middle = 0;
        for (var below = sizes[0].Weight; below < all / 2; below += sizes[middle].Weight)
            middle++;
        // The median of a normal miss is 0.6745 of its standard deviation.
        var median = Math.Max(sizes[middle].Size / 0.6745, 0.3 * root);
        return Math.Pow(root, 1 - MedianShare) * Math.Pow(median, MedianShare);
    }

    /// <summary>How fast misses grow with the distance: 0 not at all, ½ as a random walk.</summary>
    private static double Power(List<PastMiss> misses)
    {
        var (best, least) = (UsualPower, double.PositiveInfinity);
        var n = misses.Sum(miss => miss.Weight);
        for (var i = 0; i <= 18; i++)
        {
            var power = 0.05 * i;
            var (sum, logs) = (0.0, 0.0);
            foreach (var (step, size, weight) in misses)
            {
                sum += weight * size * size / Math.Pow(step + 1, 2 * power);
                logs += weight * 2 * power * Math.Log(step + 1);
            }
            if (!(sum > 0))
                return UsualPower;
            // Misses of overlapping forecasts say the same thing several times: their word counts a tenth.
            var value = (0.1 * ((n * Math.Log(sum / n)) + logs)) + (15 * (power - UsualPower) * (power - UsualPower));
            if (value < least)
                (best, least) = (power, value);
        }
        return best;
    }
}

/// <summary>By how much a forecast of the past missed.</summary>
internal readonly record struct PastMiss(int Step, double Size, double Weight);

/// <summary>Student's distribution with five degrees of freedom.</summary>
internal static class Student
{
    private const double Freedom = 5;

    /// <summary>The value that it stays below with this probability.</summary>
    /// <remarks>Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 26.7.5.</remarks>
    public static double Quantile(double probability)
    {
        var z = Normal.Quantile(probability);
        var z2 = z * z;
        var first = z * (z2 + 1) / 4;
        var second = z * ((((5 * z2) + 16) * z2) + 3) / 96;
        var third = z * ((((((3 * z2) + 19) * z2) + 17) * z2) - 15) / 384;
        return z + (first / Freedom) + (second / (Freedom * Freedom)) + (third / (Freedom * Freedom * Freedom));
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
