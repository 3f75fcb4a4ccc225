using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Quantify.Forecasts.Models;

namespace Bursar.Quantify.Forecasts;

/// <summary>Adds what is booked, what is expected and what is planned up to periods, the whole and its parts.</summary>
internal sealed class AddPeriods(
    ForecastHistory history,
    IReadOnlyList<DateRange> periods,
    ForecastQuestion question,
    GroupForecast total,
    IReadOnlyList<GroupForecast> groups,
    IReadOnlyList<EventOverlay> applied
)
{
    /// <summary>The whole, period by period.</summary>
    public IReadOnlyList<ForecastPeriod> Total { get; private set; } = [];

    /// <summary>The parts, in the order of the groups.</summary>
    public IReadOnlyList<IReadOnlyList<ForecastPeriod>> Parts { get; private set; } = [];

    /// <summary>By how much uncertain events move each quantile of the whole beyond what is expected of them; by
    /// period, none where there is no such event.</summary>
    private List<IReadOnlyDictionary<decimal, Amount>> widened = [];

    /// <summary>The events that widen a band: of many, those that add most.</summary>
    private readonly IReadOnlyList<EventOverlay> uncertain =
    [
        .. applied
            .Where(one => one.Probability is > 0 and < 1)
            .OrderByDescending(one => one.Event.Adds.Values.Aggregate(Amount.Zero, (sum, add) => sum + add.Abs()))
            .Take(EventMixture.EventsMax),
    ];

    /// <summary>What is booked of a period, all groups.</summary>
    public Amount Booked(DateRange period) => Sum(history.Groups.Select(group => group.Booked(period)));

    /// <param name="coarse">The periods that are asked for; those of the forecast lie within.</param>
    public AddPeriods Make(CalendarPeriods coarse)
    {
        IReadOnlyList<decimal> probabilities = [.. ForecastQuestion.UsualQuantiles.Union(question.Quantiles).Order()];
        var (whole, parts) = ForecastSums.AddUp(
            total.Forecast,
            [.. groups.Select(group => group.Forecast)],
            probabilities,
            history.Currency.Decimals
        );
        widened = Widened(probabilities);
        var fine = groups.Select((group, g) => Periods(history.Groups[g].Booked, group, parts[g], g)).ToList();
        var all = Periods(Booked, total, whole, null);
        Parts = [.. fine.Select((rows, g) => Coarse(rows, history.Groups[g].Booked, coarse))];
        Total = Coarse(all, Booked, coarse);
        return this;
    }

    private List<ForecastPeriod> Periods(
        Func<DateRange, Amount> booked,
        GroupForecast group,
        ForecastAmounts amounts,
        int? place
    ) =>
        [
            .. periods.Select(
                (period, k) =>
                {
                    var known = booked(period);
                    var planned = Sum(applied.Select(one => Planned(one.Adds, place, k)));
                    var wider = Wider(place, k);
                    return new ForecastPeriod(
                        period.Start,
                        period.End,
                        known,
                        Missing(group, place, k),
                        known + planned + amounts.Point[k],
                        amounts.Quantiles.ToDictionary(
                            pair => pair.Key,
                            pair => known + planned + pair.Value[k] + wider(pair.Key)
                        )
                    )
                    {
                        Planned = planned,
                        Bands = [Band.Of(group.Forecast, k)],
                        Cases = Cases(place, k),
                    };
                }
            ),
        ];

    private IReadOnlyList<EventCase> Cases(int? place, int k) =>
        EventMixture.Cases([.. uncertain.Select(one => new EventOdds(one.Probability, Planned(one.Adds, place, k)))]);

    private List<IReadOnlyDictionary<decimal, Amount>> Widened(IReadOnlyList<decimal> probabilities) =>
        uncertain.Count == 0
            ? []
            :
            [
                .. periods.Select(
                    (_, k) =>
                    {
                        var cases = Cases(null, k);
                        var moves = cases.All(one => one.Shift == 0)
                            ? probabilities.ToDictionary(probability => probability, _ => 0m)
                            : EventMixture.Moves(Band.Of(total.Forecast, k), cases, probabilities);
                        return (IReadOnlyDictionary<decimal, Amount>)
                            moves.ToDictionary(
                                pair => pair.Key,
                                pair => Amount.From(pair.Value).RoundedTo(history.Currency.Decimals)
                            );
                    }
                ),
            ];

    /// <summary>Of the whole, by how much a quantile moves; of a part, its part of that by what the events add to
    /// it.</summary>
    private Func<decimal, Amount> Wider(int? place, int k)
    {
        if (widened.Count == 0)
            return _ => Amount.Zero;
        if (place is not { } g)
            return probability => widened[k][probability];
        var weights = groups
            .Select((_, one) => Sum(uncertain.Select(some => Planned(some.Adds, one, k))).Abs())
            .Select((weight, one) => KeyValuePair.Create(one.ToString("D4", CultureInfo.InvariantCulture), weight))
            .ToList();
        return weights.TrueForAll(weight => weight.Value.IsZero)
            ? probability => g == 0 ? widened[k][probability] : Amount.Zero
            : probability =>
                LargestRemainder.Split(widened[k][probability], weights, history.Currency.Decimals)[g].Value;
    }

    /// <summary>Of the whole, the sum of the parts as they are shown.</summary>
    private Amount Missing(GroupForecast group, int? place, int k) =>
        place is null
            ? Sum(groups.Select(part => part.Missing(k, history.Currency.Decimals)))
            : group.Missing(k, history.Currency.Decimals);

    private static Amount Planned(Amount[][] adds, int? place, int k) =>
        place is { } g ? adds[g][k] : Sum(adds.Select(row => row[k]));

    /// <summary>Quarters and years of months; the months of the first that are over are known for sure.</summary>
    private static List<ForecastPeriod> Coarse(
        List<ForecastPeriod> fine,
        Func<DateRange, Amount> booked,
        CalendarPeriods coarse
    )
    {
        var result = new List<ForecastPeriod>();
        foreach (var same in fine.GroupBy(period => coarse.Of(period.Start)))
        {
            var sum = ForecastPeriod.Sum([.. same]);
            var before = same.Key.Start < sum.Start ? booked(new DateRange(same.Key.Start, sum.Start)) : Amount.Zero;
            result.Add(before.IsZero && same.Key.Start == sum.Start ? sum : sum.After(same.Key.Start, before));
        }
        return result;
    }

    private static Amount Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);
}
