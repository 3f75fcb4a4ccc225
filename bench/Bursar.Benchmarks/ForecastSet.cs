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
        var names = Directory
            .GetFiles(folder, "*" + suffix)
            .Select(path => Path.GetFileName(path)[..^suffix.Length])
            .Where(name => only is null || name == only)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (names.Count == 0)
            throw new FileNotFoundException($"{folder} has no {only ?? "SET"}{suffix}.");
        return names.Select(name => new ForecastSet(
            name,
            ReadSeries(Path.Combine(folder, name + suffix), Path.Combine(folder, name + "_test.csv"))
        ));
    }

    private static List<ForecastSeries> ReadSeries(string train, string test)
    {
        var came = CsvLine.Read(test).Skip(1).ToDictionary(line => line.Text(0));
        return
        [
            .. CsvLine
                .Read(train)
                .Skip(1)
                .Select(line => new ForecastSeries(
                    line.Text(0),
                    line.Whole(1),
                    line.Figures(3),
                    Came(line).Figures(1)[..line.Whole(2)]
                )),
        ];

        CsvLine Came(CsvLine line) =>
            !came.TryGetValue(line.Text(0), out var found)
                ? throw new InvalidDataException($"{line.File}:{line.Number}: {test} has no series {line.Text(0)}.")
            : found.Cells.Length - 1 < line.Whole(2)
                ? throw new InvalidDataException(
                    $"{found.File}:{found.Number}: {line.Whole(2)} values were expected, found {found.Cells.Length - 1}."
                )
            : found;
    }
}
