using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting.Deployments;

namespace Bursar.Quantify.UnitEconomics;

/// <summary>Unit metrics as commands and programs read them.</summary>
internal static class UnitTables
{
    private const int UnitDecimals = 4;

    /// <summary>One line for each metric.</summary>
    public static ResultTable List(IReadOnlyList<UnitReview> reviews) =>
        new(
            [
                new("metric"),
                new("class", Spare: true),
                new("level", ColumnKind.Whole, Spare: true),
                new("month", ColumnKind.Whole),
                new("unit", Spare: true),
                new("currency", ColumnKind.Whole),
                new("demand", ColumnKind.Figure, "Demand", 0),
                new("cost", ColumnKind.Figure, "Cost"),
                new("unitCost", ColumnKind.Figure, "Per unit", UnitDecimals),
                new("changePercent", ColumnKind.Figure, "Change, %"),
                new("target", ColumnKind.Figure, "Target", UnitDecimals, Spare: true),
                new("state"),
                new("why", Spare: true),
            ],
            [.. reviews.Select(Line)]
        )
        {
            WhenEmpty = "No unit metric is declared. Write kind: UnitMetric into the rulebook, then `bursar publish`.",
        };

    /// <summary>The months of a metric.</summary>
    public static ResultTable Months(UnitReview review) =>
        new(
            [
                new("month", ColumnKind.Whole),
                new("demand", ColumnKind.Figure, "Demand", 0),
                new("cost", ColumnKind.Figure, $"Cost, {review.Currency}"),
                new("unitCost", ColumnKind.Figure, "Per unit", UnitDecimals),
                new("changePercent", ColumnKind.Figure, "Change, %"),
                new("marginalCost", ColumnKind.Figure, "Marginal", UnitDecimals),
                new("fixedCost", ColumnKind.Figure, "Fixed", Spare: true),
                new("variableCost", ColumnKind.Figure, "Variable", Spare: true),
                new("revenue", ColumnKind.Figure, "Revenue", Spare: true),
                new("costPercentOfRevenue", ColumnKind.Figure, "% of revenue", Spare: true),
                new("margin", ColumnKind.Figure, "Margin", Spare: true),
                new("breakEvenVolume", ColumnKind.Figure, "Break-even", 0, Spare: true),
                new("state", Spare: true),
                new("why", Spare: true),
                .. review.Beside.Select(beside => new ResultColumn(
                    beside.Name,
                    ColumnKind.Figure,
                    $"{beside.Title}, {beside.Unit}"
                )),
            ],
            [
                .. review.Months.Select(month =>
                    (IReadOnlyList<object?>)
                        [.. Month(month, review), .. review.Beside.Select(beside => (object?)beside.In(month.Month))]
                ),
            ]
        )
        {
            Caption = $"{review.Metric.Title}: {Says(review.Metric)}",
        };

    /// <summary>The months to come.</summary>
    public static ResultTable Ahead(UnitsAhead ahead) =>
        new(
            [
                new("month", ColumnKind.Whole),
                new("demand", ColumnKind.Figure, "Demand", 0),
                new("cost", ColumnKind.Figure, $"Cost, {ahead.Review.Currency}"),
                new("unitCost", ColumnKind.Figure, "Per unit", UnitDecimals),
                new("low", ColumnKind.Figure, "Low", UnitDecimals),
                new("high", ColumnKind.Figure, "High", UnitDecimals),
                new("target", ColumnKind.Figure, "Target", UnitDecimals, Spare: true),
                new("state"),
            ],
            [
                .. ahead.Months.Select(month =>
                    (IReadOnlyList<object?>)
                        [
                            month.Month,
                            month.Demand,
                            In(month.Cost, ahead.Review),
                            Figure(month.UnitCost),
                            Figure(month.Low),
                            Figure(month.High),
                            ahead.Review.Metric.Target?.Value,
                            Words(month.State),
                        ]
                ),
            ]
        )
        {
            Caption = $"{ahead.Review.Metric.Title}, expected",
        };

