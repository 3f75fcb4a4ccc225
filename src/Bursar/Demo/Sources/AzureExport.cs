using Bursar.Core.Focus;
using Bursar.Core.Time;
using Bursar.Demo.Company;
using Bursar.Demo.Files;

namespace Bursar.Demo.Sources;

/// <summary>
/// Microsoft: FOCUS 1.0 (r2) as Cost Management exports it: byte order mark, CRLF, dozens of x_ columns, zeros for
/// unknown.
/// </summary>
internal sealed class AzureExport(DemoOptions options, RowPlan plan) : CloudSource(options, plan)
{
    private readonly IReadOnlyList<Pot> pots = new Estate(options, plan, "microsoft", 250)
    {
        Skus = AzureCatalogue.Skus,
        Regions = AzureCatalogue.Regions,
    }.Build(AzureCatalogue.Pots);

    /// <summary>Three lines of one old month have an amount that somebody's spreadsheet has spoilt.</summary>
    public static readonly BillingPeriod SpoiltMonth = new(2025, 11);

    private static readonly string[] SpoiltAmounts = ["#REF!", "1.204,50", "n/a"];

    private static readonly string[] OwnColumns =
    [
        "BillingAccountType",
        "SubAccountType",
        "x_AccountId",
        "x_AccountName",
        "x_AccountOwnerId",
        "x_BilledCostInUsd",
        "x_BilledUnitPrice",
        "x_BillingAccountId",
        "x_BillingAccountName",
        "x_BillingExchangeRate",
        "x_BillingExchangeRateDate",
        "x_BillingProfileId",
        "x_BillingProfileName",
        "x_ContractedCostInUsd",
        "x_CostAllocationRuleName",
        "x_CostCenter",
        "x_EffectiveCostInUsd",
        "x_EffectiveUnitPrice",
        "x_InvoiceId",
        "x_InvoiceSectionName",
        "x_ListCostInUsd",
        "x_PricingBlockSize",
        "x_PricingCurrency",
        "x_PricingSubcategory",
        "x_PricingUnitDescription",
        "x_PublisherCategory",
        "x_ResourceGroupName",
        "x_ResourceType",
        "x_ServicePeriodEnd",
        "x_ServicePeriodStart",
        "x_SkuDescription",
        "x_SkuDetails",
        "x_SkuMeterCategory",
        "x_SkuMeterId",
        "x_SkuMeterName",
        "x_SkuRegion",
        "x_SkuServiceFamily",
        "x_SkuTerm",
        "x_SkuTier",
    ];

    public override string Name => "microsoft";

    public override string Category => "Microsoft";

    public override FileShape Shape { get; } =
        new(FocusColumnsOf(FocusVersion.V1_0, OwnColumns))
        {
            ByteOrderMark = true,
            NewLine = "\r\n",
            Slots = new Dictionary<string, Slot>(FileShape.CommonSlots)
            {
                ["x_BilledCostInUsd"] = Slot.BilledCost,
                ["x_EffectiveCostInUsd"] = Slot.EffectiveCost,
                ["x_ListCostInUsd"] = Slot.ListCost,
                ["x_ContractedCostInUsd"] = Slot.ContractedCost,
                ["x_ServicePeriodStart"] = Slot.ChargeStart,
                ["x_ServicePeriodEnd"] = Slot.ChargeEnd,
            },
        };

    public override string? NoteFor(BillingPeriod month) =>
        month == SpoiltMonth ? "Three lines have an amount that cannot be read." : null;

    protected override IReadOnlyList<Pot> Pots => pots;

    protected override long Step => 100;

    public override string PathOf(BillingPeriod month, DateOnly deliveredOn, int part) =>
        $"microsoft/focus-cost/{month.Start:yyyyMMdd}-{month.End.AddDays(-1):yyyyMMdd}/part_0_000{part}.csv";

    public override void WriteMonth(DeliveryWriter writer, BillingPeriod month)
    {
        base.WriteMonth(writer, month);
        WriteReservation(writer, month);
        if (month != SpoiltMonth)
            return;
        foreach (var (resource, amount) in pots[0].Resources.Zip(SpoiltAmounts))
        {
            var cells = Cells(resource);
            cells["BilledCost"] = cells["EffectiveCost"] = amount;
            writer.Write(
                new LineTemplate(Shape, cells) { Readable = false },
                Line.ForDay(month.Start.AddDays(16), Pips.Dollars(1_204))
            );
        }
    }

    protected override LineTemplate MakeTemplate(Resource resource) =>
        new(Shape, Measured(Cells(resource))) { Stories = resource.Stories };

    protected override Line Priced(Resource resource, DateTime start, DateTime end, long effectiveCost) =>
        new Line(
            start,
            end,
            effectiveCost,
            effectiveCost,
            Pips.Times(effectiveCost, 10_000, 9_000),
            effectiveCost,
            0
        ).AtPrice(resource.Sku.UnitPrice);

    /// <summary>
    /// The reservation's usage costs what its fee costs; its list and contracted costs are 0, which here means unknown.
    /// </summary>
    private void WriteReservation(DeliveryWriter writer, BillingPeriod month)
    {
        var machine = pots[3].Resources.First(resource => resource.Sku == AzureCatalogue.Machine);
        var fee = Pips.Dollars(AzureCatalogue.ReservationDollars);
        writer.Write(
            ReservationTemplate(machine, "Purchase", "Recurring", null),
            Line.ForDay(month.Start, fee) with
            {
                Effective = 0,
            }
        );
        var used = new ExactShares(fee, month.Days);
        for (var day = month.Start; day < month.End; day = day.AddDays(1))
        {
            var cost = used.Next(1);
            if (day > Options.LastDay)
                continue;
            writer.Write(
                ReservationTemplate(machine, "Usage", "Usage-Based", "Used"),
                Line.ForDay(day, 0) with
                {
                    Effective = cost,
                    Quantity = 24 * Quantities.One,
                }
            );
        }
    }

