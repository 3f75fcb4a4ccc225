using Bursar.Core.Amounts;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;

namespace Bursar.Tests.Allocation;

/// <summary>
/// A platform's bill goes to those who use it, with what nobody used as a line of its own, and nothing outside it is
/// touched (ALC-08).
/// </summary>
public sealed class PlatformSplitTests
{
    private const string Nodes = """
        kind: SharedCost
        name: nodes
        order: 2
        pool: {ServiceProviderName: AWS, ResourceId: ["i-*"]}
        by: SubAccountId
        within: {ResourceId: x_InstanceId}
        method: proportional
        measure: ConsumedQuantity
        weigh: {SkuMeter: cpu-core-hours}
        whole: {SkuMeter: node-cpu-core-hours}
        ---
        kind: AllocationRule
        name: shop-is-online
        order: 1
        when: {SubAccountId: shop}
        set: {x_Product: online}
        ---
        kind: AllocationRule
        name: machines
        order: 2
        when: {ResourceId: ["i-*"]}
        set: {x_Owner: platform}

        """;

    /// <summary>
    /// Two hours of a node of four cores: shop uses 1 and requests 2, batch uses 1 in one hour; 3 of 8 are idle.
    /// </summary>
    private const string Pods = """
        report_period_start,report_period_end,interval_start,interval_end,pod,namespace,node,resource_id,pod_usage_cpu_core_seconds,pod_request_cpu_core_seconds,pod_limit_cpu_core_seconds,pod_usage_memory_byte_seconds,pod_request_memory_byte_seconds,pod_limit_memory_byte_seconds,node_capacity_cpu_cores,node_capacity_cpu_core_seconds,node_capacity_memory_bytes,node_capacity_memory_byte_seconds,pod_labels
        2026-07-01 00:00:00 +0000 UTC,2026-08-01 00:00:00 +0000 UTC,2026-07-01 00:00:00 +0000 UTC,2026-07-01 00:59:59 +0000 UTC,a,shop,n1,i-1,3600,7200,,1,1,,4,14400,1,1,
        2026-07-01 00:00:00 +0000 UTC,2026-08-01 00:00:00 +0000 UTC,2026-07-01 01:00:00 +0000 UTC,2026-07-01 01:59:59 +0000 UTC,a,shop,n1,i-1,3600,7200,,1,1,,4,14400,1,1,
        2026-07-01 00:00:00 +0000 UTC,2026-08-01 00:00:00 +0000 UTC,2026-07-01 01:00:00 +0000 UTC,2026-07-01 01:59:59 +0000 UTC,b,batch,n1,i-1,3600,1800,,1,1,,4,14400,1,1,

        """;

    [Fact]
    public async Task A_machine_is_divided_by_what_is_used_or_requested_and_the_rest_is_idle()
    {
        using var test = new BooksTest();
        test.Write("rulebook/shared.yaml", Nodes);
        Assert.Equal(0, (await test.IngestAsync(test.Write("pods.csv", Pods))).ExitCode);
        Assert.Equal(
            0,
            (
                await test.IngestAsync(
                    test.Write(
                        "bill.csv",
                        SomeRow.Csv(
                            new SomeRow("8.01") { Month = "2026-07", Resource = "i-1" },
                            new SomeRow("5") { Month = "2026-07", Resource = "i-elsewhere" },
                            new SomeRow("7") { Month = "2026-07", Resource = "bucket" }
                        )
                    )
                )
            ).ExitCode
        );
        var rows = await DistributedAsync(test, "ResourceId,SubAccountId,x_Product,x_Owner,x_AllocationType");
        Assert.Equal(
            [
                "bucket - - - Direct 7",
                "i-1 (idle) - - Distributed 3.00375",
                "i-1 batch - - Distributed 1.00125",
                "i-1 shop online - Distributed 4.005",
                "i-elsewhere - - platform Central 5",
            ],
            rows
        );
        Assert.Equal("20.01", await test.TotalAsync("--allocation", "distributed"));
        await test.VerifyPassesAsync();
    }

