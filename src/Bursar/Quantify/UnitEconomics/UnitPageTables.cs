using System.Globalization;
using System.Text.Json;
using Bursar.Core.Amounts;
using Bursar.Understand.Reporting;
using Bursar.Understand.Reporting.Deployments;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Quantify.UnitEconomics;

/// <summary>Unit metrics as a page sets them.</summary>
internal static class UnitPageTables
{
    /// <summary>"In September 2026, a quote cost $0.41, 2.1 % more than the month before; 1 of 4 targets …"</summary>
    public static string Lead(IReadOnlyList<UnitReview> reviews)
    {
        var month = reviews[0].Newest.Month;
        var during = Display.During(Core.Time.DateRange.Of(month));
        var first = reviews.FirstOrDefault(one => one.Newest.UnitCost is not null);
        if (first is null)
            return $"{during}, no unit metric can be computed: {reviews[0].Newest.Why}.";
        var change = first.Newest.ChangeRatio switch
        {
            null => "",
            0 => ", as in the month before",
            > 0 => $", {Display.Percent(first.Newest.ChangeRatio)} more than the month before",
            var less => $", {Display.Percent(-less)} less than the month before",
        };
        var above = reviews.Count(one => one.Newest.State is UnitState.AboveTarget or UnitState.Alert);
        var judged = reviews.Count(one => one.Metric.Target is not null);
        var targets =
            judged == 0 ? "no metric has a target"
            : above == 0 ? $"{(judged == 1 ? "the only target is" : $"all {judged} targets are")} kept"
            : $"{above} of {Display.Count(judged, "target", "targets")} {(above == 1 ? "is" : "are")} missed";
        return $"{during}, a {first.Metric.Unit} cost {Each(first, first.Newest.UnitCost)}{change}; {targets}.";
    }

    public static FigureTable List(IReadOnlyList<UnitReview> reviews, string? asOf) =>
        new(
            $"What one unit cost in {Display.Month(reviews[0].Newest.Month)}",
            ["Metric"],
            [
                new("Kind", null),
                new("Cost", "level"),
                new("Demand", "units"),
                new("Cost", "of the month"),
                new("Per unit", "average"),
                new("Change", "%"),
                new("Target", null),
                new("State", null),
            ],
            [
                .. reviews.Select(review => new FigureRow(
                    [
                        new(
                            review.Metric.Title,
                            WebAddress.With(
                                WebAddress.With(
                                    WebAddress.With("/units", "name", review.Metric.Name),
                                    "month",
                                    review.Newest.Month.ToString()
                                ),
                                "asof",
                                asOf
                            )
                        ),
                    ],
                    [
                        new(UnitTables.Word(review.Metric.Class), Tone: CellTone.Text),
                        new(review.Metric.Level.ToString().ToLowerInvariant(), Tone: CellTone.Text),
                        Quantity(review.Newest.Known.Demand),
                        Cost(review, review.Newest, asOf),
                        new(Each(review, review.Newest.UnitCost)),
                        new(Change(review.Newest)),
                        new(Each(review, review.Metric.Target?.Value.ToDecimal())),
                        new(
                            UnitTables.Words(review.Newest.State)
                                + (review.Newest.UnitCost is null ? ": " + review.Newest.Why : ""),
                            Tone: CellTone.Text
                        ),
                    ]
                )),
            ],
            []
        );

    public static FigureTable Months(UnitReview review, string? asOf)
    {
        var hasFixed = review.Metric.Fixed is not null;
        var hasRevenue = review.Metric.Revenue is not null;
        return new FigureTable(
            $"{review.Metric.Title}, in {review.Currency}: {UnitTables.Says(review.Metric)}",
            ["Month"],
            [
                new("Demand", "units"),
                new("Cost", review.Currency.Code),
                new("Per unit", "average"),
                new("Change", "%"),
                new("Per unit", "marginal"),
                .. hasFixed ? [new("Fixed", "cost"), new("Variable", "cost")] : Array.Empty<FigureHeading>(),
                .. hasRevenue
                    ?
                    [
                        new("Revenue", null),
                        new("Cost", "% of revenue"),
                        new("Margin", null),
                        new("Break-even", "units"),
                    ]
                    : Array.Empty<FigureHeading>(),
                .. review.Beside.Select(beside => new FigureHeading(beside.Title, beside.Unit)),
            ],
            [
                .. review
                    .Months.Reverse()
                    .Select(month => new FigureRow(
                        [new(Display.Period(month.Month.Start, Warehouse.Queries.TimeGrain.Month))],
                        [
                            Quantity(month.Known.Demand),
                            Cost(review, month, asOf),
                            new(Each(review, month.UnitCost)),
                            new(Change(month)),
                            new(Each(review, month.Marginal)),
                            .. hasFixed
                                ? [Money(review, month.Known.Fixed), Money(review, month.Variable)]
                                : Array.Empty<FigureCell>(),
                            .. hasRevenue
                                ?
                                [
                                    Money(review, month.Known.Revenue),
                                    new(Display.PercentFigure(month.CostOfRevenue)),
                                    Money(review, month.Margin),
                                    Quantity(month.BreakEven is { } volume ? Amount.From(volume) : null),
                                ]
                                : Array.Empty<FigureCell>(),
                            .. review.Beside.Select(beside => Quantity(beside.In(month.Month))),
                        ]
                    )),
            ],
            []
        );
    }

