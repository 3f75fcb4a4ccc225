using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Allocation;

/// <summary>
/// Carbon and usage belong to whom the same rules and pools say, each in its own unit (ALC-13, ALC-03).
/// </summary>
public sealed class CarbonTests
{
    private const string Rules = """
        kind: TagPolicy
        name: tags
        inherit: [account]
        keys:
          - {key: cost-centre, required: true}
        ---
        kind: AccountHierarchy
        name: accounts
        accounts:
          - {id: acc-2, tags: {cost-centre: shop}}
        ---
        kind: AllocationRule
        name: from-tags
        order: 1
        when: {}
        set: {x_CostCentre: "{Tags/cost-centre}", x_Product: "{Tags/cost-centre}"}
        ---
        kind: SharedCost
        name: platform
        order: 1
        pool: {x_CostCentre: platform}
        method: proportional

        """;

    private const string Charges =
        "BillingAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,BilledCost,EffectiveCost,"
        + "ListCost,ContractedCost,BillingCurrency,ServiceProviderName,ServiceName,ServiceCategory,ChargeCategory,"
        + "ChargeDescription,SubAccountId,ResourceId,Tags\n";

    /// <summary>
    /// 4 vCPU for 730 hours at 50 %: 0.74 to 3.5 W each, PUE 1.135, 0.7117 kg for a kWh (EX-GRN-1).
    /// </summary>
    private const string Model = """
        ---
        kind: Mapping
        name: carbon-model
        like: template-carbon
        recognise: [Hours, Vcpu, Utilisation, PeriodStart]
        meters:
          - meter: carbon
            unit: kgCO2e
            priced: if-listed
            quantity: "[Vcpu] * [Hours] * (0.74 + [Utilisation] * (3.5 - 0.74)) / 1000 * 1.135 * 0.7117"
          - meter: energy
            unit: kWh
            priced: if-listed
            quantity: "[Vcpu] * [Hours] * (0.74 + [Utilisation] * (3.5 - 0.74)) / 1000 * 1.135"
        columns:
          SubAccountId: "'acc-1'"
          ResourceId: "'vm-1'"
          ServiceName: "'Machines'"

        """;

    [Fact]
    public async Task Emissions_of_a_model_belong_to_whom_the_machine_belongs_EX_GRN_1()
    {
        using var test = new BooksTest();
        test.Write("rulebook/rules.yaml", Rules + Model);
        await test.BookAsync(
            test.Write(
                "model.csv",
                "PeriodStart,PeriodEnd,Hours,Vcpu,Utilisation,CostCentre\n2026-01-01,2026-01-31,730,4,0.5,shop\n"
            ),
            "--source",
            "carbon"
        );
        Assert.Equal("none", await test.TotalAsync("--draft"));
        Assert.Equal("5.0004782168", await test.TotalAsync("--measure", "Carbon", "--draft"));
        Assert.Equal(
            ["shop kWh 7.026104", "shop kgCO2e 5.0004782168"],
            (await test.RowsAsync("--by", "x_CostCentre,ConsumedUnit", "--measure", "ConsumedQuantity", "--draft"))
                .Select(row => $"{row[0]} {row[1]} {row[^1]}")
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Carbon_in_a_pool_is_divided_as_its_cost_is_and_none_is_lost()
    {
        using var test = new BooksTest();
        test.Write("rulebook/rules.yaml", Rules);
        await BookAsync(test);
        Assert.Equal(
            ["kgCO2e search 34", "kgCO2e shop 26"],
            (
                await test.RowsAsync(
                    "--by",
                    "ConsumedUnit,x_Product",
                    "--measure",
                    "Carbon",
                    "--allocation",
                    "distributed",
                    "--draft"
                )
            )
                .Where(row => row[^1] != "0")
                .Select(row => $"{row[0]} {row[1]} {row[^1]}")
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal("60", await test.TotalAsync("--measure", "Carbon", "--draft"));
        Assert.Equal("60", await test.TotalAsync("--measure", "Carbon", "--allocation", "distributed", "--draft"));
        // The cost is what it was, whichever is asked first.
        Assert.Equal("140", await test.TotalAsync("--allocation", "distributed", "--draft"));
    }

    [Fact]
    public async Task Tag_compliance_counts_inherited_tags_by_cost_resource_and_carbon()
    {
        using var test = new BooksTest();
        test.Write("rulebook/rules.yaml", Rules);
        await BookAsync(test, untagged: "2");
        var report = await test.JsonAsync("tags", "--month", "2026-01", "--draft");
        // 30 of 142 have the tag from their account; 2 have none.
        Assert.Equal("140", report.GetProperty("compliantCost").GetRawText());
        Assert.Equal("30", report.GetProperty("keys")[0].GetProperty("inheritedCost").GetRawText());
        Assert.Equal("2", report.GetProperty("keys")[0].GetProperty("missingCost").GetRawText());
        Assert.Equal("60", report.GetProperty("taggableCarbon").GetRawText());
        Assert.Equal(1m, report.GetProperty("compliantByCarbon").GetDecimal());
        Assert.Equal(0.75m, report.GetProperty("compliantByResource").GetDecimal());
    }

    /// <summary>Shop 30 (by its account), search 70, and a platform of 40; 10, 20 and 30 kg.</summary>
    private static async Task BookAsync(BooksTest test, string? untagged = null)
    {
        await test.BookAsync(
            test.Write(
                "charges.csv",
                Charges
                    + Row("30", "acc-2", "vm-2", "")
                    + Row("70", "acc-3", "vm-3", "search")
                    + Row("40", "acc-4", "vm-4", "platform")
                    + (untagged is null ? "" : Row(untagged, "acc-5", "vm-5", ""))
            ),
            "--source",
            "cloud"
        );
        await test.BookAsync(
            test.Write(
                "carbon.csv",
                "PeriodStart,PeriodEnd,Service,Account,Resource,CarbonKg,EnergyKwh,CostCentre\n"
                    + "2026-01-01,2026-01-01,Machines,acc-2,vm-2,17,20,shop\n"
                    + "2026-01-01,2026-01-01,Machines,acc-3,vm-3,13,20,search\n"
                    + "2026-01-01,2026-01-01,Machines,acc-4,vm-4,30,20,platform\n"
            ),
            "--source",
            "carbon"
        );
    }

    private static string Row(string cost, string account, string resource, string centre) =>
        $"1,2026-01-01,2026-02-01,2026-01-01,2026-02-01,{cost},{cost},{cost},{cost},USD,Cloud,Machines,Compute,Usage,Use,"
        + $"{account},{resource},{(centre.Length == 0 ? "" : $"\"{{\"\"cost-centre\"\": \"\"{centre}\"\"}}\"")}\n";
}
