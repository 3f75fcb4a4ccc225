using System.Globalization;
using System.Numerics;
using Bursar.Core.Amounts;
using Bursar.Tests.Support;

namespace Bursar.Tests.Ingestion;

/// <summary>
/// Usage reports of clusters load as usage, and with a rate card as an estimate of cost (DAT-02, DAT-05).
/// </summary>
public sealed class KubernetesTests
{
    private const string Pods = """
        report_period_start,report_period_end,interval_start,interval_end,pod,namespace,node,resource_id,pod_usage_cpu_core_seconds,pod_request_cpu_core_seconds,pod_limit_cpu_core_seconds,pod_usage_memory_byte_seconds,pod_request_memory_byte_seconds,pod_limit_memory_byte_seconds,node_capacity_cpu_cores,node_capacity_cpu_core_seconds,node_capacity_memory_bytes,node_capacity_memory_byte_seconds,pod_labels
        2026-07-01 00:00:00 +0000 UTC,2026-08-01 00:00:00 +0000 UTC,2026-07-01 00:00:00 +0000 UTC,2026-07-01 00:59:59 +0000 UTC,a,shop,n1,i-1,1800,3600,,3865470566400.0,1932735283200,,4,14400,1,1,label_app:cart|label_env:prod
        2026-07-01 00:00:00 +0000 UTC,2026-08-01 00:00:00 +0000 UTC,2026-07-01 01:00:00 +0000 UTC,2026-07-01 01:59:59 +0000 UTC,a,shop,n1,i-1,7200,3600,,3865470566400.0,1932735283200,,4,14400,1,1,label_app:cart|label_env:prod
        2026-07-01 00:00:00 +0000 UTC,2026-08-01 00:00:00 +0000 UTC,2026-07-01 01:00:00 +0000 UTC,2026-07-01 01:59:59 +0000 UTC,b,other,n1,i-1,3600,3600,,0,0,,4,14400,1,1,

        """;

    private const string Card = """
        kind: PriceBook
        name: rate-card
        title: Rate card of the platform team
        provider: Kubernetes
        currency: EUR
        source: Platform team, 2026
        prices:
          - items: ["*"]
            rates: {cpu-core-hours: 0.05, memory-gib-hours: 0.01}
          - items: ["*"]
            tags: {app: cart}
            rates: {cpu-core-hours: 0.04, memory-gib-hours: 0.01}

        """;

    [Fact]
    public async Task Usage_without_a_rate_card_costs_nothing_and_says_so()
    {
        using var test = new BooksTest();
        var outcome = await test.IngestAsync(test.Write("pods.csv", Pods));
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal(19, outcome.Rows);
        Assert.Contains(
            outcome.Notes,
            note => note.StartsWith("19 rows are usage without a cost", StringComparison.Ordinal)
        );
        // Usage never adds cost: it is not in the totals at all.
        Assert.Equal("none", await test.TotalAsync());
    }

