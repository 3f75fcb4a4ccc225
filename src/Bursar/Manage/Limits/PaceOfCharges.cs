using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Reporting;
using Bursar.Warehouse.Queries;

namespace Bursar.Manage.Limits;

/// <summary>What charges came to on a day, whatever their time.</summary>
internal readonly record struct PartOfDay(string? Key, Currency Unit, DateOnly Day, Amount Amount)
{
    /// <summary>The rate that it was converted at; null as billed.</summary>
    public ConversionRate? Rate { get; init; }
}

/// <summary>What charges of at most an hour came to in one.</summary>
internal readonly record struct PartOfHour(string? Key, Currency Unit, DateTime Hour, Amount Amount);

/// <summary>Which gauge is read off.</summary>
/// <param name="Unit">The currency or the unit.</param>
/// <param name="Key">Of which value; null for all.</param>
/// <param name="Cap">What may be used.</param>
/// <param name="PerHour">What an hour may come to at most.</param>
/// <param name="Factor">How many times the pace trips the wire.</param>
internal sealed record GaugeOf(Currency Unit, string? Key, Amount Cap, Amount? PerHour, decimal Factor);

/// <summary>Charges by the hour where they tell it; what is told by the day counts a twenty-fourth an hour.</summary>
/// <param name="days">All of them, by day.</param>
/// <param name="hours">Those of at most an hour.</param>
/// <param name="until">When the newest hour ends.</param>
internal sealed class PaceOfCharges(IReadOnlyList<PartOfDay> days, IReadOnlyList<PartOfHour> hours, DateTime until)
{
    private const int HoursOfDay = 24;
    private const int DaysCarried = 3;

    public DateTime Until => until;

    private DateOnly Newest => DateOnly.FromDateTime(until.AddHours(-1));

    /// <summary>The values that there are.</summary>
    public IEnumerable<string?> Keys => days.Select(part => part.Key).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The same in one currency, every day at its rate; what has none stays as billed.</summary>
    public PaceOfCharges In(Currency money, Func<Currency, IReadOnlyList<ConversionRate>> ratesOf)
    {
        var rates = days.Select(part => part.Unit)
            .Where(unit => unit != money)
            .Distinct()
            .ToDictionary(unit => unit, ratesOf);
        return rates.Count == 0 ? this : new PaceOfCharges([.. days.Select(OfDay)], [.. hours.Select(OfHour)], until);

        PartOfDay OfDay(PartOfDay part) =>
            On(part.Unit, part.Day) is { } rate
                ? part with
                {
                    Unit = money,
                    Amount = part.Amount.AtRate(rate.Rate),
                    Rate = rate,
                }
                : part;

        PartOfHour OfHour(PartOfHour part) =>
            On(part.Unit, DateOnly.FromDateTime(part.Hour)) is { } rate
                ? part with
                {
                    Unit = money,
                    Amount = part.Amount.AtRate(rate.Rate),
                }
                : part;

        ConversionRate? On(Currency unit, DateOnly day) =>
            rates.GetValueOrDefault(unit)?.FirstOrDefault(rate => rate.Start <= day && day < rate.End);
    }

    /// <summary>The rates that they were converted at in a period, the newest last.</summary>
    public IReadOnlyList<ConversionRate> Rates(string? key, DateRange period) =>
        [
            .. days.Where(part => part.Rate is not null && part.Key == key && period.Contains(part.Day))
                .Select(part => part.Rate!)
                .Distinct()
                .OrderBy(rate => rate.Start)
                .ThenBy(rate => rate.Currency),
        ];

    /// <summary>How much was used in a period, and how fast.</summary>
    public LimitGauge Gauge(GaugeOf of, DateRange period)
    {
        var byDay = ByDay(of.Unit, of.Key);
        var spent = byDay.Where(day => period.Contains(day.Key)).Aggregate(Amount.Zero, (sum, day) => sum + day.Value);
        var line = Line(of.Unit, of.Key, byDay);
        var (cap, length) = (of.Cap.ToDecimal(), LimitTimes.Hours(period));
        var tripwire = VelocityMath.Tripwire(cap, length, of.Factor);
        if (of.PerHour is { } perHour)
            tripwire = Math.Min(tripwire, perHour.ToDecimal());
        var start = LimitTimes.Midnight(period.Start);
        var now = until.AddHours(-MeasureLimits.HoursOfNow);
        return new LimitGauge(
            of.Unit,
            of.Cap,
            spent,
            length,
            tripwire,
            line.Count > 0 ? line[^1].Amount : 0,
            line,
            Fast(line.Where(one => one.Hour >= (start < now ? start : now)), tripwire)
        );
    }

