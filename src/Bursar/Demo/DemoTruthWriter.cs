using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Demo.Company;

namespace Bursar.Demo;

/// <summary>Puts the truth together from the sums that were kept while writing.</summary>
internal static class DemoTruthWriter
{
    private const int SmallestPart = 5_000;

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
            Steps = Steps(options, plan, live.Select(entry => entry.Totals).ToList()),
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

    /// <summary>The large resources that came and went, with what they cost a day.</summary>
    private static List<DemoStep> Steps(DemoOptions options, RowPlan plan, List<DeliveryTotals> live)
    {
        var least = PerDay(
            live.SelectMany(totals => totals.EffectiveByMonth)
                .Where(sum => sum.Key.Month == plan.Months[^1] && sum.Key.Currency == "USD")
                .Aggregate(Int128.Zero, (sum, one) => sum + one.Value),
            plan.Months[^1]
        );
        return
        [
            .. live.SelectMany(totals => totals.Stories)
                .Select(sum => (Life: StoryNames.ReadLife(sum.Key.Story), sum.Key.Month, sum.Value))
                .Where(sum => sum.Life is not null)
                .GroupBy(sum => (Life: sum.Life!.Value, sum.Month))
                .SelectMany(same =>
                    StepsOf(same.Key.Life, same.Key.Month, same.Aggregate(Int128.Zero, (sum, one) => sum + one.Value))
                )
                .Where(step => step.PerDay.Abs().Units >= least.Units / SmallestPart)
                .OrderByDescending(step => step.Start)
                .ThenByDescending(step => step.PerDay)
                .ThenBy(step => step.ResourceName, StringComparer.Ordinal),
        ];

        IEnumerable<DemoStep> StepsOf(
            (string Service, string Account, string Resource, int First, int Last) life,
            BillingPeriod month,
            Int128 units
        )
        {
            if (life.First > 0 && plan.Months[life.First] == month)
                yield return new DemoStep(life.Service, life.Account, life.Resource, month.Start, PerDay(units, month));
            if (life.Last < plan.Months.Count - 1 && plan.Months[life.Last] == month)
                yield return new DemoStep(life.Service, life.Account, life.Resource, month.End, -PerDay(units, month));
        }

        Amount PerDay(Int128 units, BillingPeriod month)
        {
            var end = month.End <= options.LastDay ? month.End : options.LastDay.AddDays(1);
            return Amount.FromUnits(units / (end.DayNumber - month.Start.DayNumber));
        }
    }

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
