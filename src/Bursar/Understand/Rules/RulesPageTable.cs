using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Rules;

/// <summary>What rules did as a page sets it.</summary>
internal static class RulesPageTable
{
    /// <summary>"In September 2026, $17.3 M of $18.4 M (94.0 %) has a cost centre. 2 of 12 rules set
    /// nothing."</summary>
    public static string Lead(RuleReview review)
    {
        var total = review.Totals[0];
        var unset = review.Hits.FirstOrDefault(hit =>
            hit.Field == CostColumns.SharedFields[0] && hit.Rule is null && hit.Currency == total.Currency
        );
        var set = new Money(total.Amount - (unset?.Cost ?? Amount.Zero), total.Currency);
        var idle = review.Idle.Count(one => one.IsInForce);
        var rules = idle == 0 ? "Every rule in force set something." : $"{idle} of {review.Rules} rules set nothing.";
        return $"In {Display.Month(review.Month)}, {Display.Short(set)} of {Display.Short(total)} "
            + $"({Display.Percent(set.Amount.ShareOf(total.Amount))}) has a cost centre. {rules}";
    }

    public static FigureTable Hits(RuleReview review, string field, Currency currency, string? asOf)
    {
        var hits = review.Hits.Where(hit => hit.Field == field && hit.Currency == currency).ToList();
        var total = review.Totals.First(one => one.Currency == currency);
        return new FigureTable(
            $"Who set {Display.Column(field)}, {Display.Measure(review.Measure)} in {currency} of {Display.Month(review.Month)}",
            ["Rule"],
            [new("Cost", currency.Code), new("Share", "%"), new("Rows", null), new("Last matched", null)],
            [
                .. hits.Select(hit => new FigureRow(
                    [new(RuleTables.Name(hit), Behind(hit, review, asOf))],
                    [
                        Cell(hit.Cost, total),
                        new(Display.PercentFigure(hit.Share)),
                        new(Display.Count(hit.Charges)),
                        new(Display.ShortDay(hit.LastHit), Tone: CellTone.Text),
                    ]
                )),
            ],
            [new([new("Total")], [Cell(total.Amount, total), new(""), new(""), new("")])]
        );
    }

    public static FigureTable Idle(RuleReview review) =>
        new(
            $"Rules that set nothing in {Display.Month(review.Month)}",
            ["Rule"],
            [new("Order", null), new("Since", null)],
            [
                .. review.Idle.Select(idle => new FigureRow(
                    [new(idle.Rule.Name)],
                    [new(Display.Count(idle.Rule.Order)), new(idle.Words, Tone: CellTone.Text)]
                )),
            ],
            []
        );

    private static string Behind(RuleHit hit, RuleReview review, string? asOf) =>
        CostQueryUrl.Href(
            "/explore",
            new CostQuery
            {
                Measure = review.Measure,
                By = hit.Rule is null ? ["SubAccountName"] : [hit.Field],
                From = review.Month.Start,
                To = review.Month.End,
                Where =
                [
                    new CostFilter(
                        CostColumns.RuleOf(hit.Field),
                        [
                            hit.Rule == ReviewRules.Organisation ? "organisation/*"
                            : hit.PassedOn is null ? hit.Rule
                            : $"{hit.Rule}/{hit.PassedOn}",
                        ]
                    ),
                ],
            },
            asOf
        );

    private static FigureCell Cell(Amount amount, Money total) =>
        new(Display.Figure(amount, Display.ColumnDecimals([total.Amount], total.Currency)), Exact: amount);
}
