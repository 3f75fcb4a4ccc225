using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Briefs;

/// <summary>
/// Finds discounts for a promised amount that were there the month before and are gone, while the things they paid for
/// were used as much as before: use is measured at list prices, which no discount changes.
/// </summary>
internal sealed class FindLapsedDiscounts(BriefFacts facts)
{
    private const int ResourcesMax = 500;
    private const int DiscountsMax = 3;

    /// <summary>A discount is gone when it costs less than this part of what it cost.</summary>
    private const decimal GoneBelow = 0.1m;

    /// <summary>Use is flat when it moved by less than this part.</summary>
    private const decimal FlatBelow = 0.1m;

    private BillingPeriod Earlier => facts.Month.Previous;

    public FoundDrivers Find()
    {
        var drivers = new List<ChangeDriver>();
        var taken = new List<string?>();
        foreach (var (id, name) in Gone())
        {
            var resources = facts
                .Rows(facts.Question(Earlier, Is("CommitmentDiscountId", id)) with { By = ["ResourceId"] })
                .Select(row => row.Keys[0])
                .OfType<string>()
                .Where(resource => !taken.Contains(resource))
                .Order(StringComparer.Ordinal)
                .ToList();
            if (resources.Count is 0 or > ResourcesMax)
                continue;
            if (Driver(name ?? id, id, resources) is not { } driver)
                continue;
            drivers.Add(driver);
            taken.AddRange(resources);
        }
        return new FoundDrivers(drivers, taken.Count == 0 ? [] : [new CostFilter("ResourceId", taken, Negated: true)]);
    }

    /// <summary>Discounts of the month before that are gone, largest first.</summary>
    private IEnumerable<(string Id, string? Name)> Gone()
    {
        var now = Discounts(facts.Month).ToDictionary(row => row.Keys[0]!, row => row.Total);
        return Discounts(Earlier)
            .Where(row => row.Total > Amount.Zero && now.GetValueOrDefault(row.Keys[0]!) < row.Total.Times(GoneBelow))
            .OrderByDescending(row => row.Total)
            .Take(DiscountsMax)
            .Select(row => (row.Keys[0]!, row.Keys[1]));
    }

    private IEnumerable<CostRow> Discounts(BillingPeriod month) =>
        facts
            .Rows(
                facts.Question(month, new CostFilter("CommitmentDiscountId", [null], Negated: true)) with
                {
                    By = ["CommitmentDiscountId", "CommitmentDiscountName"],
                }
            )
            .GroupBy(row => row.Keys[0])
            .Select(same => same.First() with { Cost = BriefMath.Sum(same.Select(row => row.Total)) });

    private ChangeDriver? Driver(string name, string id, List<string> resources)
    {
        var those = new CostFilter("ResourceId", [.. resources]);
        var (before, now) = (facts.Question(Earlier, those), facts.Question(facts.Month, those));
        var (used, uses) = (Use(Earlier, those), Use(facts.Month, those));
        var change = facts.Sum(now) - facts.Sum(before);
        if (change <= Amount.Zero || used <= Amount.Zero || (uses - used).Abs() > used.Times(FlatBelow))
            return null;
        return new ChangeDriver(
            BriefText.Of($"The discount {new BriefName($"“{name}”")} ended; use stayed the same"),
            change,
            $"What {resources.Count} resources cost that the discount paid for until {Earlier}. "
                + "At list prices their use moved by less than a tenth.",
            IsReason: true
        )
        {
            Questions =
            [
                facts.Question(Earlier, Is("CommitmentDiscountId", id)) with
                {
                    From = Earlier.Start,
                    To = facts.Month.End,
                    Over = TimeGrain.Month,
                },
                before,
                now,
            ],
            Parts =
            [
                new($"{Earlier} at list prices", new Money(used, facts.Currency)),
                new($"{facts.Month} at list prices", new Money(uses, facts.Currency)),
            ],
        };
    }

    /// <summary>Use at list prices: the fee of the discount itself is no use.</summary>
    private Amount Use(BillingPeriod month, CostFilter those) =>
        facts.Sum(facts.Question(month, those, Is("ChargeCategory", "Usage")) with { Measure = CostMeasure.ListCost });

    private static CostFilter Is(string column, string value) => new(column, [value]);
}
