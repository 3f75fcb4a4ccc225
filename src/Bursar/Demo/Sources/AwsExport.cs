using System.Globalization;
using Bursar.Core.Focus;
using Bursar.Core.Time;
using Bursar.Demo.Company;
using Bursar.Demo.Files;

namespace Bursar.Demo.Sources;

/// <summary>
/// AWS: FOCUS 1.2, gzipped CSV in parts with a manifest, a folder per month; a month is delivered again when it
/// changes.
/// </summary>
internal sealed class AwsExport : CloudSource
{
    private readonly IReadOnlyList<Pot> pots;
    private readonly AwsStories stories;

    public AwsExport(DemoOptions options, RowPlan plan)
        : base(options, plan)
    {
        pots = new Estate(options, plan, "aws", 600) { Skus = AwsCatalogue.Skus, Regions = AwsCatalogue.Regions }.Build(
            AwsCatalogue.Pots
        );
        stories = new AwsStories(options, this);
    }

    public static readonly BillingPeriod RedeliveredMonth = new(2026, 8);

    public override string Name => "aws";

    public override string Category => "AWS";

    /// <summary>
    /// True while August is written as it was first delivered, without the usage that AWS reported late.
    /// </summary>
    public bool WithoutLateUsage { get; set; }

    public override FileShape Shape { get; } =
        new(FocusColumnsOf(FocusVersion.V1_2, "x_Discounts", "x_Operation", "x_ServiceCode"));

    public override long RowsPerPart => Math.Max(1_000, Options.Rows / Options.Months / 5);

    protected override IReadOnlyList<Pot> Pots => pots;

    protected override long Step => 1;

    public override string PathOf(BillingPeriod month, DateOnly deliveredOn, int part) =>
        $"aws/billing_period={month}/{deliveredOn:yyyy-MM-dd}/aldermoor-focus-{part.ToString("D5", CultureInfo.InvariantCulture)}.csv.gz";

    public override string? NoteFor(BillingPeriod month) =>
        month != RedeliveredMonth ? null
        : WithoutLateUsage ? "August as first delivered: two days of one service were still missing."
        : "August delivered again, whole, with the usage that came late. It takes the place of the first delivery.";

    public override void WriteMonth(DeliveryWriter writer, BillingPeriod month)
    {
        base.WriteMonth(writer, month);
        stories.WriteFleet(writer, month);
        stories.WriteCluster(writer, month);
        stories.WriteInvoiceLines(writer, month);
        if (month == RedeliveredMonth && !WithoutLateUsage)
            stories.WriteLateUsage(writer);
        if (month == RedeliveredMonth.Next)
            stories.WriteCorrections(writer);
    }

    protected override LineTemplate MakeTemplate(Resource resource) => Template(Cells(resource), resource.Stories);

    /// <summary>What is priced in the currency it is billed in; commitments count in that currency, too.</summary>
    internal LineTemplate Template(Dictionary<string, string?> cells, IReadOnlyList<string> stories)
    {
        cells["PricingCurrencyContractedUnitPrice"] = cells.GetValueOrDefault("ContractedUnitPrice");
        cells["PricingCurrencyEffectiveCost"] = "{effective}";
        cells["PricingCurrencyListUnitPrice"] = cells.GetValueOrDefault("ListUnitPrice");
        if (cells.GetValueOrDefault("CommitmentDiscountId") is not null)
            cells["CommitmentDiscountQuantity"] = cells["ChargeCategory"] == "Purchase" ? "{billed}" : "{effective}";
        return new LineTemplate(Shape, Measured(cells)) { Stories = stories };
    }

    protected override Line Priced(Resource resource, DateTime start, DateTime end, long effectiveCost) =>
        new Line(start, end, effectiveCost, effectiveCost, ListOf(effectiveCost), effectiveCost, 0).AtPrice(
            resource.Sku.UnitPrice
        );

    /// <summary>
    /// The enterprise agreement takes a fixed part off the list price: list is 27/25 of what is paid.
    /// </summary>
    internal static long ListOf(long contracted) => contracted / 25 * 27;

    internal Dictionary<string, string?> Cells(Resource resource)
    {
        var sku = resource.Sku;
        var id =
            $"arn:aws:{sku.Code.Split(':', '-')[0].ToLowerInvariant()}:{resource.Region}:{resource.Account.Id}:{sku.Prefix}{resource.Token}";
        return new Dictionary<string, string?>(AccountCells(resource.Account))
        {
            ["AvailabilityZone"] = sku.Kind is "node" or "db"
                ? resource.Region + (char)('a' + (resource.Name.Length % 3))
                : null,
            ["ChargeCategory"] = "Usage",
            ["ChargeDescription"] = $"${Digit(sku.UnitPrice)} per {sku.Unit} {sku.Code}",
            ["ChargeFrequency"] = "Usage-Based",
            ["ConsumedUnit"] = sku.Unit,
            ["ContractedUnitPrice"] = Digit(sku.UnitPrice),
            ["ListUnitPrice"] = Digit(ListOf(sku.UnitPrice)),
            ["PricingCategory"] = "Standard",
            ["PricingUnit"] = sku.Unit,
            ["PublisherName"] = "Amazon Web Services, Inc.",
            ["RegionId"] = resource.Region,
            ["RegionName"] = AwsCatalogue.RegionNames[resource.Region],
            ["ResourceId"] = id,
            ["ResourceName"] = resource.Name,
            ["ResourceType"] = sku.Kind,
            ["ServiceCategory"] = sku.Category,
            ["ServiceSubcategory"] = sku.Subcategory,
            ["ServiceName"] = sku.Service,
            ["SkuId"] = DemoRandom.For(1, sku.Code + resource.Region).Hex(16).ToUpperInvariant(),
            ["SkuPriceId"] = DemoRandom.For(1, sku.Code + resource.Region).Hex(16).ToUpperInvariant() + ".JRTCKXETXF",
            ["SkuMeter"] = sku.Code,
            ["Tags"] = TagsJson(resource.Tags),
            ["x_Operation"] = sku.Kind == "node" ? "RunInstances" : "StandardUsage",
            ["x_ServiceCode"] = sku.Service.Replace(" ", ""),
        };
    }

    internal static Dictionary<string, string?> AccountCells(CloudAccount? account) =>
        new()
        {
            ["BillingAccountId"] = AwsCatalogue.Payer,
            ["BillingAccountName"] = "Aldermoor Insurance plc",
            ["BillingAccountType"] = "Billing Account",
            ["BillingCurrency"] = "USD",
            ["InvoiceId"] = "EUINGB26-{month}",
            ["InvoiceIssuerName"] = "Amazon Web Services EMEA SARL",
            ["ProviderName"] = "AWS",
            ["SubAccountId"] = account?.Id ?? AwsCatalogue.Payer,
            ["SubAccountName"] = account?.Name ?? "Aldermoor Insurance plc",
            ["SubAccountType"] = "Linked Account",
            ["PricingCurrency"] = "USD",
        };

    internal static string Digit(long pips)
    {
        Span<byte> text = stackalloc byte[40];
        return System.Text.Encoding.ASCII.GetString(text[..Digits.WriteAmount(text, pips, AmountStyle.Plain)]);
    }
}
