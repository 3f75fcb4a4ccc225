using Bursar.Demo.Company;

namespace Bursar.Demo.Sources;

/// <summary>
/// What Aldermoor buys from Microsoft, in which subscriptions and for whom. September 2026 comes to $3.1M.
/// </summary>
internal static class AzureCatalogue
{
    public const string BillingAccount = "/providers/Microsoft.Billing/billingAccounts/7730412";

    public static readonly IReadOnlyList<string> Regions = ["westeurope", "uksouth", "germanywestcentral"];

    public static readonly IReadOnlyDictionary<string, string> RegionNames = new Dictionary<string, string>
    {
        ["westeurope"] = "West Europe",
        ["uksouth"] = "UK South",
        ["germanywestcentral"] = "Germany West Central",
    };

    /// <summary>What the yearly reservation for virtual machines costs a month.</summary>
    public const long ReservationDollars = 95_000;

    public static readonly Sku Machine = new(
        "Virtual Machines",
        "Compute",
        "Virtual Machines",
        "D8s v5",
        "vm",
        "microsoft.compute/virtualmachines",
        "1 Hour",
        4600_000_000,
        30
    );

    public static readonly IReadOnlyList<Sku> Skus =
    [
        Machine,
        new(
            "SQL Database",
            "Databases",
            "Relational Databases",
            "vCore Gen5",
            "sql",
            "microsoft.sql/servers",
            "1 Hour",
            2550_000_000,
            18
        ),
        new(
            "Storage Accounts",
            "Storage",
            "Object Storage",
            "Hot LRS Data Stored",
            "store",
            "microsoft.storage/storageaccounts",
            "1 GB/Month",
            208_000_000,
            12
        ),
        new(
            "Azure App Service",
            "Web",
            "Application Platforms",
            "P1 v3",
            "app",
            "microsoft.web/sites",
            "1 Hour",
            1690_000_000,
            10
        ),
        new(
            "Microsoft Fabric",
            "Analytics",
            "Analytics Platforms",
            "Capacity F64",
            "fabric",
            "microsoft.fabric/capacities",
            "1 Hour",
            11_520_000_000,
            8
        ),
        new(
            "Log Analytics",
            "Management and Governance",
            "Observability",
            "Analytics Logs",
            "logs",
            "microsoft.operationalinsights/workspaces",
            "1 GB",
            23_000_000_000,
            7
        ),
        new(
            "Azure OpenAI",
            "AI and Machine Learning",
            "Generative AI",
            "gpt tokens",
            "model",
            "microsoft.cognitiveservices/accounts",
            "1K",
            100_000_000,
            4
        ),
        // Left without a category on purpose: some Azure meters come like this.
        new(
            "",
            "",
            "",
            "Standard Data Transfer Out",
            "egress",
            "microsoft.network/publicipaddresses",
            "1 GB",
            870_000_000,
            4
        ),
    ];

    private static readonly CloudAccount QuoteProd = new(
        "5b1f0e11-aa10-4a01-9c01-000000000101",
        "Aldermoor Quote Prod",
        "prod",
        120
    );
    private static readonly CloudAccount QuoteTest = new(
        "5b1f0e11-aa10-4a01-9c01-000000000102",
        "Aldermoor Quote Test",
        "test",
        30
    );
    private static readonly CloudAccount Landing = new(
        "5b1f0e11-aa10-4a01-9c01-000000000301",
        "Aldermoor Policy Landing Prod",
        "prod"
    );
    private static readonly CloudAccount ClaimsAi = new(
        "5b1f0e11-aa10-4a01-9c01-000000000203",
        "Aldermoor Claims AI Prod",
        "prod"
    );
    public static readonly CloudAccount Workplace = new(
        "5b1f0e11-aa10-4a01-9c01-000000000403",
        "Aldermoor Workplace Prod",
        "prod",
        140
    );
    private static readonly CloudAccount Finance = new(
        "5b1f0e11-aa10-4a01-9c01-000000000404",
        "Aldermoor Finance Prod",
        "prod",
        90
    );
    private static readonly CloudAccount FinanceTest = new(
        "5b1f0e11-aa10-4a01-9c01-000000000405",
        "Aldermoor Finance Test",
        "test",
        20
    );
    private static readonly CloudAccount Data = new(
        "5b1f0e11-aa10-4a01-9c01-000000000401",
        "Aldermoor Data Prod",
        "prod",
        80
    );
    private static readonly CloudAccount Claims = new(
        "5b1f0e11-aa10-4a01-9c01-000000000201",
        "Aldermoor Claims Prod",
        "prod",
        70
    );
    private static readonly CloudAccount Actuarial = new(
        "5b1f0e11-aa10-4a01-9c01-000000000502",
        "Aldermoor Actuarial Lab",
        "dev"
    );
    private static readonly CloudAccount Brightlane = new(
        "5b1f0e11-aa10-4a01-9c01-000000000901",
        "Brightlane Production",
        "prod"
    );
    private static readonly CloudAccount PayAsYouGo = new(
        "5b1f0e11-aa10-4a01-9c01-000000000902",
        "Pay-As-You-Go",
        "dev",
        60
    );
    private static readonly CloudAccount Legacy = new(
        "5b1f0e11-aa10-4a01-9c01-000000000903",
        "Legacy Integration",
        "prod",
        50
    );

    /// <summary>Everyday money; the reservation's usage comes on top of it.</summary>
    public static readonly IReadOnlyList<PotPlan> Pots =
    [
        new("quote", Purpose.InstantQuote, 600_000, ["quote-engine", "customer-portal"], [QuoteProd, QuoteTest]),
        new("landing", Purpose.LeaveFrankfurt, 350_000, ["policy-core", "claims-archive"], [Landing]),
        new("claims-ai", Purpose.ClaimsAssistant, 120_000, ["claims-assistant", "document-reader"], [ClaimsAi]),
        new(
            "run",
            Purpose.Running,
            1_600_000 - ReservationDollars,
            ["workplace", "finance-erp", "data-warehouse", "claims-core"],
            [Workplace, Finance, FinanceTest, Data, Claims]
        ),
        new("unclaimed", Purpose.Unclaimed, 180_000, ["actuarial-lab"], [Actuarial]),
        new("brightlane", Purpose.NoOwner, 118_000, [], [Brightlane], "CostCenter") { Story = StoryNames.HiddenTag },
        new("untagged", Purpose.NoOwner, 132_000, [], [PayAsYouGo, Legacy], null) { Story = StoryNames.Untagged },
    ];
}
