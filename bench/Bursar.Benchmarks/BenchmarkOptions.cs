using System.Globalization;

namespace Bursar.Benchmarks;

/// <summary>What to measure, and how often.</summary>
/// <param name="Rows">Rows of the made file.</param>
/// <param name="File">A file of your own in place of a made one.</param>
/// <param name="Pairs">How many times both sides run, one after the other.</param>
/// <param name="Deliveries">In how many steps a month grows to its rows.</param>
internal sealed record BenchmarkOptions(long Rows, string? File, int Pairs, int Deliveries)
{
    public static BenchmarkOptions Read(string[] arguments)
    {
        var options = new BenchmarkOptions(1_000_000, null, 3, 30);
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            options = arguments[i] switch
            {
                "--rows" => options with { Rows = Whole(arguments[i + 1]) },
                "--file" => options with { File = Path.GetFullPath(arguments[i + 1]) },
                "--deliveries" => options with { Deliveries = (int)Whole(arguments[i + 1]) },
                "--pairs" => options with { Pairs = (int)Whole(arguments[i + 1]) },
                var other => throw new ArgumentException($"There is no option {other}."),
            };
        }
        return options;
    }

    public static int Usage()
    {
        Console.Error.WriteLine(
            "usage: ingest|query|validate|start|serve|rules|allocation [--rows N | --file F] [--pairs N]"
        );
        Console.Error.WriteLine("       month [--rows N] [--deliveries N]");
        Console.Error.WriteLine("       forecast FOLDER [SET] [--beside-r]");
        Console.Error.WriteLine("       services-forecast [N]");
        Console.Error.WriteLine("       nab FOLDER [RESULTS] | daily-anomaly FOLDER [ALERTS.CSV]");
        Console.Error.WriteLine("       anomaly-seeds [FIRST COUNT] | anomaly-demo FIRST COUNT");
        return 2;
    }

    private static long Whole(string text) =>
        long.Parse(text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}
