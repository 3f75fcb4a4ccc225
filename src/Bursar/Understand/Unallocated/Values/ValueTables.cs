using System.Globalization;
using Bursar.Cli.Output;
using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Unallocated.Values;

/// <summary>The values of an account or tag for people, programs and the page.</summary>
internal static class ValueTables
{
    private const int ShownMax = 40;

    public static ResultTable Of(ValueReview review) =>
        new(
            [
                new(review.Column),
                new("title", Spare: true),
                new("currency", ColumnKind.Whole, Spare: true),
                new("cost", ColumnKind.Figure),
                new("allocated", ColumnKind.Figure),
                new("unallocated", ColumnKind.Figure),
                new("coveragePercent", ColumnKind.Figure, "coverage %"),
                new("looksLike", ColumnKind.Text, "looks like"),
            ],
            [
                .. review.Values.Select(
                    IReadOnlyList<object?> (value) =>
                        [
                            value.Value,
                            value.Title,
                            review.Currency.Code,
                            new Money(value.Cost, review.Currency),
                            new Money(value.Allocated, review.Currency),
                            new Money(value.Unallocated, review.Currency),
                            value.Coverage is { } share
                                ? decimal.Round(share * 100, 2, MidpointRounding.AwayFromZero)
                                : null,
                            value.LooksLike,
                        ]
                ),
            ]
        )
        {
            Caption = $"{Name(review.Key)}, {Display.Month(review.Month)}",
            WhenEmpty = "The month has no charges.",
        };

    /// <summary>"Account", "Tag team".</summary>
    public static string Name(string key) => key == ValueReview.SubAccount ? "Account" : $"Tag {key[5..]}";

    public static FigureTable Page(ValueReview review, CostQuestion question)
    {
        var decimals = Display.ColumnDecimals(review.Values.Select(value => value.Cost), review.Currency);
        var unit = review.Currency.Code;
        var rest = review.Values.Skip(ShownMax).ToList();
        var total = Sum("Total", review.Values);
        return new FigureTable(
            $"Cost of {Display.Month(review.Month)} by {Name(review.Key)}, and how much of it has an owner ({Display.Column(review.Field)})",
            [Name(review.Key)],
            [
                new("Looks like", null),
                new("Cost", unit),
                new("Allocated", unit),
                new("Nobody's", unit),
                new("Coverage", "%"),
            ],
            [
                .. review.Values.Take(ShownMax).Select(value => Row(value, Explore(review, question, value.Value))),
                .. rest.Count == 0
                    ? Array.Empty<FigureRow>()
                    : [Row(Sum(string.Create(CultureInfo.InvariantCulture, $"{rest.Count} other values"), rest), null)],
            ],
            [Row(total, null)]
        );

        FigureRow Row(ValueCost value, string? href) =>
            new(
                [new(value.Title, href)],
                [
                    new(value.LooksLike ?? "", Tone: CellTone.Text),
                    new(Display.Figure(value.Cost, decimals), null, value.Cost, CellTone.Sum),
                    new(Display.Figure(value.Allocated, decimals), null, value.Allocated),
                    new(
                        value.Unallocated.IsZero ? "–" : Display.Figure(value.Unallocated, decimals),
                        null,
                        value.Unallocated
                    ),
                    new(Display.PercentFigure(value.Coverage), Tone: CellTone.Soft),
                ]
            );
    }

    /// <summary>A value in Explore, by service.</summary>
    private static string Explore(ValueReview review, CostQuestion question, string? value) =>
        CostQueryUrl.Href(
            "/explore",
            new CostQuestion
            {
                AsOf = question.AsOf,
                Query = review.Query with { By = ["ServiceName"], Where = [new CostFilter(review.Column, [value])] },
            }
        );

    private static ValueCost Sum(string title, IReadOnlyList<ValueCost> values) =>
        new(
            null,
            title,
            QueueMath.Sum(values.Select(value => value.Cost)),
            QueueMath.Sum(values.Select(value => value.Unallocated)),
            null
        );
}
