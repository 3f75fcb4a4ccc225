namespace Bursar.Understand.Anomalies.Detection;

/// <summary>What is told, and what is not.</summary>
/// <param name="From">The index of the first day on which a told one may begin.</param>
/// <param name="Through">The index after the last day that is looked at.</param>
/// <param name="Floor">Below this excess, in the currency of a series, nothing is told.</param>
/// <param name="Raised">By how much the score of a place is raised, and from which excess a day on it tells again:
/// somebody said that an earlier one was none.</param>
internal sealed record Bar(
    int From,
    int Through,
    Func<DaySeries, decimal> Floor,
    Func<DaySeries, int, (decimal Score, decimal PerDay)> Raised
)
{
    private const decimal SmallestChange = 0.2m;
    private const decimal SmallestDrift = 0.15m;
    private const decimal SmallestLostDiscount = 0.03m;

    // What lasts has to reach the floor within a week; what falls is less urgent.
    private const decimal DaysOfFloor = 7;
    private const decimal OfFalls = 3;
    private const int DaysOfSureFall = 2;
    private const decimal SureFall = 0.5m;
    private const int DaysOfDrift = 3;

    public bool IsWorthTelling(Oddity oddity) => IsWorthTelling(oddity, oddity.Excess, oddity.Expected, oddity.End);

    /// <summary>Whether somebody said of as much in this place that it was none.</summary>
    public bool IsNoNews(Oddity oddity) =>
        Math.Abs(oddity.Excess) <= Raised(oddity.Series, oddity.Start).PerDay * (oddity.End - oddity.Start);

    /// <summary>The first day on which it was worth telling; null when it never was.</summary>
    public int? ToldOn(Oddity oddity)
    {
        for (var day = oddity.Told; day < oddity.End; day++)
        {
            var expected = oddity.ExpectedUntil(day + 1);
            if (IsWorthTelling(oddity, oddity.Series.Sum(oddity.Start, day + 1) - expected, expected, day + 1))
                return day;
        }
        return null;
    }

    private bool IsWorthTelling(Oddity oddity, decimal excess, decimal expected, int end)
    {
        var (size, days) = (Math.Abs(excess), end - oddity.Start);
        if (size <= Raised(oddity.Series, oddity.Start).PerDay * days)
            return false;
        if (oddity.Kind == AnomalyKind.Drift)
            return IsWorthTellingNow(oddity, excess, end);
        var smallest = oddity.Kind == AnomalyKind.LostDiscount ? SmallestLostDiscount : SmallestChange;
        return IsLarge(oddity, excess, expected, days) && size >= smallest * Math.Abs(expected);
    }

    /// <summary>What rises slowly is as large as its last days are.</summary>
    private bool IsWorthTellingNow(Oddity drift, decimal excess, int end)
    {
        var floor = Floor(drift.Series);
        var from = Math.Max(drift.Start, end - DaysOfDrift);
        var expected = drift.ExpectedUntil(end) - drift.ExpectedUntil(from);
        var more = drift.Series.Sum(from, end) - expected;
        return excess >= floor && more / (end - from) * DaysOfFloor >= floor && more >= SmallestDrift * expected;
    }

    private bool IsLarge(Oddity oddity, decimal excess, decimal expected, int days)
    {
        var (floor, size) = (Floor(oddity.Series), Math.Abs(excess));
        var inAWeek = size * Math.Min(1, DaysOfFloor / days);
        if (excess >= 0)
            return inAWeek >= floor;
        // Where half of it is gone for two days, what is going to be gone within the week counts.
        return inAWeek >= OfFalls * floor
            || (
                days >= DaysOfSureFall
                && size >= floor
                && size >= SureFall * expected
                && size / days * DaysOfFloor >= OfFalls * floor
            );
    }
}

/// <summary>Finds what is odd in one series: days that differ, slow rises, discounts that are gone.</summary>
internal static class FindOddities
{
    public const int FewestRates = 21;
    public const int DaysOfRates = 35;

    private const int WarmUp = 100;
    private const int FewestDays = 28;
    private const decimal ScoreWithoutWarmUp = 8;
    private const decimal SmallestRobustScore = 4.5m;
    private const int DaysOfRobustScore = 56;
    private const int LongestLookBack = 14;
    private const int DaysOfFloor = 7;
    private const double Steady = 0.7;
    private const int LongestRun = 60;
    private const int DaysOfScan = 60;
    private const int DaysApart = 3;
    private const decimal StillOdd = 0.5m;
    private const decimal StillAsUsual = 0.2m;
    private const decimal OddAgain = 2.5m;
    private const int MonthsLookedBack = 3;
    private const int LongestTurn = 3;
    private const decimal AsMuchFrom = 0.67m;
    private const decimal AsMuchTo = 1.5m;
    private const decimal RateStep = 1.03m;
    private const decimal RateAboveAll = 1.01m;

