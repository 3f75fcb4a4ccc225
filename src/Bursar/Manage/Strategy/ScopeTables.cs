using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Manage.Strategy;

/// <summary>Scopes as a page sets them.</summary>
internal static class ScopeTables
{
    public static FigureTable List(ScopesReview review, string? asOf) =>
        new(
            $"Scopes in {Display.Month(review.Month)}",
            ["Scope", "State", "Decision", "Owner"],
            [new("Cost", "each scope by itself"), new("Also elsewhere", null)],
            [
                .. review.Scopes.Select(one => new FigureRow(
                    [
                        new(one.Scope.Title, WebAddress.With(Statement(one.Scope, review), "asof", asOf)),
                        new(State(one)),
                        new(one.Scope.Decision ?? "–"),
                        new(one.Scope.Owner ?? "–"),
                    ],
                    [new(Texts(one.Costs), Behind(one, review, asOf)), new(Texts(one.Elsewhere), Tone: CellTone.Soft)]
                )),
            ],
            []
        );

    /// <summary>
    /// The overlap matrix of one currency: the cost of a scope on the diagonal, of two where they meet.
    /// </summary>
    public static FigureTable Matrix(ScopesReview review, Currency currency)
    {
        var scopes = review.Scopes.Where(one => one.Costs.Any(cost => cost.Currency == currency)).ToList();
        var decimals = Display.ColumnDecimals(
            scopes.SelectMany(one => one.Costs).Where(cost => cost.Currency == currency).Select(cost => cost.Amount),
            currency
        );
        return new FigureTable(
            $"Cost in both, in {currency.Code}, {Display.Month(review.Month)}",
            ["Scope"],
            [.. scopes.Select(one => new FigureHeading(one.Scope.Title, currency.Code))],
            [
                .. scopes.Select(one => new FigureRow(
                    [new(one.Scope.Title)],
                    [
                        .. scopes.Select(other =>
                        {
                            var cost = Both(one, other, currency, review);
                            return new FigureCell(
                                cost is { } known ? Display.Figure(known, decimals) : "–",
                                null,
                                cost,
                                one == other ? CellTone.Sum : CellTone.Plain
                            );
                        }),
                    ]
                )),
            ],
            []
        );
    }

    private static Amount? Both(ReviewedScope one, ReviewedScope other, Currency currency, ScopesReview review) =>
        one == other
            ? one.Costs.First(cost => cost.Currency == currency).Amount
            : review
                .Overlaps.FirstOrDefault(pair =>
                    pair.Cost.Currency == currency
                    && (
                        (pair.One == one.Scope.Name && pair.Other == other.Scope.Name)
                        || (pair.One == other.Scope.Name && pair.Other == one.Scope.Name)
                    )
                )
                ?.Cost.Amount;

    private static string State(ReviewedScope one) =>
        ScopesRecord.Word(one.State).Replace('-', ' ')
        + (one.IsUnused ? ", unused" : "")
        + one switch
        {
            { State: ScopeState.Proposed, Scope.From: { } from } => $" until {Display.ShortDay(from)}",
            { State: ScopeState.UnderReview, Scope.Review: { } review } => $" since {Display.ShortDay(review)}",
            { State: ScopeState.Retired, Scope.To: { } to } => $" since {Display.ShortDay(to)}",
            { Scope.Review: { } next } => $", reviewed on {Display.ShortDay(next)}",
            _ => "",
        };

    private static string Statement(Scope scope, ScopesReview review) =>
        WebAddress.With(WebAddress.With("/showback", "scope", scope.Name), "period", review.Month.ToString());

    private static string Behind(ReviewedScope one, ScopesReview review, string? asOf) =>
        CostQueryUrl.Href(
            "/explore",
            new CostQuery
            {
                Measure = review.Measure,
                By = ["ServiceName"],
                Where = one.Scope.Charges.ToFilters(),
                From = DateRange.Of(review.Month).Start,
                To = DateRange.Of(review.Month).End,
            },
            asOf
        );

    private static string Texts(IReadOnlyList<Money> costs) =>
        costs.Count == 0 ? "–" : string.Join(", ", costs.Select(Display.Short));
}
