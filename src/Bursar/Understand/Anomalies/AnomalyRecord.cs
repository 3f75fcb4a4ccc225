using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Understand.Anomalies.Runaways;
using Bursar.Web;

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

    private static readonly ResultColumn[] DayColumns =
    [
        new("day", ColumnKind.Whole, "Day"),
        new("actual", ColumnKind.Figure, "Actual"),
        new("expected", ColumnKind.Figure, "Expected"),
        new("excess", ColumnKind.Figure, "Excess"),
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

    /// <summary>What the list rests on.</summary>
    public static string Basis(AnomalyReview review)
    {
        var floors = string.Join(
            " and ",
            review.Floors.Select(floor => $"{Display.Figure(floor.Amount, 0)} {floor.Currency}")
        );
        return $"{review.SeriesCount} series were looked at. Below {floors} nothing is told.";
    }

    /// <summary>One with its days.</summary>
    public static ResultRecord Full(Anomaly anomaly, bool forPeople)
    {
        var item = Item(anomaly);
        var days = new ResultTable(DayColumns, [.. AnomalyDays.Of(anomaly).Select(Day)]);
        if (anomaly.Runaway is { } fast)
            days = RunawayRecord.Hours(fast, anomaly.Currency);
        return new ResultRecord([
            .. forPeople
                ? item.Fields.Where(field => field.Key is not ("place" or "drivers" or "currency" or "runaway"))
                : item.Fields,
            .. forPeople && anomaly.Runaway is not null
                ? [KeyValuePair.Create<string, object?>("says", AnomalyPages.Sentence(anomaly))]
                : Array.Empty<KeyValuePair<string, object?>>(),
            KeyValuePair.Create<string, object?>(
                forPeople ? "carriedBy"
                    : anomaly.Runaway is null ? "days"
                    : "hours",
                forPeople ? string.Join(", ", anomaly.Drivers.Select(Words)) : days.Records().ToList()
            ),
            .. forPeople
                ? [KeyValuePair.Create<string, object?>(anomaly.Runaway is null ? "days" : "hours", days)]
                : Array.Empty<KeyValuePair<string, object?>>(),
        ]);

        IReadOnlyList<object?> Day(AnomalyDay one) =>
            [
                one.Day,
                new Money(one.Actual, anomaly.Currency),
                new Money(one.Expected, anomaly.Currency),
                new Money(one.Actual - one.Expected, anomaly.Currency),
            ];
    }

    /// <summary>"resource claims-01 has 92 %".</summary>
    public static string Words(AnomalyDriver driver) =>
        driver.Column switch
        {
            ExplainAnomaly.Commitment => $"{driver.Value} covered {Percent(driver.Share)} of it before",
            "ResourceName" => $"resource {driver.Value} has {Percent(driver.Share)}",
            "SkuId" => $"SKU {driver.Value} has {Percent(driver.Share)}",
            "x_ApiKeyName" => $"key {driver.Value} has {Percent(driver.Share)}",
            "x_Model" => $"model {driver.Value} has {Percent(driver.Share)}",
            "RegionId" => $"region {driver.Value} has {Percent(driver.Share)}",
            _ => $"{driver.Column} {driver.Value} has {Percent(driver.Share)}",
        };

    /// <summary>"shift: AWS, EC2, claims-core; resource claims-01 has 92 %; volume".</summary>
    public static string What(Anomaly anomaly)
    {
        var drivers = string.Concat(anomaly.Drivers.Take(1).Select(driver => "; " + Words(driver)));
        return $"{Word(anomaly.Kind)}: {anomaly.Title}{drivers}{(anomaly.Because is { } because ? "; " + because : "")}";
    }

    public static string State(Anomaly anomaly) =>
        anomaly switch
        {
            { State: AnomalyState.Resolved, Decision.Fact.As: { } category } => "resolved: " + Word(category),
            { State: AnomalyState.Escalated, Decision.Fact.To: { } to } => $"escalated to {to}",
            { State: AnomalyState.Planned, Event: { } planned } => "planned: " + planned.Name,
            _ => Word(anomaly.State),
        };

    /// <summary>"true", "escalated to head-of-claims".</summary>
    public static string Words(AnomalyDecision fact) => fact.To is { } to ? $"escalated to {to}" : As(fact);

    private static string As(AnomalyDecision fact) =>
        fact.As is { } category ? Word(category)
        : fact.To is null ? "acknowledged"
        : "escalated";

    public static ResultRecord Decision(MadeAnomalyDecision made) =>
        ResultRecord.Of(
            ("id", made.Fact.Id),
            ("what", made.Fact.Title),
            ("as", As(made.Fact)),
            ("to", made.Fact.To),
            ("since", made.Fact.Since),
            ("excess", new Money(made.Fact.Excess, new Currency(made.Fact.Currency))),
            ("currency", made.Fact.Currency),
            ("days", made.Days),
            ("cause", made.Fact.Cause),
            ("by", made.Actor),
            ("entry", made.Seq)
        );

    public static string? QualityWords(AnomalyQuality quality)
    {
        if (quality.Resolved + quality.Missed == 0)
            return null;
        var words = $"Of {quality.Resolved} resolved, {quality.True} were true";
        if (quality.Missed > 0)
            words += $"; {quality.Missed} more were missed";
        if (quality.MeanDaysToTell is { } tell)
            words += FormattableString.Invariant($"; told on day {tell:0.#} on average");
        if (quality.MeanDaysToNotify is { } notify)
            words += FormattableString.Invariant($", sent after {notify:0.#} days");
        if (quality.MeanDaysToResolve is { } resolve)
            words += FormattableString.Invariant($", resolved after {resolve:0.#}");
        return words + ".";
    }

    public static string Word(AnomalyKind kind) =>
        kind switch
        {
            AnomalyKind.MissingData => "missing data",
            AnomalyKind.Doubled => "counted twice",
            AnomalyKind.LostDiscount => "lost discount",
            AnomalyKind.IdleCommitment => "idle commitment",
            _ => Lower(kind),
        };

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
            $"{Word(anomaly.Kind)}: {anomaly.Title}",
            anomaly.Currency.Code,
            new Money(anomaly.Excess, anomaly.Currency),
            new Money(anomaly.Expected, anomaly.Currency),
            anomaly.Owner ?? Practice,
            State(anomaly),
        ];

    public static ResultRecord Item(Anomaly anomaly) =>
        ResultRecord.Of(
            ("id", anomaly.Id),
            ("kind", Word(anomaly.Kind)),
            ("state", Word(anomaly.State)),
            ("what", anomaly.Title),
            (
                "place",
                anomaly.Place.Select(one => ResultRecord.Of(("column", one.Column), ("value", one.Values[0]))).ToList()
            ),
            ("since", anomaly.Days.Start),
            ("through", anomaly.Days.End.AddDays(-1)),
            ("ongoing", anomaly.IsOngoing),
            ("dataDefect", anomaly.IsDataDefect),
            ("toldOn", anomaly.ToldOn),
            ("currency", anomaly.Currency.Code),
            ("actual", new Money(anomaly.Actual, anomaly.Currency)),
            ("expected", new Money(anomaly.Expected, anomaly.Currency)),
            ("excess", new Money(anomaly.Excess, anomaly.Currency)),
            ("runaway", anomaly.Runaway is { } runaway ? RunawayRecord.Of(runaway, anomaly.Currency) : null),
            ("score", anomaly.Score),
            ("shareOfWhole", Rounded(anomaly.ShareOfWhole)),
            ("drivers", anomaly.Drivers.Select(Driver).ToList()),
            ("because", anomaly.Because),
            ("owner", anomaly.Owner),
            ("routedTo", anomaly.Owner ?? Practice),
            ("plannedEvent", anomaly.Event?.Name),
            ("category", anomaly.Decision?.Fact.As is { } category ? Word(category) : null),
            ("escalatedTo", anomaly.Decision?.Fact.To),
            ("cause", anomaly.Decision?.Fact.Cause)
        );

    private static ResultRecord Driver(AnomalyDriver driver) =>
        ResultRecord.Of(("column", driver.Column), ("value", driver.Value), ("share", driver.Share));

    private static ResultRecord Quality(AnomalyQuality quality) =>
        ResultRecord.Of(
            ("resolved", quality.Resolved),
            ("true", quality.True),
            ("missed", quality.Missed),
            ("precision", Rounded(quality.Precision)),
            ("recall", Rounded(quality.Recall)),
            ("meanDaysToTell", Rounded(quality.MeanDaysToTell)),
            ("meanDaysToNotify", Rounded(quality.MeanDaysToNotify)),
            ("automatedShare", Rounded(quality.AutomatedShare)),
            ("meanDaysToResolve", Rounded(quality.MeanDaysToResolve)),
            ("incurred", quality.Incurred.Select(Total).ToList()),
            ("avoided", quality.Avoided.Select(Total).ToList())
        );

    private static decimal? Rounded(decimal? figure) =>
        figure is { } known ? decimal.Round(known, 4, MidpointRounding.AwayFromZero) : null;

    private static ResultRecord Total(Money total) =>
        ResultRecord.Of(("currency", total.Currency.Code), ("amount", total));
}
