using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Briefs;

/// <summary>A part of the cost that was far above its usual day for a day or two.</summary>
internal sealed record SpikeDriver(string Value, BriefText Title, Amount Change, string Meaning) : ChangeDriver(Title, Change, Meaning, true);

/// <summary>Finds days on which something cost more than twice its usual day, when they are few and the month before had none.</summary>
internal sealed class FindSpikes(BriefFacts facts)
{
    private const int DaysMax = 3;
    private const int SpikesMax = 2;
    private const decimal TimesUsual = 2m;

    /// <summary>A spike counts from this part of the month's cost on, or from this part of the change.</summary>
    private const decimal LeastOfMonth = 0.003m;

    private const decimal LeastOfChange = 0.05m;

    public IReadOnlyList<SpikeDriver> Find(Movements movements, IReadOnlyList<CostFilter> rest, Amount change)
    {
        var now = ByDay(facts.Month, movements, rest);
        var least = new[] { facts.Total.Abs().Times(LeastOfMonth), change.Abs().Times(LeastOfChange) }.Max();
        var found = new List<SpikeDriver>();
        foreach (var (value, days) in now)
        {
            var usual = BriefMath.Median(AllDays(facts.Month, days));
            if (usual <= Amount.Zero) continue;
            var high = days.Where(day => day.Value > usual.Times(TimesUsual)).OrderBy(day => day.Key).ToList();
            if (high.Count is 0 or > DaysMax) continue;
            var excess = BriefMath.Sum(high.Select(day => day.Value - usual));
            if (excess >= least) found.Add(Driver(value, high, usual, excess, movements, rest));
        }
        if (found.Count == 0) return [];
        var before = ByDay(facts.Month.Previous, movements, rest);
        return [.. found.Where(spike => !IsHabit(before.GetValueOrDefault(spike.Value)))
            .OrderByDescending(spike => spike.Change).ThenBy(spike => spike.Value, StringComparer.Ordinal).Take(SpikesMax)];
    }

    /// <summary>What is high on some days of every month is no news.</summary>
    private bool IsHabit(Dictionary<DateOnly, Amount>? days)
    {
        if (days is null) return false;
        var usual = BriefMath.Median(AllDays(facts.Month.Previous, days));
        return days.Values.Any(day => day > usual.Times(TimesUsual));
    }

    private Dictionary<string, Dictionary<DateOnly, Amount>> ByDay(BillingPeriod month, Movements movements, IReadOnlyList<CostFilter> rest) =>
        facts.Rows(facts.Question(month, [.. rest]) with { By = [movements.Column], Over = TimeGrain.Day })
            .GroupBy(row => row.Keys[0] ?? "")
            .ToDictionary(same => same.Key, same => same.ToDictionary(row => row.Period!.Value, row => row.Total));

    /// <summary>A day without a row cost nothing.</summary>
    private static IEnumerable<Amount> AllDays(BillingPeriod month, Dictionary<DateOnly, Amount> days) =>
        Enumerable.Range(0, month.Days).Select(i => days.GetValueOrDefault(month.Start.AddDays(i)));

    private SpikeDriver Driver(
        string value, List<KeyValuePair<DateOnly, Amount>> high, Amount usual, Amount excess, Movements movements, IReadOnlyList<CostFilter> rest)
    {
        var days = string.Join(" and ", high.Select(day => day.Key.ToString("d MMMM", CultureInfo.InvariantCulture)));
        if (high.Count > 1 && high.TrueForAll(day => day.Key.Month == high[0].Key.Month))
            days = string.Join(", ", high.SkipLast(1).Select(day => day.Key.Day)) + " and " + high[^1].Key.ToString("d MMMM", CultureInfo.InvariantCulture);
        var (first, last) = (high[0].Key, high[^1].Key);
        return new SpikeDriver(
            value, BriefText.Of($"{new BriefName(movements.NameOf(value))} ran far above its usual day on {days}"), excess,
            "What those days cost above the usual day of the month (its median).")
        {
            Questions =
            [
                facts.Question(facts.Month, [movements.Is(value), .. rest]) with { Over = TimeGrain.Day },
                facts.Question(facts.Month, [movements.Is(value), .. rest]) with
                {
                    From = first, To = last.AddDays(1), By = ["ServiceName", "ResourceName"], Top = 5,
                },
            ],
            Parts =
            [
                new("A usual day", new Money(usual, facts.Currency)),
                .. high.Select(day => new BriefPart(day.Key.ToString("d MMMM", CultureInfo.InvariantCulture), new Money(day.Value, facts.Currency))),
            ],
        };
    }
}