    [Fact]
    public async Task A_rate_card_prices_the_larger_of_use_and_request_hour_by_hour()
    {
        using var test = new BooksTest();
        test.Write("rulebook/card.yaml", Card);
        Assert.Equal(0, (await test.RunAsync("check")).ExitCode);
        var outcome = await test.IngestAsync(test.Write("pods.csv", Pods));
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        // a: 1 and then 2 core-hours at 0.04, 1 GiB-hour twice at 0.01; b: 1 core-hour at 0.05.
        Assert.Equal(
            ["other 0.05", "shop 0.14"],
            (await test.RowsAsync("--by", "SubAccountId"))
                .Select(row => $"{row[0]} {row[^1]}")
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal("0.14", await test.TotalAsync("--where", "Tags/env=prod"));
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task A_cost_model_becomes_a_rate_card_and_real_reports_cost_what_an_independent_sum_says()
    {
        var card = SharedFolder.Need("inputs", "kubernetes", "on-prem-rate-card.json");
        var pods = SharedFolder.Need("inputs", "kubernetes", "cluster-on-prem-pod_usage-2026-07.csv.gz");
        var storage = SharedFolder.Need("inputs", "kubernetes", "cluster-on-aws-storage_usage-2026-07.csv.gz");
        using var test = new BooksTest();
        var refused = await test.IngestAsync(card);
        Assert.Equal(
            ["rate-card"],
            refused.Refused.Select(reason => reason.Contains("rate card") ? "rate-card" : reason)
        );
        var added = await test.RunAsync("source", "add", card);
        Assert.True(added.ExitCode == 0, added.ToString());
        Assert.Equal(0, (await test.RunAsync("check")).ExitCode);
        var outcome = await test.IngestAsync(pods, storage);
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal(0, outcome.Quarantined);
        var found = (await test.RowsAsync("--by", "SkuMeter")).ToDictionary(row => row[0], row => row[^1]);
        // Rates of the card, per core-hour and GiB-hour, and per GiB-month of a month of 744 hours.
        Near(RawFile.Read(pods), "pod_usage_cpu_core_seconds", 7, 3600 * 1000, found["cpu-core-hours-usage"]);
        Near(RawFile.Read(pods), "pod_request_cpu_core_seconds", 200, 3600 * 1000, found["cpu-core-hours-request"]);
        Near(
            RawFile.Read(pods),
            "pod_usage_memory_byte_seconds",
            9,
            3865470566400 * 1000,
            found["memory-gib-hours-usage"]
        );
        Near(
            RawFile.Read(pods),
            "pod_request_memory_byte_seconds",
            50,
            3865470566400 * 1000,
            found["memory-gib-hours-request"]
        );
        Near(
            RawFile.Read(storage),
            "persistentvolumeclaim_usage_byte_seconds",
            10,
            3865470566400 * 744 * 1000,
            found["storage-gib-months-usage"]
        );
    }

    /// <summary>
    /// A sum of a column times a fraction; each row was rounded to 18 decimals, so far may they differ.
    /// </summary>
    private static void Near(RawFile file, string column, BigInteger times, BigInteger over, string found)
    {
        var sum = file.Rows.Aggregate(BigInteger.Zero, (all, row) => all + RawFile.Units(row[column]));
        var expected = (Int128)(sum * times / over);
        var difference = Int128.Abs(expected - Amount.Parse(found).Units);
        Assert.True(difference <= file.Rows.Count, $"{column}: {Amount.FromUnits(expected)} expected, {found} found");
    }

    [Fact]
    public async Task Claims_count_once_an_hour_and_a_node_for_a_month_is_a_node_month()
    {
        using var test = new BooksTest();
        test.Write(
            "rulebook/card.yaml",
            """
            kind: PriceBook
            name: rate-card
            provider: Kubernetes
            currency: EUR
            source: Platform team
            prices:
              - items: ["*"]
                rates: {node-months: 744, claim-months: 7.44}

            """
        );
        var hours = Enumerable.Range(0, 744).Select(hour => new DateTime(2026, 7, 1).AddHours(hour)).ToList();
        var nodes = string.Concat(hours.Select(hour => $"{Hour(hour)},n1,label_pool:small\n"));
        var claims = string.Concat(
            hours.Take(10).Select(hour => $"{Hour(hour)},shop,a,c1,1,1\n{Hour(hour)},shop,b,c1,1,1\n")
        );
        var outcome = await test.IngestAsync(
            test.Write("nodes.csv", "interval_start,interval_end,node,node_labels\n" + nodes),
            test.Write(
                "claims.csv",
                "interval_start,interval_end,namespace,pod,persistentvolumeclaim,persistentvolumeclaim_capacity_byte_seconds,persistentvolumeclaim_usage_byte_seconds\n"
                    + claims
            )
        );
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal("744", await test.TotalAsync("--where", "SkuMeter=node-months"));
        Assert.Equal("744", await test.TotalAsync("--where", "Tags/pool=small"));
        Assert.Equal("0.1", await test.TotalAsync("--where", "SkuMeter=claim-months"));
    }

    private static string Hour(DateTime hour) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{hour:yyyy-MM-dd HH:mm:ss} +0000 UTC,{hour.AddMinutes(59):yyyy-MM-dd HH:mm:ss} +0000 UTC"
        );

    [Fact]
    public async Task Allocations_of_opencost_add_up_to_their_totals_as_csv_and_as_the_api_answers()
    {
        using var test = new BooksTest();
        var json = test.Write(
            "allocation.json",
            """
            {"code": 200, "data": [{
              "shop": {"name": "shop", "properties": {"cluster": "c1", "namespace": "shop", "labels": {"team": "web"}}, "window": {"start": "2026-07-01T00:00:00Z", "end": "2026-07-02T00:00:00Z"}, "start": "2026-07-01T00:00:00Z", "end": "2026-07-02T00:00:00Z", "cpuCoreHours": 24, "cpuCost": 1.5, "cpuCostAdjustment": 0.25, "gpuCost": 0, "ramByteHours": 100, "ramCost": 0.5, "pvCost": 0.125, "networkCost": 0.0625, "loadBalancerCost": 0, "sharedCost": 1, "externalCost": 0, "totalCost": 3.4375},
              "__idle__": {"name": "__idle__", "properties": {"cluster": "c1"}, "window": {"start": "2026-07-01T00:00:00Z", "end": "2026-07-02T00:00:00Z"}, "start": "2026-07-01T00:00:00Z", "end": "2026-07-02T00:00:00Z", "cpuCost": 2, "ramCost": 1, "gpuCost": 0, "pvCost": 0, "networkCost": 0, "loadBalancerCost": 0, "totalCost": 3}}]}
            """
        );
        var outcome = await test.IngestAsync(json, "--currency", "USD");
        Assert.True(outcome.ExitCode == 0, outcome.Result.ToString());
        Assert.Equal("6.4375", await test.TotalAsync());
        Assert.Equal("3.4375", await test.TotalAsync("--where", "Tags/team=web"));
        Assert.Equal("3.75", await test.TotalAsync("--where", "SkuMeter=cpu"));
        await test.VerifyPassesAsync();
    }
}