    /// <summary>All that is worth telling; the same days in the same way once.</summary>
    public static List<Oddity> In(DaySeries series, Bar bar)
    {
        var through = Math.Min(bar.Through, series.Figures.Count);
        var floor = bar.Floor(series);
        if (through <= FewestDays || CannotReach(series, bar.From, through, floor))
            return [];
        List<Oddity> found = IsSteady(series, bar.From, through, floor)
            ? []
            : [.. Runs(series, bar, through).Where(one => one.Start >= bar.From && bar.IsWorthTelling(one))];
        // That less of a commitment is unused is as it should be.
        if (series.Of == SeriesOf.Unused)
            found.RemoveAll(one => one.Excess < 0);
        else
        {
            found.AddRange(LostDiscounts(series, bar, through));
            found.AddRange(
                FindDrifts
                    .In(series, bar, through)
                    .Where(drift =>
                        !found.Any(one => one.IsOverlapping(drift, 0) && bar.ToldOn(one) <= bar.ToldOn(drift))
                    )
            );
        }
        return found;
    }

    /// <summary>Whether even all of its cost would be less than is told.</summary>
    private static bool CannotReach(DaySeries series, int from, int through, decimal floor)
    {
        var largest = 0m;
        for (var day = Math.Max(0, from - DaysOfScan); day < through; day++)
            largest = Math.Max(largest, Math.Abs(series.Figures[day]));
        return largest * DaysOfFloor < floor;
    }

    /// <summary>
    /// Whether no day is far enough from the weeks before it that a week of such days would be told, by a wide margin:
    /// most series are, and need no closer look.
    /// </summary>
    private static bool IsSteady(DaySeries series, int from, int through, decimal floor)
    {
        var most = decimal.ToDouble(floor) * Steady / DaysOfFloor;
        for (var day = Math.Max(0, from - DaysOfScan); day < through; day++)
            if (series.Above.Apart[day] >= most)
                return false;
        return true;
    }

    private static IEnumerable<Oddity> Runs(DaySeries series, Bar bar, int through)
    {
        var seen = new List<Oddity>();
        for (var day = Math.Max(FewestDays, bar.From - DaysOfScan); day < through; day++)
        {
            if (seen.Count > 0 && day < seen[^1].End)
                continue;
            var raised = (double)bar.Raised(series, day).Score;
            var threshold = AnomalyDetector.Threshold + raised;
            var isStep = raised <= 0 && series.Of == SeriesOf.Cost && FindSteps.Is(series, day);
            if ((Odd(series, day, threshold) ?? (isStep ? threshold : null)) is not { } score)
                continue;
            if (Run(series, day, score, through, threshold) is not { } run || IsUsualInMonth(run))
                continue;
            var isEndOfBefore = seen.Any(before => IsEndOf(before, run, isLast: before == seen[^1]));
            seen.Add(run);
            if (!isEndOfBefore)
                yield return run;
        }
    }

    /// <summary>Whether a series is only back where it was before an earlier run to the other side.</summary>
    private static bool IsEndOf(Oddity before, Oddity run, bool isLast)
    {
        if (before.Excess * run.Excess >= 0 || run.Start - before.End > DaysOfScan)
            return false;
        if (isLast && run.Start - before.End <= DaysApart)
            return true;
        var usual = run.Series.ExpectFrom(before.Start).Sum(run.Start, run.End);
        return Math.Abs(run.Actual - usual) <= StillAsUsual * usual;
    }

    /// <summary>How odd a day is, when it is.</summary>
    private static double? Odd(DaySeries series, int day, double threshold)
    {
        var isYoung = day < WarmUp;
        if (!isYoung && series.Scores[day] < threshold)
            return null;
        var usual = series.ExpectFrom(Math.Max(1, day - 3));
        var from = Math.Max(0, day - DaysOfRobustScore);
        var misses = Enumerable.Range(from, day - from).Select(one => series.Figures[one] - usual.On(one)).ToList();
        var robust = AnomalyMath.RobustScore(misses, series.Figures[day] - usual.On(day));
        if (isYoung)
            return robust is { } known && Math.Abs(known) >= ScoreWithoutWarmUp ? threshold : null;
        return robust is null || Math.Abs(robust.Value) >= SmallestRobustScore ? series.Scores[day] : null;
    }

