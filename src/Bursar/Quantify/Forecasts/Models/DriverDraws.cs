using Bursar.Core.Amounts;
using Bursar.Quantify.Forecasts.Drivers;

namespace Bursar.Quantify.Forecasts.Models;

/// <summary>Driver forecasts drawn many times: every term by itself, each line of a pipeline by whether it comes
/// true.</summary>
/// <remarks>
/// A term is as low, or as high, over all months of a draw as one draw says: two halves of a normal law through its
/// P10, its base and its P90. The
/// same seed draws the same on every machine: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014).
/// </remarks>
internal sealed class DriverDraws
{
    /// <summary>The distance of P10 and P90 from the middle of a standard normal.</summary>
    private const double Decile = 1.2815515655446004;

    private readonly double[][] months;
    private readonly double[] totals;

    private DriverDraws(double[][] months, double[] totals) => (this.months, this.totals) = (months, totals);

    /// <summary>P10, P50 and P90 of all months together.</summary>
    public (Amount P10, Amount P50, Amount P90) Total => Deciles(totals);

    public (Amount P10, Amount P50, Amount P90) Month(int month) => Deciles(months[month]);

    public static DriverDraws Of(IReadOnlyList<DriverLine> lines, int count, int seed, int draws)
    {
        var random = new SplitMix((ulong)seed);
        var byMonth = Enumerable.Range(0, count).Select(_ => new double[draws]).ToArray();
        var sums = new double[draws];
        var paths = lines.Select(line => line.Terms.Select(Values).ToArray()).ToList();
        for (var draw = 0; draw < draws; draw++)
        {
            for (var l = 0; l < lines.Count; l++)
            {
                var line = lines[l];
                var isThere = random.Next() < (double)line.Probability;
                var places = paths[l].Select(_ => Normal.Quantile(random.Next()) / Decile).ToArray();
                for (var i = line.First; isThere && i < line.End; i++)
                {
                    var cost = 1.0;
                    for (var t = 0; t < places.Length; t++)
                        cost *= At(paths[l][t], i - line.First, places[t]);
                    byMonth[i][draw] += cost;
                    sums[draw] += cost;
                }
            }
        }
        foreach (var values in byMonth.Append(sums))
            Array.Sort(values);
        return new DriverDraws(byMonth, sums);
    }

    private static (double[] Base, double[] Low, double[] High) Values(TermPath path) =>
        (Doubles(path.Base), Doubles(path.Low), Doubles(path.High));

    private static double[] Doubles(IReadOnlyList<decimal> values) => [.. values.Select(value => (double)value)];

    private static double At((double[] Base, double[] Low, double[] High) path, int month, double place)
    {
        var middle = path.Base[month];
        var value =
            place < 0 ? middle + (place * (middle - path.Low[month])) : middle + (place * (path.High[month] - middle));
        return Math.Max(0, value);
    }

    private static (Amount P10, Amount P50, Amount P90) Deciles(double[] sorted) =>
        (At(sorted, 0.1), At(sorted, 0.5), At(sorted, 0.9));

    private static Amount At(double[] sorted, double probability) =>
        Amount.From((decimal)sorted[(int)(probability * (sorted.Length - 1))]);

    /// <summary>Numbers from 0 to 1, without either, in an order that the seed settles.</summary>
    private sealed class SplitMix(ulong seed)
    {
        private ulong state = seed;

        public double Next()
        {
            state = unchecked(state + 0x9E3779B97F4A7C15);
            var z = state;
            z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
            z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
            z ^= z >> 31;
            return ((z >> 11) + 0.5) / (1UL << 53);
        }
    }
}
