using Bursar.Core.Amounts;
using Bursar.Understand.Anomalies.Detection;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Anomalies;

/// <summary>Where the cost of days is odd, and by how much.</summary>
/// <param name="Series">The series.</param>
/// <param name="Start">The index of its first day.</param>
/// <param name="End">The index after its last one.</param>
/// <param name="Told">The index of the day that told.</param>
/// <param name="Score">How odd that day was.</param>
internal sealed record Oddity(DaySeries Series, int Start, int End, int Told, double Score)
{
    public decimal Actual => Sum(Series.Figures, Start, End);

    public decimal Expected => Enumerable.Range(Start, End - Start).Sum(day => Series.ExpectedOn(day, Start));

    public decimal Excess => Actual - Expected;

    /// <summary>What a part of it has beyond what it had before, in the same days.</summary>
    public decimal ExcessIn(DaySeries part) => new Oddity(part, Start, End, Told, Score).Excess;

    private static decimal Sum(IReadOnlyList<decimal> figures, int from, int to)
    {
        var sum = 0m;
        for (var day = from; day < to; day++)
            sum += figures[day];
        return sum;
    }
}

/// <summary>The cost of a place, day by day, up to its newest day that is not provisional.</summary>
/// <param name="Place">The place: columns and values; none is everything.</param>
/// <param name="Currency">The currency.</param>
/// <param name="First">The day of the first figure.</param>
/// <param name="Figures">The cost of each day; 0 without charges.</param>
internal sealed record DaySeries(
    IReadOnlyList<CostFilter> Place,
    Currency Currency,
    DateOnly First,
    IReadOnlyList<decimal> Figures
)
{
    private const int Weeks = 8;
    private const int FewestWeeks = 3;
    private const int LongestLookBack = 14;
    private const int LongestRun = 60;
    private const decimal StillOdd = 0.5m;
    private const int MonthsLookedBack = 3;

    /// <summary>What the same days of the week of the eight weeks before an anomaly let expect.</summary>
    public decimal ExpectedOn(int day, int start)
    {
        var same = new List<decimal>(Weeks);
        for (var before = day - 7; before >= 0 && same.Count < Weeks; before -= 7)
        {
            if (before < start)
                same.Add(Figures[before]);
        }
        return same.Count >= FewestWeeks
            ? AnomalyMath.Median(same)
            : AnomalyMath.Median([.. Figures.Skip(Math.Max(0, start - 28)).Take(Math.Min(28, start))]);
    }

    /// <summary>What is odd in it: each alert of the detector, from its first day to its last.</summary>
    public IEnumerable<Oddity> Odd(int from, double threshold)
    {
        var detector = new AnomalyDetector(TimeSpan.FromDays(1), threshold);
        var end = 0;
        for (var day = 0; day < Figures.Count; day++)
        {
            var reading = detector.Read(First.AddDays(day).ToDateTime(TimeOnly.MinValue), (double)Figures[day]);
            if (!reading.IsAlert || day < from || day < end)
                continue;
            var oddity = Run(day, reading.Score);
            if (oddity is null || IsUsualInMonth(oddity))
                continue;
            end = oddity.End;
            yield return oddity;
        }
    }

    /// <summary>The days around an alert that deviate to the same side by at least half as much.</summary>
    private Oddity? Run(int told, double score)
    {
        var deviation = Figures[told] - ExpectedOn(told, Math.Max(1, told - 3));
        if (deviation == 0)
            return null;
        var start = told;
        while (start > Math.Max(1, told - LongestLookBack) && IsAlike(start - 1, start - 1, deviation))
            start--;
        var end = told + 1;
        while (end < Figures.Count && end < told + LongestRun && (IsAlike(end, start, deviation) || IsNextAlike(end)))
            end++;
        return new Oddity(this, start, end, told, score);

        bool IsNextAlike(int day) => day + 1 < Figures.Count && IsAlike(day + 1, start, deviation);
    }

    private bool IsAlike(int day, int start, decimal deviation)
    {
        var own = Figures[day] - ExpectedOn(day, start);
        return own * deviation > 0 && Math.Abs(own) >= StillOdd * Math.Abs(deviation);
    }

    /// <summary>
    /// Whether the same place in the month was as odd in two of the three months before: what comes every month end is
    /// no news.
    /// </summary>
    private bool IsUsualInMonth(Oddity oddity)
    {
        var day = First.AddDays(oddity.Start);
        var toEnd = DateTime.DaysInMonth(day.Year, day.Month) - day.Day;
        var deviation = oddity.Excess / (oddity.End - oddity.Start);
        var alike = 0;
        for (var month = 1; month <= MonthsLookedBack; month++)
        {
            var start = new DateOnly(day.Year, day.Month, 1).AddMonths(-month);
            var days = DateTime.DaysInMonth(start.Year, start.Month);
            var fromStart = start.AddDays(Math.Min(day.Day, days) - 1).DayNumber - First.DayNumber;
            var fromEnd = start.AddDays(Math.Max(0, days - 1 - toEnd)).DayNumber - First.DayNumber;
            if (new[] { fromStart, fromEnd }.Any(index => index > 7 && IsAlike(index, index - 3, deviation)))
                alike++;
        }
        return alike >= 2;
    }
}
