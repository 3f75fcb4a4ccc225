namespace Bursar.Quantify.Forecasts.Models;

/// <summary>The whole calendar months of a series of days.</summary>
/// <param name="LastMonth">The number of the last whole month.</param>
/// <param name="Values">A value for each, oldest first.</param>
/// <param name="AreCharged">Whether the provider charges by the month and spreads it evenly over its days.</param>
internal sealed record CalendarMonths(int LastMonth, IReadOnlyList<double> Values, bool AreCharged)
{
    private const double EvenShare = 0.01;
    private const double MonthsShare = 0.8;
    private const int Year = 12;

    /// <summary>Months counted through all years, so that they can be subtracted.</summary>
    public static int Number(DateOnly day) => (day.Year * Year) + day.Month - 1;

    /// <summary>The first day of a month by its number.</summary>
    public static DateOnly Start(int number) => new(number / Year, (number % Year) + 1, 1);

    /// <summary>The sums of the months.</summary>
    public static CalendarMonths Of(double[] days, DateOnly first)
    {
        var whole = Whole(days, first).ToList();
        var sums = whole.Select(month => month.Days.Sum()).ToList();
        var even = whole.Count(month => IsEven(month.Days));
        // Where days of long months cost as much as those of short ones, it is the day that is charged.
        var byDay = whole.Select(month => month.Days.Average()).ToList();
        return new CalendarMonths(
            whole.Count == 0 ? Number(first) - 1 : whole[^1].Number,
            sums,
            whole.Count >= 2 && even >= MonthsShare * whole.Count && Moves(sums) <= Moves(byDay)
        );
    }

    /// <summary>What a day of the mean weight costs in each month.</summary>
    public static CalendarMonths Weighed(double[] days, DateOnly first, double[] weights)
    {
        var whole = Whole(days, first).ToList();
        return new CalendarMonths(
            whole.Count == 0 ? Number(first) - 1 : whole[^1].Number,
            [
                .. whole.Select(month =>
                    month.Days.Sum()
                    / month.Days.Select((_, i) => weights[(int)Start(month.Number).AddDays(i).DayOfWeek]).Sum()
                ),
            ],
            false
        );
    }

    /// <summary>The months ahead, spread over their days as the provider does.</summary>
    public DayForecast Continue(DateOnly start, int horizon, Effort effort)
    {
        var last = Number(start.AddDays(horizon - 1));
        var forecast = Forecaster.Path([.. Values], Year, Math.Max(1, last - LastMonth), effort);
        var path = new double[horizon];
        for (var t = 0; t < horizon; t++)
        {
            var day = start.AddDays(t);
            var place = Number(day) - LastMonth - 1;
            path[t] = (place < 0 ? Values[^1] : forecast.Point[place]) / DateTime.DaysInMonth(day.Year, day.Month);
        }
        return new DayForecast(
            path,
            "It is charged by the month and spread over its days, so months are forecast. " + forecast.Reason,
            forecast.Notes,
            forecast.Backtest
        );
    }

    private static IEnumerable<(int Number, double[] Days)> Whole(double[] days, DateOnly first)
    {
        var (filled, _) = Gaps.Fill(days, 7);
        var skipped = days.Length - filled.Length;
        var begin = first.AddDays(skipped);
        var number = Number(begin) + (begin.Day == 1 ? 0 : 1);
        for (var start = Start(number); ; start = start.AddMonths(1))
        {
            var from = start.DayNumber - begin.DayNumber;
            var count = DateTime.DaysInMonth(start.Year, start.Month);
            if (from + count > filled.Length)
                yield break;
            yield return (Number(start), filled[from..(from + count)]);
        }
    }

    private static bool IsEven(double[] days)
    {
        var mean = days.Average();
        return days.Max() - days.Min() <= EvenShare * Math.Abs(mean);
    }

    /// <summary>How much a series moves from value to value, as a share of its level.</summary>
    private static double Moves(List<double> values)
    {
        var level = values.Average(Math.Abs);
        return level == 0
            ? 0
            : values.Zip(values.Skip(1), (one, next) => Math.Abs(next - one)).DefaultIfEmpty().Average() / level;
    }
}
