using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Warehouse.Queries;
using Bursar.Web;

namespace Bursar.Manage.Briefs;

/// <summary>A part of the cost that was far above its usual day for a day or two; Value names the part.</summary>
internal sealed record SpikeDriver(string Value, BriefText Title, Amount Change, string Meaning)
    : ChangeDriver(Title, Change, Meaning, IsReason: true);

/// <summary>
/// Finds days on which a service cost more than twice its usual day, when they are few and the month before had none.
/// </summary>
internal sealed class FindSpikes(BriefFacts facts)
{
    private const int DaysMax = 3;
    private const int SpikesMax = 2;
    private const decimal TimesUsual = 2m;

    /// <summary>A spike counts from this part of the month's cost on, or from this part of the change.</summary>
    private const decimal LeastOfMonth = 0.003m;

    private const decimal LeastOfChange = 0.05m;

    /// <summary>A service within a part of the cost.</summary>
    private sealed record Place(string Value, string? Service);

    public IReadOnlyList<SpikeDriver> Find(Movements movements, IReadOnlyList<CostFilter> rest, Amount change)
    {
        var least = new[] { facts.Total.Abs().Times(LeastOfMonth), change.Abs().Times(LeastOfChange) }.Max();
        var found = new List<SpikeDriver>();
        var before = new Lazy<ILookup<Place, CostRow>>(() => ByDay(facts.Month.Previous, movements, rest));
        foreach (var rows in ByDay(facts.Month, movements, rest))
        {
            var place = rows.Key;
            // Most services are too small for any day of them to matter.
            if (BriefMath.Sum(rows.Where(row => row.Total > Amount.Zero).Select(row => row.Total)) < least)
                continue;
            var days = Days(rows);
            var usual = BriefMath.Median(AllDays(facts.Month, days));
            if (usual <= Amount.Zero)
                continue;
            var limit = usual.Times(TimesUsual);
            var high = days.Where(day => day.Value > limit).OrderBy(day => day.Key).ToList();
            if (high.Count is 0 or > DaysMax)
                continue;
            var excess = BriefMath.Sum(high.Select(day => day.Value - usual));
            if (excess >= least && !IsHabit(Days(before.Value[place])))
                found.Add(Driver(place, high, usual, excess, movements, rest));
        }
        return
        [
            .. found
                .OrderByDescending(spike => spike.Change)
                .ThenBy(spike => spike.Title.ToString(), StringComparer.Ordinal)
                .Take(SpikesMax),
        ];
    }

    /// <summary>What is high on some days of every month is no news.</summary>
    private bool IsHabit(Dictionary<DateOnly, Amount> days)
    {
        var limit = BriefMath.Median(AllDays(facts.Month.Previous, days)).Times(TimesUsual);
        return days.Values.Any(day => day > limit);
    }

    private ILookup<Place, CostRow> ByDay(BillingPeriod month, Movements movements, IReadOnlyList<CostFilter> rest) =>
        facts
            .Rows(
                facts.Question(month, [.. rest]) with
                {
                    By = [movements.Column, "ServiceName"],
                    Over = TimeGrain.Day,
                }
            )
            .ToLookup(row => new Place(row.Keys[0] ?? "", row.Keys[^1]));

    private static Dictionary<DateOnly, Amount> Days(IEnumerable<CostRow> rows) =>
        rows.ToDictionary(row => row.Period!.Value, row => row.Total);

    /// <summary>A day without a row cost nothing.</summary>
    private static IEnumerable<Amount> AllDays(BillingPeriod month, Dictionary<DateOnly, Amount> days) =>
        Enumerable.Range(0, month.Days).Select(i => days.GetValueOrDefault(month.Start.AddDays(i)));

    private SpikeDriver Driver(
        Place place,
        List<KeyValuePair<DateOnly, Amount>> high,
        Amount usual,
        Amount excess,
        Movements movements,
        IReadOnlyList<CostFilter> rest
    )
    {
        CostFilter[] where = [.. Conditions(place, movements), .. rest];
        return new SpikeDriver(
            place.Value,
            Title(place, high, usual, movements),
            excess,
            "What those days cost above the usual day of the month (its median)."
        )
        {
            Questions =
            [
                facts.Question(facts.Month, where) with
                {
                    Over = TimeGrain.Day,
                },
                facts.Question(facts.Month, where) with
                {
                    From = high[0].Key,
                    To = high[^1].Key.AddDays(1),
                    By = ["ServiceName", "ResourceName"],
                    Top = 5,
                },
            ],
            Parts =
            [
                new("A usual day", new Money(usual, facts.Currency)),
                .. high.Select(day => new BriefPart(Display.Day(day.Key), new Money(day.Value, facts.Currency))),
            ],
        };
    }

    private static BriefText Title(
        Place place,
        List<KeyValuePair<DateOnly, Amount>> high,
        Amount usual,
        Movements movements
    )
    {
        var name =
            place.Service is { } service && service != movements.NameOf(place.Value)
                ? $"{movements.NameOf(place.Value)}: {service}"
                : movements.NameOf(place.Value);
        var times = high.Max(day => day.Value).ShareOf(usual) is >= 2.5m and var ratio
            ? $"{decimal.Round(ratio, 0, MidpointRounding.AwayFromZero):0} times"
            : "twice";
        return BriefText.Of($"{new BriefName(name)} cost {times} its usual day on {Days(high)}");
    }

    /// <summary>"19 and 20 September".</summary>
    private static string Days(List<KeyValuePair<DateOnly, Amount>> high)
    {
        var last = high[^1].Key.ToString("d MMMM", CultureInfo.InvariantCulture);
        return high.Count == 1 ? last : $"{string.Join(", ", high.SkipLast(1).Select(day => day.Key.Day))} and {last}";
    }

    private static IEnumerable<CostFilter> Conditions(Place place, Movements movements) =>
        movements.Column == "ServiceName"
            ? [movements.Is(place.Value)]
            : [movements.Is(place.Value), new CostFilter("ServiceName", [place.Service])];
}
