using System.Diagnostics;
using Bursar.Cli;
using Bursar.Understand.Deliveries;
using Bursar.Workspaces;

namespace Bursar.Benchmarks;

/// <summary>
/// A month that grows from day to day and is delivered whole each time: what a delivery, a question, the disk and
/// memory take, and what pruning gives back.
/// </summary>
internal static class MonthBenchmark
{
    public static int Run(BenchmarkOptions options)
    {
        var parts = BenchmarkFile.PartsOfMonth(options.Rows, options.Deliveries);
        var folder = Directory.CreateTempSubdirectory("bursar-bench-month-").FullName;
        try
        {
            BenchmarkRules.NewBooks(folder).Dispose();
            Console.WriteLine($"{options.Rows} rows in {parts.Count} days");
            for (var delivery = 1; delivery <= parts.Count; delivery++)
            {
                var taken = Measurement.OfChild(["month-deliver", folder, .. parts.Take(delivery)]);
                var asked = Executed(folder, "costs", "--by", "ServiceName", "--top", "10");
                Console.WriteLine(
                    $"  {delivery, 3}: {taken.Rows, 11} rows  {taken}  question {Runs.Number(asked)} s  books {Megabytes(folder)} MB"
                );
            }
            var pruned = Executed(folder, "prune", "--older-than", "0", "--no-month-ends", "--apply");
            Console.WriteLine($"  prune {Runs.Number(pruned)} s, books {Megabytes(folder)} MB");
            Console.WriteLine($"  verify {Runs.Number(Executed(folder, "verify"))} s");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>One delivery of all that the month has by now, in a process of its own.</summary>
    public static int Deliver(string folder, IReadOnlyList<string> parts)
    {
        using var workspace = Workspace.Open(
            Path.Combine(folder, "books"),
            Path.Combine(folder, "rulebook"),
            TimeProvider.System
        );
        return IngestSides.Measured(() =>
        {
            var report = new TakeDelivery(workspace, Progress.Silent).Take(
                new IngestRequest
                {
                    Names = parts,
                    Source = "bench",
                    Replace = true,
                    Actor = "bench",
                },
                CancellationToken.None
            );
            if (report.Refused.Count > 0)
                throw new InvalidOperationException(report.Refused[0].Reason);
            return report.Deliveries.Sum(delivery => delivery.Rows);
        });
    }

    private static double Executed(string folder, params string[] command)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(
            new ProcessStartInfo(DemoBooks.Bursar, [.. command, "--quiet"])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
                WorkingDirectory = folder,
            }
        )!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)} ended with {process.ExitCode}.");
        return watch.Elapsed.TotalSeconds;
    }

    private static long Megabytes(string folder) =>
        new DirectoryInfo(Path.Combine(folder, "books"))
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Sum(file => file.Length) / 1_000_000;
}
