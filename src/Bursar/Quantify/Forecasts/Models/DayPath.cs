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
/// Calendar: a day of the week weighs what it weighed lately, so a month with more working days costs more; a charge that comes on one day of every
/// month is forecast apart; what is charged by the month and only spread over its days is forecast by the month, so that February is not cheaper.
/// </remarks>
internal static class DayPath
{
    private const int NearDays = 100;
    private const int WeekDays = 7;
    private const int StillDays = 28;
    private const int YearOfMonths = 12;

    public static DayForecast Make(
        double[] history,
        DateOnly first,
        int horizon,
        Effort effort,
        bool isByMonth = false
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
        var level = lumps.Without(history, first);
        var near = Forecaster.Make(level, WeekDays, Math.Min(horizon, NearDays), effort);
        var path = Beyond(level, first, near.Point, horizon, effort);
        lumps.AddTo(path, first.AddDays(history.Length));
        return new DayForecast(path, near.Reason, [.. near.Notes, .. lumps.Notes], near.Backtest);
    }

    /// <summary>The days that the model of days does not reach: months, laid over the days as they weigh.</summary>
    private static double[] Beyond(double[] level, DateOnly first, double[] near, int horizon, Effort effort)
    {
        if (near.Length >= horizon)
            return near;
        var start = first.AddDays(level.Length);
        var weights = Weights(near, start);
        var months = CalendarMonths.Weighed(level, first, weights);
        var last = CalendarMonths.Number(start.AddDays(horizon - 1));
        var nearEnd = start.AddDays(near.Length);
        var path = new double[horizon];
        near.CopyTo(path, 0);
        var tail = near.TakeLast(StillDays).Average();
        var ahead =
            months.Values.Count < 3
                ? []
                : Forecaster.Make([.. months.Values], YearOfMonths, last - months.LastMonth, effort).Point;
        var anchor = Anchor(near, start, weights);
        for (var t = near.Length; t < horizon; t++)
        {
            var day = start.AddDays(t);
            var value = ahead.Length == 0 ? tail : Joined(ahead, months.LastMonth, anchor, day, tail);
            path[t] = value * weights[(int)day.DayOfWeek];
        }
        return path;
    }

    /// <summary>The model of months, moved so that it goes on where the days stop.</summary>
    private static double Joined(
        double[] ahead,
        int lastMonth,
        (int Month, double Value) anchor,
        DateOnly day,
        double tail
    )
    {
        var value = ahead[CalendarMonths.Number(day) - lastMonth - 1];
        var place = anchor.Month - lastMonth - 1;
        if (place < 0 || place >= ahead.Length)
            return value;
        var meant = ahead[place];
        return meant > 0 && anchor.Value > 0 && tail >= 0
            ? value * anchor.Value / meant
            : value + anchor.Value - meant;
    }

    /// <summary>The last month that the days cover whole, and a day's value in it.</summary>
    private static (int Month, double Value) Anchor(double[] near, DateOnly start, double[] weights)
    {
        var months = CalendarMonths.Weighed(near, start, weights);
        return months.Values.Count == 0 ? (int.MinValue, 0) : (months.LastMonth, months.Values[^1]);
    }

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
