using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Manage.Limits;
using Bursar.Understand.Anomalies.Detection;
using Bursar.Understand.Unallocated;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies.Runaways;

/// <summary>Finds AI that runs away, within the hour in which its use arrives (ANO-07).</summary>
/// <param name="view">The books.</param>
/// <param name="floors">By currency, below which excess a day is not told.</param>
internal sealed class FindRunaways(BooksView view, IReadOnlyList<Money> floors)
{
    private const int HoursOfDay = 24;
    private const decimal SameCause = 0.6m;

    // Of a currency that only logs are in.
    private const decimal LeastOfDay = 10;

    /// <param name="from">The first day on which one may begin.</param>
    /// <param name="cancel">Ends the work.</param>
    public List<Anomaly> Of(DateOnly from, CancellationToken cancel)
    {
        var told = new List<Anomaly>();
        Tell(view, isOfLogs: false);
        // Estimates that count are among the charges already.
        if (view.Logs.Deliveries.Except(view.Deliveries).Any())
            Tell(view.Logs, isOfLogs: true);
        var limits = told.Exists(one => one.IsOngoing) ? new MeasureLimits(view).Review(cancel).Items : [];
        return [.. told.Select(one => Covered(one, limits, cancel))];

        void Tell(BooksView basis, bool isOfLogs)
        {
            var explain = new ExplainAnomaly(basis);
            var seen = new ReadAiHours(basis)
                .Read(from, cancel)
                .SelectMany(series => Spans(series, isOfLogs))
                .Where(one => one.Anomaly.Days.Start >= from)
                // The narrowest place first; of those, what has most of it.
                .OrderBy(one => one.IsWhole)
                .ThenByDescending(one => one.Anomaly.Excess)
                .ThenByDescending(one => one.Anomaly.Place.Count)
                .ToList();
            foreach (var (anomaly, _) in seen)
                if (!told.Exists(before => IsSame(before, anomaly)))
                    told.Add(explain.Of(anomaly, cancel));
        }
    }

    /// <summary>Whether a runaway is the cause of what its days show.</summary>
    public static bool IsCauseOf(Anomaly runaway, Anomaly day) =>
        day is { IsDataDefect: false, Excess.IsNegative: false }
        && day.Currency == runaway.Currency
        && day.Days.Start < runaway.Days.End
        && runaway.Days.Start < day.Days.End
        && runaway.Excess.ShareOf(day.Excess) >= SameCause
        && day.Place.All(filter =>
            runaway.Place.All(own => own.Column != filter.Column || own.Values[0] == filter.Values[0])
        );

    private static bool IsSame(Anomaly before, Anomaly after) =>
        before.Currency == after.Currency
        && before.Place[0].Values[0] == after.Place[0].Values[0]
        && before.Runaway!.Start < after.Runaway!.End
        && after.Runaway.Start < before.Runaway.End
        && before.Excess.ShareOf(after.Excess) >= SameCause;

    private IEnumerable<(Anomaly Anomaly, bool IsWhole)> Spans(HourSeries series, bool isOfLogs)
    {
        var known = floors.Where(one => one.Currency == series.Currency).Select(one => one.Amount.ToDecimal());
        var floor = known.DefaultIfEmpty(LeastOfDay).First() / HoursOfDay;
        var find = new FindFastHours(series.Figures);
        var spans = find.Over(floor);
        return spans.Select(span => (AnomalyOf(series, find, span, isOfLogs), series.IsWhole));
    }

    private static Anomaly AnomalyOf(HourSeries series, FindFastHours find, FastSpan span, bool isOfLogs)
    {
        var hours = Enumerable
            .Range(Math.Max(0, span.Start - HoursOfDay), span.End - Math.Max(0, span.Start - HoursOfDay))
            .Select(hour => new RunawayHour(
                series.First.AddHours(hour),
                Rounded(series.Figures[hour]),
                Rounded(find.Expected[hour])
            ))
            .ToList();
        var (start, end) = (series.First.AddHours(span.Start), series.First.AddHours(span.End));
        var fast = hours.Where(hour => hour.Hour >= start).ToList();
        var (actual, expected) = (Sum(fast, one => one.Actual), Sum(fast, one => one.Expected));
        var days = DaysOf(series);
        var first = DateOnly.FromDateTime(start);
        return new Anomaly(
            "a"
                + WorkScope.IdOf([
                    series.Currency.Code,
                    nameof(AnomalyKind.Runaway),
                    days.Title,
                    $"{start:yyyy-MM-ddTHH}",
                ])[1..],
            AnomalyKind.Runaway,
            days,
            new DateRange(first, DateOnly.FromDateTime(end.AddHours(-1)).AddDays(1)),
            actual,
            expected
        )
        {
            Score = decimal.Round(span.Score, 1, MidpointRounding.AwayFromZero),
            ToldOn = first,
            IsOngoing = span.End == series.Figures.Count,
            ShareOfWhole = 1,
            Runaway = new Runaway(
                start,
                end,
                fast[^1].Actual,
                Rounded(expected.ToDecimal() / fast.Count),
                fast.Max(one => one.Actual),
                hours,
                isOfLogs
            ),
        };
    }

    /// <summary>The same by the day, for what asks about days.</summary>
    private static DaySeries DaysOf(HourSeries series)
    {
        var first = DateOnly.FromDateTime(series.First);
        var last = DateOnly.FromDateTime(series.First.AddHours(series.Figures.Count - 1));
        var days = new decimal[last.DayNumber - first.DayNumber + 1];
        for (var hour = 0; hour < series.Figures.Count; hour++)
            days[DateOnly.FromDateTime(series.First.AddHours(hour)).DayNumber - first.DayNumber] += series.Figures[
                hour
            ];
        return new DaySeries(SeriesOf.Cost, series.Place, series.Currency, first, days, [], []);
    }

    /// <summary>The limit that it uses up first.</summary>
    private Anomaly Covered(Anomaly one, IReadOnlyList<LimitStatus> limits, CancellationToken cancel)
    {
        if (!one.IsOngoing)
            return one;
        var first = limits
            .Where(limit => limit.Money.Unit == one.Currency && limit.Money.HoursLeft is not null)
            .OrderBy(limit => limit.Money.HoursLeft)
            .FirstOrDefault(limit =>
                new ExplainAnomaly(one.Runaway!.IsOfLogs ? view.Logs : view).IsMostlyIn(one, limit.Charges, cancel)
            );
        return one with { Runaway = one.Runaway! with { Limit = first } };
    }

    private static Amount Sum(IEnumerable<RunawayHour> hours, Func<RunawayHour, Amount> figure) =>
        hours.Aggregate(Amount.Zero, (sum, one) => sum + figure(one));

    private static Amount Rounded(decimal figure) =>
        Amount.From(decimal.Round(figure, 2, MidpointRounding.AwayFromZero));
}
