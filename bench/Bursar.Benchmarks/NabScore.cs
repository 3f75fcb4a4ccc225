namespace Bursar.Benchmarks;

/// <summary>One figure as the benchmark's scorer sees it.</summary>
/// <param name="Score">What the detector said of it.</param>
/// <param name="Window">The labelled window it lies in; null for none.</param>
/// <param name="Worth">What an alert here is worth: 1 at the start of a window, -1 far from any.</param>
internal readonly record struct NabRow(double Score, string? Window, double Worth);

/// <summary>The arithmetic of the Numenta Anomaly Benchmark, version 1.1.</summary>
internal static class NabScore
{
    private static readonly double Best = Sigmoid(-1);

    /// <summary>The figures of a series that count: those after the first 15 % (at most 750 figures).</summary>
    public static IEnumerable<NabRow> Rows(
        string name,
        IReadOnlyList<string> times,
        IReadOnlyList<double> scores,
        IReadOnlyList<(string From, string To)> windows
    )
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < times.Count; i++)
            first.TryAdd(times[i], i);
        var probation = Math.Min(Math.Floor(0.15 * times.Count), 750);
        (string Name, int Right, double Width, string To)? current = null;
        (int Right, double Width)? before = null;
        var next = 0;
        for (var i = 0; i < times.Count; i++)
        {
            if (next < windows.Count && times[i] == windows[next].From)
            {
                var (from, to) = windows[next++];
                current = ($"{name}|{from}", first[to], first[to] - first[from] + 1, to);
            }
            var worth =
                current is { } inside ? Sigmoid(-(inside.Right - i + 1) / inside.Width) / Best
                : before is { } passed ? Sigmoid(Math.Abs(passed.Right - i) / (passed.Width - 1))
                : -1;
            if (i >= probation)
                yield return new NabRow(scores[i], current?.Name, worth);
            if (current is { } open && times[i] == open.To)
            {
                before = (i, open.Width);
                current = null;
            }
        }
    }

    /// <summary>
    /// 0 for a detector that says nothing, 100 for a perfect one; the threshold is the best unless given.
    /// </summary>
    public static (double Score, double Threshold) Of(
        IReadOnlyList<NabRow> rows,
        int windows,
        double falseAlertWeight,
        double? threshold
    )
    {
        var taken = rows.Select(row => row.Window)
            .OfType<string>()
            .Distinct()
            .ToDictionary(window => window, _ => -1.0);
        double none = -taken.Count;
        var (total, at) = (none, 1.1);
        var best = (Total: threshold is null ? none : double.NegativeInfinity, At: at);
        foreach (var row in rows.OrderByDescending(row => row.Score))
        {
            if (threshold is { } given && row.Score < given)
                break;
            if (row.Score < at)
            {
                if (threshold is null && total > best.Total)
                    best = (total, at);
                at = row.Score;
            }
            if (row.Window is not { } window)
                total += row.Worth * falseAlertWeight;
            else if (row.Worth > taken[window])
            {
                total += row.Worth - taken[window];
                taken[window] = row.Worth;
            }
        }
        if (threshold is not null || total > best.Total)
            best = (total, threshold ?? at);
        return (100 * (best.Total - none) / (windows - none), best.At);
    }

    private static double Sigmoid(double y) => y > 3 ? -1 : (2 / (1 + Math.Exp(5 * y))) - 1;
}
