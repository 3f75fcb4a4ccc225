using System.Globalization;
using System.Text.Json;
using Bursar.Benchmarks;

try
{
    return args switch
    {
        ["ingest", .. var rest] => IngestBenchmark.Run(BenchmarkOptions.Read(rest)),
        ["query", .. var rest] => QueryBenchmark.Run(BenchmarkOptions.Read(rest)),
        ["validate", .. var rest] => ValidateBenchmark.Run(BenchmarkOptions.Read(rest)),
        ["start", .. var rest] => StartBenchmark.Run(BenchmarkOptions.Read(rest)),
        ["serve", .. var rest] => await ServeBenchmark.RunAsync(BenchmarkOptions.Read(rest)),
        ["month", .. var rest] => MonthBenchmark.Run(BenchmarkOptions.Read(rest)),
        ["month-deliver", var folder, .. var parts] => MonthBenchmark.Deliver(folder, parts),
        ["ingest-ours", var file] => IngestSides.Ours(file),
        ["ingest-reference", var file] => IngestSides.Reference(file),
        ["rules", .. var rest] => RulesBenchmark.Run(BenchmarkOptions.Read(rest)),
        ["forecast", var folder] => ForecastBenchmark.Run(folder, null, false),
        ["forecast", var folder, "--beside-r"] => ForecastBenchmark.Run(folder, null, true),
        ["forecast", var folder, var set] => ForecastBenchmark.Run(folder, set, false),
        ["forecast", var folder, var set, "--beside-r"] => ForecastBenchmark.Run(folder, set, true),
        ["services-forecast", .. var rest] => ServicesForecastBenchmark.Run(rest.FirstOrDefault()),
        ["allocation", .. var rest] => AllocationBenchmark.Run(BenchmarkOptions.Read(rest)),
        ["nab", var folder, .. var rest] => NabBenchmark.Run(folder, rest.FirstOrDefault()),
        ["daily-anomaly", var folder, .. var rest] => DailyAnomalyBenchmark.Run(folder, rest.FirstOrDefault()),
        ["anomaly-seeds"] => AnomalySeedsBenchmark.Run(11, 20),
        ["anomaly-seeds", var first, var count] => AnomalySeedsBenchmark.Run(
            int.Parse(first, CultureInfo.InvariantCulture),
            int.Parse(count, CultureInfo.InvariantCulture)
        ),
        ["anomaly-demo", var first, var count] => AnomalyDemoBenchmark.Run(
            int.Parse(first, CultureInfo.InvariantCulture),
            int.Parse(count, CultureInfo.InvariantCulture)
        ),
        ["nothing"] => 0,
        _ => BenchmarkOptions.Usage(),
    };
}
catch (Exception wrong)
    when (wrong
            is IOException
                or UnauthorizedAccessException
                or FormatException
                or ArgumentException
                or KeyNotFoundException
                or InvalidOperationException
                or JsonException
    )
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}
catch (AggregateException several)
{
    Console.Error.WriteLine(several.GetBaseException().Message);
    return 2;
}
