using Bursar.Core.Amounts;
using Bursar.Core.Time;

namespace Bursar.Tests.Demo;

public sealed class AldermoorTotalsTests
{
    private static readonly (string Category, long Dollars)[] September =
    [
        ("AWS", 6_900_000),
        ("Microsoft", 3_100_000),
        ("Google Cloud", 1_600_000),
        ("SaaS", 2_400_000),
        ("Licences", 1_300_000),
        ("Data centre", 1_500_000),
        ("Data platforms", 900_000),
        ("Direct AI", 700_000),
    ];

    [Fact]
    public void September_comes_to_18_4_million_by_category_within_one_percent()
    {
        var truth = AldermoorFiles.Result.Truth;
        foreach (var (category, dollars) in September)
        {
            var month = truth.Months.Single(row => row.Month == "2026-09" && row.Category == category);
            Assert.InRange(month.EffectiveCost, Amount.From(dollars * 0.99m), Amount.From(dollars * 1.01m));
        }
        Assert.InRange(truth.EffectiveCostOf("2026-09"), Amount.From(18_300_000), Amount.From(18_500_000));
    }

    [Fact]
    public void Pounds_are_kept_apart_from_dollars() =>
        Assert.Equal(Amount.From(38_400), AldermoorFiles.Result.Truth.EffectiveCostOf("2026-09", "GBP"));

    [Fact]
    public void Spend_grows_over_the_eighteen_months()
    {
        var truth = AldermoorFiles.Result.Truth;
        Assert.InRange(truth.EffectiveCostOf("2025-05"), Amount.From(12_000_000), Amount.From(14_000_000));
        Assert.True(truth.EffectiveCostOf("2026-03") < truth.EffectiveCostOf("2026-06"));
        Assert.True(truth.EffectiveCostOf("2026-06") < truth.EffectiveCostOf("2026-09"));
    }

    [Fact]
    public void The_truth_equals_an_independent_sum_over_the_files_by_provider()
    {
        var rows = AldermoorFiles.LiveRows().Where(row => row.IsReadable).ToLookup(row => (row.Provider, row.Currency));
        var providers = AldermoorFiles.Result.Truth.Providers;
        Assert.Equal(rows.Count, providers.Count);
        foreach (var provider in providers)
        {
            var its = rows[(provider.ServiceProviderName, provider.Currency)].ToList();
            Assert.Equal(provider.Rows, its.Count);
            Assert.Equal(provider.BilledCost, AldermoorFiles.Sum(its, "BilledCost"));
            Assert.Equal(provider.EffectiveCost, AldermoorFiles.Sum(its));
            Assert.Equal(provider.ListCost, AldermoorFiles.Sum(its, "ListCost"));
            Assert.Equal(provider.ContractedCost, AldermoorFiles.Sum(its, "ContractedCost"));
        }
    }

    [Fact]
    public void The_truth_equals_an_independent_sum_over_the_files_by_month()
    {
        var effective = new Dictionary<(string, string), Amount>();
        var billed = new Dictionary<(string, string), Amount>();
        foreach (var row in AldermoorFiles.LiveRows().Where(row => row.IsReadable))
        {
            Add(billed, (row.Delivery.BillingPeriod, row.Currency), Amount.Parse(row["BilledCost"]!));
            foreach (var (month, amount) in ByMonth(row))
                Add(effective, (month, row.Currency), amount);
        }
        var truth = AldermoorFiles.Result.Truth;
        foreach (var months in truth.Months.GroupBy(row => (row.Month, row.Currency)))
        {
            Assert.Equal(Total(months.Select(row => row.EffectiveCost)), effective.GetValueOrDefault(months.Key));
            Assert.Equal(Total(months.Select(row => row.BilledCost)), billed.GetValueOrDefault(months.Key));
        }
        Assert.Equal(Total(truth.Months.Select(row => row.EffectiveCost)), Total(effective.Values));
    }

    [Fact]
    public void Every_delivery_says_what_its_files_hold()
    {
        foreach (var delivery in AldermoorFiles.Result.Deliveries)
        {
            var rows = AldermoorFiles.Rows(delivery).ToLookup(row => row.IsReadable);
            Assert.Equal(delivery.Rows, rows[true].Count());
            Assert.Equal(delivery.UnreadableRows, rows[false].Count());
            Assert.Equal(delivery.EffectiveCost, AldermoorFiles.Sum(rows[true]));
            Assert.Equal(delivery.BilledCost, AldermoorFiles.Sum(rows[true], "BilledCost"));
        }
    }

    private static IEnumerable<(string Month, Amount Amount)> ByMonth(FileRow row)
    {
        var start = DateOnly.FromDateTime(row.Start);
        var days = DateOnly.FromDateTime(row.End.AddTicks(-1)).DayNumber - start.DayNumber + 1;
        if (days == 1)
            return [(BillingPeriod.Containing(start).ToString(), row.EffectiveCost)];
        var weights = Enumerable
            .Range(0, days)
            .Select(i => KeyValuePair.Create(start.AddDays(i).ToString("yyyy-MM-dd"), Amount.From(1)));
        return LargestRemainder
            .Split(row.EffectiveCost, [.. weights], Amount.Scale)
            .Select(part => (part.Key[..7], part.Value));
    }

    private static void Add(Dictionary<(string, string), Amount> sums, (string, string) key, Amount amount) =>
        sums[key] = sums.GetValueOrDefault(key) + amount;

    private static Amount Total(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);
}
