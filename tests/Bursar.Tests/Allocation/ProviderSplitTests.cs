using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Tests.Ingestion;
using Bursar.Tests.Support;

namespace Bursar.Tests.Allocation;

/// <summary>
/// What a provider split already goes by the tags of who received the part, through the same rules (ALC-08).
/// </summary>
public sealed class ProviderSplitTests
{
    private const string Rules = """
        kind: AllocationRule
        name: from-tags
        order: 1
        when: {}
        set: {x_CostCentre: "{Tags/CostCenter}", x_Owner: "{Tags/Owner}"}
        ---
        kind: ConfigurationItems
        name: cmdb
        items:
          - {id: ci-1, class: service, application: search, resource: workload/search-1}
        ---
        kind: AllocationRule
        name: from-items
        order: 2
        when: {}
        set: {x_Application: "{Item/application}"}

        """;

    private const string Header =
        "BillingAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,BilledCost,EffectiveCost,"
        + "ListCost,ContractedCost,BillingCurrency,ServiceProviderName,ServiceName,ServiceCategory,ChargeCategory,"
        + "ChargeDescription,SubAccountId,ResourceId,Tags,AllocatedMethodId,AllocatedResourceId,AllocatedResourceName,AllocatedTags\n";

    [Fact]
    public async Task Parts_that_a_provider_split_belong_to_whom_their_own_tags_and_items_say()
    {
        using var test = new BooksTest();
        test.Write("rulebook/rules.yaml", Rules);
        await test.BookAsync(
            test.Write(
                "charges.csv",
                Header
                    + Row("6", "\"{\"\"CostCenter\"\": \"\"a\"\"}\"", "workload/billing-1")
                    + Row("4", "\"{\"\"CostCenter\"\": \"\"b\"\"}\"", "workload/search-1")
                    + Row("1", "", "")
            ),
            "--source",
            "cloud"
        );
        Assert.Equal(
            ["a - ops 6", "b search ops 4", "host - ops 1"],
            (await test.RowsAsync("--by", "x_CostCentre,x_Application,x_Owner", "--draft"))
                .Select(row =>
                    string.Join(' ', row.Take(3).Select(cell => cell is null or "" or "null" ? "-" : cell))
                    + " "
                    + row[^1]
                )
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal("6", await test.TotalAsync("--where", "Tags/CostCenter=a"));
        var explained = await test.RunAsync("explain", "--from", "2026-05", "--to", "2026-05", "--draft");
        Assert.True(explained.ExitCode == 0, explained.ToString());
        Assert.Contains("split by the provider", explained.Out, StringComparison.Ordinal);
        Assert.Contains("split-proportional", explained.Out, StringComparison.Ordinal);
        await test.VerifyPassesAsync();
    }

    [Fact]
    public async Task The_rows_of_a_provider_that_splits_are_owned_as_their_allocated_tags_say()
    {
        var path = SharedFolder.Need("focus", "samples", "synthetic", "aws_1_3_cost_and_usage_rows100_seed42.csv");
        using var test = new BooksTest();
        test.Write("rulebook/rules.yaml", Rules);
        await test.BookAsync(path, "--source", "aws");
        var expected = RawFile
            .Read(path)
            .Rows.GroupBy(row => CostCentre(row["AllocatedTags"]) ?? CostCentre(row["Tags"]) ?? "")
            .Select(same =>
                $"{same.Key} {same.Aggregate(Amount.Zero, (sum, row) => sum + Amount.Parse(row["EffectiveCost"]!))}"
            )
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            expected,
            (await test.RowsAsync("--by", "x_CostCentre", "--draft"))
                .Select(row => $"{row[0]} {row[^1]}")
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Split_cost_of_a_usage_report_divides_its_machines_and_counts_nothing_twice()
    {
        using var test = new BooksTest();
        test.Write(
            "rulebook/rules.yaml",
            """
            kind: AllocationRule
            name: from-tags
            order: 1
            when: {}
            set: {x_Product: "{Tags/team}"}
            ---
            kind: SharedCost
            name: machines
            order: 1
            pool: {ResourceId: "i-*"}
            method: proportional
            within: {ResourceId: x_SplitParentId}
            measure: PricingQuantity
            weigh: {x_SplitParentId: {not: null}}

            """
        );
        await test.BookAsync(
            test.Write(
                "cur.csv",
                "lineItem/LineItemType,lineItem/UnblendedCost,lineItem/UsageStartDate,lineItem/UsageEndDate,bill/PayerAccountId,"
                    + "bill/BillingPeriodStartDate,bill/BillingPeriodEndDate,lineItem/CurrencyCode,lineItem/ProductCode,"
                    + "lineItem/UsageAccountId,lineItem/ResourceId,lineItem/UsageAmount,pricing/unit,resourceTags/user:team,"
                    + "splitLineItem/ParentResourceId,splitLineItem/SplitCost,splitLineItem/UnusedCost,splitLineItem/SplitUsage\n"
                    + Line("8", "i-1", "infra", "", "", "", "")
                    + Line("5", "i-2", "infra", "", "", "", "")
                    + Line("0", "pod/a", "shop", "i-1", "3", "1", "0.5")
                    + Line("0", "pod/b", "search", "i-1", "1", "0", "0.25")
            ),
            "--source",
            "aws"
        );
        Assert.Equal("13", await test.TotalAsync("--draft"));
        Assert.Equal(
            ["infra 5", "search 1.6", "shop 6.4"],
            (await test.RowsAsync("--by", "x_Product", "--allocation", "distributed", "--draft"))
                .Where(row => row[^1] != "0")
                .Select(row => $"{row[0]} {row[^1]}")
                .Order(StringComparer.Ordinal)
        );
    }

    private static string Line(
        string cost,
        string resource,
        string team,
        string parent,
        string split,
        string unused,
        string usage
    ) =>
        $"Usage,{cost},2026-05-02T00:00:00Z,2026-05-02T01:00:00Z,1,2026-05-01T00:00:00Z,2026-06-01T00:00:00Z,USD,AmazonEC2,"
        + $"2,{resource},1,Hrs,{team},{parent},{split},{unused},{usage}\n";

    private static string? CostCentre(string? tags)
    {
        const string Key = "\"CostCenter\":\"";
        if (tags?.IndexOf(Key, StringComparison.Ordinal) is not (>= 0 and var at))
            return null;
        var from = at + Key.Length;
        return tags[from..tags.IndexOf('"', from)];
    }

    private static string Row(string cost, string allocatedTags, string workload) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"1,2026-05-01,2026-06-01,2026-05-02,2026-05-03,{cost},{cost},{cost},{cost},USD,Cloud,Machines,Compute,Usage,Part,acc,"
                + $"i-1,\"{{\"\"CostCenter\"\": \"\"host\"\", \"\"Owner\"\": \"\"ops\"\"}}\","
                + $"{(workload.Length == 0 ? "" : "split-proportional")},{workload},{workload},{allocatedTags}\n"
        );
}
