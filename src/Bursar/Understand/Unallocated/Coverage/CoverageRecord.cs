using Bursar.Cli.Output;
using Bursar.Core.Amounts;

namespace Bursar.Understand.Unallocated.Coverage;

/// <summary>Coverage as commands and programs read it.</summary>
internal static class CoverageRecord
{
    public static ResultRecord Of(CoverageReview review, bool forPeople)
    {
        var fields = new List<(string, object?)>
        {
            ("measure", review.Measure.ToString()),
            ("field", review.Field),
            ("currency", review.Currency.Code),
            ("months", review.Months.Select(month => Month(month, review.Currency)).ToList()),
        };
        if (!forPeople)
        {
            fields.Add(("flows", review.Flows.Select(flow => Flow(flow, review)).ToList()));
            fields.Add(
                (
                    "otherCurrencies",
                    review
                        .Others.Select(total => ResultRecord.Of(("currency", total.Currency.Code), ("cost", total)))
                        .ToList()
                )
            );
            fields.Add(("draft", review.IsDraft));
            fields.Add(("notes", review.Notes));
        }
        return ResultRecord.Of([.. fields]);
    }

    /// <summary>"by a rule", as a heading and in sentences.</summary>
    public static string Words(AllocationWay way) =>
        way switch
        {
            AllocationWay.Rules => "Rules",
            AllocationWay.Organisation => "Organisation",
            AllocationWay.Shared => "Shared cost",
            AllocationWay.Kept => "Kept central",
            _ => "Nobody",
        };

    private static ResultRecord Month(CoverageMonth month, Currency currency)
    {
        var (cost, ratios) = (month.Cost, month.Cost.Ratios);
        return ResultRecord.Of(
            ("month", month.Month.ToString()),
            ("direct", new Money(cost.Direct, currency)),
            ("distributed", new Money(cost.Distributed, currency)),
            ("central", new Money(cost.Central, currency)),
            ("unallocated", new Money(cost.Unallocated, currency)),
            ("total", new Money(cost.Total, currency)),
            ("allocatedPercent", Percent(ratios.AllocatedRatio)),
            ("accuracyIndexPercent", Percent(ratios.AccuracyRatio)),
            ("unallocatedSharedPercent", Percent(ratios.UnallocatedSharedRatio))
        );
    }

    private static ResultRecord Flow(CostFlow flow, CoverageReview review) =>
        ResultRecord.Of(
            ("provider", flow.Provider),
            ("way", flow.Way.ToString().ToLowerInvariant()),
            ("field", flow.Field),
            ("owner", flow.Owner),
            ("ownerName", flow.Owner is null ? null : review.Names[flow.Field].Of(flow.Owner)),
            ("cost", new Money(flow.Cost, review.Currency))
        );

    private static decimal? Percent(decimal? share) =>
        share is { } value ? decimal.Round(value * 100, 2, MidpointRounding.AwayFromZero) : null;
}
