using System.Diagnostics;
using System.Globalization;
using System.Text;
using Bursar.Cli;
using Bursar.Rulebooks.Commands;
using Bursar.Understand.Deliveries;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Benchmarks;

/// <summary>
/// How long all history takes to be allocated anew after a change of 200 rules and 20 shared pools, against the plain
/// daily sum of the same charges by the engine alone; and how much of it a new delivery of one month makes anew.
/// </summary>
internal static class AllocationBenchmark
{
    private const double RatioMax = 1.5;
    private const int Months = 12;
    private const int Rules = 200;
    private const int Pools = 20;

    public static int Run(BenchmarkOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("bursar-bench-run-").FullName;
        try
        {
            var file = BenchmarkFile.Of(options.Rows, Months, "parquet");
            Write(folder, "1");
            In(folder, workspace => Take(workspace, file));
            var ratios = new List<double>();
            for (var pair = 1; pair <= options.Pairs; pair++)
            {
                var engine = In(folder, PlainDailySum);
                Write(folder, $"{pair + 1}");
                var direct = In(folder, workspace => Allocate(workspace, CostAllocation.Direct));
                var shared = In(folder, workspace => Allocate(workspace, CostAllocation.Distributed));
                ratios.Add((direct + shared) / engine);
                Console.WriteLine(
                    $"  all history: rules {Text(direct)}, shared cost {Text(shared)}; plain daily sum {Text(engine)}; ratio {Text(ratios[^1])}"
                );
            }
            var ratio = Runs.Median(ratios);
            Console.WriteLine(
                $"{options.Rows} rows, {Rules} rules, {Pools} pools: ratio {Text(ratio)} (at most {Text(RatioMax)})"
            );
            Redeliver(folder, options.Rows);
            return ratio <= RatioMax ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A new delivery of the newest month: what it takes until shared cost is divided again.</summary>
    private static void Redeliver(string folder, long rows)
    {
        var before = Caches(folder);
        var taken = In(
            folder,
            workspace =>
            {
                using var session = workspace.Engine.Connect();
                var month = Path.Combine(folder, "month.parquet");
                session.Execute(
                    $"""
                    COPY (SELECT * FROM '{BenchmarkFile.Of(rows, Months, "parquet")}'
                    WHERE BillingPeriodStart = '2026-09-01T00:00:00Z' AND hash(ResourceId) % 50 <> 0) TO '{month}' (FORMAT parquet)
                    """
                );
                return Take(workspace, month);
            }
        );
        var divided = In(folder, workspace => Allocate(workspace, CostAllocation.Distributed));
        var made = Caches(folder).Except(before).ToList();
        Console.WriteLine(
            $"  one month again: delivered in {Text(taken)}, divided in {Text(divided)}; made anew: {string.Join(
                ", ",
                made.GroupBy(path => path.Split('/')[0]).Select(kind => $"{kind.Key} {kind.Count()}")
            )} (of {Months} months)"
        );
    }

    private static double Take(Workspace workspace, string file)
    {
        var watch = Stopwatch.StartNew();
        var report = new TakeDelivery(workspace, Progress.Silent).Take(
            new IngestRequest
            {
                Names = [file],
                Source = "bench",
                Replace = true,
                Actor = "bench",
            },
            CancellationToken.None
        );
        return report.Refused.Count == 0
            ? watch.Elapsed.TotalSeconds
            : throw new InvalidOperationException(report.Refused[0].Reason);
    }

    private static double Allocate(Workspace workspace, CostAllocation allocation)
    {
        var watch = Stopwatch.StartNew();
        workspace.View().Star(CancellationToken.None, allocation: allocation);
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>What a program without rules would do: one pass over the charges, summed by day and resource.</summary>
    private static double PlainDailySum(Workspace workspace)
    {
        var watch = Stopwatch.StartNew();
        using var session = workspace.Engine.Connect();
        session.Execute(
            $"""
            COPY (
              SELECT CAST(ChargePeriodStart AS DATE) AS Day, SubAccountId, ServiceName, ResourceId,
                sum(BilledCost) AS BilledCost, sum(EffectiveCost) AS EffectiveCost, sum(ListCost) AS ListCost,
                sum(ContractedCost) AS ContractedCost
              FROM read_parquet('{workspace.Books.Folder.FullPath("charges")}/**/*.parquet') GROUP BY ALL)
            TO '{workspace.Books.Folder.FullPath("plain.parquet")}' (FORMAT parquet, COMPRESSION zstd)
            """
        );
        return watch.Elapsed.TotalSeconds;
    }

    private static double In(string folder, Func<Workspace, double> work)
    {
        using var workspace = Workspace.Open(BooksOf(folder), RulesOf(folder), TimeProvider.System);
        return work(workspace);
    }

    private static List<string> Caches(string folder) =>
        [
            .. new[] { "daily", "allocation", "shared-daily", "shared-allocation" }
                .Select(kind => Path.Combine(BooksOf(folder), kind))
                .Where(Directory.Exists)
                .SelectMany(kind => Directory.EnumerateFiles(kind, "*.parquet", SearchOption.AllDirectories))
                .Select(path => Path.GetRelativePath(BooksOf(folder), path)),
        ];

    private static string BooksOf(string folder) => Path.Combine(folder, "books");

    private static string RulesOf(string folder) => Path.Combine(folder, "rulebook");

    private static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Writes and publishes the rulebook; another version sets other values.</summary>
    private static void Write(string folder, string version)
    {
        Directory.CreateDirectory(RulesOf(folder));
        var yaml = new StringBuilder(
            "kind: TagPolicy\nname: tags\nkeys: [{key: cost-centre}, {key: application, synonyms: [app]}, {key: environment, synonyms: [env]}]\n"
        );
        for (var i = 0; i < Rules; i++)
        {
            var when = (i % 4) switch
            {
                0 => $"SubAccountName: account-{i}",
                1 => $"ServiceName: \"Service {i % 150}\", RegionId: us-east-{i % 5}",
                2 => $"ResourceName: {{startsWith: \"name-{i}\"}}",
                _ => $"Tags/application: [app-{i}, app-{i + 100}]",
            };
            yaml.Append(
                $$"""
                ---
                kind: AllocationRule
                name: rule-{{i}}
                order: {{100 + i}}
                when: { {{when}} }
                set: {x_CostCentre: "{{4000 + (i % 60)}}", x_Product: product-{{i
                    % 40}}, x_Project: "version {{version}}"}

                """
            );
        }
        for (var i = 0; i < Pools; i++)
        {
            yaml.Append(
                $$"""
                ---
                kind: SharedCost
                name: pool-{{i}}
                order: {{i}}
                pool: {ServiceName: "Service {{140 - i}}"}
                by: x_Product
                method: {{(i % 3 == 0 ? "even" : "proportional")}}

                """
            );
        }
        File.WriteAllText(Path.Combine(RulesOf(folder), "rules.yaml"), yaml.ToString());
        if (!Directory.Exists(BooksOf(folder)))
            Workspace.Create(BooksOf(folder), RulesOf(folder), TimeProvider.System).Dispose();
        In(
            folder,
            workspace =>
            {
                new PublishRulebook(workspace).Publish("To measure.", "bench");
                return 0;
            }
        );
    }
}
