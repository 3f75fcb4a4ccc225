namespace Bursar.Quantify.Forecasts.Models;

/// <summary>A series of days continued: a value for each day ahead.</summary>
/// <param name="Days">The days after the history.</param>
/// <param name="Reason">Why so, in one plain sentence.</param>
/// <param name="Notes">What was seen in the history, a sentence each.</param>
/// <param name="Models">Who took part; none where no model was needed.</param>
internal sealed record DayForecast(double[] Days, string Reason, IReadOnlyList<string> Notes, Backtest? Models);

/// <summary>
/// Continues a history of days as far as five years: days by a model of days, what lies beyond by a model of months
/// that takes over where the days end.
/// </summary>
/// <remarks>
/// Calendar: a day of the week weighs what it weighed lately, so a month with more working days costs more; a charge
/// that comes on one day of every
/// month is forecast apart; what is charged by the month and only spread over its days is forecast by the month, so
/// that February is not cheaper.
/// </remarks>
internal static class DayPath
{
    private const int NearDays = 100;
    private const int WeekDays = 7;
    private const int StillDays = 28;
    private const int YearOfMonths = 12;
    private const int MonthsMin = 3;

    public static DayForecast Make(
        double[] history,
        DateOnly first,
        int horizon,
        Effort effort,
        bool isByMonth = false,
        IReadOnlySet<DateOnly>? holidays = null
    )
    {
        if (Array.TrueForAll(history, value => !double.IsFinite(value) || value == 0))
            return new DayForecast(new double[horizon], "There was nothing, so nothing is expected.", [], null);
        if (
            history.Length > 2 * StillDays
            && history.TakeLast(StillDays).All(value => value == 0)
            && !Intermittent.Is([.. history.Where(double.IsFinite).SkipLast(StillDays)])
        )
            return new DayForecast(
                new double[horizon],
                "Nothing came in the last four weeks, so nothing more is expected.",
                [],
                null
            );
        var months = CalendarMonths.Of(history, first);
        if (months.Values.Count > 0 && (months.AreCharged || isByMonth))
            return months.Continue(first.AddDays(history.Length), horizon, effort);
        var lumps = MonthDays.Find(history, first);
        var plain = lumps.Without(history, first);
        var holiday = HolidayEffect.Find(plain, first, holidays ?? HolidayEffect.None.Days);
        var level = holiday.Without(plain, first);
        var near = Forecaster.Path(level, WeekDays, Math.Min(horizon, NearDays), effort);
        var path = Beyond(level, first, near.Point, horizon, effort);
        holiday.LayOver(path, first.AddDays(history.Length));
        lumps.AddTo(path, first.AddDays(history.Length));
        return new DayForecast(
            path,
            near.Reason,
            [.. Dated(near, first), .. lumps.Notes, .. holiday.Notes],
            near.Backtest
        );
    }

    /// <summary>
    /// From the month after the one that has begun on, the level goes by months, and the days only say how a month is
    /// laid out: days know the level best, months the direction.
    /// </summary>
    private static double[] Beyond(double[] level, DateOnly first, double[] near, int horizon, Effort effort)
    {
        var start = first.AddDays(level.Length);
        var weights = Weights(near, start);
        var months = CalendarMonths.Weighed(level, first, weights);
        var last = CalendarMonths.Number(start.AddDays(horizon - 1));
        var path = new double[horizon];
        near.CopyTo(path, 0);
        var isPositive = Array.TrueForAll(near, value => value >= 0) && months.Values.All(value => value > 0);
        if (!isPositive || months.Values.Count < MonthsMin || last <= months.LastMonth + 1)
        {
            var tail = near.TakeLast(StillDays).Average();
            for (var t = near.Length; t < horizon; t++)
                path[t] = tail * weights[(int)start.AddDays(t).DayOfWeek];
            return path;
        }
        var ahead = Forecaster.Path([.. months.Values], YearOfMonths, last - months.LastMonth, effort).Point;
        var days = Indices(near, start, weights);
        var begun = CalendarMonths.Number(start);
        var (joint, levelThen) = (begun, days[begun]);
        for (var t = 0; t < horizon; t++)
        {
            var day = start.AddDays(t);
            var month = CalendarMonths.Number(day);
            var direction = ahead[month - months.LastMonth - 1] / ahead[Math.Max(0, joint - months.LastMonth - 1)];
            if (!(direction > 0) || !double.IsFinite(direction) || levelThen <= 0)
                direction = 1;
            path[t] =
                t >= near.Length ? levelThen * direction * weights[(int)day.DayOfWeek]
                : month == begun ? path[t]
                : path[t] * direction * days[begun] / days[month];
            if (t == near.Length - 1)
            {
                joint = month;
                levelThen = path.Take(t + 1).TakeLast(StillDays).Average();
            }
        }
        return path;
    }

    /// <summary>What a day of the mean weight costs in each month that the days reach.</summary>
    private static Dictionary<int, double> Indices(double[] near, DateOnly start, double[] weights) =>
        near.Select((value, t) => (Day: start.AddDays(t), value))
            .GroupBy(one => CalendarMonths.Number(one.Day))
            .ToDictionary(
                same => same.Key,
                same => Math.Max(1e-12, same.Sum(one => one.value) / same.Sum(one => weights[(int)one.Day.DayOfWeek]))
            );

    /// <summary>What was seen, with the day of a step instead of its place.</summary>
    private static IEnumerable<string> Dated(SeriesPath near, DateOnly first) =>
        near.StepAt is { } at
            ? near
                .Notes.Where(note => !note.StartsWith(LevelBreak.Said, StringComparison.Ordinal))
                .Append(
                    $"{LevelBreak.Said} on {first.AddDays(at):yyyy-MM-dd} and stayed there; what lies before is moved with it."
                )
            : near.Notes;

    /// <summary>What each day of the week weighs beside the mean.</summary>
    private static double[] Weights(double[] near, DateOnly start)
    {
        var sums = new double[WeekDays];
        var weeks = near.Length / WeekDays;
        for (var t = near.Length - (weeks * WeekDays); t < near.Length; t++)
            sums[(int)start.AddDays(t).DayOfWeek] += near[t] / weeks;
        var mean = sums.Sum() / WeekDays;
        return mean > 0 && Array.TrueForAll(sums, sum => sum >= 0)
            ? Array.ConvertAll(sums, sum => sum / mean)
            : [1, 1, 1, 1, 1, 1, 1];
    }
}
