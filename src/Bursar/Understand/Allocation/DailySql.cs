using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Allocation;

/// <summary>
/// The SQL of the daily rows: per profile, interval of rules and day, the sum of each cost column. Costs of a charge
/// that spans several days are spread over them by time, exactly; billed cost stays on one day inside its billing
/// period.
/// </summary>
/// <param name="charges">The parquet files of charges.</param>
/// <param name="ids">The columns that the file has.</param>
/// <param name="billingPeriodStart">First day of the delivery's billing period.</param>
/// <param name="breakpoints">Days on which a rule begins or ends, ascending: they cut time into intervals 0, 1, 2,
/// …</param>
internal sealed class DailySql(
    IReadOnlyList<string> charges,
    IReadOnlySet<string> ids,
    DateOnly billingPeriodStart,
    IReadOnlyList<DateOnly> breakpoints
)
{
    private static readonly string[] Spread =
    [
        "EffectiveCost",
        "ListCost",
        "ContractedCost",
        "ConsumedQuantity",
        "PricingQuantity",
    ];

    /// <summary>
    /// Time is counted in microseconds, as it is stored: in seconds a span over midnight could have no length.
    /// </summary>
    private string Charges => ChargesSource.Of(charges, billingPeriodStart);

    private string Period => $"DATE '{billingPeriodStart:yyyy-MM-dd}'";

    /// <summary>The first instant of a charge; the billing period stands in where the provider gave none.</summary>
    private string Start =>
        Has("ChargePeriodStart") ? $"coalesce(ChargePeriodStart, {Period}::TIMESTAMP)" : $"{Period}::TIMESTAMP";

    private string End => Has("ChargePeriodEnd") ? "ChargePeriodEnd" : "NULL::TIMESTAMP";

    /// <summary>
    /// The day of billed cost: where the charge starts, moved into the billing period when it lies outside.
    /// </summary>
    private string BilledDay => $"greatest({Period}, least(last_day({Period}), CAST({Start} AS DATE)))";

    /// <summary>
    /// Whether the charge ends on a later day than it starts (an end at midnight belongs to the day before).
    /// </summary>
    private string SpansDays =>
        $"({End} IS NOT NULL AND CAST({End} - INTERVAL 1 MICROSECOND AS DATE) > CAST({Start} AS DATE))";

    /// <summary>
    /// How many rows span several days or are billed on another day than they serve; zero allows the short form.
    /// </summary>
    public string CountIrregular =>
        $"SELECT count(*) FROM {Charges} WHERE {SpansDays} OR {BilledDay} <> CAST({Start} AS DATE)";

    /// <summary>The daily rows of a file in which every charge lies on one day of its billing period.</summary>
    public string Regular =>
        Grouped(
            $"""
            SELECT x_ProfileId, CAST({Start} AS DATE) AS Day, {Measure("BilledCost")}, {string.Join(
                ", ",
                Spread.Select(Measure)
            )}, 1 AS Charges
            FROM {Charges}
            """
        );

    /// <summary>The daily rows of any file.</summary>
    public string General =>
        Grouped(
            $"""
            SELECT x_ProfileId, {BilledDay} AS Day, {Measure("BilledCost")}, {string.Join(
                ", ",
                Spread.Select(Nothing)
            )}, 1 AS Charges
            FROM {Charges}
            UNION ALL
            SELECT x_ProfileId, CAST({Start} AS DATE) AS Day, {Nothing("BilledCost")}, {string.Join(
                ", ",
                Spread.Select(Measure)
            )}, 0 AS Charges
            FROM {Charges} WHERE NOT {SpansDays}
            UNION ALL
            SELECT x_ProfileId, Day, {Nothing("BilledCost")}, {string.Join(", ", Spread.Select(Part))}, 0 AS Charges
            FROM (
              SELECT x_ProfileId, {string.Join(", ", Spread.Select(Measure))}, {Start} AS x_Start,
                epoch_us({Start}) - epoch_us(date_trunc('day', {Start})) AS x_StartMicros, epoch_us({End}) - epoch_us({Start}) AS x_Micros,
                CAST(unnest(generate_series(CAST({Start} AS DATE), CAST({End} - INTERVAL 1 MICROSECOND AS DATE), INTERVAL 1 DAY)) AS DATE) AS Day
              FROM {Charges} WHERE {SpansDays})
            """
        );

    private bool Has(string id) => ids.Contains(id);

    private string Measure(string id) => Has(id) ? SqlText.Name(id) : Nothing(id);

    private static string Nothing(string id) => $"NULL::DECIMAL(38,18) AS {SqlText.Name(id)}";

    private static string Part(string id) =>
        $"day_share({SqlText.Name(id)}, x_StartMicros, x_Micros, Day - CAST(x_Start AS DATE), Day - CAST(x_Start AS DATE) + 1) AS {SqlText.Name(id)}";

    private string Grouped(string rows)
    {
        var sums = string.Join(
            ", ",
            Spread
                .Prepend("BilledCost")
                .Select(id => $"CAST(sum({SqlText.Name(id)}) AS DECIMAL(38,18)) AS {SqlText.Name(id)}")
        );
        return $"""
            SELECT x_ProfileId, CAST({Interval} AS USMALLINT) AS x_Interval, Day, {Period} AS x_BillingPeriod, {sums},
              CAST(sum(Charges) AS BIGINT) AS Charges
            FROM ({rows}) GROUP BY x_ProfileId, Day ORDER BY x_ProfileId, Day
            """;
    }

    private string Interval =>
        breakpoints.Count == 0
            ? "0"
            : string.Join(
                " + ",
                breakpoints.Select(day => $"(CASE WHEN Day >= DATE '{day:yyyy-MM-dd}' THEN 1 ELSE 0 END)")
            );
}
