using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Web;

namespace Bursar.Quantify.Benefits;

/// <summary>The value register as commands and programs read it.</summary>
internal static class BenefitTables
{
    /// <summary>One line for each benefit.</summary>
    public static ResultTable List(IReadOnlyList<BenefitReview> reviews) =>
        new(
            [
                new("benefit"),
                new("type"),
                new("owner", Spare: true),
                new("initiative", Spare: true),
                new("unit", Spare: true),
                new("baseline", ColumnKind.Figure, "Baseline"),
                new("newest", ColumnKind.Figure, "Now"),
                new("newestMonth", ColumnKind.Whole, Spare: true),
                new("gain", ColumnKind.Figure, "Gain", Spare: true),
                new("currency", ColumnKind.Whole, Spare: true),
                new("realised", ColumnKind.Figure, "Realised"),
                new("cost", ColumnKind.Figure, "Cost"),
                new("returnPercent", ColumnKind.Figure, "ROI, %"),
                new("reachedOn", ColumnKind.Whole, Spare: true),
                new("targetBy", ColumnKind.Whole, Spare: true),
                new("daysToValue", ColumnKind.Whole, "Days to value", Spare: true),
                new("daysToFirstUse", ColumnKind.Whole, Spare: true),
                new("state"),
            ],
            [.. reviews.Select(Line)]
        )
        {
            WhenEmpty = "No benefit is declared. Write kind: Benefit into the rulebook, then `bursar publish`.",
        };

    /// <summary>The months of a benefit.</summary>
    public static ResultTable Months(BenefitReview review) =>
        new(
            [
                new("month", ColumnKind.Whole),
                new("value", ColumnKind.Figure, $"Value, {review.Unit}"),
                new("gain", ColumnKind.Figure, "Gain"),
                new("realised", ColumnKind.Figure, $"Realised, {review.Currency}"),
                new("cost", ColumnKind.Figure, $"Cost, {review.Currency}"),
            ],
            [
                .. review.Result.Months.Select(month =>
                    (IReadOnlyList<object?>)
                        [
                            month.Month,
                            month.Value,
                            Gain(review, month),
                            In(Realised(review, month), review),
                            In(month.Cost, review),
                        ]
                ),
            ]
        )
        {
            Caption = Says(review),
        };

    /// <summary>Everything about one benefit, for programs.</summary>
    public static ResultRecord Record(BenefitReview review) =>
        ResultRecord.Of(
            ("benefit", review.Benefit.Name),
            ("displayName", review.Benefit.Title),
            ("what", review.Benefit.What),
            ("type", Word(review.Benefit.Type)),
            ("owner", review.Benefit.Owner),
            ("initiative", review.Benefit.Initiative),
            ("series", review.Benefit.Series),
            ("unit", review.Unit),
            ("better", review.Benefit.Better.ToString().ToLowerInvariant()),
            ("baseline", review.Benefit.Baseline.Value),
            ("baselineOn", review.Benefit.Baseline.On),
            ("baselineSource", review.Benefit.Baseline.Source),
            ("from", review.Benefit.From),
            ("firstUse", review.Benefit.FirstUse),
            ("target", review.Benefit.Target?.Value),
            ("targetBy", review.Benefit.Target?.By),
            ("worth", review.Benefit.Worth),
            ("worthSource", review.Benefit.WorthSource),
            ("currency", review.Currency.Code),
            ("realised", review.Result.Realised),
            ("cost", review.Result.Cost),
            ("returnPercent", Percent(review.Result.ReturnOnInvestment)),
            ("reachedOn", review.Result.ReachedOn),
            ("daysToValue", DaysToValue(review)),
            ("daysToFirstUse", DaysToFirstUse(review)),
            ("state", State(review)),
            ("months", Months(review).Records()),
            ("notes", review.Notes)
        );

    /// <summary>Gain of a month, times its worth; null where it has no figure or no worth is claimed.</summary>
    public static Amount? Realised(BenefitReview review, BenefitInputs month) =>
        review.Benefit.Worth is { } worth ? Gain(review, month)?.Times(worth.ToDecimal()) : null;

    public static Amount? Gain(BenefitReview review, BenefitInputs month) =>
        month.Value is { } value ? review.Benefit.Gain(value) : null;

    public static int? DaysToValue(BenefitReview review) =>
        BenefitMath.DaysToValue(review.Benefit.From, review.Result.ReachedOn);

    public static int? DaysToFirstUse(BenefitReview review) =>
        BenefitMath.DaysToValue(review.Benefit.From, review.Benefit.FirstUse);

    public static string Word(BenefitType type) => type.ToString().ToLowerInvariant();

    /// <summary>"reached", "due", "late"; "no target", "no figure".</summary>
    public static string State(BenefitReview review) =>
        review switch
        {
            { Newest: null } => "no figure",
            { Result.ReachedOn: not null } => "reached",
            { Benefit.Target: null } => "no target",
            { Benefit.Target.By: var by } => by < review.Through.End ? "late" : "due",
        };

    /// <summary>"reached on 31 July 2026", "due by 31 December 2026".</summary>
    public static string StateWords(BenefitReview review) =>
        (review.Result.ReachedOn, review.Benefit.Target?.By) switch
        {
            ({ } day, _) => $"reached on {Display.Day(day)}",
            (_, { } by) when State(review) is "late" => $"late since {Display.Day(by)}",
            (_, { } by) when State(review) is "due" => $"due by {Display.Day(by)}",
            _ => State(review),
        };

    private static string Says(BenefitReview review) =>
        $"{review.Benefit.Title}: {review.Benefit.What} Baseline {review.Benefit.Baseline.Value} {review.Unit}, "
        + $"{review.Benefit.Baseline.On:yyyy-MM-dd}: {review.Benefit.Baseline.Source}";

    private static IReadOnlyList<object?> Line(BenefitReview review) =>
        [
            review.Benefit.Name,
            Word(review.Benefit.Type),
            review.Benefit.Owner,
            review.Benefit.Initiative,
            review.Unit,
            review.Benefit.Baseline.Value,
            review.Newest?.Value,
            review.Newest?.Month,
            review.Result.Gain,
            review.Currency.Code,
            In(review.Result.Realised, review),
            In(review.Result.Cost, review),
            Percent(review.Result.ReturnOnInvestment),
            review.Result.ReachedOn,
            review.Benefit.Target?.By,
            DaysToValue(review),
            DaysToFirstUse(review),
            State(review),
        ];

    private static Money? In(Amount? amount, BenefitReview review) =>
        amount is { } known ? new Money(known, review.Currency) : null;

    private static Amount? Percent(decimal? ratio) =>
        ratio is { } known ? Amount.From(decimal.Round(known * 100, 2, MidpointRounding.AwayFromZero)) : null;
}
