using Bursar.Core.Amounts;

namespace Bursar.Tests.Demo;

/// <summary>
/// Every planted story is looked for in the files themselves, as a reader of the files would look for it.
/// </summary>
public sealed class AldermoorStoriesTests
{
    private static Amount Told(string story) =>
        AldermoorFiles.Result.Truth.Stories.Single(told => told.Name == story).Amount;

    [Fact]
    public void A_savings_plan_lapsed_on_31_August_and_the_same_usage_cost_310000_more()
    {
        var august = Fleet("2026-08");
        var september = Fleet("2026-09");
        var more = AldermoorFiles.Sum(september) - AldermoorFiles.Sum(august);
        Assert.Equal(Amount.From(310_000), more);
        Assert.Equal(more, Told("lapsed-savings-plan"));
        var usageBefore = AldermoorFiles.Sum(
            august.Where(row => row["CommitmentDiscountStatus"] != "Unused"),
            "ContractedCost"
        );
        Assert.Equal(usageBefore, AldermoorFiles.Sum(september, "ContractedCost"));
        Assert.Contains(august, row => row["CommitmentDiscountStatus"] == "Unused");
        Assert.DoesNotContain(AldermoorFiles.RowsOf("aws", "2026-09"), row => row["CommitmentDiscountId"] is not null);
    }

    [Fact]
    public void The_plans_fee_is_billed_and_costs_nothing_twice()
    {
        var rows = AldermoorFiles
            .RowsOf("aws", "2026-08")
            .Where(row => row["CommitmentDiscountId"] is not null)
            .ToList();
        var fee = rows.Where(row => row["ChargeCategory"] == "Purchase").ToList();
        Assert.True(AldermoorFiles.Sum(fee).IsZero);
        Assert.Equal(AldermoorFiles.Sum(fee, "BilledCost"), AldermoorFiles.Sum(rows.Except(fee)));
    }

    [Fact]
    public void Three_spellings_of_a_tag_hide_420000_in_September()
    {
        string[] spellings = ["\"cost-center\"", "\"CostCenter\"", "\"costcentre\""];
        var september = AldermoorFiles.LiveRows().Where(row => row.Delivery.BillingPeriod == "2026-09").ToList();
        var hidden = september
            .Where(row => spellings.Any(spelling => row["Tags"]?.Contains(spelling) == true))
            .ToList();
        Assert.Equal(Amount.From(420_000), AldermoorFiles.Sum(hidden));
        Assert.Equal(Told("three-spellings-of-a-tag"), AldermoorFiles.Sum(hidden));
        foreach (var spelling in spellings)
            Assert.Contains(hidden, row => row["Tags"]!.Contains(spelling));
    }

    [Fact]
    public void A_cluster_is_34_percent_idle()
    {
        var cluster = AldermoorFiles
            .RowsOf("aws", "2026-09")
            .Where(row => row["Tags"]?.Contains("quote-eks-prod") == true)
            .ToList();
        var idle = AldermoorFiles.Sum(cluster.Where(row => row["Tags"]!.Contains("__idle__")));
        Assert.Equal(0.34m, idle.ShareOf(AldermoorFiles.Sum(cluster)));
        Assert.Equal(Told("idle-cluster"), idle);
    }

    [Fact]
    public void An_agent_looped_for_31_hours_at_2600_dollars_an_hour_from_19_September()
    {
        var loop = AldermoorFiles
            .RowsOf("model-api", "2026-09")
            .Where(row => row["x_ApiKeyName"] == "claims-triage-agent")
            .GroupBy(row => row.Start)
            .Select(hour => (hour.Key, Cost: AldermoorFiles.Sum(hour)))
            .Where(hour => hour.Cost >= Amount.From(2_600))
            .ToList();
        Assert.Equal(31, loop.Count);
        Assert.Equal(new DateTime(2026, 9, 19, 6, 0, 0, DateTimeKind.Utc), loop.Min(hour => hour.Key));
        Assert.Equal(new DateTime(2026, 9, 20, 12, 0, 0, DateTimeKind.Utc), loop.Max(hour => hour.Key));
        Assert.Equal(Amount.From(80_600), Told("agent-in-a-loop"));
    }

