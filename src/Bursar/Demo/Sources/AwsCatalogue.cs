using Bursar.Demo.Company;

namespace Bursar.Demo.Sources;

/// <summary>What Aldermoor buys from AWS, in which accounts and for whom. September 2026 comes to $6.9M.</summary>
internal static class AwsCatalogue
{
    public const string Payer = "440100000001";

    public static readonly IReadOnlyList<string> Regions = ["eu-central-1", "eu-west-2", "us-east-1"];

    public static readonly IReadOnlyDictionary<string, string> RegionNames = new Dictionary<string, string>
    {
        ["eu-central-1"] = "EU (Frankfurt)",
        ["eu-west-2"] = "EU (London)",
        ["us-east-1"] = "US East (N. Virginia)",
    };

    public static readonly Sku Instance = new(
        "Amazon Elastic Compute Cloud",
        "Compute",
        "Virtual Machines",
        "BoxUsage:m7i.2xlarge",
        "node",
        "i-",
        "Hours",
        4032_000_000,
        34
    );

    public static readonly IReadOnlyList<Sku> Skus =
    [
        Instance,
        new(
            "Amazon Relational Database Service",
            "Databases",
            "Relational Databases",
            "InstanceUsage:db.r7g.2xl",
            "db",
            "db:",
            "Hours",
            8960_000_000,
            18
        ),
        new(
            "Amazon Simple Storage Service",
            "Storage",
            "Object Storage",
            "TimedStorage-ByteHrs",
            "bucket",
            "",
            "GB-Months",
            230_000_000,
            12
        ),
        new(
            "Amazon Elastic Block Store",
            "Storage",
            "Block Storage",
            "EBS:VolumeUsage.gp3",
            "disk",
            "vol-",
            "GB-Months",
            880_000_000,
            9
        ),
        new(
            "AWS Lambda",
            "Compute",
            "Serverless Compute",
            "Lambda-GB-Second",
            "function",
            "function:",
            "Seconds",
            166_675,
            5
        ),
        new(
            "Elastic Load Balancing",
            "Networking",
            "Application Networking",
            "LoadBalancerUsage",
            "balancer",
            "loadbalancer/app/",
            "Hours",
            225_000_000,
            4
        ),
        new(
            "Amazon DynamoDB",
            "Databases",
            "NoSQL Databases",
            "WriteRequestUnits",
            "table",
            "table/",
            "Requests",
            12_500,
            5
        ),
        new(
            "Amazon Virtual Private Cloud",
            "Networking",
            "Network Infrastructure",
            "NatGateway-Bytes",
            "nat",
            "natgateway/nat-",
            "GB",
            450_000_000,
            4
        ),
        new(
            "Amazon ElastiCache",
            "Databases",
            "Caching",
            "NodeUsage:cache.r7g.large",
            "cache",
            "cluster:",
            "Hours",
            2190_000_000,
            4
        ),
        new(
            "AmazonCloudWatch",
            "Management and Governance",
            "Observability",
            "MetricMonitorUsage",
            "metrics",
            "metric/",
            "Metrics",
            3000_000_000,
            3
        ),
        new(
            "AWS Key Management Service",
            "Security",
            "Secret Management",
            "KMS-Requests",
            "key",
            "key/",
            "Requests",
            30_000,
            2
        ),
    ];

    private static readonly CloudAccount QuoteProd = new("440100000101", "aldermoor-quote-prod", "prod", 170);
    private static readonly CloudAccount QuoteTest = new("440100000102", "aldermoor-quote-test", "test", 34);
    private static readonly CloudAccount RatingProd = new("440100000103", "aldermoor-rating-prod", "prod", 90);
    private static readonly CloudAccount PortalProd = new("440100000104", "aldermoor-portal-prod", "prod", 60);
    private static readonly CloudAccount PortalDev = new("440100000105", "aldermoor-portal-dev", "dev", 16);
    public static readonly CloudAccount ClaimsProd = new("440100000201", "aldermoor-claims-prod", "prod", 150);
    private static readonly CloudAccount ClaimsTest = new("440100000202", "aldermoor-claims-test", "test", 30);
    private static readonly CloudAccount ClaimsAi = new("440100000203", "aldermoor-claims-ai-prod", "prod");
    private static readonly CloudAccount Landing = new("440100000301", "aldermoor-frankfurt-landing-prod", "prod", 130);
    private static readonly CloudAccount LandingTest = new(
        "440100000302",
        "aldermoor-frankfurt-landing-test",
        "test",
        40
    );
    private static readonly CloudAccount Data = new("440100000401", "aldermoor-data-prod", "prod");
    public static readonly CloudAccount Security = new("440100000402", "aldermoor-security-prod", "prod", 60);
    private static readonly CloudAccount Workplace = new("440100000403", "aldermoor-workplace-prod", "prod", 40);
    private static readonly CloudAccount Marketing = new("440100000501", "aldermoor-marketing-prod", "prod", 70);
    private static readonly CloudAccount Actuarial = new("440100000502", "aldermoor-actuarial-lab", "dev", 60);
    private static readonly CloudAccount Brightlane = new("440100000901", "brightlane-production", "prod");
    private static readonly CloudAccount Sandbox = new("440100000902", "cloud-sandbox", "dev", 60);
    private static readonly CloudAccount Shared = new("440100000903", "shared-legacy", "prod", 55);
    private static readonly CloudAccount Lab = new("440100000904", "innovation-days", "dev", 45);

    /// <summary>
    /// Everyday money. The saving plan's fleet, the cluster, tax, marketplace and credit come on top of it.
    /// </summary>
    public static readonly IReadOnlyList<PotPlan> Pots =
    [
        new(
            "quote",
            Purpose.InstantQuote,
            2_240_000,
            ["quote-engine", "rating-service", "customer-portal"],
            [QuoteProd, QuoteTest, RatingProd, PortalProd, PortalDev]
        ),
        new("landing", Purpose.LeaveFrankfurt, 900_000, ["policy-core", "claims-archive"], [Landing, LandingTest]),
        new("claims-ai", Purpose.ClaimsAssistant, 350_000, ["claims-assistant", "document-reader"], [ClaimsAi]),
        new(
            "run",
            Purpose.Running,
            739_956,
            ["claims-core", "data-warehouse", "security-operations", "workplace"],
            [ClaimsProd, ClaimsTest, Data, Security, Workplace]
        ),
        new("unclaimed", Purpose.Unclaimed, 240_000, ["marketing-site", "actuarial-lab"], [Marketing, Actuarial]),
        new("brightlane", Purpose.NoOwner, 246_000, [], [Brightlane], "cost-center") { Story = StoryNames.HiddenTag },
        new("untagged", Purpose.NoOwner, 404_000, [], [Sandbox, Shared, Lab], null) { Story = StoryNames.Untagged },
    ];

    public static readonly CloudAccount ClusterAccount = QuoteProd;
}
