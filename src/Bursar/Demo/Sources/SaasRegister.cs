using Bursar.Core.Focus;
using Bursar.Core.Time;
using Bursar.Demo.Company;
using Bursar.Demo.Files;

namespace Bursar.Demo.Sources;

/// <summary>
/// SaaS subscriptions, one register for all vendors: FOCUS 1.2, seats by the month; the CRM is invoiced a year in
/// advance.
/// </summary>
internal sealed class SaasRegister(DemoOptions options, RowPlan plan) : DemoSource(options, plan)
{
    /// <summary>The CRM's invoice of 1 February 2026, for the twelve months from that day.</summary>
    public const long CrmDollars = 2_880_000;

    private const long CrmDollarsBefore = 2_640_000;

    private sealed record Subscription(
        string Vendor,
        string Service,
        string Subcategory,
        string Application,
        long SeptemberDollars,
        int SeatCents
    );

    private static readonly IReadOnlyList<Subscription> Subscriptions =
    [
        new("Papertrail", "Papertrail Workplace", "Productivity and Collaboration", "workplace", 640_000, 4_600),
        new("Stillwater", "Stillwater People", "Other (Business Applications)", "finance-erp", 210_000, 1_850),
        new("Fixwell", "Fixwell Service Desk", "Other (Business Applications)", "workplace", 260_000, 9_900),
        new("Watchpost", "Watchpost Endpoint", "Endpoint Management", "security-operations", 300_000, 2_400),
        new("Tally Cloud", "Tally Planning", "Other (Business Applications)", "finance-erp", 203_290, 12_500),
        new("Signable", "Signable eSignature", "Other (Business Applications)", "customer-portal", 120_000, 3_000),
        new("Plateview", "Plateview Vehicle Data", "Other (Business Applications)", "quote-engine", 200_000, 8_000),
        new("Docuflow", "Docuflow Intake", "Content Creation", "document-reader", 90_000, 7_500),
        new("Pixelyard", "Pixelyard Design", "Content Creation", "marketing-site", 80_000, 5_500),
        new("Surveyloop", "Surveyloop Panels", "Other (Business Applications)", "marketing-site", 60_000, 6_000),
    ];

    private static readonly (string Team, int Share)[] Teams =
    [
        ("London", 31),
        ("Frankfurt", 24),
        ("Boston", 19),
        ("Leeds", 11),
        ("Dublin", 7),
        ("Field", 5),
        ("Partners", 3),
    ];

    private readonly Dictionary<string, LineTemplate> templates = [];

    public override string Name => "saas";

    public override string Category => "SaaS";

    public override int DaysUntilDelivery => 4;

    public override FileShape Shape { get; } =
        new(FocusColumnsOf(FocusVersion.V1_2, "x_Seats", "x_Team")) { Times = TimeStyle.DateOnly };

    public override string PathOf(BillingPeriod month, DateOnly deliveredOn, int part) =>
        month < Plan.Months[0] ? "saas/opening-balance.csv" : $"saas/subscriptions-{month}.csv";

    public override bool HasOpeningBalance => true;

    public override void WriteMonth(DeliveryWriter writer, BillingPeriod month)
    {
        if (month < Plan.Months[0])
            WriteCrm(writer, new BillingPeriod(month.Month >= 2 ? month.Year : month.Year - 1, 2));
        else if (month.Month == 2)
            WriteCrm(writer, month);
        if (month < Plan.Months[0])
            return;
        foreach (var subscription in Subscriptions)
        {
            var application = Organisation.Named(subscription.Application);
            var total =
                Growth.At(month, application.Purpose, Pips.Dollars(subscription.SeptemberDollars))
                / Pips.Cent
                * Pips.Cent;
            if (total == 0)
                continue;
            var shares = new ExactShares(total, Teams.Sum(team => team.Share), Pips.Cent);
            foreach (var (team, share) in Teams)
            {
                var cost = shares.Next(share);
                var seats = Pips.Times(cost, 1, subscription.SeatCents * Pips.Cent) * Quantities.One;
                writer.Write(TemplateFor(subscription, team), Line.ForMonth(month, cost) with { Quantity = seats });
            }
        }
    }

    private void WriteCrm(DeliveryWriter writer, BillingPeriod month)
    {
        var dollars = month.Year >= 2026 ? CrmDollars : CrmDollarsBefore;
        var line = Prepaid(month, month.Plus(12), Pips.Dollars(dollars));
        writer.Write(CrmTemplate(month.Year), line with { Quantity = 1_200 * Quantities.One });
    }

    private LineTemplate CrmTemplate(int year) =>
        new(
            Shape,
            Cells(
                "Northbeam",
                "Northbeam CRM",
                "Other (Business Applications)",
                Organisation.Named("customer-relations"),
                "All",
                "Purchase",
                "12 months in advance"
            )
        )
        {
            Stories = year == 2026 ? [StoryNames.Prepaid] : [],
        };

    private LineTemplate TemplateFor(Subscription subscription, string team)
    {
        var key = subscription.Service + team;
        if (templates.TryGetValue(key, out var template))
            return template;
        return templates[key] = new LineTemplate(
            Shape,
            Cells(
                subscription.Vendor,
                subscription.Service,
                subscription.Subcategory,
                Organisation.Named(subscription.Application),
                team,
                "Usage",
                "Seats, monthly"
            )
        );
    }

    private static Dictionary<string, string?> Cells(
        string vendor,
        string service,
        string subcategory,
        Application application,
        string team,
        string category,
        string description
    ) =>
        new()
        {
            ["BillingAccountId"] = "SUB-" + vendor.ToUpperInvariant().Replace(" ", ""),
            ["BillingAccountName"] = "Aldermoor Insurance plc",
            ["BillingCurrency"] = "USD",
            ["ChargeCategory"] = category,
            ["ChargeDescription"] = $"{service}: {description}, {team}",
            ["ChargeFrequency"] = "Recurring",
            ["ConsumedUnit"] = category == "Usage" ? "Seats" : null,
            ["InvoiceId"] = vendor[..3].ToUpperInvariant() + "-{month}",
            ["InvoiceIssuerName"] = vendor,
            ["PricingCategory"] = "Standard",
            ["PricingCurrency"] = "USD",
            ["PricingUnit"] = "Seats",
            ["ProviderName"] = vendor,
            ["PublisherName"] = vendor,
            ["ServiceCategory"] = "Business Applications",
            ["ServiceName"] = service,
            ["ServiceSubcategory"] = subcategory,
            ["SkuId"] = service.ToUpperInvariant().Replace(' ', '-'),
            ["SkuPriceId"] = service.ToUpperInvariant().Replace(' ', '-') + "-2026",
            ["Tags"] = TagsJson(TagsOf(application)),
            ["x_Team"] = team,
        };

    internal static Dictionary<string, string> TagsOf(Application application) =>
        new()
        {
            ["app"] = application.Name,
            ["env"] = "prod",
            ["project"] = application.Project ?? "run",
            ["cost-centre"] = application.CostCentre,
        };
}