    public static ResultTable Groups(
        UnitReview review,
        string column,
        IReadOnlyList<(BillingPeriod Month, string? Group, Amount Cost, decimal? UnitCost)> rows
    ) =>
        new(
            [
                new("month", ColumnKind.Whole),
                new(column),
                new("cost", ColumnKind.Figure, $"Cost, {review.Currency}"),
                new("unitCost", ColumnKind.Figure, "Per unit", UnitDecimals),
            ],
            [
                .. rows.Select(row =>
                    (IReadOnlyList<object?>)
                        [row.Month, row.Group, new Money(row.Cost, review.Currency), Figure(row.UnitCost)]
                ),
            ]
        )
        {
            Caption = $"{review.Metric.Title} by {column}: each part of the cost over all demand",
        };

    /// <summary>Everything about one metric, for programs.</summary>
    public static ResultRecord Record(UnitReview review) =>
        ResultRecord.Of([
            ("metric", review.Metric.Name),
            ("displayName", review.Metric.Title),
            ("class", Word(review.Metric.Class)),
            ("level", review.Metric.Level.ToString().ToLowerInvariant()),
            ("measure", review.Metric.Measure.ToString()),
            ("unit", review.Metric.Unit),
            ("per", review.Metric.Per),
            ("currency", review.Currency.Code),
            ("owner", review.Metric.Owner),
            ("revision", review.Metric.Revision),
            ("approvedBy", review.Metric.Approved?.By),
            ("approvedOn", review.Metric.Approved?.On),
            ("drivers", review.Metric.Drivers),
            ("includes", review.Metric.Includes),
            ("excludes", review.Metric.Excludes),
            ("target", review.Metric.Target?.Value),
            ("months", Months(review).Records()),
            .. DeploymentTables.Field(review.Deployments),
            ("draft", review.IsDraft),
            ("notes", review.Notes),
        ]);

    /// <summary>"cost per quote, loaded EffectiveCost, revision 2, approved by … on …".</summary>
    public static string Says(UnitMetric metric) =>
        $"{metric.Level.ToString().ToLowerInvariant()} {metric.Measure} per {metric.Unit}, revision {metric.Revision}, "
        + (
            metric.Approved is { } approval
                ? $"approved by {approval.By} on {approval.On:yyyy-MM-dd}"
                : "not approved by anybody"
        );

    public static string Word(UnitClass which) => which == UnitClass.Business ? "business" : "resource-efficiency";

    public static string Words(UnitState state) =>
        state switch
        {
            UnitState.NotComputable => "not computable",
            UnitState.NoTarget => "no target",
            UnitState.OnTarget => "on target",
            UnitState.AboveTarget => "above target",
            _ => "alert",
        };

    private static IReadOnlyList<object?> Line(UnitReview review)
    {
        var newest = review.Newest;
        return
        [
            review.Metric.Name,
            Word(review.Metric.Class),
            review.Metric.Level.ToString().ToLowerInvariant(),
            newest.Month,
            review.Metric.Unit,
            review.Currency.Code,
            newest.Known.Demand,
            In(newest.Known.Cost, review),
            Figure(newest.UnitCost),
            Percent(newest.ChangeRatio),
            review.Metric.Target?.Value,
            Words(newest.State),
            newest.Why,
        ];
    }

    private static IReadOnlyList<object?> Month(UnitMonth month, UnitReview review) =>
        [
            month.Month,
            month.Known.Demand,
            In(month.Known.Cost, review),
            Figure(month.UnitCost),
            Percent(month.ChangeRatio),
            Figure(month.Marginal),
            In(month.Known.Fixed, review),
            In(month.Variable, review),
            In(month.Known.Revenue, review),
            Percent(month.CostOfRevenue),
            In(month.Margin, review),
            Figure(month.BreakEven),
            Words(month.State),
            month.Why,
        ];

    private static Money? In(Amount? amount, UnitReview review) =>
        amount is { } known ? new Money(known, review.Currency) : null;

    private static Amount? Figure(decimal? figure) => figure is { } known ? Amount.From(known) : null;

    private static Amount? Percent(decimal? ratio) =>
        ratio is { } known ? Amount.From(decimal.Round(known * 100, 2, MidpointRounding.AwayFromZero)) : null;
}
