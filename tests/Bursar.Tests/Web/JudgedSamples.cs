using Bursar.Core.Time;
using Bursar.Tests.Validation;
using Bursar.Understand.Ingestion;
using Bursar.Understand.Validation;

namespace Bursar.Tests.Web;

/// <summary>What the sample books' files came out as, judged by FOCUS.</summary>
internal static class JudgedSamples
{
    public static DateTimeOffset JudgedAt { get; } = new(2026, 10, 11, 7, 12, 0, TimeSpan.Zero);

    /// <summary>A real report: a file of three rows, two of which are wrong.</summary>
    public static IReadOnlyList<ConformanceReport> Reports { get; } =
    [
        Validated.Lines(
            new ValidationRequest(),
            "BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart",
            "1.50,USD,Usage,2026-09-01T00:00:00Z",
            "2.25,USD,usage,2026-09-01T00:00:00Z",
            ",USD,Tax,2026-09-01T00:00:00Z"
        ),
    ];

    public static IReadOnlyList<SourceConformance> Periods { get; } =
    [
        new(
            "AWS",
            "1.2",
            [
                new("aws-2026-09-7f3a9c21", new BillingPeriod(2026, 9), 3, 1),
                new("aws-2026-10-11aa22bb", new BillingPeriod(2026, 10), null, 0),
            ]
        ),
        new("Google Cloud", "1.0", [new("google-2026-09-5e6f7a8b", new BillingPeriod(2026, 9), 0, 0)]),
    ];
}