    /// <summary>The days around an alert that deviate to the same side by at least half as much.</summary>
    private static Oddity? Run(DaySeries series, int told, double score, int through, double threshold)
    {
        var deviation = series.Figures[told] - series.ExpectFrom(Math.Max(1, told - 3)).On(told);
        if (deviation == 0)
            return null;
        var start = told;
        while (
            start > Math.Max(1, told - LongestLookBack)
            && IsAlike(series, start - 1, series.ExpectFrom(start - 1), deviation)
        )
            start--;
        var usual = series.ExpectFrom(start);
        var end = told + 1;
        while (end < through && end < told + LongestRun && !IsNewOne(end) && (Goes(end) || Goes(end + 1)))
            end++;
        var kind = deviation < 0 ? AnomalyKind.Drop : AnomalyKind.Spike;
        return new Oddity(series, kind, start, end, told, score);

        bool Goes(int day) => day < through && IsAlike(series, day, usual, deviation);

        // A level that moved once more, or a spike on top of it, is told by itself.
        bool IsNewOne(int day) =>
            day - start >= 3
            && series.Scores[day] >= threshold
            && Math.Abs(series.Figures[day] - usual.On(day)) >= OddAgain * Usual(day);

        decimal Usual(int day) =>
            AnomalyMath.Median([
                .. Enumerable.Range(start, day - start).Select(one => Math.Abs(series.Figures[one] - usual.On(one))),
            ]);
    }

    private static bool IsAlike(DaySeries series, int day, Expectation usual, decimal deviation)
    {
        var own = series.Figures[day] - usual.On(day);
        return own * deviation > 0 && Math.Abs(own) >= StillOdd * Math.Abs(deviation);
    }

    /// <summary>
    /// Whether the same place in the month was as odd in two of the three months before, or, of a few days,
    /// just as odd in the last: what comes every month end is no news.
    /// </summary>
    private static bool IsUsualInMonth(Oddity oddity)
    {
        var series = oddity.Series;
        var day = series.First.AddDays(oddity.Start);
        var toEnd = DateTime.DaysInMonth(day.Year, day.Month) - day.Day;
        var more = oddity.Excess / (oddity.End - oddity.Start);
        var alike = 0;
        for (var month = 1; month <= MonthsLookedBack; month++)
        {
            var start = new DateOnly(day.Year, day.Month, 1).AddMonths(-month);
            var days = DateTime.DaysInMonth(start.Year, start.Month);
            var fromStart = start.AddDays(Math.Min(day.Day, days) - 1).DayNumber - series.First.DayNumber;
            var fromEnd = start.AddDays(Math.Max(0, days - 1 - toEnd)).DayNumber - series.First.DayNumber;
            var then = Math.Max(As(fromStart), As(fromEnd));
            if (month == 1 && oddity.End - oddity.Start <= LongestTurn && then is >= AsMuchFrom and <= AsMuchTo)
                return true;
            if (then >= StillOdd)
                alike++;
        }
        return alike >= 2;

        // How much of it an earlier day had.
        decimal As(int index) =>
            index <= 7 || more == 0 ? 0 : (series.Figures[index] - series.ExpectFrom(index - 3).On(index)) / more;
    }

    /// <summary>
    /// On two days running a larger part of the list price is paid than on any of the five weeks before: by that much,
    /// whatever was used, cost went up.
    /// </summary>
    private static IEnumerable<Oddity> LostDiscounts(DaySeries series, Bar bar, int through)
    {
        if (series.List.Count == 0)
            yield break;
        for (var day = Math.Max(FewestDays, bar.From) + 1; day < through; day++)
        {
            // Most days are no news: the last four weeks tell it at once.
            if (series.Rates[day] is not { } now || IsAsLately(day, now))
                continue;
            var rates = series.RatesBefore(day - 1);
            if (rates.Count < FewestRates)
                continue;
            var usual = AnomalyMath.Median(rates);
            var most = rates.Max();
            if (!IsLost(day - 1) || !IsLost(day))
                continue;
            var end = day + 1;
            while (end < through && end < day + LongestRun && IsLost(end))
                end++;
            var spread = AnomalyMath.Median([.. rates.Select(rate => Math.Abs(rate - usual))]);
            var score = Math.Min(DaySeries.MostOdd, (double)((now - usual) / Math.Max(spread, 0.001m)));
            var oddity = new Oddity(series, AnomalyKind.LostDiscount, day - 1, end, day, score);
            if (oddity.Start >= bar.From && bar.IsWorthTelling(oddity) && IsLostInParts(oddity))
                yield return oddity;
            day = end;

            bool IsLost(int at) =>
                series.Rates[at] is { } rate && rate >= usual * RateStep && rate >= most * RateAboveAll;
        }

        // Where more is used of what has no discount, the whole pays a larger part of its list price without any loss.
        static bool IsLostInParts(Oddity oddity) =>
            oddity.Series.Parts.Sum(oddity.ExcessIn) >= StillOdd * oddity.Excess;

        bool IsAsLately(int day, decimal now)
        {
            for (var before = day - 2; before >= Math.Max(0, day - FewestDays); before--)
                if (series.Rates[before] is { } rate && rate * RateAboveAll > now)
                    return true;
            return false;
        }
    }
}
