using System.Diagnostics;
using System.Text.Json;
using Bursar.Cli;
using Bursar.Understand.Deliveries;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Benchmarks;

/// <summary>
/// The two sides of the ingest benchmark. Each runs in a process of its own, so that its peak memory is its own.
/// </summary>
internal static class IngestSides
{
    /// <summary>What the product allows its engine; the reference gets the same.</summary>
    private const long EngineMemoryBytes = 1_200_000_000;

    private static readonly string[] Costs = ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost"];

    /// <summary>
    /// Everything that <c>bursar ingest</c> does: whole archive, exact amounts, checks, rules, daily sums, raw copy,
    /// fsync, journal.
    /// </summary>
    public static int Ours(string file) =>
        InNewFolder(folder =>
        {
            using var workspace = BenchmarkRules.NewBooks(folder);
            var report = new TakeDelivery(workspace, Progress.Silent).Take(
                new IngestRequest
                {
                    Names = [file],
                    Source = "bench",
                    Actor = "bench",
                },
                CancellationToken.None
            );
            if (report.Refused.Count > 0)
                throw new InvalidOperationException(report.Refused[0].Reason);
            return report.Deliveries.Sum(delivery => delivery.Rows);
        });

    /// <summary>
    /// Plain SQL: read as text, cast the amounts, write parquet by month, sum by day. No check, no rule, no copy, no
    /// fsync.
    /// </summary>
    public static int Reference(string file) =>
        InNewFolder(folder =>
        {
            using var engine = DuckDbEngine.Open(
                new DuckDbOptions
                {
                    MemoryLimitBytes = EngineMemoryBytes,
                    TempDirectory = Path.Combine(folder, "engine"),
                }
            );
            using var session = engine.Connect();
            var charges = Path.Combine(folder, "charges");
            var source = file.EndsWith(".parquet", StringComparison.Ordinal)
                ? $"read_parquet('{file}')"
                : $"read_csv('{file}', all_varchar=true, header=true)";
            var casts = string.Join(", ", Costs.Select(cost => $"CAST({cost} AS DECIMAL(38,18)) AS {cost}"));
            var rows = session.Execute(
                $"""
                COPY (SELECT * REPLACE ({casts}), left(BillingPeriodStart, 7) AS month FROM {source})
                TO '{charges}' (FORMAT parquet, PARTITION_BY (month))
                """
            );
            session.Execute(
                $"""
                COPY (SELECT left(ChargePeriodStart, 10) AS day, {string.Join(
                    ", ",
                    Costs.Select(cost => $"sum({cost}) AS {cost}")
                )}
                  FROM read_parquet('{charges}/*/*.parquet') GROUP BY day ORDER BY day)
                TO '{folder}/daily.parquet' (FORMAT parquet)
                """
            );
            return rows;
        });

    private static int InNewFolder(Func<string, long> work)
    {
        var folder = Directory.CreateTempSubdirectory("bursar-bench-run-").FullName;
        try
        {
            return Measured(() => work(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Prints what the work took, for the parent process.</summary>
    public static int Measured(Func<long> work)
    {
        var watch = Stopwatch.StartNew();
        var rows = work();
        var wall = watch.Elapsed;
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(
            JsonSerializer.Serialize(
                new Measurement(rows, wall.TotalSeconds, self.TotalProcessorTime.TotalSeconds, self.PeakWorkingSet64)
            )
        );
        return 0;
    }
}
