using Bursar.Core.Amounts;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Services;

/// <summary>Services as a page sets them.</summary>
internal static class ServiceTables
{
    public static FigureTable List(ServicesReview review) =>
        new(
            $"Services in {Display.Month(review.Month)}",
            ["Service", "Owner"],
            [
                new("Currency", null),
                new("Metered", null),
                new("Modelled", null),
                new("Assumed", null),
                new("Total", null),
                new("Also elsewhere", null),
            ],
            [
                .. review.Services.Select(one => new FigureRow(
                    [new(one.Service.Title, "#" + one.Service.Name), new(one.Service.Owner ?? "–")],
                    [
                        new(one.Currency.Code, Tone: CellTone.Text),
                        Cell(one.Of(ServiceBasis.Metered), one.Currency),
                        Cell(one.Of(ServiceBasis.Modelled), one.Currency),
                        Cell(one.Of(ServiceBasis.Assumed), one.Currency),
                        Cell(one.Total, one.Currency) with
                        {
                            Tone = CellTone.Sum,
                        },
                        Cell(one.Elsewhere, one.Currency) with
                        {
                            Tone = CellTone.Soft,
                        },
                    ]
                )),
            ],
            []
        );

    /// <summary>The parts of a service; figures that do not count are lighter, and open too.</summary>
    public static FigureTable Parts(ReviewedService service, ServicesReview review, string? asOf) =>
        new(
            $"{service.Service.Title}, {service.Currency.Code}",
            ["Part", "Layer", "Basis"],
            [new("Charges", null), new("Cost", null), new("How", null)],
            [
                .. service.Parts.SelectMany(part =>
                    part.Figures.Select(figure => new FigureRow(
                        [
                            new(
                                part.Part.Name,
                                CostQueryUrl.Href("/explore", Behind(review, part) with { By = ["ServiceName"] }, asOf)
                            ),
                            new(MethodWords.Id(part.Part.Layer)),
                            new(MethodWords.Id(part.Part.Basis)),
                        ],
                        [
                            Cell(part.Charges, part.Currency) with
                            {
                                Href = CostQueryUrl.Href("/rows", Behind(review, part), asOf),
                                Tone = CellTone.Soft,
                            },
                            figure.Cost is { } cost
                                ? Cell(cost, part.Currency) with
                                {
                                    Tone = figure.Counts ? CellTone.Plain : CellTone.Soft,
                                }
                                : new FigureCell("–"),
                            new(
                                figure.Counts ? figure.Why : "instead, does not count: " + figure.Why,
                                Tone: CellTone.Prose
                            ),
                        ]
                    ))
                ),
                .. service.Twice.IsZero
                    ? []
                    : new[]
                    {
                        new FigureRow(
                            [new("claimed twice"), new(""), new("")],
                            [
                                new(""),
                                Cell(-service.Twice, service.Currency),
                                new("by two of its own parts", Tone: CellTone.Prose),
                            ]
                        ),
                    },
            ],
            [new([new("Total"), new(""), new("")], [new(""), Cell(service.Total, service.Currency), new("")])]
        );

    /// <summary>A service month by month, the newest first, a column a part; null for a single month.</summary>
    public static FigureTable? Trend(ReviewedService service, ServicesTrend trend)
    {
        var rows = trend.Rows(service.Service.Name).Where(one => one.Part.Currency == service.Currency).ToList();
        var months = rows.Select(one => one.Month).Distinct().OrderDescending().ToList();
        if (months.Count < 2)
            return null;
        var parts = rows.Select(one => (one.Part.Part.Name, one.Part.Part.Basis)).Distinct().ToList();
        return new(
            $"{service.Service.Title} month by month, in {Display.Unit(service.Currency)}",
            ["Month"],
            [
                .. parts.SelectMany(part =>
                    new FigureHeading[] { new(part.Name, MethodWords.Id(part.Basis)), new("Growth", "%") }
                ),
            ],
            [
                .. months.Select(month => new FigureRow(
                    [new(Display.ShortMonth(month))],
                    [
                        .. parts.SelectMany(part =>
                            rows.Find(one => one.Month == month && one.Part.Part.Name == part.Name)
                                is { Part.Cost: { } cost } one
                                ? new FigureCell[]
                                {
                                    Cell(cost, service.Currency),
                                    new(
                                        one.Growth is null ? "–" : Display.ChangeFigure(one.Growth),
                                        Tone: CellTone.Soft
                                    ),
                                }
                                : [new("–"), new("–")]
                        ),
                    ]
                )),
            ],
            []
        );
    }

    /// <summary>Parts that are licences or SaaS, and what of them goes with use.</summary>
    public static FigureTable Licences(ServicesReview review) =>
        new(
            $"Licences and SaaS inside services, {Display.Month(review.Month)}",
            ["Service", "Part", "Basis"],
            [
                new("Currency", null),
                new("Charges", null),
                new("Of the service", null),
                new("Charged by use", null),
                new("By use", null),
            ],
            [
                .. review.Licences.Select(one => new FigureRow(
                    [new(one.Service.Title), new(one.Part.Part.Name), new(MethodWords.Id(one.Part.Part.Basis))],
                    [
                        new(one.Part.Currency.Code, Tone: CellTone.Text),
                        Cell(one.Part.Charges, one.Part.Currency) with
                        {
                            Tone = CellTone.Soft,
                        },
                        one.Part.Cost is { } cost ? Cell(cost, one.Part.Currency) : new FigureCell("–"),
                        Cell(one.ByUse, one.Part.Currency),
                        new(one.Use ?? "–", Tone: CellTone.Prose),
                    ]
                )),
            ],
            []
        );

    /// <summary>Charges that several parts claim.</summary>
    public static FigureTable Overlaps(ServicesReview review) =>
        new(
            $"In two parts or more, {Display.Month(review.Month)}",
            ["Parts"],
            [
                new("Currency", null),
                new("Charges", null),
                new("Claimed", null),
                new("Counted", null),
                new("Counted twice otherwise", null),
            ],
            [
                .. review.Overlaps.Select(one => new FigureRow(
                    [new(string.Join(", ", one.Parts))],
                    [
                        new(one.Currency.Code, Tone: CellTone.Text),
                        Cell(one.Charges, one.Currency),
                        Cell(one.Claimed, one.Currency),
                        Cell(one.Counted, one.Currency),
                        Cell(one.Claimed - one.Counted, one.Currency),
                    ]
                )),
            ],
            []
        );

    private static Warehouse.Queries.CostQuery Behind(ServicesReview review, ReviewedPart part) =>
        ReviewServices.Behind(review, part.Part);

    private static FigureCell Cell(Amount amount, Currency currency) =>
        new(Display.Figure(amount, currency.Decimals), Exact: amount);
}