    /// <summary>The finest time that the newest of them tell.</summary>
    public FinestTime FinestOf(Currency unit, string? key, int daysBack)
    {
        var from = Newest.AddDays(-daysBack);
        if (hours.Any(part => part.Unit == unit && part.Key == key && DateOnly.FromDateTime(part.Hour) > from))
            return FinestTime.Hour;
        return
            until.Hour != 0
            && !days.Any(part => part.Unit == unit && part.Key == key && part.Day > from && !part.Amount.IsZero)
            ? FinestTime.Hour
            : FinestTime.Day;
    }

    /// <summary>Which part of the newest of them is told by the day or longer.</summary>
    public decimal ByDayShare(Currency unit, string? key, int daysBack)
    {
        var from = Newest.AddDays(-daysBack);
        var all = days.Where(part => part.Unit == unit && part.Key == key && part.Day > from)
            .Aggregate(Amount.Zero, (sum, part) => sum + part.Amount);
        var byHour = hours
            .Where(part => part.Unit == unit && part.Key == key && DateOnly.FromDateTime(part.Hour) > from)
            .Aggregate(Amount.Zero, (sum, part) => sum + part.Amount);
        return Math.Clamp((all - byHour).ShareOf(all) ?? 0, 0, 1);
    }

    /// <summary>What they came to in other currencies, on days without a rate.</summary>
    public IReadOnlyList<RateGap> InOthers(Currency unit, string? key, DateRange period) =>
        [
            .. days.Where(part =>
                    part.Unit != unit && part.Key == key && period.Contains(part.Day) && !part.Amount.IsZero
                )
                .GroupBy(part => part.Unit)
                .Select(same => new RateGap(
                    same.Key,
                    new Conversion(unit),
                    [.. same.Select(part => part.Day).Distinct().Order()],
                    same.Aggregate(Amount.Zero, (sum, part) => sum + part.Amount)
                ))
                .OrderBy(gap => gap.Currency),
        ];

    private Dictionary<DateOnly, Amount> ByDay(Currency unit, string? key) =>
        days.Where(part => part.Unit == unit && part.Key == key)
            .GroupBy(part => part.Day)
            .ToDictionary(same => same.Key, same => same.Aggregate(Amount.Zero, (sum, part) => sum + part.Amount));

    /// <summary>Hour by hour up to the newest.</summary>
    private List<HourFigure> Line(Currency unit, string? key, Dictionary<DateOnly, Amount> byDay)
    {
        if (byDay.Count == 0)
            return [];
        var byHour = hours
            .Where(part => part.Unit == unit && part.Key == key)
            .GroupBy(part => part.Hour)
            .ToDictionary(same => same.Key, same => same.Aggregate(Amount.Zero, (sum, part) => sum + part.Amount));
        var rest = byDay.ToDictionary(day => day.Key, day => day.Value);
        foreach (var (hour, amount) in byHour)
            rest[DateOnly.FromDateTime(hour)] -= amount;
        var line = new List<HourFigure>();
        for (var hour = LimitTimes.Midnight(byDay.Keys.Min()); hour < until; hour = hour.AddHours(1))
        {
            var day = DateOnly.FromDateTime(hour);
            line.Add(new(hour, byHour.GetValueOrDefault(hour).ToDecimal() + (RestOf(day) / HoursOfDay)));
        }
        return line;

        // What is told by the day comes later than what is told by the hour: the newest day has as much as the last
        // one that has come.
        decimal RestOf(DateOnly day)
        {
            var known = rest.GetValueOrDefault(day);
            if (day == Newest && byHour.Count > 0)
                for (var back = 1; back <= DaysCarried && known.IsZero; back++)
                    known = rest.GetValueOrDefault(day.AddDays(-back));
            return known.ToDecimal();
        }
    }

    private static List<FastHours> Fast(IEnumerable<HourFigure> line, decimal tripwire)
    {
        var found = new List<FastHours>();
        foreach (var one in line.Where(one => one.Amount > tripwire))
        {
            var end = one.Hour.AddHours(1);
            if (found.Count > 0 && found[^1].End == one.Hour)
                found[^1] = found[^1] with
                {
                    End = end,
                    Amount = found[^1].Amount + one.Amount,
                    Peak = Math.Max(found[^1].Peak, one.Amount),
                };
            else
                found.Add(new FastHours(one.Hour, end, one.Amount, one.Amount));
        }
        return found;
    }
}
