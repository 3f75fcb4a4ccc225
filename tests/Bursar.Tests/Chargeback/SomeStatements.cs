using Bursar.Tests.Ingestion;

namespace Bursar.Tests.Chargeback;

/// <summary>Books with every line that a statement may have: the example of the README, in two months.</summary>
internal static class SomeStatements
{
    private const string Header =
        "BillingAccountId,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,BilledCost,EffectiveCost,"
        + "ListCost,ContractedCost,BillingCurrency,ServiceProviderName,ServiceName,ChargeCategory,SubAccountId,SubAccountName,"
        + "CommitmentDiscountStatus,SkuId,ConsumedQuantity,ConsumedUnit,Tags\n";

    private const string Rules = """
        kind: Organisation
        name: company
        displayName: Company
        products: [{id: shop}, {id: till}, {id: common}]
        owners: [{id: anna, name: Anna's team}, {id: bert}]
        ---
        kind: AllocationRule
        name: tags
        order: 1
        when: {}
        set: {x_Product: "{Tags/product}", x_Owner: "{Tags/owner}"}
        ---
        kind: SharedCost
        name: network
        order: 1
        pool: {ServiceName: Network}
        by: x_Product
        method: fixed
        shares: {shop: 3, till: 1}
        ---
        kind: Scope
        name: shop-front
        displayName: Shop front
        question: What does an order cost?
        decision: Whether to move the shop
        owner: anna
        where: {x_Product: shop}
        unit: orders
        profile: {changePercent: 5}
        ---
        kind: Series
        name: orders
        unit: orders
        source: The shop
        time: Day
        value: Orders
        by: {product: Product}
        """;

    /// <summary>The months of August and September 2026.</summary>
    public static async Task<BooksTest> BookAsync()
    {
        var test = new BooksTest();
        test.Write("rulebook/rules.yaml", Rules);
        var charges =
            Header
            + Row("2026-08", "200", "Machines", sku: "m1", quantity: "100")
            + Row("2026-08", "30", "Network", product: "common", owner: "bert")
            + Row("2026-09", "270", "Machines", sku: "m1", quantity: "150")
            + Row("2026-09", "100.005", "Storage")
            + Row("2026-09", "20.005", "Machines", status: "Used")
            + Row("2026-09", "5", "Machines", status: "Unused")
            + Row("2026-09", "12.5", "Support", category: "Purchase")
            + Row("2026-09", "-3.005", "Machines", category: "Credit")
            + Row("2026-09", "8", "Machines", category: "Tax")
            + Row("2026-09", "-0.004", "Machines", category: "Adjustment")
            + Row("2026-09", "40", "Network", product: "common", owner: "bert")
            + Row("2026-09", "7", "Machines", product: "", owner: "")
            + Row("2026-09", "11", "Machines", product: "", owner: "anna", account: "lab")
            + Row("2026-09", "1", "Machines", product: "till", owner: "bert", day: 30);
        await test.BookAsync(test.Write("charges.csv", charges), "--source", "cloud");
        var orders = test.Write(
            "orders.csv",
            "Day,Orders,Product\n2026-08-15,20,shop\n2026-09-15,50,shop\n2026-09-15,9,till\n"
        );
        var loaded = await test.RunAsync("series", "load", orders, "--name", "orders");
        Assert.True(loaded.ExitCode == 0, loaded.ToString());
        return test;
    }

    private static string Row(
        string month,
        string cost,
        string service,
        string category = "Usage",
        string status = "",
        string sku = "",
        string quantity = "",
        string product = "shop",
        string owner = "anna",
        string account = "main",
        int day = 10
    )
    {
        var next = month == "2026-08" ? "2026-09" : "2026-10";
        var end = day == 30 ? $"{next}-01" : $"{month}-{day + 1}";
        var tags = string.Join(
            ", ",
            new[] { ("product", product), ("owner", owner) }
                .Where(tag => tag.Item2.Length > 0)
                .Select(tag => $"\"\"{tag.Item1}\"\": \"\"{tag.Item2}\"\"")
        );
        return $"b,{month}-01,{next}-01,{month}-{day},{end},{cost},{cost},{cost},{cost},USD,Cloud,{service},{category},"
            + $"{account},{account},{status},{sku},{quantity},{(quantity.Length > 0 ? "Hours" : "")},\"{{{tags}}}\"\n";
    }
}
