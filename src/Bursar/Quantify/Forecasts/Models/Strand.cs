using Bursar.Core.Amounts;

namespace Bursar.Quantify.Forecasts.Models;

/// <summary>
/// What one provider charges for one group, day by day: the thread that forecasts are spun from. Each has its own last
/// whole day, because providers deliver at different times.
/// </summary>
/// <param name="Provider">Who delivers it.</param>
/// <param name="First">The day of the first value.</param>
/// <param name="Days">A value for each day; a day that was never delivered is no number.</param>
/// <param name="Known">The last day that is whole; what is booked of later days may still grow.</param>
internal sealed record Strand(string Provider, DateOnly First, double[] Days, DateOnly Known)
{
    /// <summary>Values up to the last whole day.</summary>
    public double[] Whole => Days[..Math.Clamp(Place(Known) + 1, 0, Days.Length)];

    /// <summary>The day after the last value that is booked, whole or not.</summary>
    public DateOnly End => First.AddDays(Days.Length);

    /// <summary>Whether the figures are of whole months and only laid out over their days.</summary>
    public bool IsByMonth { get; init; }

    /// <summary>Which part of the question it belongs to, where parts are something else than providers.</summary>
    public string? Part { get; init; }

    /// <summary>Public holidays, over and ahead.</summary>
    public IReadOnlySet<DateOnly> Holidays { get; init; } = HolidayEffect.None.Days;

    /// <summary>Up to which day it would have been whole on an earlier day: it lags as it does today.</summary>
    /// <param name="through">The newest day of all data, today.</param>
    /// <param name="origin">The newest day of all data, then.</param>
    public DateOnly KnownAt(DateOnly through, DateOnly origin)
    {
        if (origin >= through)
            return Known;
        var isWholeMonths = Known.AddDays(1).Day == 1 && (IsByMonth || Known < through);
        return isWholeMonths
            ? origin.AddDays(1).AddDays(-origin.AddDays(1).Day)
            : origin.AddDays(Known.DayNumber - through.DayNumber);
    }

    /// <summary>The same as it stood when less was known.</summary>
    public Strand UpTo(DateOnly known) =>
        this with
        {
            Days = Days[..Math.Clamp(Place(known) + 1, 0, Days.Length)],
            Known = known,
        };

    /// <summary>What is booked from a day to another, exclusive.</summary>
    public double Booked(DateOnly from, DateOnly end)
    {
        var sum = 0.0;
        for (var t = Math.Max(0, Place(from)); t < Math.Min(Days.Length, Place(end)); t++)
            sum += double.IsFinite(Days[t]) ? Days[t] : 0;
        return sum;
    }

    /// <summary>The mean of the last so many whole days that are known.</summary>
    public double Mean(int days)
    {
        var values = Whole.TakeLast(days).Where(double.IsFinite).ToArray();
        return values.Length == 0 ? 0 : values.Average();
    }

    private int Place(DateOnly day) => day.DayNumber - First.DayNumber;

    /// <summary>Lays figures of days out from the first to the last; days without one are zero, or no number where the
    /// provider delivered nothing at all.</summary>
    public static Strand Of(
        string provider,
        IReadOnlyDictionary<DateOnly, Amount> figures,
        DateOnly known,
        IReadOnlySet<DateOnly> missing
    )
    {
        var used = figures.Where(pair => !pair.Value.IsZero).Select(pair => pair.Key).Order().ToList();
        if (used.Count == 0)
            return new Strand(provider, known, [0], known);
        var (first, last) = (used[0], used[^1] > known ? used[^1] : known);
        var days = new double[last.DayNumber - first.DayNumber + 1];
        for (var t = 0; t < days.Length; t++)
        {
            var day = first.AddDays(t);
            days[t] =
                figures.TryGetValue(day, out var figure) ? (double)figure.ToDecimal()
                : missing.Contains(day) ? double.NaN
                : 0;
        }
        return new Strand(provider, first, days, known);
    }

    /// <summary>Lays figures of months, by their first days, out over the days of these.</summary>
    public static Strand OfMonths(string provider, IReadOnlyDictionary<DateOnly, Amount> figures, DateOnly known)
    {
        var used = figures.Where(pair => !pair.Value.IsZero).Select(pair => pair.Key).Order().ToList();
        if (used.Count == 0)
            return new Strand(provider, known, [0], known) { IsByMonth = true };
        var (first, end) = (used[0], used[^1].AddMonths(1) > known ? used[^1].AddMonths(1) : known.AddDays(1));
        var days = new double[end.DayNumber - first.DayNumber];
        for (var t = 0; t < days.Length; t++)
        {
            var day = first.AddDays(t);
            var figure = figures.GetValueOrDefault(new DateOnly(day.Year, day.Month, 1));
            days[t] = (double)figure.ToDecimal() / DateTime.DaysInMonth(day.Year, day.Month);
        }
        return new Strand(provider, first, days, known) { IsByMonth = true };
    }
}
