using Bursar.Core.Focus;
using Bursar.Core.Time;
using Bursar.Demo.Files;

namespace Bursar.Demo.Sources;

/// <summary>
/// The London market data feed, invoiced in pounds: FOCUS 1.0 from a spreadsheet, blanks around every heading.
/// </summary>
internal sealed class LondonMarketFeed(DemoOptions options, RowPlan plan) : DemoSource(options, plan)
{
    private static readonly (string Service, long Pounds)[] Feeds =
    [
        ("Flood and storm index", 12_400),
        ("Vehicle parts prices", 9_850),
        ("Postcode risk scores", 8_300),
        ("Rebuild cost table", 4_700),
        ("Court awards digest", 2_150),
        ("Support", 1_000),
    ];

    public override string Name => "london-feed";

    public override string Category => "Market data";

    public override string Currency => "GBP";

    public override int DaysUntilDelivery => 6;

    public override FileShape Shape { get; } =
        new(FocusColumnsOf(FocusVersion.V1_0))
        {
            Times = TimeStyle.Spaced,
            HeaderPadding = " ",
            Null = "NULL",
        };

    public override string PathOf(BillingPeriod month, DateOnly deliveredOn, int part) =>
        $"london-feed/feed {month}.csv";

    public override void WriteMonth(DeliveryWriter writer, BillingPeriod month)
    {
        foreach (var (service, pounds) in Feeds)
            writer.Write(new LineTemplate(Shape, Cells(service)), Line.ForMonth(month, Pips.Dollars(pounds)));
    }

    private static Dictionary<string, string?> Cells(string service) =>
        new()
        {
            ["BillingAccountId"] = "LMF-0417",
            ["BillingAccountName"] = "Aldermoor Insurance plc",
            ["BillingCurrency"] = "GBP",
            ["ChargeCategory"] = "Purchase",
            ["ChargeDescription"] = service + ", monthly",
            ["ChargeFrequency"] = "Recurring",
            ["InvoiceIssuerName"] = "London Market Feed Ltd",
            ["PricingCategory"] = "Standard",
            ["PricingUnit"] = "Months",
            ["ProviderName"] = "London Market Feed",
            ["PublisherName"] = "London Market Feed",
            ["ServiceCategory"] = "Analytics",
            ["ServiceName"] = service,
            ["SkuId"] = "LMF-" + service[..5].Trim().ToUpperInvariant(),
            ["SkuPriceId"] = "LMF-" + service[..5].Trim().ToUpperInvariant() + "-GBP",
            ["SubAccountId"] = "pricing",
            ["SubAccountName"] = "Pricing",
            ["Tags"] =
                """{"app": "rating-service", "env": "prod", "project": "instant-quote", "cost-centre": "4120"}""",
        };
}
