using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Quantify.Budgets;

/// <summary>The budgets of a month as a page sets them.</summary>
internal static class BudgetPageTable
{
    /// <summary>"In September 2026, 2 of 5 budgets were exceeded, most of all company: $800k or 4.5 % over."</summary>
    public static string Lead(BudgetReview review) => Lead(review.Statuses, review.Month, review.IsWhole);

    public static string Lead(IReadOnlyList<BudgetStatus> statuses, BillingPeriod month, bool isWhole)
    {
        var during = Display.During(DateRange.Of(month)) + (isWhole ? "" : " so far");
        var count = Display.Count(statuses.Count, "budget", "budgets");
        var over = statuses.Where(status => status.Over > Amount.Zero).ToList();
        if (over.Count == 0)
            return statuses.Count == 1 ? $"{during}, the only budget was kept." : $"{during}, all {count} were kept.";
        var worst = over.MaxBy(status => status.OverRatio ?? decimal.MaxValue)!;
        var most =
            $"{worst.Budget.Title}: {Display.Short(new Money(worst.Over, worst.Currency))} "
            + $"or {Display.Percent(worst.OverRatio)} over";
        return statuses.Count == 1
            ? $"{during}, the only budget was exceeded, {most}."
            : $"{during}, {Display.Count(over.Count)} of {count} {(over.Count == 1 ? "was" : "were")} exceeded, "
                + $"most of all {most}.";
    }

    public static FigureTable Of(BudgetReview review, string? asOf) =>
        new(
            $"Budgets of {Display.Month(review.Month)}, and what was spent",
            ["Budget", "Owner"],
            [
                new("Cost", null),
                new("Currency", null),
                new("Budget", "may be spent"),
                new("Spent", review.IsWhole ? "whole month" : "so far"),
                new("Over", "spent − budget"),
                new("Over", "%"),
            ],
            [.. review.Statuses.Select(status => Row(status, asOf, review.Owners))],
            []
        );

    private static FigureRow Row(BudgetStatus status, string? asOf, OwnerTitles owners) =>
        new(
            [new(status.Budget.Title, Months(status, asOf)), new(owners.Of(status.Budget.Owner))],
            [
                new(Display.Measure(status.Budget.Measure), Tone: CellTone.Text),
                new(status.Currency.Code, Tone: CellTone.Text),
                Cell(status.Amount, status.Currency),
                Cell(status.Spent, status.Currency) with
                {
                    Href = CostQueryUrl.Href("/rows", status.Behind, asOf),
                },
                Cell(status.Over, status.Currency),
                new(status.OverRatio is null ? "–" : Display.PercentFigure(status.OverRatio)),
            ]
        );

    /// <summary>The year up to the month, by month and provider.</summary>
    private static string Months(BudgetStatus status, string? asOf) =>
        CostQueryUrl.Href(
            "/explore",
            status.Behind with
            {
                By = ["ServiceProviderName"],
                Over = TimeGrain.Month,
                Top = 7,
                From = status.Month.Plus(-11).Start,
            },
            asOf
        );

    private static FigureCell Cell(Amount amount, Currency currency) =>
        new(Display.Figure(amount, currency.Decimals), Exact: amount);
}