    private readonly Dictionary<string, LineTemplate> reservation = [];

    private LineTemplate ReservationTemplate(Resource machine, string category, string frequency, string? status)
    {
        if (reservation.TryGetValue(category, out var template))
            return template;
        var cells = Cells(machine);
        cells["ChargeCategory"] = category;
        cells["ChargeFrequency"] = frequency;
        cells["ChargeDescription"] = "Reserved VM Instance, Standard_D8s_v5, West Europe, 1 Year";
        cells["CommitmentDiscountCategory"] = "Usage";
        cells["CommitmentDiscountId"] =
            "/providers/Microsoft.Capacity/reservationOrders/3F2A77C0-0001/reservations/9C41D2E7-0001";
        cells["CommitmentDiscountName"] = "Aldermoor-Workplace-2026";
        cells["CommitmentDiscountStatus"] = status;
        cells["CommitmentDiscountType"] = "Reservation";
        cells["PricingCategory"] = "Committed";
        cells["SubAccountName"] = AzureCatalogue.Workplace.Name;
        cells["SubAccountId"] = "/subscriptions/" + AzureCatalogue.Workplace.Id;
        cells["Tags"] = """{"app": "workplace", "env": "prod", "project": "run", "cost-centre": "4800"}""";
        // The fee is one unit at its own price; what it covers has no price at all, which Azure writes as 0.
        var price = category == "Purchase" ? AwsExport.Digit(Pips.Dollars(AzureCatalogue.ReservationDollars)) : "0";
        cells["ContractedUnitPrice"] = cells["ListUnitPrice"] = price;
        cells["SkuPriceId"] += "_reserved_" + category.ToLowerInvariant();
        return reservation[category] = new LineTemplate(Shape, Measured(cells));
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    /// <summary>
    /// Azure writes resource ids in lower case but names as somebody typed them, and leaves the service of some meters
    /// empty.
    /// </summary>
    private static Dictionary<string, string?> Cells(Resource resource)
    {
        var sku = resource.Sku;
        var price = AwsExport.Digit(sku.UnitPrice);
        var group = "rg-" + (resource.Tags.GetValueOrDefault("app") ?? "default");
        var id = $"/subscriptions/{resource.Account.Id}/resourcegroups/{group}/providers/{sku.Prefix}/{resource.Name}";
        return new Dictionary<string, string?>
        {
            ["BillingAccountId"] = AzureCatalogue.BillingAccount,
            ["BillingAccountName"] = "Aldermoor Insurance plc",
            ["BillingAccountType"] = "Billing Profile",
            ["BillingCurrency"] = "USD",
            ["ChargeCategory"] = "Usage",
            ["ChargeDescription"] = $"{sku.Service} - {sku.Code} - {AzureCatalogue.RegionNames[resource.Region]}",
            ["ChargeFrequency"] = "Usage-Based",
            ["ConsumedUnit"] = "Units",
            ["ContractedUnitPrice"] = price,
            ["InvoiceIssuerName"] = "Microsoft",
            ["ListUnitPrice"] = AwsExport.Digit(Pips.Times(sku.UnitPrice, 10_000, 9_000)),
            ["PricingCategory"] = "Standard",
            ["PricingUnit"] = "Units",
            ["ProviderName"] = "Microsoft",
            ["PublisherName"] = sku.Service.Length == 0 ? null : "Microsoft",
            ["RegionId"] = resource.Region,
            ["RegionName"] = AzureCatalogue.RegionNames[resource.Region],
            ["ResourceId"] = id.ToLowerInvariant(),
            ["ResourceName"] = char.ToUpperInvariant(resource.Name[0]) + resource.Name[1..],
            ["ResourceType"] = sku.Kind,
            ["ServiceCategory"] = OrNull(sku.Category),
            ["ServiceName"] = OrNull(sku.Service),
            ["SkuId"] = DemoRandom.For(2, sku.Code).Below(9_000_000).ToString(),
            ["SkuPriceId"] = DemoRandom.For(2, sku.Code).Below(9_000_000) + "_" + resource.Region,
            ["SubAccountId"] = "/subscriptions/" + resource.Account.Id,
            ["SubAccountName"] = resource.Account.Name,
            ["SubAccountType"] = "Subscription",
            ["Tags"] = TagsJson(resource.Tags),
            ["x_AccountName"] = "Aldermoor EA",
            ["x_BillingAccountName"] = "Aldermoor Insurance plc",
            ["x_BillingExchangeRate"] = "1",
            ["x_BilledUnitPrice"] = price,
            ["x_EffectiveUnitPrice"] = price,
            ["x_InvoiceSectionName"] = "Technology",
            ["x_PricingBlockSize"] = "1",
            ["x_PricingCurrency"] = "USD",
            ["x_PricingUnitDescription"] = sku.Unit,
            ["x_PublisherCategory"] = "Cloud Provider",
            ["x_ResourceGroupName"] = group,
            ["x_ResourceType"] = sku.Prefix,
            ["x_SkuDescription"] = sku.Code,
            ["x_SkuMeterCategory"] = OrNull(sku.Service),
            ["x_SkuMeterName"] = sku.Code,
            ["x_SkuRegion"] = resource.Region,
            ["x_SkuServiceFamily"] = OrNull(sku.Category),
        };
    }
}
