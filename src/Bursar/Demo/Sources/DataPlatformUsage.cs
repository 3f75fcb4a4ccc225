using Bursar.Core.Focus;
using Bursar.Core.Time;
using Bursar.Demo.Company;
using Bursar.Demo.Files;

namespace Bursar.Demo.Sources;

/// <summary>
/// Two data platforms that charge in units of their own: FOCUS 1.3, times with an offset, prices in credits.
/// </summary>
internal sealed class DataPlatformUsage(DemoOptions options, RowPlan plan) : DemoSource(options, plan)
{
    private sealed record Warehouse(
        string Provider,
        string Unit,
        string Name,
        string? Application,
        long SeptemberDollars
    );

    private static readonly IReadOnlyList<Warehouse> Warehouses =
    [
        new("Snowpeak", "Credits", "PRICING_XL", "rating-service", 190_000),
        new("Snowpeak", "Credits", "QUOTE_SERVING", "quote-engine", 90_000),
        new("Brickyard", "BYU", "pricing-jobs", "rating-service", 120_000),
        new("Snowpeak", "Credits", "POLICY_MIGRATION", "policy-core", 50_000),
        new("Brickyard", "BYU", "claims-features", "claims-assistant", 100_000),
        new("Brickyard", "BYU", "document-ocr", "document-reader", 60_000),
        new("Snowpeak", "Credits", "REPORTING_L", "data-warehouse", 110_000),
        new("Snowpeak", "Credits", "LOADING_M", "data-warehouse", 80_000),
        new("Brickyard", "BYU", "finance-close", "finance-erp", 60_000),
        new("Snowpeak", "Credits", "COMPUTE_WH", null, 25_000),
        new("Brickyard", "BYU", "shared-playground", null, 15_000),
    ];

    private readonly Dictionary<string, LineTemplate> templates = [];

    public override string Name => "dataplatform";

    public override string Category => "Data platforms";

    public override FileShape Shape { get; } =
        new(FocusColumnsOf(FocusVersion.V1_3, "x_WarehouseSize")) { Times = TimeStyle.Offset };

    public override string PathOf(BillingPeriod month, DateOnly deliveredOn, int part) =>
        $"dataplatform/usage-{month}.csv";

    public override void WriteMonth(DeliveryWriter writer, BillingPeriod month)
    {
        foreach (var warehouse in Warehouses)
        {
            var purpose = warehouse.Application is null
                ? Purpose.NoOwner
                : Organisation.Named(warehouse.Application).Purpose;
            var total = Growth.At(month, purpose, Pips.Dollars(warehouse.SeptemberDollars));
            if (total == 0)
                continue;
            var random = DemoRandom.For(Options.Seed, warehouse.Name + month);
            var weights = new long[month.Days];
            for (var i = 0; i < weights.Length; i++)
                weights[i] = RhythmWeights.OfDay(Rhythm.Daily, month.Start.AddDays(i), ref random);
            var shares = new ExactShares(total, weights.Sum());
            foreach (var day in DaysOf(month))
            {
                var line = Line.ForDay(day, shares.Next(weights[day.Day - 1])).AtPrice(CreditPrice);
                writer.Write(TemplateFor(warehouse), line with { List = line.Effective / 20 * 23 });
            }
        }
    }

    // $2.60 for a credit of either platform.
    private const long CreditPrice = 26 * Pips.One / 10;

    private LineTemplate TemplateFor(Warehouse warehouse)
    {
        if (templates.TryGetValue(warehouse.Name, out var template))
            return template;
        return templates[warehouse.Name] = new LineTemplate(Shape, Cells(warehouse))
        {
            Stories = warehouse.Application is null ? [StoryNames.Untagged] : [],
        };
    }

    private static Dictionary<string, string?> Cells(Warehouse warehouse) =>
        new()
        {
            ["BillingAccountId"] = warehouse.Provider.ToUpperInvariant() + "-ALDERMOOR",
            ["BillingAccountName"] = "Aldermoor Insurance plc",
            ["BillingCurrency"] = "USD",
            ["ChargeCategory"] = "Usage",
            ["ChargeDescription"] = $"{warehouse.Provider} compute, {warehouse.Name}",
            ["ChargeFrequency"] = "Usage-Based",
            ["ConsumedUnit"] = warehouse.Unit,
            ["ContractedUnitPrice"] = "2.6",
            ["HostProviderName"] = "AWS",
            ["InvoiceId"] = warehouse.Provider[..2].ToUpperInvariant() + "-{month}",
            ["InvoiceIssuerName"] = warehouse.Provider,
            ["ListUnitPrice"] = "2.99",
            ["PricingCategory"] = "Standard",
            ["PricingCurrency"] = warehouse.Unit,
            ["PricingCurrencyContractedUnitPrice"] = "1",
            ["PricingCurrencyListUnitPrice"] = "1",
            ["PricingUnit"] = warehouse.Unit,
            ["ProviderName"] = warehouse.Provider,
            ["PublisherName"] = warehouse.Provider,
            ["RegionId"] = "eu-central-1",
            ["RegionName"] = "EU (Frankfurt)",
            ["ResourceId"] = $"{warehouse.Provider.ToLowerInvariant()}/{warehouse.Name}",
            ["ResourceName"] = warehouse.Name,
            ["ResourceType"] = "Warehouse",
            ["ServiceCategory"] = "Analytics",
            ["ServiceName"] = warehouse.Provider == "Snowpeak" ? "Snowpeak Warehouse" : "Brickyard Lakehouse",
            ["ServiceProviderName"] = warehouse.Provider,
            ["ServiceSubcategory"] = "Data Warehouses",
            ["SkuId"] = warehouse.Provider + "-COMPUTE",
            ["SkuMeter"] = "Compute",
            ["SkuPriceId"] = warehouse.Provider + "-COMPUTE-EU",
            ["Tags"] = warehouse.Application is null
                ? null
                : TagsJson(SaasRegister.TagsOf(Organisation.Named(warehouse.Application))),
            ["x_WarehouseSize"] = warehouse.Name.Split('_')[^1],
        };
}
