using Bursar.Core.Time;

namespace Bursar.Quantify.Forecasts.Models;

/// <summary>What one strand brings in the periods ahead, and what it would have been expected to bring
/// before.</summary>
/// <param name="Strand">The strand.</param>
/// <param name="Ahead">Its days after the last whole one.</param>
/// <param name="Rest">What is expected of each period beyond what is booked.</param>
/// <param name="Missing">The part of that for days that have passed.</param>
/// <param name="Then">The same for each origin of the backtest.</param>
internal sealed record StrandRun(
    Strand Strand,
    DayForecast Ahead,
    double[] Rest,
    double[] Missing,
    IReadOnlyList<StrandThen> Then
)
{
    /// <summary>What is expected of a day after the last whole one.</summary>
    public double On(DateOnly day)
    {
        var place = day.DayNumber - Strand.Known.DayNumber - 1;
        return place < 0 || place >= Ahead.Days.Length ? 0 : Ahead.Days[place];
    }
}

/// <summary>A strand on an earlier day: expected, came, and what a plain mean would have said, by period.</summary>
internal sealed record StrandThen(double[] Expected, double[] Came, double[] Naive);

/// <summary>Forecasts strands: for the periods ahead, and again from earlier days for the backtest.</summary>
/// <param name="periods">The periods ahead.</param>
/// <param name="through">The newest day of all data.</param>
/// <param name="origins">The earlier days, each with the periods that were ahead then.</param>
/// <param name="effort">How much work the forecast may be; backtests are always quick.</param>
internal sealed class SpinStrands(
    IReadOnlyList<DateRange> periods,
    DateOnly through,
    IReadOnlyList<BacktestOrigin> origins,
    Effort effort
)
{
    private const int MeanDays = 28;

    public StrandRun[] Run(IReadOnlyList<Strand> strands, CancellationToken cancel)
    {
        var runs = new StrandRun[strands.Count];
        Parallel.For(0, runs.Length, new ParallelOptions { CancellationToken = cancel }, i => runs[i] = Of(strands[i]));
        return runs;
    }

    private StrandRun Of(Strand strand)
    {
        var horizon = periods[^1].End.DayNumber - strand.Known.DayNumber - 1;
        var ahead = DayPath.Make(
            strand.Whole,
            strand.First,
            Math.Max(1, horizon),
            effort,
            strand.IsByMonth,
            strand.Holidays
        );
        var isPositive = Array.TrueForAll(strand.Days, value => !(value < 0));
        var (rest, missing) = (new double[periods.Count], new double[periods.Count]);
        for (var k = 0; k < rest.Length; k++)
        {
            rest[k] = Beyond(strand, ahead.Days, periods[k], periods[k].End, isPositive);
            missing[k] = Beyond(strand, ahead.Days, periods[k], through.AddDays(1), isPositive);
        }
        return new StrandRun(strand, ahead, rest, missing, [.. origins.Select(origin => At(strand, origin))]);
    }

    /// <summary>What is expected of a period up to a day, beyond what is booked of it.</summary>
    private static double Beyond(Strand strand, double[] ahead, DateRange period, DateOnly before, bool isPositive)
    {
        var from = Later(period.Start, strand.Known.AddDays(1));
        var end = period.End < before ? period.End : before;
        var rest = Sum(ahead, strand.Known, from, end) - (from < end ? strand.Booked(from, end) : 0);
        return isPositive ? Math.Max(0, rest) : rest;
    }

    private StrandThen At(Strand strand, BacktestOrigin origin)
    {
        var known = strand.KnownAt(through, origin.Day);
        var count = origin.Periods.Count;
        var then = new StrandThen(new double[count], new double[count], new double[count]);
        var before = strand.UpTo(known);
        var isThere = before.Days.Length > 0;
        var horizon = origin.Periods[^1].End.DayNumber - known.DayNumber - 1;
        var ahead = isThere
            ? DayPath
                .Make(before.Whole, strand.First, Math.Max(1, horizon), Effort.Quick, strand.IsByMonth, strand.Holidays)
                .Days
            : new double[Math.Max(1, horizon)];
        var mean = isThere ? before.Mean(MeanDays) : 0;
        for (var k = 0; k < count; k++)
        {
            var period = origin.Periods[k];
            var from = Later(period.Start, known.AddDays(1));
            then.Expected[k] = Sum(ahead, known, from, period.End);
            then.Came[k] = from < period.End ? strand.Booked(from, period.End) : 0;
            then.Naive[k] = mean * Math.Max(0, period.End.DayNumber - from.DayNumber);
        }
        return then;
    }

    private static double Sum(double[] ahead, DateOnly known, DateOnly from, DateOnly end)
    {
        var sum = 0.0;
        var first = Math.Max(0, from.DayNumber - known.DayNumber - 1);
        for (var t = first; t < Math.Min(ahead.Length, end.DayNumber - known.DayNumber - 1); t++)
            sum += ahead[t];
        return sum;
    }

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}

/// <summary>An earlier day, the newest day of all data today, and the periods that were ahead then.</summary>
internal sealed record BacktestOrigin(DateOnly Day, DateOnly Through, IReadOnlyList<DateRange> Periods);
