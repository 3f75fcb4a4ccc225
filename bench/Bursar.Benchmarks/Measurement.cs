using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Bursar.Benchmarks;

/// <summary>What one run took.</summary>
internal sealed record Measurement(long Rows, double WallSeconds, double CpuSeconds, long PeakBytes)
{
    /// <summary>Runs this program again with other arguments and reads what it measured about itself.</summary>
    public static Measurement OfChild(params string[] arguments)
    {
        using var child = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, arguments)
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        if (child.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {child.ExitCode}.");
        return JsonSerializer.Deserialize<Measurement>(output)!;
    }

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{WallSeconds, 7:0.00} s  cpu {CpuSeconds, 7:0.00} s  peak {PeakBytes / 1048576, 5} MiB"
        );
}

/// <summary>Statistics of a few runs.</summary>
internal static class Runs
{
    public static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return ordered.Count % 2 == 1
            ? ordered[ordered.Count / 2]
            : (ordered[(ordered.Count / 2) - 1] + ordered[ordered.Count / 2]) / 2;
    }

    public static string Number(double value, string format = "0.00") =>
        value.ToString(format, CultureInfo.InvariantCulture);
}
