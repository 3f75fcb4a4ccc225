using Bursar.Cli.Output;
using Bursar.Core.Amounts;

namespace Bursar.Understand.Anomalies;

/// <summary>Anomalies as doors show them.</summary>
internal static class AnomalyRecord
{
    /// <summary>Who gets what has no owner.</summary>
    public const string Practice = "FinOps practice";

    private static readonly ResultColumn[] Columns =
    [
        new("id", ColumnKind.Whole),
        new("since", ColumnKind.Whole, "Since"),
        new("days", ColumnKind.Figure, "Days", Spare: true),
        new("what", ColumnKind.Text, "What"),
        new("currency", ColumnKind.Whole, Spare: true),
        new("excess", ColumnKind.Figure, "Excess"),
        new("expected", ColumnKind.Figure, "Expected", Spare: true),
        new("owner", ColumnKind.Text, "Owner"),
        new("state", ColumnKind.Whole, "State"),
    ];

    /// <summary>For people: one line each.</summary>
    public static ResultTable Table(AnomalyReview review) =>
        new(Columns, [.. review.Items.Select(Row)])
        {
            Caption =
                $"Cost that is not what it was, begun since {review.Since:yyyy-MM-dd}; judged through {review.Through:yyyy-MM-dd}, later days are provisional",
            WhenEmpty = "Nothing is odd.",
        };

    /// <summary>For programs: every field.</summary>
    public static ResultRecord Of(AnomalyReview review) =>
        ResultRecord.Of(
            ("since", review.Since),
            ("judgedThrough", review.Through),
            ("series", review.SeriesCount),
            ("floors", review.Floors.Select(Total).ToList()),
            ("anomalies", review.Items.Select(Item).ToList()),
            ("quality", Quality(review.Quality)),
            ("draft", review.IsDraft)
        );

    /// <summary>"shift: AWS, EC2, claims-core: resource claims-01 has 92 %, volume".</summary>
    public static string What(Anomaly anomaly)
    {
        var place = anomaly.Title.Length == 0 ? "everything" : anomaly.Title;
        var drivers = string.Concat(
            anomaly.Drivers.Take(2).Select(driver => $"; {driver.Column} {driver.Value} has {Percent(driver.Share)}")
        );
        return $"{Word(anomaly.Kind)}: {place}{drivers}{(anomaly.Because is { } because ? "; " + because : "")}";
    }

    public static string State(Anomaly anomaly) =>
        anomaly switch
        {
            { State: AnomalyState.Resolved, Decision.Fact.As: { } category } => "resolved: " + Word(category),
            { State: AnomalyState.Planned, Event: { } planned } => "planned: " + planned.Name,
            _ => Word(anomaly.State) + (anomaly.IsOngoing ? ", goes on" : ""),
        };

    public static ResultRecord Decision(MadeAnomalyDecision made) =>
        ResultRecord.Of(
            ("id", made.Fact.Id),
            ("what", made.Fact.Title),
            ("as", made.Fact.As is { } category ? Word(category) : "acknowledged"),
            ("since", made.Fact.Since),
            ("excess", new Money(made.Fact.Excess, new Currency(made.Fact.Currency))),
            ("currency", made.Fact.Currency),
            ("days", made.Days),
            ("cause", made.Fact.Cause),
            ("by", made.Actor),
            ("entry", made.Seq)
        );

    public static string? QualityWords(AnomalyQuality quality) =>
        quality.Precision is not { } precision
            ? null
            : $"Of {quality.Resolved} resolved, {Percent(precision)} were true"
                + (quality.MeanDaysToTell is { } tell ? $"; told on day {tell:0.#} on average" : "")
                + (quality.MeanDaysToResolve is { } resolve ? $", resolved after {resolve:0.#}" : "")
                + ".";

    public static string Word(AnomalyKind kind) => kind == AnomalyKind.MissingData ? "missing data" : Lower(kind);

    public static string Word(AnomalyState state) => Lower(state);

    public static string Word(AnomalyCategory category) => Lower(category);

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Percent(decimal share) =>
        FormattableString.Invariant($"{decimal.Round(share * 100, 0, MidpointRounding.AwayFromZero)} %");

    private static IReadOnlyList<object?> Row(Anomaly anomaly) =>
        [
            anomaly.Id,
            anomaly.Days.Start,
            anomaly.DayCount,
            What(anomaly),
            anomaly.Currency.Code,
            new Money(anomaly.Excess, anomaly.Currency),
            new Money(anomaly.Expected, anomaly.Currency),
            anomaly.Owner ?? Practice,
            State(anomaly),
        ];

    private static ResultRecord Item(Anomaly anomaly) =>
        ResultRecord.Of(
            ("id", anomaly.Id),
            ("kind", Word(anomaly.Kind)),
            ("state", Word(anomaly.State)),
            ("what", anomaly.Title),
            ("place", anomaly.Place.Select(one => ResultRecord.Of(("column", one.Column), ("value", one.Values[0]))).ToList()),
            ("since", anomaly.Days.Start),
            ("through", anomaly.Days.End.AddDays(-1)),
            ("ongoing", anomaly.IsOngoing),
            ("toldOn", anomaly.ToldOn),
            ("currency", anomaly.Currency.Code),
            ("actual", new Money(anomaly.Actual, anomaly.Currency)),
            ("expected", new Money(anomaly.Expected, anomaly.Currency)),
            ("excess", new Money(anomaly.Excess, anomaly.Currency)),
            ("score", anomaly.Score),
            ("shareOfWhole", anomaly.ShareOfWhole is { } share ? decimal.Round(share, 4, MidpointRounding.AwayFromZero) : null),
            ("drivers", anomaly.Drivers.Select(Driver).ToList()),
            ("because", anomaly.Because),
            ("owner", anomaly.Owner),
            ("routedTo", anomaly.Owner ?? Practice),
            ("plannedEvent", anomaly.Event?.Name),
            ("category", anomaly.Decision?.Fact.As is { } category ? Word(category) : null),
            ("cause", anomaly.Decision?.Fact.Cause)
        );

    private static ResultRecord Driver(AnomalyDriver driver) =>
        ResultRecord.Of(("column", driver.Column), ("value", driver.Value), ("share", driver.Share));

    private static ResultRecord Quality(AnomalyQuality quality) =>
        ResultRecord.Of(
            ("resolved", quality.Resolved),
            ("true", quality.True),
            ("precision", Rounded(quality.Precision)),
            ("meanDaysToTell", Rounded(quality.MeanDaysToTell)),
            ("meanDaysToResolve", Rounded(quality.MeanDaysToResolve)),
            ("incurred", quality.Incurred.Select(Total).ToList()),
            ("avoided", quality.Avoided.Select(Total).ToList())
        );

    private static decimal? Rounded(decimal? figure) =>
        figure is { } known ? decimal.Round(known, 4, MidpointRounding.AwayFromZero) : null;

    private static ResultRecord Total(Money total) =>
        ResultRecord.Of(("currency", total.Currency.Code), ("amount", total));
}
