using System.Diagnostics;
using Bursar.Cli;
using Bursar.Understand.Deliveries;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.DuckDb;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Benchmarks;

/// <summary>
/// How long the product takes for an answer, against the engine for the same SQL on the same files: warm, in pairs.
/// </summary>
internal static class QueryBenchmark
{
    private const double RatioMax = 1.3;
    private const int PairsPerQuestion = 21;

    private static readonly (string Name, CostQuery Query)[] Questions =
    [
        ("by month and provider", new CostQuery { By = ["ServiceProviderName"], Over = TimeGrain.Month }),
        ("top 10 services", new CostQuery { By = ["ServiceName"], Top = 10 }),
        ("top 10 resources", new CostQuery { By = ["ResourceId"], Top = 10 }),
    ];

    public static int Run(BenchmarkOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("bursar-bench-run-").FullName;
        try
        {
            using var workspace = BenchmarkRules.NewBooks(folder);
            var file = options.File ?? BenchmarkFile.Of(options.Rows, months: 12);
            new TakeDelivery(workspace, Progress.Silent).Take(
                new IngestRequest
                {
                    Names = [file],
                    Source = "bench",
                    Actor = "bench",
                },
                CancellationToken.None
            );
            return Questions
                .Select(question => Compare(workspace, question.Name, question.Query))
                .ToList()
                .TrueForAll(fine => fine)
                ? 0
                : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Compare(Workspace workspace, string name, CostQuery query)
    {
        var (ours, engine) = (new List<double>(), new List<double>());
        using var session = workspace.Engine.Connect();
        var star = workspace.View().Star(CancellationToken.None);
        for (var pair = 0; pair <= PairsPerQuestion; pair++)
        {
            var (left, right) = (Time(() => Ask(workspace, query)), Time(() => AskEngine(session, star, query)));
            if (pair == 0)
                continue;
            ours.Add(left);
            engine.Add(right);
        }
        var ratio = Runs.Median(ours.Zip(engine, (left, right) => left / right));
        Console.WriteLine(
            $"{name, -24} bursar {Runs.Number(Runs.Median(ours), "0.0")} ms, engine {Runs.Number(Runs.Median(engine), "0.0")} ms, "
                + $"ratio {Runs.Number(ratio)} (at most {Runs.Number(RatioMax)})"
        );
        return ratio <= RatioMax;
    }

    private static double Time(Action work)
    {
        var watch = Stopwatch.StartNew();
        work();
        return watch.Elapsed.TotalMilliseconds;
    }

    /// <summary>
    /// What <c>bursar costs</c> does once its process runs: look at the journal, prove the files, ask, put the answer
    /// together.
    /// </summary>
    private static void Ask(Workspace workspace, CostQuery query) =>
        new AskCosts(workspace.View()).Answer(query, CancellationToken.None);

    /// <summary>The same statements, straight to the engine, with every row of its answer fetched.</summary>
    private static void AskEngine(DuckDbSession session, StarFiles star, CostQuery query)
    {
        var sql = new CostSql(query, star);
        if (query.Top is not { } top)
        {
            Fetch(session, sql.Rows(query.By, query.Over is not null));
            return;
        }
        Fetch(session, sql.Rows([], byPeriod: false));
        Fetch(session, sql.Largest(query.By, "USD", top + 50));
    }

    private static void Fetch(DuckDbSession session, string sql)
    {
        using var reader = session.Query(sql);
        while (reader.Read())
            _ = reader.IsNull(0);
    }
}
