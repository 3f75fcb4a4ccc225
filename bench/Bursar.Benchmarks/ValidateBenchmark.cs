using System.Diagnostics;
using Bursar.Cli;
using Bursar.Core.Focus;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Validation;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Benchmarks;

/// <summary>
/// How long all rules of a release take, against the engine that reads the file's columns once: in pairs.
/// </summary>
internal static class ValidateBenchmark
{
    private const double RatioMax = 6;

    private static readonly FocusVersion[] Releases = Enum.GetValues<FocusVersion>();

    public static int Run(BenchmarkOptions options)
    {
        var fine = true;
        foreach (var ending in options.File is null ? new[] { "csv", "csv.gz", "parquet" } : [""])
        {
            var file = options.File ?? BenchmarkFile.Of(options.Rows, months: 1, ending);
            using (var stream = File.OpenRead(file))
                stream.CopyTo(Stream.Null);
            foreach (var release in Releases)
                fine &= Compare(file, release, options.Pairs);
        }
        return fine ? 0 : 1;
    }

    private static bool Compare(string file, FocusVersion release, int pairs)
    {
        var (ours, engine) = (new List<double>(), new List<double>());
        var rules = 0;
        for (var pair = 0; pair < pairs; pair++)
        {
            engine.Add(Time(() => ReadOnce(file)));
            ours.Add(Time(() => rules = Judge(file, release)));
        }
        var ratio = Runs.Median(ours.Zip(engine, (left, right) => left / right));
        Console.WriteLine(
            $"{Path.GetFileName(file)} against {release.Number()}, {rules} rules: bursar {Runs.Number(Runs.Median(ours))} s, "
                + $"one reading {Runs.Number(Runs.Median(engine))} s, ratio {Runs.Number(ratio)} (at most {Runs.Number(RatioMax)})"
        );
        return ratio <= RatioMax;
    }

    private static int Judge(string file, FocusVersion release)
    {
        var reports = new ValidateFiles().Validate(
            [new IncomingFile(file, Path.GetFileName(file))],
            new ValidationRequest { Version = release },
            Progress.Silent,
            CancellationToken.None
        );
        return reports[0].Evaluation.Results.Count;
    }

    /// <summary>Every cell of every column, counted.</summary>
    private static void ReadOnce(string file)
    {
        using var engine = DuckDbEngine.Open(
            new DuckDbOptions { MemoryLimitBytes = 1_200_000_000, TempDirectory = BenchmarkFile.Folder }
        );
        using var session = engine.Connect();
        var source = file.EndsWith(".parquet", StringComparison.Ordinal)
            ? $"read_parquet('{file}')"
            : $"read_csv('{file}', all_varchar=true, header=true, delim=',', quote='\"', escape='\"')";
        using var reader = session.Query($"SELECT count(COLUMNS(*)) FROM {source}");
        while (reader.Read())
            _ = reader.IsNull(0);
    }

    private static double Time(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalSeconds;
    }
}
