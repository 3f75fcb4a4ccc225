using System.Globalization;
using System.Text.Json;
using Bursar.Understand.Anomalies.Detection;

namespace Bursar.Benchmarks;

/// <summary>
/// The anomaly detector on daily cost with planted incidents: series.csv and labels.json of a folder; alerts.csv is
/// written beside them.
/// </summary>
/// <remarks>
/// An alert, and each day on which it grows, is written with its score; the score that spends the budget of false
/// alerts is looked for as the benchmark says.
/// </remarks>
internal static class DailyAnomalyBenchmark
{
    private const int Apart = 7;

    private static readonly DateTime Monday = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private sealed record Incident(string Type, int Start, int End)
    {
        public int LastFound => Start + (Type == "spike" ? 1 : Math.Min(End - Start, 13));
    }

    private sealed record Result(double Threshold, double Recall, double Delay, double FalseAlerts);

    public static int Run(string folder, string? alertsFile)
    {
        alertsFile ??= Path.Combine(folder, "alerts.csv");
        using var labels = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "labels.json")));
        var judged = labels.RootElement.GetProperty("evaluate_from_index_from_end").GetInt32();
        var lines = CsvLine.Read(Path.Combine(folder, "series.csv")).ToList();
        var series = lines.ConvertAll(line => (Id: line.Text(0), Alerts: Alerts(line.Figures(1))));
        var days = lines.Count == 0 ? 0 : lines[0].Cells.Length - 1;
        File.WriteAllLines(
            alertsFile,
            series
                .SelectMany(one =>
                    one.Alerts.Select(alert => FormattableString.Invariant($"{one.Id},{alert.Day},{alert.Score:F4}"))
                )
                .Prepend("id,day_index,score")
        );
        var known = labels.RootElement.GetProperty("labels");
        var incidents = series.Select(one => Incidents(known, one.Id)).ToList();
        Console.WriteLine(
            $"{series.Count} series, {incidents.Sum(all => all.Count)} incidents, "
                + $"{series.Sum(one => one.Alerts.Count)} days of alerts in {alertsFile}"
        );
        foreach (var budget in new double[] { 2, 5, 10, 20 })
        {
            var best = Best([.. series.Select(one => one.Alerts)], incidents, days - judged, judged, budget);
            Console.WriteLine(
                best is null
                    ? $"budget {budget}: no threshold keeps it"
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"budget {budget}: recall {best.Recall:F3} in {best.Delay:F2} days, "
                            + $"{best.FalseAlerts:F2} false alerts a month per 100 services, threshold {best.Threshold:F4}"
                    )
            );
        }
        return 0;
    }

    private static List<(int Day, double Score)> Alerts(double[] values)
    {
        var detector = new AnomalyDetector(TimeSpan.FromDays(1));
        var alerts = new List<(int, double)>();
        var scores = new double[values.Length];
        for (var day = 0; day < values.Length; day++)
        {
            scores[day] = Math.Round(detector.Read(Monday.AddDays(day), values[day]).Score, 4, MidpointRounding.ToEven);
            var before = scores.AsSpan(Math.Max(0, day - Apart), Math.Min(day, Apart));
            if (scores[day] >= AnomalyDetector.Threshold && !before.ContainsAnyInRange(scores[day], double.MaxValue))
                alerts.Add((day, scores[day]));
        }
        return alerts;
    }

    /// <summary>The largest recall whose false alerts keep to the budget; of equals, the fastest.</summary>
    private static Result? Best(
        List<List<(int Day, double Score)>> alerts,
        List<List<Incident>> incidents,
        int from,
        int judged,
        double budget
    )
    {
        Result? best = null;
        var thresholds = alerts
            .SelectMany(all => all)
            .Select(alert => alert.Score)
            .Distinct()
            .OrderDescending()
            .ToList();
        var every = thresholds.Count > 400 ? Math.Max(1, thresholds.Count / 400) : 1;
        for (var i = 0; i < thresholds.Count; i += every)
        {
            var (found, wrong, delay) = (0, 0, 0.0);
            for (var one = 0; one < alerts.Count; one++)
            {
                var kept = Kept(alerts[one], from, thresholds[i]);
                foreach (var incident in incidents[one])
                {
                    var hits = kept.Where(day => day >= incident.Start && day <= incident.LastFound).ToList();
                    if (hits.Count == 0)
                        continue;
                    found++;
                    delay += hits[0] - incident.Start;
                }
                wrong += kept.Count(day =>
                    !incidents[one].Any(known => day >= known.Start && day <= known.End + Apart)
                );
            }
            var rate = (double)wrong / alerts.Count * 100 / (judged / 30.4375);
            var result = new Result(
                thresholds[i],
                (double)found / Math.Max(1, incidents.Sum(all => all.Count)),
                delay / Math.Max(1, found),
                rate
            );
            if (
                rate <= budget
                && (
                    best is null
                    || result.Recall > best.Recall
                    || (result.Recall.Equals(best.Recall) && result.Delay < best.Delay)
                )
            )
                best = result;
        }
        return best;
    }

    /// <summary>Alerts within seven days of the one before are one.</summary>
    private static List<int> Kept(List<(int Day, double Score)> alerts, int from, double threshold)
    {
        var kept = new List<int>();
        var last = -99;
        foreach (var (day, score) in alerts)
        {
            if (score < threshold || day < from)
                continue;
            if (day - last > Apart)
                kept.Add(day);
            last = day;
        }
        return kept;
    }

    private static List<Incident> Incidents(JsonElement labels, string id) =>
        labels.TryGetProperty(id, out var all)
            ?
            [
                .. all.EnumerateArray()
                    .Select(one => new Incident(
                        one.GetProperty("type").GetString()!,
                        one.GetProperty("start").GetInt32(),
                        one.GetProperty("end").GetInt32()
                    )),
            ]
            : [];
}