    [Fact]
    public void The_CRM_is_billed_2_88_million_a_year_in_advance()
    {
        var invoice = AldermoorFiles.RowsOf("saas", "2026-02").Single(row => row["ServiceName"] == "Northbeam CRM");
        Assert.Equal(Amount.From(2_880_000), Amount.Parse(invoice["BilledCost"]!));
        Assert.Equal("2026-02-01", invoice["ChargePeriodStart"]);
        Assert.Equal("2027-02-01", invoice["ChargePeriodEnd"]);
        Assert.Equal(Amount.From(2_880_000), Told("prepaid-crm"));
    }

    [Fact]
    public void A_monthly_credit_of_120000_ends_on_31_October()
    {
        var credits = AldermoorFiles
            .RowsOf("google", "2026-09")
            .Where(row => row["ChargeCategory"] == "Credit")
            .ToList();
        Assert.Equal(Amount.From(-120_000), AldermoorFiles.Sum(credits));
        Assert.Contains("2026-10-31", credits[0]["ChargeDescription"]);
        Assert.Equal(Amount.From(-120_000), Told("ending-credit"));
    }

    [Fact]
    public void The_Frankfurt_lease_says_when_notice_is_due()
    {
        var lease = AldermoorFiles
            .RowsOf("datacentre", "2026-09")
            .Where(row => row["x_Site"] == "Frankfurt" && row["ResourceName"] == "Frankfurt Site lease")
            .ToList();
        Assert.Equal(Told("frankfurt-lease"), AldermoorFiles.Sum(lease));
        Assert.All(lease, row => Assert.Contains("2026-10-30", row["ChargeDescription"]));
    }

    [Fact]
    public void August_of_AWS_came_twice_and_the_second_time_with_more()
    {
        var august = AldermoorFiles
            .Result.Deliveries.Where(delivery => delivery is { Source: "aws", BillingPeriod: "2026-08" })
            .ToList();
        Assert.Equal([true, false], august.Select(delivery => delivery.Superseded));
        Assert.Equal([1, 2], august.Select(delivery => delivery.Batch));
        Assert.Equal(august[1].EffectiveCost - august[0].EffectiveCost, Told("late-usage"));
        Assert.All(august, delivery => Assert.True(delivery.Files.Count > 1));
    }

    [Fact]
    public void Septembers_invoice_corrects_August()
    {
        var correction = AldermoorFiles.RowsOf("aws", "2026-09").Single(row => row["ChargeClass"] == "Correction");
        Assert.Equal(8, correction.Start.Month);
        Assert.Equal(Told("august-correction"), correction.EffectiveCost);
    }

    [Fact]
    public void Three_lines_of_one_old_month_cannot_be_read()
    {
        var spoilt = AldermoorFiles.LiveRows().Where(row => !row.IsReadable).ToList();
        Assert.Equal(3, spoilt.Count);
        Assert.All(
            spoilt,
            row => Assert.Equal(("microsoft", "2025-11"), (row.Delivery.Source, row.Delivery.BillingPeriod))
        );
        Assert.Equal(3, AldermoorFiles.Result.Truth.UnreadableRows);
    }

    [Fact]
    public void Resources_keep_their_attributes_so_that_there_are_far_fewer_of_them_than_rows()
    {
        var rows = AldermoorFiles.LiveRows().ToList();
        var resources = rows.Select(row =>
                (row.Provider, row["ResourceId"], row["SubAccountId"], row["Tags"], row["SkuId"])
            )
            .Distinct()
            .Count();
        Assert.InRange(resources, 200, rows.Count / 8);
    }

    private static List<FileRow> Fleet(string month) =>
        [
            .. AldermoorFiles
                .RowsOf("aws", month)
                .Where(row =>
                    row["ChargeCategory"] == "Usage"
                    && (
                        row["ResourceName"]?.StartsWith("claims-fleet-", StringComparison.Ordinal) == true
                        || row["CommitmentDiscountStatus"] == "Unused"
                    )
                ),
        ];
}
