using System.Diagnostics;
using System.Globalization;

namespace Bursar.Benchmarks;

/// <summary>Exponential smoothing of R's forecast package on the same series, where R is installed.</summary>
internal static class ForecastPeer
{
    private const string Script = """
        suppressMessages(library(forecast))
        args <- commandArgs(TRUE)
        for (line in readLines(args[1])[-1]) {
          cells <- strsplit(paste0(line, ",x"), ",")[[1]]
          cells <- cells[-length(cells)]
          y <- ts(as.numeric(cells[-(1:3)]), frequency = as.integer(cells[2]))
          if (any(is.na(y))) y <- na.interp(y)
          f <- forecast(ets(y), h = as.integer(cells[3]), level = 95)
          cat(cells[1], sprintf("%.9g", c(f$mean, f$lower, f$upper)), sep = ",")
          cat("\n")
        }
        """;

    /// <summary>The scores of each series that R answered, in the order of the set.</summary>
    public static IReadOnlyList<ForecastScore> Ets(string folder, ForecastSet set)
    {
        var script = Path.Combine(Path.GetTempPath(), $"bursar-peer-{Environment.ProcessId}.R");
        File.WriteAllText(script, Script);
        try
        {
            var answers = Ask(script, Path.Combine(folder, set.Name + "_train.csv"));
            return [.. set.Series.Where(series => answers.ContainsKey(series.Id)).Select(Score)];

            ForecastScore Score(ForecastSeries series)
            {
                var h = series.Test.Length;
                var values = answers[series.Id];
                return ForecastScore.Of(series, values[..h], values[h..(2 * h)], values[(2 * h)..]);
            }
        }
        finally
        {
            File.Delete(script);
        }
    }

    private static Dictionary<string, double[]> Ask(string script, string file)
    {
        var start = new ProcessStartInfo("Rscript", [script, file])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var answers = new Dictionary<string, double[]>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            answers[cells[0]] = Array.ConvertAll(cells[1..], cell => double.Parse(cell, CultureInfo.InvariantCulture));
        }
        process.WaitForExit();
        return answers;
    }
}
