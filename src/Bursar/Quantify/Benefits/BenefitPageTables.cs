using Bursar.Core.Amounts;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Quantify.Benefits;

/// <summary>The value register as a page sets it.</summary>
internal static class BenefitPageTables
{
    /// <summary>
    /// "Of 3 benefits, 1 has reached its target. $0.4M was realised on $0.2M spent: a return of 100 %."
    /// </summary>
    public static string Lead(IReadOnlyList<BenefitReview> reviews)
    {
        var reached = reviews.Count(one => one.Result.ReachedOn is not null);
        var lead =
            $"Of {Display.Count(reviews.Count, "benefit", "benefits")}, {(reached == 0 ? "none" : reached)} "
            + $"{(reached == 1 ? "has" : "have")} reached {(reached == 1 ? "its" : "their")} target.";
        var priced = reviews.Where(one => one.Result is { Realised: not null, Cost: not null }).ToList();
        if (priced.Count == 0 || priced.Select(one => one.Currency).Distinct().Count() > 1)
            return lead;
        var realised = priced.Aggregate(Amount.Zero, (sum, one) => sum + one.Result.Realised!.Value);
        var cost = priced.Aggregate(Amount.Zero, (sum, one) => sum + one.Result.Cost!.Value);
        var back = BenefitMath.ReturnOnInvestment(realised, cost);
        return $"{lead} {Display.Short(new Money(realised, priced[0].Currency))} was realised on "
            + $"{Display.Short(new Money(cost, priced[0].Currency))} spent"
            + (back is null ? "." : $": a return of {Display.Percent(back)}.");
    }

    public static FigureTable List(IReadOnlyList<BenefitReview> reviews, string? asOf) =>
        new(
            $"What spending brought until {Display.Month(reviews[0].Through)}",
            ["Benefit"],
            [
                new("Kind", null),
                new("Baseline", "a month"),
                new("Now", "a month"),
                new("Realised", "so far"),
                new("Cost", "so far"),
                new("Return", "%"),
                new("Time to value", "days"),
                new("State", null),
            ],
            [
                .. reviews.Select(review => new FigureRow(
                    [
                        new(
                            review.Benefit.Title,
                            WebAddress.With(WebAddress.With("/benefits", "name", review.Benefit.Name), "asof", asOf)
                        ),
                    ],
                    [
                        new(BenefitTables.Word(review.Benefit.Type), Tone: CellTone.Text),
                        Quantity(review.Benefit.Baseline.Value),
                        Quantity(review.Newest?.Value),
                        Money(review, review.Result.Realised),
                        Cost(review, review.Result.Cost, asOf),
                        new(Display.PercentFigure(review.Result.ReturnOnInvestment)),
                        new(BenefitTables.DaysToValue(review) is { } days ? Display.Figure(Amount.From(days), 0) : "–"),
                        new(BenefitTables.StateWords(review), Tone: CellTone.Text),
                    ]
                )),
            ],
            []
        );

    public static FigureTable Months(BenefitReview review) =>
        new(
            review.Unit == review.Currency.Code
                ? $"{review.Benefit.Title}, in {review.Unit}"
                : $"{review.Benefit.Title}, in {review.Unit}, and in {review.Currency}",
            ["Month"],
            [
                new("Value", "of the series"),
                new("Gain", "on the baseline"),
                new("Realised", review.Currency.Code),
                new("Cost", review.Currency.Code),
            ],
            [
                .. review
                    .Result.Months.Reverse()
                    .Select(month => new FigureRow(
                        [new(Display.Month(month.Month))],
                        [
                            Quantity(month.Value),
                            Quantity(BenefitTables.Gain(review, month)),
                            Money(review, BenefitTables.Realised(review, month)),
                            Money(review, month.Cost),
                        ]
                    )),
            ],
            []
        );

    private static FigureCell Cost(BenefitReview review, Amount? amount, string? asOf) =>
        Money(review, amount) with
        {
            Href = amount is null || review.Behind is null ? null : CostQueryUrl.Href("/rows", review.Behind, asOf),
        };

    private static FigureCell Money(BenefitReview review, Amount? amount) =>
        amount is { } known
            ? new(Display.Figure(known, Display.ColumnDecimals([known], review.Currency)), Exact: known)
            : new("–");

    private static FigureCell Quantity(Amount? amount) =>
        amount is { } known
            ? new(
                Display.Figure(known, known == known.RoundedTo(0) || known.Abs() >= Amount.From(10_000) ? 0 : 2),
                Exact: known
            )
            : new("–");
}
