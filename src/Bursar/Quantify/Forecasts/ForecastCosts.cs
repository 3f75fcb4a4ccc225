using Bursar.Core.Amounts;
using Bursar.Core.Diagnostics;
using Bursar.Core.Time;
using Bursar.Manage.Strategy;
using Bursar.Quantify.Forecasts.Models;
using Bursar.Warehouse.Queries;
using Bursar.Web;
using Bursar.Workspaces;

namespace Bursar.Quantify.Forecasts;

/// <summary>Forecasts what a question about cost, a quantity or a series will come to.</summary>
internal static class ForecastCosts
{
    /// <summary>So many strands may each have all models; of more, each has the quick ones.</summary>
    private const int FullStrandsMax = 12;

    private const int OriginsMax = 12;
    private const int PastMonths = 36;
    private const int PastOthers = 120;

    /// <exception cref="RefusedException">There is too little to learn from, or the time asked for is past or too
    /// far.</exception>
    public static CostForecast Ask(BooksView view, ForecastQuestion question, CancellationToken cancel)
    {
        RequireQuantiles(question);
        var history = HistoryOf(view, question, cancel);
        var fine = question.Over is TimeGrain.Quarter or TimeGrain.Year ? TimeGrain.Month : question.Over;
        var calendar = new CalendarPeriods(fine, view.Rulebook.FiscalYearStart);
        var coarse = new CalendarPeriods(question.Over, view.Rulebook.FiscalYearStart);
        var last = Last(question, history, coarse);
        var unknown = history.CompleteThrough.AddDays(1);
        var periods = calendar.Between(unknown, last);
        var origins = Origins(history, fine, calendar, periods.Count);
        var strands = history.Groups.SelectMany(Named).ToList();
        var effort = strands.Count <= FullStrandsMax ? Effort.Full : Effort.Quick;
        var runs = new SpinStrands(periods, history.Through, origins, effort).Run(strands, cancel);
        var past = Past(history, calendar, unknown);
        var groups = new List<GroupForecast>();
        var taken = 0;
        foreach (var group in history.Groups)
        {
            groups.Add(Group(runs[taken..(taken + group.Strands.Count)], past.Select(period => group.Booked(period))));
            taken += group.Strands.Count;
        }
        var total = Group(runs, past.Select(period => Sum(history.Groups.Select(group => group.Booked(period)))));
        var events = new OverlayEvents(view, history, groups);
        var applied =
            question is { WithEvents: true, Series: null } && !question.Cost.Measure.IsQuantity
                ? events.Of(periods, cancel)
                : [];
        var made = new AddPeriods(history, periods, question, total, groups, applied).Make(coarse);
        var shown = past.TakeLast(fine == TimeGrain.Month ? PastMonths : PastOthers).ToList();
        return new CostForecast(
            question with
            {
                Through = last,
            },
            history.Currency,
            history.Through,
            history.CompleteThrough,
            [.. shown.Select(period => new PastPeriod(period.Start, period.End, made.Booked(period)))],
            made.Total,
            history.Asked.By.Count == 0
                ? []
                :
                [
                    .. history.Groups.Select(
                        (group, g) =>
                            new ForecastPart(
                                group.Keys,
                                made.Parts[g],
                                [
                                    .. shown.Select(period => new PastPeriod(
                                        period.Start,
                                        period.End,
                                        group.Booked(period)
                                    )),
                                ],
                                groups[g].Forecast.Reason,
                                groups[g].Backtest
                            )
                    ),
                ],
            total.Forecast.Reason,
            total.Backtest,
            total.Models(),
            [.. applied.Select(one => one.Event)],
            [.. Notes(view, history, question, runs, past.Count), .. events.Notes]
        )
        {
            IsDraft = view.IsDraft,
            Asked = history.Asked,
        };

        GroupForecast Group(IReadOnlyList<StrandRun> some, IEnumerable<Amount> amounts) =>
            GroupForecast.Of(some, origins, periods.Count, [.. amounts], history.CompleteThrough);
    }

    /// <summary>Its strands, told apart by what the group is beside its provider.</summary>
    private static IEnumerable<Strand> Named(HistoryGroup group)
    {
        var part = string.Join(" · ", group.Keys.Select(key => key ?? Display.NoValue));
        return group.Strands.Select(strand => strand with { Part = part == strand.Provider ? null : part });
    }

    /// <summary>What is known of the question, without a forecast.</summary>
    public static ForecastHistory HistoryOf(BooksView view, ForecastQuestion question, CancellationToken cancel) =>
        new ReadHistory(view).Of(Scoped(view, question), cancel);

    /// <summary>The question with the conditions of its scope.</summary>
    private static ForecastQuestion Scoped(BooksView view, ForecastQuestion question)
    {
        if (question.Scope is not { } name)
            return question;
        var scope =
            view.Rulebook.Find<Scope>(name)
            ?? throw new RefusedException(
                "forecasts/unknown-scope",
                $"The rulebook has no scope \"{name}\".{DidYouMean.Question(name, view.Rulebook.All<Scope>().Select(one => one.Name))}",
                "`bursar scopes` lists them.",
                exitCode: 2
            );
        return question with
        {
            Cost = question.Cost with { Where = [.. scope.Charges.ToFilters(), .. question.Cost.Where] },
        };
    }

