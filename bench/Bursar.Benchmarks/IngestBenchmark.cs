namespace Bursar.Benchmarks;

/// <summary>
/// How long a delivery takes, against plain SQL that only reads, casts, writes and sums: pairs, one side after the
/// other.
/// </summary>
internal static class IngestBenchmark
{
    private const double RatioMax = 1.2;

    public static int Run(BenchmarkOptions options)
    {
        if (options.File is { } file)
            return Compare(file, options.Pairs) ? 0 : 1;
        var whole = true;
        foreach (var months in new[] { 1, 12 })
            whole &= Compare(BenchmarkFile.Of(options.Rows, months), options.Pairs);
        return whole ? 0 : 1;
    }

    private static bool Compare(string file, int pairs)
    {
        Console.WriteLine($"{Path.GetFileName(file)}, {new FileInfo(file).Length / 1048576} MiB");
        // One unmeasured read, so that neither side waits for the disk more than the other.
        using (var stream = File.OpenRead(file))
            stream.CopyTo(Stream.Null);
        var (ours, reference) = (new List<Measurement>(), new List<Measurement>());
        for (var pair = 0; pair < pairs; pair++)
        {
            reference.Add(Measurement.OfChild("ingest-reference", file));
            ours.Add(Measurement.OfChild("ingest-ours", file));
            if (ours[^1].Rows != reference[^1].Rows)
                throw new InvalidOperationException(
                    $"{ours[^1].Rows} rows were booked, the reference read {reference[^1].Rows}."
                );
            Console.WriteLine($"  reference {reference[^1]}\n  bursar    {ours[^1]}");
        }
        var wall = Runs.Median(ours.Zip(reference, (left, right) => left.WallSeconds / right.WallSeconds));
        var cpu = Runs.Median(ours.Zip(reference, (left, right) => left.CpuSeconds / right.CpuSeconds));
        Console.WriteLine(
            $"  ratio: wall {Runs.Number(wall)}, cpu {Runs.Number(cpu)} (at most {Runs.Number(RatioMax)}); "
                + $"peak {ours.Max(run => run.PeakBytes) / 1048576} MiB (less than 2048); rows {ours[0].Rows}"
        );
        return wall <= RatioMax && ours.Max(run => run.PeakBytes) < 2L << 30;
    }
}