    /// <summary>Demand, cost of a unit and revenue as percent of the first month; null for less than two.</summary>
    public static string? Chart(UnitReview review)
    {
        if (review.Months.Count(month => month.UnitCost is not null) < 2)
            return null;
        var series = new List<ChartSeries>
        {
            Line(review, "Demand", month => month.Known.Demand?.ToDecimal(), (_, value) => Display.Figure(value, 0)),
            Line(
                review,
                $"Cost per {review.Metric.Unit}",
                month => month.UnitCost,
                (all, value) => Each(all, value.ToDecimal())
            ),
        };
        if (review.Metric.Revenue is not null)
            series.Add(
                Line(
                    review,
                    "Revenue",
                    month => month.Known.Revenue?.ToDecimal(),
                    (all, value) => Display.Short(new Money(value, all.Currency))
                )
            );
        return ExploreChart.Json(
            new ChartData("lines", "", [.. review.Months.Select(month => Display.ShortMonth(month.Month))], series)
            {
                Suffix = "%",
                Marks = DeploymentTables.Marks(
                    review.Deployments,
                    [.. review.Months.Select(month => month.Month.Start)],
                    Warehouse.Queries.TimeGrain.Month
                ),
            }
        );
    }

    /// <summary>A cost of a unit, with as many decimals as it needs: "$0.0412".</summary>
    public static string Each(UnitReview review, decimal? amount) =>
        amount is { } known
            ? (known < 0 ? Display.Minus : "")
                + Display.Symbol(review.Currency)
                + Display.Figure(Amount.From(Math.Abs(known)), Decimals(known, review.Currency))
            : "–";

    private static int Decimals(decimal amount, Currency currency) =>
        Math.Abs(amount) switch
        {
            >= 100 => currency.Decimals,
            >= 0.01m => currency.Decimals + 2,
            _ => currency.Decimals + 6,
        };

    private static ChartSeries Line(
        UnitReview review,
        string name,
        Func<UnitMonth, decimal?> of,
        Func<UnitReview, Amount, string> label
    )
    {
        var first = review.Months.Select(of).FirstOrDefault(value => value is { } known && known != 0) ?? 1;
        return new ChartSeries(
            name,
            [
                .. review.Months.Select(month =>
                    JsonElement.Parse(
                        of(month) is { } value
                            ? decimal.Round(value / first * 100, 4, MidpointRounding.ToEven)
                                .ToString(CultureInfo.InvariantCulture)
                            : "null"
                    )
                ),
            ],
            [
                .. review.Months.Select(month =>
                    of(month) is { } value ? label(review, Amount.From(value)) : "not known"
                ),
            ],
            [.. review.Months.Select(_ => (string?)null)],
            IsRest: false
        );
    }

    private static FigureCell Cost(UnitReview review, UnitMonth month, string? asOf) =>
        Money(review, month.Known.Cost) with
        {
            Href = month.Known.Cost is null ? null : CostQueryUrl.Href("/rows", review.BehindOf(month.Month), asOf),
        };

    private static FigureCell Money(UnitReview review, Amount? amount) =>
        amount is { } known
            ? new(Display.Figure(known, Display.ColumnDecimals([known], review.Currency)), Exact: known)
            : new("–");

    private static FigureCell Quantity(Amount? amount) =>
        amount is { } known
            ? new(
                Display.Figure(known, known == known.RoundedTo(0) || known >= Amount.From(10_000) ? 0 : 2),
                Exact: known
            )
            : new("–");

    private static string Change(UnitMonth month) =>
        month.ChangeRatio is null ? "–" : Display.ChangeFigure(month.ChangeRatio);
}
