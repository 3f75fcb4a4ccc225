using Bursar.Core.Focus;
using Bursar.Core.Time;
using Bursar.Demo.Company;
using Bursar.Demo.Files;
using Bursar.Warehouse.DuckDb;

namespace Bursar.Demo.Sources;

/// <summary>
/// Google Cloud: the FOCUS view of the billing table, saved as parquet with a map of labels (as CSV where no engine is
/// at hand); credits are lines of their own.
/// </summary>
internal sealed class GoogleExport(DemoOptions options, RowPlan plan, DuckDbSession? session)
    : CloudSource(options, plan)
{
    private readonly IReadOnlyList<Pot> pots = new Estate(options, plan, "google", 150)
    {
        Skus = GoogleCatalogue.Skus,
        Regions = GoogleCatalogue.Regions,
    }.Build(GoogleCatalogue.Pots);

    private LineTemplate? credit;

    /// <summary>The first day without the credit.</summary>
    public static readonly DateOnly CreditEnd = new(2026, 11, 1);

    public override string Name => "google";

    public override string Category => "Google Cloud";

    public override FileShape Shape { get; } =
        new(
            FocusColumnsOf(
                FocusVersion.V1_0,
                "x_CostType",
                "x_Credits",
                "x_CurrencyConversionRate",
                "x_ExportTime",
                "x_Location",
                "x_Project",
                "x_ServiceId"
            )
        )
        {
            Times = TimeStyle.Spaced,
            Slots = new Dictionary<string, Slot>(FileShape.CommonSlots) { ["x_ExportTime"] = Slot.ChargeEnd },
        };

    protected override IReadOnlyList<Pot> Pots => pots;

    protected override long Step => Pips.One / 1_000_000;

    public override string PathOf(BillingPeriod month, DateOnly deliveredOn, int part) =>
        $"google/focus_{month.Start:yyyyMM}.csv";

    public override void WriteMonth(DeliveryWriter writer, BillingPeriod month)
    {
        base.WriteMonth(writer, month);
        if (month.Start >= CreditEnd)
            return;
        var shares = new ExactShares(-Pips.Dollars(GoogleCatalogue.MonthlyCreditDollars), month.Days, Step);
        for (var day = month.Start; day < month.End; day = day.AddDays(1))
        {
            var amount = shares.Next(1);
            if (day <= Options.LastDay)
                writer.Write(CreditTemplate(), Line.ForDay(day, amount) with { List = 0, Contracted = 0 });
        }
    }

    public override IReadOnlyList<string> Finish(string folder, IReadOnlyList<string> files)
    {
        if (session is null)
            return files;
        var finished = new List<string>();
        foreach (var file in files)
        {
            var parquet = Path.ChangeExtension(file, ".parquet");
            ParquetFile.Replace(session, Shape, Path.Combine(folder, file), Path.Combine(folder, parquet));
            finished.Add(parquet);
        }
        return finished;
    }

    protected override LineTemplate MakeTemplate(Resource resource) =>
        new(Shape, Measured(Cells(resource))) { Stories = resource.Stories };

    protected override Line Priced(Resource resource, DateTime start, DateTime end, long effectiveCost) =>
        new Line(start, end, effectiveCost, effectiveCost, effectiveCost / 4 * 5, effectiveCost, 0).AtPrice(
            resource.Sku.UnitPrice
        );

    private LineTemplate CreditTemplate() =>
        credit ??= new LineTemplate(
            Shape,
            Measured(
                new Dictionary<string, string?>(CommonCells(GoogleCatalogue.Data))
                {
                    ["ChargeCategory"] = "Credit",
                    ["ChargeDescription"] = "Commit-to-consume credit, $120,000 a month, ends 2026-10-31",
                    ["ChargeFrequency"] = "Recurring",
                    ["ServiceCategory"] = "Other",
                    ["ServiceName"] = "Invoice",
                    ["Tags"] = """{"app": "data-warehouse", "env": "prod", "project": "run", "cost-centre": "4600"}""",
                    ["x_CostType"] = "credit",
                }
            )
        )
        {
            Stories = [StoryNames.EndingCredit],
        };

    private static Dictionary<string, string?> CommonCells(CloudAccount project) =>
        new()
        {
            ["BillingAccountId"] = "01A4E2-77B1C0-9D3F55",
            ["BillingAccountName"] = "Aldermoor Insurance plc",
            ["BillingCurrency"] = "USD",
            ["InvoiceIssuerName"] = "Google Cloud EMEA Limited",
            ["ProviderName"] = "Google Cloud",
            ["PublisherName"] = "Google Cloud",
            ["SubAccountId"] = project.Id,
            ["SubAccountName"] = project.Name,
            ["x_Project"] = project.Id,
            ["x_CurrencyConversionRate"] = "1",
        };

    private static Dictionary<string, string?> Cells(Resource resource)
    {
        var sku = resource.Sku;
        return new Dictionary<string, string?>(CommonCells(resource.Account))
        {
            ["ChargeCategory"] = "Usage",
            ["ChargeDescription"] = sku.Code,
            ["ChargeFrequency"] = "Usage-Based",
            ["ConsumedUnit"] = sku.Unit,
            ["ContractedUnitPrice"] = AwsExport.Digit(sku.UnitPrice),
            ["ListUnitPrice"] = AwsExport.Digit(sku.UnitPrice / 4 * 5),
            ["PricingCategory"] = "Standard",
            ["PricingUnit"] = sku.Unit,
            ["RegionId"] = resource.Region,
            ["RegionName"] = GoogleCatalogue.RegionNames[resource.Region],
            ["ResourceId"] =
                $"//{sku.Prefix.Split('/')[0]}/projects/{resource.Account.Id}/{sku.Prefix.Split('/')[1]}/{resource.Name}",
            ["ResourceName"] = resource.Name,
            ["ResourceType"] = sku.Kind,
            ["ServiceCategory"] = sku.Category,
            ["ServiceName"] = sku.Service,
            ["SkuId"] =
                DemoRandom.For(3, sku.Code).Hex(4).ToUpperInvariant()
                + "-"
                + DemoRandom.For(4, sku.Code).Hex(4).ToUpperInvariant(),
            ["SkuPriceId"] = DemoRandom.For(5, sku.Code).Hex(12),
            ["Tags"] = TagsJson(resource.Tags),
            ["x_CostType"] = "regular",
            ["x_Location"] = resource.Region,
            ["x_ServiceId"] =
                DemoRandom.For(6, sku.Service).Hex(4).ToUpperInvariant()
                + "-B2C1-"
                + DemoRandom.For(7, sku.Service).Hex(4).ToUpperInvariant(),
        };
    }
}
