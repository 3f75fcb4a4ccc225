using System.Globalization;
using Bursar.Cli.Output;
using Bursar.Understand.Allocation;
using Bursar.Understand.Deliveries;

namespace Bursar.Understand.Quality;

/// <summary>Trust and quality as every door shows them.</summary>
internal static class QualityRecords
{
    public static ResultRecord Of(TrustScore score) =>
        ResultRecord.Of(
            ("scope", score.Scope),
            ("month", score.Month.ToString()),
            ("cost", score.Cost?.Amount),
            ("currency", score.Cost?.Currency.Code),
            ("trust", score.Score),
            ("partsMeasured", score.Measured),
            (
                "parts",
                score.Parts.Select(part =>
                    ResultRecord.Of(
                        ("part", part.Name),
                        ("score", part.Score),
                        ("weight", part.Weight),
                        ("basis", part.Sentence)
                    )
                )
            ),
            ("caveats", score.Caveats),
            ("dataAsOf", score.DataAsOf)
        );

    /// <summary>The report for programs: every digit, every source.</summary>
    public static ResultRecord Of(QualityReport report) =>
        ResultRecord.Of(
            ("month", report.Month.ToString()),
            ("dataAsOf", report.DataAsOf),
            ("trust", Of(report.Trust)),
            ("fields", report.Fields.Select(Fill)),
            ("worstAccounts", report.WorstAccounts.Select(Account)),
            ("sources", report.Sources.Select(Of)),
            (
                "held",
                report.Held.Select(held =>
                    ResultRecord.Of(
                        ("delivery", held.Id),
                        ("source", held.Delivery.Source),
                        ("billingPeriod", held.Delivery.BillingPeriod.ToString()),
                        ("findings", held.Delivery.Findings.Select(DeliveryRecord.Finding))
                    )
                )
            )
        );

    public static ResultRecord Of(SourceTimeliness source) =>
        ResultRecord.Of(
            ("source", source.Source),
            ("dataAsOf", source.DataAsOf),
            ("dataAgeHours", Hours(source.DataAge)),
            ("lastDeliveryAt", source.LastDeliveryAt),
            ("sinceDeliveryHours", Hours(source.SinceDelivery)),
            ("updateIntervalHours", Hours(source.UpdateInterval)),
            ("visibilityDelayHours", Hours(source.VisibilityDelay)),
            (
                "processingSeconds",
                source.ProcessingTime is { } time ? Tenth((decimal)time.Ticks / TimeSpan.TicksPerSecond) : null
            ),
            ("promisedIntervalHours", Hours(source.PromisedInterval)),
            ("promisedAgeHours", Hours(source.PromisedAge)),
            ("breach", source.Breach),
            ("owner", source.Owner)
        );

    /// <summary>For people: sources against fields, in percent of cost.</summary>
    public static ResultTable FillTable(QualityReport report)
    {
        string[] fields = [.. SharedFields.Names, ReviewQuality.AllSeven];
        return new(
            [
                new("source"),
                .. fields.Select(field => new ResultColumn(
                    field,
                    ColumnKind.Figure,
                    Short(field),
                    Spare: field is "x_LegalEntity" or "x_Environment"
                )),
            ],
            [
                .. report
                    .Fields.GroupBy(fill => fill.Source ?? "(all)")
                    .Select(same =>
                        (IReadOnlyList<object?>)
                            [
                                same.Key,
                                .. fields.Select(field =>
                                    (object?)Percent(same.First(fill => fill.Field == field).ByCost)
                                ),
                            ]
                    ),
            ]
        );
    }

    public static ResultTable FreshnessTable(QualityReport report) =>
        new(
            [
                new("source"),
                new("dataAsOf", ColumnKind.Whole, "data to"),
                new("age", ColumnKind.Figure, "age h"),
                new("delay", ColumnKind.Figure, "visible after h"),
                new("every", ColumnKind.Figure, "every h", Spare: true),
                new("processing", ColumnKind.Figure, "read in s", Spare: true),
                new("promise", ColumnKind.Figure, "promised h"),
                new("breach"),
            ],
            [
                .. report.Sources.Select(source =>
                    (IReadOnlyList<object?>)
                        [
                            source.DisplayName,
                            source.DataAsOf,
                            Whole(source.DataAge),
                            Whole(source.VisibilityDelay),
                            Whole(source.UpdateInterval),
                            source.ProcessingTime is { } time ? (long)time.TotalSeconds : null,
                            Whole(source.PromisedAge ?? source.PromisedInterval),
                            source.Breach ?? (source.IsPromised ? "" : "no promise"),
                        ]
                ),
            ]
        );

    public static string? Percent(decimal? share) =>
        share is { } known ? (known * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %" : null;

    private static ResultRecord Fill(FieldFill fill) =>
        ResultRecord.Of(
            ("source", fill.Source),
            ("field", fill.Field),
            ("byCost", fill.ByCost),
            ("byRows", fill.ByRows),
            ("missingCost", fill.Missing.Amount),
            ("currency", fill.Missing.Currency.Code)
        );

    public static ResultRecord Account(IncompleteAccount account) =>
        ResultRecord.Of(
            ("source", account.Source),
            ("SubAccountId", account.SubAccountId),
            ("incompleteCost", account.Incomplete),
            ("ofItsCost", Percent(account.OfItsCost))
        );

    private static string Short(string field) =>
        field switch
        {
            "x_CostCentre" => "centre",
            "x_Product" => "product",
            "x_Application" => "appl.",
            "x_LegalEntity" => "entity",
            "x_Environment" => "envir.",
            "x_Project" => "project",
            "x_Owner" => "owner",
            _ => "all 7",
        };

    private static decimal? Hours(TimeSpan? time) =>
        time is { } known ? Tenth((decimal)known.Ticks / TimeSpan.TicksPerHour) : null;

    private static decimal Tenth(decimal value) => decimal.Round(value, 1, MidpointRounding.AwayFromZero);

    private static long? Whole(TimeSpan? time) => time is { } known ? (long)known.TotalHours : null;
}
