using Bursar.Understand.Reporting.Deployments;

namespace Bursar.Tests.Web;

/// <summary>What went live while the costs of <see cref="Samples"/> came.</summary>
internal static class DeploymentSamples
{
    public static IReadOnlyList<Deployment> Deployments { get; } =
    [
        new("quote-engine", "4.2.0", new DateTimeOffset(2026, 9, 3, 14, 5, 0, TimeSpan.Zero), "production", "ci", null),
        new(
            "rating-service",
            "1.9.1",
            new DateTimeOffset(2026, 9, 17, 9, 0, 0, TimeSpan.Zero),
            "production",
            null,
            "https://ci.aldermoor.example/rating-service/812"
        ),
    ];
}
