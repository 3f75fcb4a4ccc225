namespace Bursar.Quantify.Forecasts.Models;

/// <summary>Values that are missing: filled for the models, never counted as known.</summary>
internal static class Gaps
{
    /// <summary>
    /// The history from its first known value on, gaps filled by the same season nearby, scaled between the known
    /// values around it.
    /// </summary>
    public static (double[] Values, bool[] Known) Fill(double[] history, int period)
    {
        var first = Array.FindIndex(history, double.IsFinite);
        if (first < 0)
            return ([], []);
        var values = history[first..];
        var known = Array.ConvertAll(values, double.IsFinite);
        if (Array.TrueForAll(known, yes => yes))
            return (values, known);
        var places = Enumerable.Range(0, values.Length).Where(t => known[t]).ToArray();
        var indices = Indices(values, known, period);
        var filled = (double[])values.Clone();
        var next = 0;
        for (var t = 0; t < values.Length; t++)
        {
            while (next < places.Length && places[next] < t)
                next++;
            if (known[t])
                continue;
            var after = next < places.Length ? places[next] : places[^1];
            var before = next > 0 ? places[next - 1] : after;
            var (a, b) = (values[before] - indices[before % period], values[after] - indices[after % period]);
            var share = after == before ? 0 : (t - before) / (double)(after - before);
            filled[t] = a + ((b - a) * share) + indices[t % period];
            if (filled[t] < 0 && values.Where((_, i) => known[i]).Min() >= 0)
                filled[t] = 0;
        }
        return (filled, known);
    }

    /// <summary>The mean distance of each place in the period from the mean of all.</summary>
    private static double[] Indices(double[] values, bool[] known, int period)
    {
        var sums = new double[period];
        var counts = new int[period];
        for (var t = 0; t < values.Length; t++)
        {
            if (!known[t])
                continue;
            sums[t % period] += values[t];
            counts[t % period]++;
        }
        if (period == 1 || counts.Min() < 2)
            return new double[period];
        var mean = sums.Sum() / counts.Sum();
        for (var i = 0; i < period; i++)
            sums[i] = (sums[i] / counts[i]) - mean;
        return sums;
    }
}
