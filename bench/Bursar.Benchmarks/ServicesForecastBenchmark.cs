using System.Diagnostics;
using System.Globalization;
using Bursar.Quantify.Forecasts.Models;
using Bursar.Understand.Anomalies.Detection;

namespace Bursar.Benchmarks;

/// <summary>
/// Services × accounts: thousands of daily series of 18 months, each forecast a month ahead and checked for anomalies.
/// </summary>
internal static class ServicesForecastBenchmark
{
    private const int Usual = 5_000;
    private const int Days = 548;
    private const int Ahead = 45;

    private static readonly DateOnly First = new(2025, 5, 1);

    public static int Run(string? count)
    {
        var series = count is null ? Usual : int.Parse(count, CultureInfo.InvariantCulture);
        var watch = Stopwatch.StartNew();
        var (sum, alerts) = (new double[series], new int[series]);
        Parallel.For(
            0,
            series,
            i =>
            {
                var days = Series(i);
                sum[i] = DayPath.Make(days, First, Ahead, Effort.Quick).Days.Sum();
                var detector = new AnomalyDetector(TimeSpan.FromDays(1));
                for (var t = 0; t < days.Length; t++)
                    alerts[i] += detector.Read(First.AddDays(t).ToDateTime(TimeOnly.MinValue), days[t]).IsAlert ? 1 : 0;
            }
        );
        using var self = Process.GetCurrentProcess();
        var (seconds, processor) = (watch.Elapsed.TotalSeconds, self.TotalProcessorTime.TotalSeconds);
        Console.WriteLine(FormattableString.Invariant($"{series} series of {Days} days: {seconds:F1} s"));
        Console.WriteLine(
            FormattableString.Invariant(
                $"processor time {processor:F1} s, peak {self.PeakWorkingSet64 / 1048576} MiB; {alerts.Sum()} alerts"
            )
        );
        return 0;
    }

    /// <summary>A level that grows, a week, noise, now and then a step, a spike, a fee on the first; some mostly
    /// zero.</summary>
    private static double[] Series(int i)
    {
        var random = new Random(i);
        var level = Math.Exp(random.NextDouble() * 8);
        var growth = 1 + ((random.NextDouble() - 0.3) * 0.002);
        var weekend = 0.5 + (random.NextDouble() * 0.5);
        var noise = random.NextDouble() * 0.15;
        var step = random.Next(3) == 0 ? random.Next(Days) : Days;
        var fee = random.Next(5) == 0 ? level * 3 : 0;
        var isSparse = random.Next(10) == 0;
        var days = new double[Days];
        for (var t = 0; t < Days; t++)
        {
            var day = First.AddDays(t);
            level *= growth;
            var value = level * (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? weekend : 1);
            value *= (t >= step ? 1.6 : 1) * (1 + (noise * (random.NextDouble() + random.NextDouble() - 1)));
            value += day.Day == 1 ? fee : 0;
            value *= random.Next(400) == 0 ? 4 : 1;
            days[t] = isSparse && random.Next(4) > 0 ? 0 : value;
        }
        return days;
    }
}
