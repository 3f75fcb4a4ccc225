using System.Diagnostics;
using Bursar.Cli;
using Bursar.Demo.Commands;
using Bursar.Workspaces;

namespace Bursar.Benchmarks;

/// <summary>
/// How long a command takes from a cold start, against a program of the same runtime that does nothing.
/// </summary>
internal static class StartBenchmark
{
    private const double MillisecondsMax = 400;
    private const int Rounds = 15;

    public static int Run(BenchmarkOptions options)
    {
        _ = options;
        var books = DemoBooks.Path();
        var deliveries = new List<double>();
        var version = new List<double>();
        var nothing = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            nothing.Add(Time(Environment.ProcessPath!, "nothing"));
            version.Add(Time(DemoBooks.Bursar, "--version"));
            deliveries.Add(Time(DemoBooks.Bursar, "deliveries", "--books", books, "--rulebook", books + "-rulebook"));
        }
        Console.WriteLine($"a .NET program that does nothing  {Runs.Number(Runs.Median(nothing), "0")} ms");
        Console.WriteLine($"bursar --version                  {Runs.Number(Runs.Median(version), "0")} ms");
        Console.WriteLine(
            $"bursar deliveries                 {Runs.Number(Runs.Median(deliveries), "0")} ms (less than {MillisecondsMax})"
        );
        return Runs.Median(deliveries) < MillisecondsMax ? 0 : 1;
    }

    private static double Time(string program, params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false }
        )!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}."
            );
        return watch.Elapsed.TotalMilliseconds;
    }
}

/// <summary>The demo's books, made once and kept in the temporary folder.</summary>
internal static class DemoBooks
{
    /// <summary>The executable of the product, as it was built with this program.</summary>
    public static string Bursar { get; } =
        System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, "../../Bursar/release/bursar"));

    public static string Path()
    {
        var books = System.IO.Path.Combine(BenchmarkFile.Folder, $"demo-{Cli.Shell.Version}");
        using var workspace = Workspace.Create(books, books + "-rulebook", TimeProvider.System);
        new MakeDemo(workspace, Progress.Silent).Make(new Demo.DemoOptions(), CancellationToken.None);
        return books;
    }
}
