using System.Globalization;
using System.Text.Json;
using Bursar.Understand.Anomalies.Detection;

namespace Bursar.Benchmarks;

/// <summary>
/// The anomaly detector on a folder in the layout of the Numenta Anomaly Benchmark: data/, combined_windows.json.
/// </summary>
/// <remarks>
/// A figure that begins an anomaly is written with its score as a share of one (0.99 is one in a hundred), all others
/// with 0. The detector's own threshold is the same for all files.
/// </remarks>
internal static class NabBenchmark
{
    private const int FiguresToTellTheStep = 60;

    public static int Run(string folder, string? results)
    {
        results ??= Path.Combine(folder, "results", "bursar");
        using var labels = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "combined_windows.json")));
        var files = labels
            .RootElement.EnumerateObject()
            .Where(file => File.Exists(Path.Combine(folder, "data", file.Name)))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => (file.Name, Windows: Windows(file.Value)))
            .ToList();
        var rows = files
            .AsParallel()
            .AsOrdered()
            .SelectMany(file => Score(folder, results, file.Name, file.Windows))
            .ToList();
        var windows = files.Sum(file => file.Windows.Count);
        Console.WriteLine($"{files.Count} files, {windows} windows; results in {results}");
        Print("standard", rows, windows, 0.11);
        Print("reward_low_FP_rate", rows, windows, 0.22);
        return 0;
    }

    private static void Print(string profile, IReadOnlyList<NabRow> rows, int windows, double falseAlertWeight)
    {
        var given = Share(AnomalyDetector.Threshold);
        var own = NabScore.Of(rows, windows, falseAlertWeight, given).Score;
        var (best, at) = NabScore.Of(rows, windows, falseAlertWeight, null);
        Console.WriteLine(
            FormattableString.Invariant(
                $"{profile, -20} {own, 8:F3} with the threshold given ({given:F6}, the product's); {best:F3} optimised ({at:F6})"
            )
        );
    }

    private static List<NabRow> Score(
        string folder,
        string results,
        string name,
        IReadOnlyList<(string From, string To)> windows
    )
    {
        var lines = CsvLine
            .Read(Path.Combine(folder, "data", name))
            .Skip(1)
            .Select(line => (Time: Whole(line.Text(0)), Value: line.Figure(1)))
            .ToList();
        var days = lines.Select(line => DateTime.Parse(line.Time, CultureInfo.InvariantCulture)).ToList();
        var detector = new AnomalyDetector(Step(days));
        var scores = new double[lines.Count];
        for (var i = 0; i < scores.Length; i++)
        {
            var reading = detector.Read(days[i], lines[i].Value);
            scores[i] = reading.IsAlert ? Share(reading.Score) : 0;
        }
        Write(Path.Combine(results, name), lines, scores);
        return [.. NabScore.Rows(name, [.. lines.Select(line => line.Time)], scores, windows)];
    }

    /// <summary>0.99 for one in a hundred, to the digits that are written.</summary>
    private static double Share(double score) => Math.Round(1 - Math.Pow(10, -score), 6, MidpointRounding.ToZero);

    /// <summary>The usual time between the first figures; no later one is looked at.</summary>
    private static TimeSpan Step(List<DateTime> times)
    {
        var steps = times.Take(FiguresToTellTheStep).Zip(times.Skip(1), (one, next) => next - one).Order().ToList();
        return steps[steps.Count / 2];
    }

    private static void Write(string path, List<(string Time, double Value)> lines, double[] scores)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(
            path,
            lines
                .Select((line, i) => FormattableString.Invariant($"{line.Time},{line.Value},{scores[i]:0.######}"))
                .Prepend("timestamp,value,anomaly_score")
        );
    }

    private static List<(string, string)> Windows(JsonElement file) =>
        [.. file.EnumerateArray().Select(window => (Whole(window[0].GetString()!), Whole(window[1].GetString()!)))];

    /// <summary>A time to the second.</summary>
    private static string Whole(string time) => time.Trim().Split('.')[0];
}
