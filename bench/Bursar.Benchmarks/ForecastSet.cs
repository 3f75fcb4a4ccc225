using System.Globalization;

namespace Bursar.Benchmarks;

/// <summary>A series of a forecasting competition: what was known, and what came.</summary>
/// <param name="Id">The series' name in its competition.</param>
/// <param name="Period">Values of one season.</param>
/// <param name="Train">What was known; a missing value is no number.</param>
/// <param name="Test">What came.</param>
internal sealed record ForecastSeries(string Id, int Period, double[] Train, double[] Test)
{
    /// <summary>The history with straight lines over its gaps, for the reference method alone.</summary>
    public double[] Filled()
    {
        var result = (double[])Train.Clone();
        var last = -1;
        for (var t = 0; t < result.Length; t++)
        {
            if (double.IsNaN(result[t]))
                continue;
            for (var gap = last + 1; gap < t; gap++)
                result[gap] =
                    last < 0 ? result[t] : result[last] + ((result[t] - result[last]) * (gap - last) / (t - last));
            last = t;
        }
        for (var gap = last + 1; gap < result.Length; gap++)
            result[gap] = last < 0 ? 0 : result[last];
        return result;
    }
}

/// <summary>A folder's set of series: <c>NAME_train.csv</c> and <c>NAME_test.csv</c>.</summary>
internal sealed record ForecastSet(string Name, IReadOnlyList<ForecastSeries> Series)
{
    /// <summary>The sets of a folder, or the one that is named.</summary>
    public static IEnumerable<ForecastSet> Read(string folder, string? only)
    {
        const string suffix = "_train.csv";
        foreach (var path in Directory.GetFiles(folder, "*" + suffix).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path)[..^suffix.Length];
            if (only is null || name == only)
                yield return new ForecastSet(name, ReadSeries(path, Path.Combine(folder, name + "_test.csv")));
        }
    }

    private static List<ForecastSeries> ReadSeries(string train, string test)
    {
        var came = File.ReadLines(test)
            .Skip(1)
            .Select(line => line.Split(','))
            .ToDictionary(cells => cells[0], cells => cells);
        return
        [
            .. File.ReadLines(train)
                .Skip(1)
                .Select(line => line.Split(','))
                .Select(cells => new ForecastSeries(
                    cells[0],
                    int.Parse(cells[1], CultureInfo.InvariantCulture),
                    Values(cells, 3),
                    Values(came[cells[0]], 1)[..int.Parse(cells[2], CultureInfo.InvariantCulture)]
                )),
        ];
    }

    private static double[] Values(string[] cells, int from) =>
        [
            .. cells[from..]
                .Select(cell => cell.Length == 0 ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture)),
        ];
}
