using Bursar.Core.Amounts;
using Bursar.Understand.Allocation;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Web.Addresses;

namespace Bursar.Understand.Unallocated.Coverage;

/// <summary>Coverage as its page sets it: the same figures as the charts.</summary>
internal static class CoveragePageTables
{
    private static readonly AllocationWay[] Ways = Enum.GetValues<AllocationWay>();

    /// <summary>"In September 2026, 87.0 % of $18.4M has an owner; $1.2M belongs to nobody."</summary>
    public static string Lead(CoverageReview review)
    {
        var (cost, currency) = (review.Newest, review.Currency);
        var nobody = cost.Unallocated.IsZero
            ? "nothing belongs to nobody"
            : $"{Display.Short(new Money(cost.Unallocated, currency))} belongs to nobody";
        var kept = cost.Central.IsZero
            ? ""
            : $", and {Display.Short(new Money(cost.Central, currency))} is kept central";
        return $"In {Display.Month(review.Month)}, {Display.Percent(cost.Ratios.AllocatedRatio)} of "
            + $"{Display.Short(new Money(cost.Total, currency))} has an owner; {nobody}{kept}.";
    }

    public static FigureTable Months(CoverageReview review, CostQuestion question)
    {
        var decimals = Display.ColumnDecimals(review.Months.Select(month => month.Cost.Total), review.Currency);
        var unit = review.Currency.Code;
        return new FigureTable(
            $"{Display.Measure(review.Measure)} by month, by how it came to its owner ({Display.Column(review.Field)})",
            ["Month"],
            [
                new("Direct", unit),
                new("Through shared cost", unit),
                new("Kept central", unit),
                new("Nobody's", unit),
                new("Total", unit),
                new("Allocated", "%"),
                new("Accuracy index", "%"),
            ],
            [
                .. review
                    .Months.AsEnumerable()
                    .Reverse()
                    .Select(month => new FigureRow(
                        [new(Display.Month(month.Month))],
                        [
                            Figure(month.Cost.Direct),
                            Figure(month.Cost.Distributed),
                            Figure(month.Cost.Central),
                            new(
                                Display.Figure(month.Cost.Unallocated, decimals),
                                month.Cost.Unallocated.IsZero ? null : Queue(question, month.Month.ToString(), review),
                                month.Cost.Unallocated
                            ),
                            new(Display.Figure(month.Cost.Total, decimals), null, month.Cost.Total, CellTone.Sum),
                            Share(month.Cost.Ratios.AllocatedRatio),
                            Share(month.Cost.Ratios.AccuracyRatio),
                        ]
                    )),
            ],
            []
        );

        FigureCell Figure(Amount amount) => new(Display.Figure(amount, decimals), null, amount);
    }

    /// <summary>Providers by how their cost was allocated.</summary>
    public static FigureTable Providers(CoverageReview review, CostQuestion question) =>
        Crossed(
            review,
            $"Where the cost of {Display.Month(review.Month)} comes from",
            "Provider",
            flow => flow.Provider ?? Display.NoValue,
            name => Explore(review, question, "ServiceProviderName", name == Display.NoValue ? null : name)
        );

    /// <summary>Owners by how they came to their cost.</summary>
    public static FigureTable Owners(CoverageReview review, CostQuestion question)
    {
        var flows = review.Flows.Where(flow => flow.Owner is not null).ToLookup(flow => Owner(flow, review));
        return Crossed(
            review,
            $"To whom the cost of {Display.Month(review.Month)} goes",
            "Owner",
            flow => Owner(flow, review),
            name => flows[name].FirstOrDefault() is { } flow ? Explore(review, question, flow.Field, flow.Owner) : null
        );
    }

    /// <summary>The owner in words; what is kept, and what is nobody's.</summary>
    public static string Owner(CostFlow flow, CoverageReview review) =>
        flow.Owner is { } owner
            ? (flow.Field == review.Field ? "" : Display.Column(flow.Field) + " ")
                + review.Names[flow.Field].Words(owner)
        : flow.Way == AllocationWay.Kept ? "Kept by the organisation"
        : "Nobody";

    /// <summary>The queue of a month.</summary>
    public static string Queue(CostQuestion question, string month, CoverageReview review) =>
        "/unallocated?period="
        + month
        + (review.Field == SuggestRules.Field ? "" : "&field=" + Uri.EscapeDataString(review.Field))
        + (question.AsOf is { } asOf ? "&asof=" + Uri.EscapeDataString(asOf) : "");

    /// <summary>What is behind a name, by service.</summary>
    public static string Explore(CoverageReview review, CostQuestion question, string column, string? value) =>
        CostQueryUrl.Href(
            "/explore",
            new CostQuestion
            {
                AsOf = question.AsOf,
                Query = review.Query with { By = ["ServiceName"], Where = [new CostFilter(column, [value])] },
            }
        );

    private static FigureTable Crossed(
        CoverageReview review,
        string caption,
        string heading,
        Func<CostFlow, string> name,
        Func<string, string?> href
    )
    {
        var unit = review.Currency.Code;
        var groups = review
            .Flows.GroupBy(name)
            .Select(same => (same.Key, Flows: same.ToList(), Total: QueueMath.Sum(same.Select(flow => flow.Cost))))
            .OrderByDescending(group => group.Total)
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        var decimals = Display.ColumnDecimals(groups.Select(group => group.Total), review.Currency);
        return new FigureTable(
            caption,
            [heading],
            [.. Ways.Select(way => new FigureHeading(CoverageRecord.Words(way), unit)), new("Total", unit)],
            [.. groups.Select(group => new FigureRow([new(group.Key, href(group.Key))], Cells(group.Flows)))],
            [new FigureRow([new("Total")], Cells(review.Flows))]
        );

        IReadOnlyList<FigureCell> Cells(IReadOnlyList<CostFlow> flows) =>
            [
                .. Ways.Select(way =>
                {
                    var sum = QueueMath.Sum(flows.Where(flow => flow.Way == way).Select(flow => flow.Cost));
                    return new FigureCell(sum.IsZero ? "–" : Display.Figure(sum, decimals), null, sum);
                }),
                Sum(QueueMath.Sum(flows.Select(flow => flow.Cost))),
            ];

        FigureCell Sum(Amount amount) => new(Display.Figure(amount, decimals), null, amount, CellTone.Sum);
    }

    private static FigureCell Share(decimal? share) => new(Display.PercentFigure(share), Tone: CellTone.Soft);
}
