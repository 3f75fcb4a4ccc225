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
    IReadOnlyList<(AppliedEvent Event, Amount[][] Adds)> applied
)
{
    /// <summary>The whole, period by period.</summary>
    public IReadOnlyList<ForecastPeriod> Total { get; private set; } = [];

    /// <summary>The parts, in the order of the groups.</summary>
    public IReadOnlyList<IReadOnlyList<ForecastPeriod>> Parts { get; private set; } = [];

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
                    return new ForecastPeriod(
                        period.Start,
                        period.End,
                        known,
                        Missing(group, place, k),
                        known + planned + amounts.Point[k],
                        amounts.Quantiles.ToDictionary(pair => pair.Key, pair => known + planned + pair.Value[k])
                    )
                    {
                        Planned = planned,
                        Bands = [Band.Of(group.Forecast, k)],
                    };
                }
            ),
        ];

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
