using Bursar.Demo.Company;

namespace Bursar.Demo.Sources;

/// <summary>
/// What Aldermoor buys from Google Cloud, in which projects and for whom. September 2026 comes to $1.6M after the
/// credit.
/// </summary>
internal static class GoogleCatalogue
{
    public static readonly IReadOnlyList<string> Regions = ["europe-west3", "europe-west2"];

    public static readonly IReadOnlyDictionary<string, string> RegionNames = new Dictionary<string, string>
    {
        ["europe-west3"] = "Frankfurt",
        ["europe-west2"] = "London",
    };

    public static readonly IReadOnlyList<Sku> Skus =
    [
        new(
            "Compute Engine",
            "Compute",
            "",
            "N2 Instance Core running in EMEA",
            "vm",
            "compute.googleapis.com/instances",
            "hours",
            380_000_000,
            26
        ),
        new(
            "BigQuery",
            "Analytics",
            "",
            "Analysis Slots",
            "bq",
            "bigquery.googleapis.com/jobs",
            "slot hours",
            440_000_000,
            24
        ),
        new(
            "Kubernetes Engine",
            "Compute",
            "",
            "Autopilot Pod mCPU",
            "pod",
            "container.googleapis.com/clusters",
            "hours",
            573_000_000,
            12
        ),
        new(
            "Cloud Storage",
            "Storage",
            "",
            "Standard Storage EMEA",
            "bucket",
            "storage.googleapis.com/buckets",
            "gibibyte months",
            230_000_000,
            12
        ),
        new(
            "Vertex AI",
            "AI and Machine Learning",
            "",
            "Gemini input tokens",
            "model",
            "aiplatform.googleapis.com/models",
            "count",
            12_500,
            14
        ),
        new(
            "Cloud SQL",
            "Databases",
            "",
            "Postgres vCPU",
            "sql",
            "sqladmin.googleapis.com/instances",
            "hours",
            590_000_000,
            8
        ),
        new(
            "Networking",
            "Networking",
            "",
            "Inter-zone egress",
            "net",
            "compute.googleapis.com/networks",
            "gibibytes",
            100_000_000,
            4
        ),
    ];

    private static readonly CloudAccount Pricing = new("aldermoor-pricing-prod", "aldermoor-pricing-prod", "prod", 110);
    private static readonly CloudAccount PricingTest = new(
        "aldermoor-pricing-test",
        "aldermoor-pricing-test",
        "test",
        30
    );
    private static readonly CloudAccount Quote = new("aldermoor-quote-models", "aldermoor-quote-models", "prod", 60);
    private static readonly CloudAccount ClaimsAi = new("aldermoor-claims-ai", "aldermoor-claims-ai", "prod");
    public static readonly CloudAccount Data = new("aldermoor-data-prod", "aldermoor-data-prod", "prod");
    private static readonly CloudAccount Web = new("aldermoor-web", "aldermoor-web", "prod");
    private static readonly CloudAccount Brightlane = new("brightlane-analytics", "brightlane-analytics", "prod");
    private static readonly CloudAccount Trial = new("my-first-project-48213", "My First Project", "dev", 70);
    private static readonly CloudAccount Scratch = new("scratch-analytics", "scratch-analytics", "dev", 60);

    /// <summary>The credit that Google pays every month until it ends on 31 October 2026.</summary>
    public const long MonthlyCreditDollars = 120_000;

    public static readonly IReadOnlyList<PotPlan> Pots =
    [
        new(
            "pricing",
            Purpose.InstantQuote,
            900_000,
            ["rating-service", "quote-engine"],
            [Pricing, PricingTest, Quote]
        ),
        new("claims-ai", Purpose.ClaimsAssistant, 200_000, ["claims-assistant", "document-reader"], [ClaimsAi]),
        new("run", Purpose.Running, 250_000 + MonthlyCreditDollars, ["data-warehouse"], [Data]),
        new("unclaimed", Purpose.Unclaimed, 90_000, ["marketing-site"], [Web]),
        new("brightlane", Purpose.NoOwner, 56_000, [], [Brightlane], "costcentre") { Story = StoryNames.HiddenTag },
        new("untagged", Purpose.NoOwner, 104_000, [], [Trial, Scratch], null) { Story = StoryNames.Untagged },
    ];
}