    private static void RequireQuantiles(ForecastQuestion question)
    {
        foreach (var quantile in question.Quantiles)
        {
            if (quantile is < 0.001m or > 0.999m)
                throw new RefusedException(
                    "forecasts/bad-quantile",
                    $"{quantile} is no quantile.",
                    "Write a probability from 0.001 to 0.999: 0.95.",
                    exitCode: 2
                );
        }
    }

    /// <summary>The last day, at the end of its period.</summary>
    private static DateOnly Last(ForecastQuestion question, ForecastHistory history, CalendarPeriods coarse)
    {
        var next = history.CompleteThrough.AddDays(1);
        var last =
            question.Through
            ?? question.Over switch
            {
                TimeGrain.Day => history.Through.AddDays(30),
                TimeGrain.Week => history.Through.AddDays(7 * 12),
                TimeGrain.Month => next.AddMonths(11),
                TimeGrain.Quarter => next.AddMonths(11),
                _ => next.AddMonths(24),
            };
        if (last < next)
            throw new RefusedException(
                "forecasts/past",
                $"Everything up to {last:yyyy-MM-dd} has come already: data is complete through {history.CompleteThrough:yyyy-MM-dd}.",
                "Ask for a later day with --to; for how good a forecast of the past would have been, add --known-through DAY.",
                exitCode: 2
            );
        if (last > history.Through.AddMonths(ForecastQuestion.MonthsMax))
            throw new RefusedException(
                "forecasts/too-far",
                $"{last:yyyy-MM-dd} is more than {ForecastQuestion.MonthsMax} months ahead.",
                $"Ask for a day up to {history.Through.AddMonths(ForecastQuestion.MonthsMax):yyyy-MM-dd}.",
                exitCode: 2
            );
        return coarse.Of(last).End.AddDays(-1);
    }

    /// <summary>Earlier days from which the same is forecast again: as far into the month, or the week, as
    /// today.</summary>
    private static List<BacktestOrigin> Origins(
        ForecastHistory history,
        TimeGrain fine,
        CalendarPeriods calendar,
        int count
    )
    {
        var (first, through) = (history.First, history.Through);
        var span = through.DayNumber - first.DayNumber + 1;
        var earliest = first.AddDays(Math.Max(history.IsByMonth ? 120 : 56, span / 3));
        var isMonthEnd = through.AddDays(1).Day == 1;
        var origins = new List<BacktestOrigin>();
        for (var j = 1; j <= OriginsMax; j++)
        {
            var day = fine switch
            {
                TimeGrain.Day => through.AddDays(-9 * j),
                TimeGrain.Week => through.AddDays(-14 * j),
                _ when isMonthEnd => through.AddDays(1).AddMonths(-j).AddDays(-1),
                _ => through.AddMonths(-j),
            };
            if (day < earliest)
                break;
            var unknown = history.Strands.Min(strand => strand.KnownAt(through, day)).AddDays(1);
            var periods = calendar.Between(unknown, history.CompleteThrough).Take(Math.Min(count, 28)).ToList();
            if (periods.Count > 0)
                origins.Add(new BacktestOrigin(day, through, periods));
        }
        return origins;
    }

    /// <summary>Whole periods of the history.</summary>
    private static List<DateRange> Past(ForecastHistory history, CalendarPeriods calendar, DateOnly unknown) =>
        [
            .. calendar
                .Between(history.First, unknown)
                .Where(period => period.End <= unknown && period.Start >= history.First.AddDays(-history.First.Day)),
        ];

    private static Amount Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);

    private static IEnumerable<string> Notes(
        BooksView view,
        ForecastHistory history,
        ForecastQuestion question,
        IReadOnlyList<StrandRun> runs,
        int past
    )
    {
        var days = history.CompleteThrough.DayNumber - history.First.DayNumber + 1;
        yield return $"Learned from {history.First:yyyy-MM-dd} to {history.CompleteThrough:yyyy-MM-dd}, {days} days.";
        foreach (var note in history.Notes)
            yield return note;
        if (days < 56)
            yield return "With less than 8 weeks, there is no backtest and the band is assumed: a quarter of the level, wider with each step.";
        else if (days < 28 * 30)
            yield return days >= 464
                ? "A season of the year needs 28 months; until then, weeks move half as much as they did a year before."
                : "A season of the year needs 28 months of history; it is not in this forecast.";
        foreach (
            var note in runs.SelectMany(run => run.Ahead.Notes.Select(note => (run.Strand.Provider, note)))
                .GroupBy(one => one.note)
                .Take(6)
        )
            yield return $"{string.Join(", ", note.Select(one => one.Provider).Distinct().Take(3))}: {note.Key}";
        if (question.Over is TimeGrain.Quarter or TimeGrain.Year)
        {
            yield return "The bands of months are added up, as if all went high or low together: never too narrow.";
            if (view.Rulebook.FiscalYearStart != 1)
                yield return $"Fiscal years start in month {view.Rulebook.FiscalYearStart}.";
        }
        if (question.KnownThrough is { } known)
            yield return $"As if nothing after {known:yyyy-MM-dd} were known; the rules are those of today.";
    }
}