    /// <summary>However it is shared, and whatever is filtered: 112.00 in all, and no share changes.</summary>
    [Theory]
    [InlineData("proportional", "proportional")]
    [InlineData("even", "proportional")]
    [InlineData("proportional", "even")]
    [InlineData("even", "even")]
    public async Task The_allocation_case_of_opencost_conserves_112_in_every_combination(string idle, string shared)
    {
        var file = SharedFolder.Need("inputs", "kubernetes", "opencost-allocation.csv");
        using var test = new BooksTest();
        test.Write(
            "rulebook/shared.yaml",
            $$"""
            kind: SharedCost
            name: idle
            order: 1
            pool: {SubAccountId: __idle__}
            by: SubAccountId
            within: {x_Cluster: x_Cluster}
            method: {{idle}}
            ---
            kind: SharedCost
            name: shared-namespace
            order: 2
            pool: {SubAccountId: namespace3}
            by: SubAccountId
            method: {{shared}}
            """
        );
        var copy = test.Write("opencost.csv", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        var added = await test.RunAsync(
            "source",
            "add",
            copy,
            "--set",
            "ChargePeriodStart='2026-07-01'",
            "--currency",
            "USD"
        );
        Assert.True(added.ExitCode == 0, added.ToString());
        Assert.Equal(0, (await test.IngestAsync(copy)).ExitCode);
        string[] distributed = ["--allocation", "distributed"];
        Assert.Equal("112", await test.TotalAsync(distributed));
        var all = await DistributedAsync(test, "x_Cluster,SubAccountId,SkuMeter");
        Assert.DoesNotContain(all, row => row.Contains("__idle__") || row.Contains("namespace3"));
        foreach (var cluster in new[] { "cluster1", "cluster2" })
        {
            // A filter shows a part of the same shares; it never changes them.
            Assert.Equal(
                all.Where(row => row.StartsWith(cluster, StringComparison.Ordinal)),
                await DistributedAsync(test, "x_Cluster,SubAccountId,SkuMeter", "--where", $"x_Cluster={cluster}")
            );
        }
        var namespaces = await DistributedAsync(test, "SubAccountId");
        Assert.Equal(
            Amount.From(112),
            namespaces.Select(row => Amount.Parse(row.Split(' ')[^1])).Aggregate((left, right) => left + right)
        );
    }

    /// <summary>
    /// The independent sum: by machine, its cost in the bill times the namespace's core-hours (the larger of use and
    /// request) over the machine's core-hours.
    /// </summary>
    [Fact]
    public async Task A_cluster_on_aws_is_divided_over_its_namespaces_and_other_machines_stay()
    {
        using var test = new BooksTest();
        test.Write("rulebook/shared.yaml", Nodes);
        foreach (
            var name in new[] { "kubernetes/cluster-on-aws-pod_usage-2026-07.csv.gz", "aws-cur/aws-cur-2026-07.csv.gz" }
        )
            Assert.Equal(0, (await test.IngestAsync(SharedFolder.Need(["inputs", .. name.Split('/')]))).ExitCode);
        Assert.Equal(await test.TotalAsync(), await test.TotalAsync("--allocation", "distributed"));
        var machines = await AmountsAsync(test, ["--by", "ResourceId", "--where", "x_SharedCost=nodes"]);
        var used = await AmountsAsync(
            test,
            ["--measure", "ConsumedQuantity", "--by", "x_InstanceId,SubAccountId", "--where", "SkuMeter=cpu-core-hours"]
        );
        var whole = await AmountsAsync(
            test,
            ["--measure", "ConsumedQuantity", "--by", "x_InstanceId", "--where", "SkuMeter=node-cpu-core-hours"]
        );
        var parts = await AmountsAsync(
            test,
            ["--by", "ResourceId,SubAccountId", "--where", "x_SharedCost=nodes", "--allocation", "distributed"]
        );
        foreach (var (place, hours) in used)
        {
            var machine = place.Split(' ')[0];
            var expected = machines[machine] * hours / whole[machine];
            Assert.True(
                Math.Abs(parts[place] - expected) < 0.000000000001m,
                $"{place}: {parts[place]}, not {expected}"
            );
        }
        foreach (var (machine, cost) in machines)
        {
            var ofMachine = parts.Where(part => part.Key.StartsWith(machine + " ", StringComparison.Ordinal)).ToList();
            Assert.Equal(cost, ofMachine.Sum(part => part.Value));
            if (!whole.ContainsKey(machine))
                Assert.DoesNotContain("(idle)", Assert.Single(ofMachine).Key);
        }
    }

    private static async Task<List<string>> DistributedAsync(BooksTest test, string by, params string[] more) =>
        [
            .. (await test.RowsAsync(["--by", by, "--allocation", "distributed", .. more]))
                .Select(row => string.Join(' ', row.Select(cell => cell is "null" or "" ? "-" : cell)))
                .Order(StringComparer.Ordinal),
        ];

    private static async Task<Dictionary<string, decimal>> AmountsAsync(BooksTest test, string[] question) =>
        (await test.RowsAsync(question)).ToDictionary(
            row => string.Join(' ', row.SkipLast(1)),
            row => decimal.Parse(row[^1], System.Globalization.CultureInfo.InvariantCulture)
        );
}
