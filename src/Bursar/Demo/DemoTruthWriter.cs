using Bursar.Core.Amounts;
using Bursar.Core.Time;

namespace Bursar.Demo;

/// <summary>Puts the truth together from the sums that were kept while writing.</summary>
internal static class DemoTruthWriter
{
    public static DemoTruth Write(
        DemoOptions options,
        RowPlan plan,
        IReadOnlyList<(string Category, DeliveryTotals Totals)> live
    ) =>
        new()
        {
            Seed = options.Seed,
            Rows = live.Sum(entry => entry.Totals.Rows),
            UnreadableRows = live.Sum(entry => entry.Totals.UnreadableRows),
            Months = Months(live),
            Providers = Providers(live),
            Stories = Stories(plan, live.Select(entry => entry.Totals).ToList()),
        };

    private static List<DemoMonth> Months(IReadOnlyList<(string Category, DeliveryTotals Totals)> live)
    {
        var sums =
            new SortedDictionary<
                (BillingPeriod Month, string Category, string Currency),
                (Int128 Effective, Int128 Billed)
            >();
        foreach (var (category, totals) in live)
        {
            foreach (var ((currency, month), units) in totals.EffectiveByMonth)
            {
                var (effective, billed) = sums.GetValueOrDefault((month, category, currency));
                sums[(month, category, currency)] = (effective + units, billed);
            }
            foreach (var ((currency, month), units) in totals.BilledByMonth)
            {
                var (effective, billed) = sums.GetValueOrDefault((month, category, currency));
                sums[(month, category, currency)] = (effective, billed + units);
            }
        }
        return
        [
            .. sums.Select(sum => new DemoMonth(
                sum.Key.Month.ToString(),
                sum.Key.Category,
                sum.Key.Currency,
                Amount.FromUnits(sum.Value.Effective),
                Amount.FromUnits(sum.Value.Billed)
            )),
        ];
    }

    private static List<DemoProvider> Providers(IReadOnlyList<(string Category, DeliveryTotals Totals)> live) =>
        [
            .. live.SelectMany(entry => entry.Totals.Providers)
                .GroupBy(entry => entry.Key)
                .OrderBy(group => group.Key.Provider, StringComparer.Ordinal)
                .Select(group => new DemoProvider(
                    group.Key.Provider,
                    group.Key.Currency,
                    group.Sum(entry => entry.Value.Rows),
                    Sum(group, costs => costs.Billed),
                    Sum(group, costs => costs.Effective),
                    Sum(group, costs => costs.List),
                    Sum(group, costs => costs.Contracted)
                )),
        ];

    private static Amount Sum(
        IEnumerable<KeyValuePair<(string, string), FourCosts>> costs,
        Func<FourCosts, long> measure
    ) => Pips.ToAmount(costs.Aggregate(Int128.Zero, (sum, cost) => sum + measure(cost.Value)));

    /// <summary>The planted stories whose months are among those that were written.</summary>
    private static List<DemoStory> Stories(RowPlan plan, IReadOnlyList<DeliveryTotals> live)
    {
        var stories = new StoryBook(live);
        return
        [
            .. stories
                .Allocation()
                .Concat(stories.Usage())
                .Concat(stories.Contracts())
                .Concat(stories.Corrections())
                .Where(story =>
                    !story.Amount.IsZero
                    && plan.Months.Any(month => month.Start <= story.End && story.Start < month.End)
                ),
        ];
    }
}
