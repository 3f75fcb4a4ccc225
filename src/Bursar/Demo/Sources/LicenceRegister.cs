using Bursar.Core.Focus;
using Bursar.Core.Time;
using Bursar.Demo.Company;
using Bursar.Demo.Files;

namespace Bursar.Demo.Sources;

/// <summary>
/// Software licences and their yearly maintenance: FOCUS 1.1, invoices that pay for one, two or three years at once.
/// </summary>
internal sealed class LicenceRegister(DemoOptions options, RowPlan plan) : DemoSource(options, plan)
{
    // The term that is running in September 2026.
    private sealed record Licence(
        string Vendor,
        string Product,
        string Application,
        long Dollars,
        BillingPeriod From,
        int Years
    );

    private static readonly IReadOnlyList<Licence> Licences =
    [
        new("Orrin", "Orrin Database Enterprise", "claims-core", 4_200_000, new(2026, 7), 1),
        new("Hexa", "Hexa ERP", "finance-erp", 3_100_000, new(2026, 1), 1),
        new("Ironleaf", "Ironleaf Mainframe Software", "claims-core", 1_850_000, new(2025, 10), 1),
        new("Baseline", "Baseline Desktop", "workplace", 1_800_000, new(2026, 4), 1),
        new("Actis", "Actis Rating Library", "rating-service", 2_190_000, new(2026, 3), 1),
        new("Vaultline", "Vaultline Archive", "claims-archive", 2_068_000, new(2025, 11), 1),
        new("Statlab", "Statlab Actuarial", "actuarial-lab", 1_216_000, new(2025, 6), 2),
    ];

    public override string Name => "licences";

    public override string Category => "Licences";

    public override int DaysUntilDelivery => 5;

    public override FileShape Shape { get; } =
        new(FocusColumnsOf(FocusVersion.V1_1, "x_ContractNumber", "x_PurchaseOrder"))
        {
            Times = TimeStyle.DateOnly,
            Null = "NULL",
            Amounts = AmountStyle.Padded,
        };

    public override string PathOf(BillingPeriod month, DateOnly deliveredOn, int part) =>
        month < Plan.Months[0] ? "licences/opening-balance.csv" : $"licences/invoices-{month}.csv";

    public override string? NoteFor(BillingPeriod month) =>
        month < Plan.Months[0] ? "The unused rest of the contracts that were running when the books began." : null;

    public override bool HasOpeningBalance => true;

    public override bool DeliversFor(BillingPeriod month) => Terms().Any(term => term.From == month);

    public override void WriteMonth(DeliveryWriter writer, BillingPeriod month)
    {
        foreach (var (licence, from, dollars) in Terms())
        {
            var end = from.Plus(12 * licence.Years);
            var isOpening = month < Plan.Months[0] && from < Plan.Months[0] && end > Plan.Months[0];
            if (from != month && !isOpening)
                continue;
            var line = Prepaid(from, end, Pips.Dollars(dollars));
            writer.Write(TemplateFor(licence), line with { List = line.List / 10 * 12 });
        }
    }

    /// <summary>
    /// Every term around the books: the one of September 2026, those before it 5 % cheaper each, and its renewal.
    /// </summary>
    private static IEnumerable<(Licence Licence, BillingPeriod From, long Dollars)> Terms()
    {
        foreach (var licence in Licences)
        {
            yield return (licence, licence.From.Plus(12 * licence.Years), licence.Dollars * 104 / 100);
            yield return (licence, licence.From, licence.Dollars);
            if (licence.Years > 1)
                continue;
            yield return (licence, licence.From.Plus(-12), licence.Dollars * 95 / 100);
            yield return (licence, licence.From.Plus(-24), licence.Dollars * 90 / 100);
        }
    }

    private LineTemplate TemplateFor(Licence licence) =>
        new(Shape, Cells(licence))
        {
            Stories = Organisation.Named(licence.Application).CostCentre == "4310" ? [StoryNames.Reorganisation] : [],
        };

    private static Dictionary<string, string?> Cells(Licence licence)
    {
        var code = licence.Product.ToUpperInvariant().Replace(' ', '-');
        var application = Organisation.Named(licence.Application);
        return new Dictionary<string, string?>
        {
            ["BillingAccountId"] = "AP-" + licence.Vendor.ToUpperInvariant(),
            ["BillingAccountName"] = "Aldermoor Services Inc.",
            ["BillingCurrency"] = "USD",
            ["ChargeCategory"] = "Purchase",
            ["ChargeDescription"] = $"{licence.Product}, licence and maintenance, {12 * licence.Years} months",
            ["ChargeFrequency"] = "Recurring",
            ["InvoiceIssuerName"] = licence.Vendor + " Software",
            ["PricingCategory"] = "Standard",
            ["PricingUnit"] = "Contracts",
            ["ProviderName"] = licence.Vendor,
            ["PublisherName"] = licence.Vendor,
            ["ServiceCategory"] = "Other",
            ["ServiceName"] = licence.Product,
            ["SkuId"] = code,
            ["SkuPriceId"] = code + "-EA",
            ["Tags"] = TagsJson(SaasRegister.TagsOf(application)),
            ["x_ContractNumber"] = "C-" + DemoRandom.For(8, code).Below(90_000),
            ["x_PurchaseOrder"] = "4500" + (100_000 + DemoRandom.For(9, code).Below(800_000)),
        };
    }
}
