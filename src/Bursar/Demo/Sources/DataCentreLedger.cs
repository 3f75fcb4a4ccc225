using Bursar.Core.Focus;
using Bursar.Core.Time;
using Bursar.Demo.Company;
using Bursar.Demo.Files;

namespace Bursar.Demo.Sources;

/// <summary>
/// The two data centres, from the finance ledger: FOCUS 1.4, whole months, eight days after the month's end.
/// </summary>
internal sealed class DataCentreLedger(DemoOptions options, RowPlan plan) : DemoSource(options, plan)
{
    public const long LeaseDollars = 186_000;

    private sealed record Element(
        string Site,
        string Name,
        string Account,
        string Category,
        string Frequency,
        long SeptemberDollars
    );

    private static readonly IReadOnlyList<Element> Elements =
    [
        new("Frankfurt", "Site lease", "615010", "Purchase", "Recurring", LeaseDollars),
        new("Frankfurt", "Equipment depreciation", "680100", "Usage", "Recurring", 300_000),
        new("Frankfurt", "Power and cooling", "622000", "Usage", "Usage-Based", 118_000),
        new("Frankfurt", "Site staff", "501200", "Usage", "Recurring", 146_000),
        new("Frankfurt", "Network lines", "624500", "Usage", "Recurring", 46_000),
        new("Frankfurt", "Hardware maintenance", "631000", "Usage", "Recurring", 34_000),
        new("Reading", "Site lease", "615010", "Purchase", "Recurring", 150_000),
        new("Reading", "Equipment depreciation", "680100", "Usage", "Recurring", 240_000),
        new("Reading", "Power and cooling", "622000", "Usage", "Usage-Based", 95_000),
        new("Reading", "Site staff", "501200", "Usage", "Recurring", 130_000),
        new("Reading", "Network lines", "624500", "Usage", "Recurring", 55_000),
    ];

    // Power costs more in the cold months; thousandths by calendar month.
    private static readonly int[] PowerSeason = [1090, 1080, 1050, 1020, 990, 985, 1000, 1005, 1000, 1015, 1050, 1085];

    private static readonly (string Application, int Share)[] FrankfurtApplications =
    [
        ("policy-core", 63),
        ("claims-archive", 37),
    ];

    private static readonly (string Application, int Share)[] ReadingApplications =
    [
        ("claims-core", 48),
        ("finance-erp", 34),
        ("security-operations", 18),
    ];

    private readonly Dictionary<string, LineTemplate> templates = [];

    public override string Name => "datacentre";

    public override string Category => "Data centre";

    public override int DaysUntilDelivery => 8;

    public override bool DeliversOpenMonths => false;

    public override FileShape Shape { get; } = new(FocusColumnsOf(FocusVersion.V1_4, "x_GlAccount", "x_Site"));

    public override string PathOf(BillingPeriod month, DateOnly deliveredOn, int part) =>
        $"datacentre/ledger-{month}.csv";

    public override void WriteMonth(DeliveryWriter writer, BillingPeriod month)
    {
        foreach (var element in Elements)
        {
            var season = element.Frequency == "Usage-Based" ? PowerSeason[month.Month - 1] : 1000;
            var total = Pips.Times(Pips.Dollars(element.SeptemberDollars), season, 1000) / Pips.Cent * Pips.Cent;
            var applications = element.Site == "Frankfurt" ? FrankfurtApplications : ReadingApplications;
            var shares = new ExactShares(total, 100, Pips.Cent);
            foreach (var (application, share) in applications)
                writer.Write(
                    TemplateFor(element, Organisation.Named(application)),
                    Line.ForMonth(month, shares.Next(share))
                );
        }
    }

    private LineTemplate TemplateFor(Element element, Application application)
    {
        var key = element.Site + element.Name + application.Name;
        if (templates.TryGetValue(key, out var template))
            return template;
        var isLease = element is { Site: "Frankfurt", Name: "Site lease" };
        List<string> stories = [];
        if (isLease)
            stories.Add(StoryNames.Lease);
        if (application.CostCentre == "4310")
            stories.Add(StoryNames.Reorganisation);
        return templates[key] = new LineTemplate(Shape, Cells(element, application)) { Stories = stories };
    }

    private static Dictionary<string, string?> Cells(Element element, Application application) =>
        new()
        {
            ["BillingAccountId"] = "GL-4400",
            ["BillingAccountName"] = "Aldermoor IT",
            ["BillingCurrency"] = "USD",
            ["ChargeCategory"] = element.Category,
            ["ChargeDescription"] = element is { Site: "Frankfurt", Name: "Site lease" }
                ? "Frankfurt site lease; renews for a year unless notice is given by 2026-10-30"
                : $"{element.Site}: {element.Name.ToLowerInvariant()}",
            ["ChargeFrequency"] = element.Frequency,
            ["HostProviderName"] = "Aldermoor IT",
            ["InvoiceIssuerName"] = "Aldermoor IT",
            ["PricingCategory"] = "Other",
            ["PricingUnit"] = "Months",
            ["RegionId"] = element.Site == "Frankfurt" ? "de-fra" : "gb-rdg",
            ["RegionName"] = element.Site,
            ["ResourceId"] = $"dc/{element.Site.ToLowerInvariant()}/{element.Account}/{application.Name}",
            ["ResourceName"] = $"{element.Site} {element.Name}",
            ["ResourceType"] = "Site",
            ["ServiceCategory"] = element.Name == "Network lines" ? "Networking" : "Compute",
            ["ServiceName"] = "Data centre " + element.Site,
            ["ServiceProviderName"] = "Aldermoor IT",
            ["ServiceSubcategory"] = element.Name == "Network lines" ? "Network Connectivity" : "Other (Compute)",
            ["SubAccountId"] = "site-" + element.Site.ToLowerInvariant(),
            ["SubAccountName"] = element.Site + " site",
            ["SubAccountType"] = "Site",
            ["Tags"] = TagsJson(SaasRegister.TagsOf(application)),
            ["x_GlAccount"] = element.Account,
            ["x_Site"] = element.Site,
        };
}
