using Bursar.Understand.Anomalies.Detection;

namespace Bursar.Understand.Anomalies;

/// <summary>One cause, at the place that explains it.</summary>
/// <param name="Named">What is odd there.</param>
/// <param name="Share">Which share of what is seen above it is there.</param>
/// <param name="Told">The index of the day on which it was worth telling, wherever it was seen.</param>
internal sealed record Cause(Oddity Named, decimal Share, int Told);

/// <summary>
/// One cause is seen at many levels at once, and as many parts: it is told once, at the lowest level that explains four
/// fifths of it.
/// </summary>
internal static class FindCauses
{
    private const int DaysApart = 3;
    private const int UsualDays = 28;
    private const int FewestUsual = 24;
    private const int FewestGone = 2;
    private const int FewestDoubled = 3;
    private const decimal Explains = 0.8m;
    private const decimal SameCause = 0.6m;
    private const decimal Wide = 0.5m;
    private const decimal PartMoved = 0.15m;
    private const decimal MostAlike = 0.66m;
    private const decimal AlikeFrom = 0.5m;
    private const decimal AlikeTo = 2;
    private const decimal MirrorsFrom = 0.4m;
    private const decimal MirrorsTo = 1.5m;
    private const decimal MuchMore = 1.5m;
    private const decimal TwiceFrom = 0.88m;
    private const decimal TwiceTo = 1.12m;
    private const decimal AllTwiceFrom = 0.75m;
    private const decimal AllTwiceTo = 1.3m;
    private const decimal PartTwiceFrom = 0.6m;
    private const decimal PartTwiceTo = 1.5m;
    private const decimal CountTwiceFrom = 1.8m;
    private const decimal CountTwiceTo = 2.2m;

    public static List<Cause> Of(IReadOnlyList<Oddity> odd, Bar bar)
    {
        // What nobody used first: the fall of what used to use it is the other side of the same thing.
        var left = odd.OrderByDescending(one => one.Series.Of)
            .ThenByDescending(one => Math.Abs(one.Excess))
            .ThenByDescending(one => one.Series.Place.Count)
            .ToList();
        var told = new List<Cause>();
        var mixed = new List<Oddity>();
        while (left.Count > 0)
        {
            var seed = left[0];
            left.RemoveAt(0);
            if (told.Any(before => IsItsEnd(before.Named, seed)))
                continue;
            var (named, share) = DataDefect(seed) is { } defect ? (defect, 1) : Lowest(seed, odd);
            if (named.Series == seed.Series && (!IsWide(seed) || IsOfParts(seed, odd)))
            {
                mixed.Add(seed);
                continue;
            }
            Tell(named, share, [seed, .. left.Where(one => IsSameCause(named, one))]);
        }
        foreach (var seed in mixed)
            if (
                !told.Any(before => IsSameCause(before.Named, seed) || IsItsEnd(before.Named, seed)) && IsLeftOver(seed)
            )
                Tell(seed, 1, [seed]);
        return told;

        void Tell(Oddity named, decimal share, List<Oddity> seen)
        {
            left.RemoveAll(seen.Contains);
            if (
                bar.IsNoNews(named) || told.Any(one => one.Named.Series == named.Series && IsSameDays(one.Named, named))
            )
                return;
            var days = seen.Select(bar.ToldOn).OfType<int>().ToList();
            told.Add(new Cause(named, share, days.Count > 0 ? days.Min() : named.End - 1));
        }

        // What the told parts of a mixture leave unexplained.
        bool IsLeftOver(Oddity seed)
        {
            var explained = told.Where(before => before.Named.IsOverlapping(seed, 0))
                .Sum(before => Explained(before.Named, seed));
            return explained / seed.Excess < Wide && Math.Abs(seed.Excess - explained) >= bar.Floor(seed.Series);
        }
    }

    /// <summary>The deepest place that has four fifths of it; its own days, where it is odd by itself.</summary>
    private static (Oddity Named, decimal Share) Lowest(Oddity seed, IReadOnlyList<Oddity> odd)
    {
        var (place, share) = seed
            .Series.Inside()
            .Where(series => series.Figures.Count >= seed.End)
            .Select(series => (Series: series, Share: seed.ExcessIn(series) / seed.Excess))
            .Where(one => one.Share >= Explains)
            .OrderByDescending(one => one.Series.Place.Count)
            .ThenBy(one => Math.Abs(one.Share - 1))
            .FirstOrDefault((seed.Series, 1m));
        if (Alike(seed, place) is { } wider)
            (place, share) = (wider, Math.Min(1, seed.ExcessIn(wider) / seed.Excess));
        if (place == seed.Series)
            return (seed, 1);
        var own = odd.Where(one => one.Series == place && IsSameDays(one, seed) && one.Excess * seed.Excess > 0)
            .MaxBy(one => Math.Abs(one.Excess));
        return (own ?? seed.At(place), Math.Min(share, 1));
    }

    /// <summary>Whether two lie on the same days and are of one nature: a lost discount is no rise of use.</summary>
    private static bool IsSameDays(Oddity one, Oddity other) =>
        one.Start < other.End
        && other.Start < one.End
        && (one.Kind == AnomalyKind.LostDiscount) == (other.Kind == AnomalyKind.LostDiscount);

    /// <summary>
    /// The widest place around another in which nearly every part moved by about as much: that one of them is by far
    /// the largest, or the first that is odd by itself, does not make it the cause.
    /// </summary>
    private static DaySeries? Alike(Oddity seed, DaySeries place) =>
        Around(place, seed.End)
            .Where(around => around.Parts.Count > place.Parts.Count)
            .OrderBy(around => around.Place.Count)
            .ThenByDescending(around => around.Parts.Count)
            .FirstOrDefault(around =>
                seed.At(around) is var wide && IsAlike(Change(seed.At(place)), Change(wide)) && MovedAlike(wide)
            );

    /// <summary>By which part of what was expected a place moved; 0 where nothing was.</summary>
    private static decimal Change(Oddity one) => one.Expected <= 0 ? 0 : one.Excess / one.Expected;

    private static bool IsAlike(decimal change, decimal other) =>
        other != 0 && change / other is >= AlikeFrom and <= AlikeTo;

    /// <summary>The places that hold another, itself among them; not everything.</summary>
    private static IEnumerable<DaySeries> Around(DaySeries place, int end) =>
        place
            .Parts.Take(1)
            .SelectMany(part => part.Wholes)
            .Where(around => around.Place.Count > 0 && around.Figures.Count >= end && place.IsIn(around));

    private static bool MovedAlike(Oddity seed)
    {
        var change = Change(seed);
        var usual = seed
            .Series.Parts.Where(part => IsUsual(part, seed))
            .Select(part => (Excess: seed.ExcessIn(part), Actual: part.Sum(seed.Start, seed.End)))
            .Select(part => (part.Excess, Expected: part.Actual - part.Excess))
            .OrderByDescending(part => part.Expected)
            .ToList();
        if (usual.Count < FewestGone || usual.Count(IsSo) < MostAlike * usual.Count)
            return false;
        var others = usual.Skip(1).ToList();
        return others.Where(IsSo).Sum(part => part.Expected) >= MostAlike * others.Sum(part => part.Expected);

        bool IsSo((decimal Excess, decimal Expected) part) =>
            part.Expected > 0 && IsAlike(part.Excess / part.Expected, change);
    }

    /// <summary>Whether most of a place moved alike, so that no part of it explains the whole.</summary>
    private static bool IsWide(Oddity seed)
    {
        if (seed.Series.Parts is [var only] && only == seed.Series)
            return true;
        var (moved, all) = (0m, 0m);
        foreach (var part in seed.Series.Parts.Where(part => part.Figures.Count >= seed.End))
        {
            var excess = seed.ExcessIn(part);
            var usual = Math.Abs(part.Sum(seed.Start, seed.End) - excess);
            var weight = usual == 0 ? Math.Abs(excess) : usual;
            all += weight;
            if (excess * seed.Excess > 0 && Math.Abs(excess) >= PartMoved * usual)
                moved += weight;
        }
        return all > 0 && moved / all >= Wide;
    }

    /// <summary>
    /// Whether some parts that are odd by themselves, not all by as much, have nearly all of it: each is its own cause.
    /// </summary>
    private static bool IsOfParts(Oddity seed, IReadOnlyList<Oddity> odd)
    {
        var own = odd.Where(one =>
                one.Series.Parts is [var only]
                && only == one.Series
                && one.Series != seed.Series
                && one.Series.IsIn(seed.Series)
                && one.Series.Figures.Count >= seed.End
                && one.IsOverlapping(seed, 0)
                && one.Excess * seed.Excess > 0
            )
            .Select(one => one.Series)
            .Distinct()
            .ToList();
        return own.Count > 1 && own.Sum(seed.ExcessIn) / seed.Excess >= SameCause && !MovedAlike(seed);
    }

    /// <summary>Whether a told cause explains most of another oddity.</summary>
    private static bool IsSameCause(Oddity named, Oddity other)
    {
        if (named.Series.Currency != other.Series.Currency || !named.IsOverlapping(other, DaysApart))
            return false;
        if (named.Series.Of != other.Series.Of)
            return IsMirror(named, other);
        return named.Excess * other.Excess > 0 && Explained(named, other) / other.Excess >= SameCause;
    }

    /// <summary>What parts of the told place have of another oddity, in the days of that one.</summary>
    private static decimal Explained(Oddity named, Oddity other)
    {
        // What moved by far more than the whole that it is in did so for a reason of its own.
        if (other.Series.IsIn(named.Series))
            return named.Expected <= 0 || other.Expected <= 0 ? other.Excess
                : other.Expected * named.Excess / named.Expected * MuchMore is var atMost
                && Math.Abs(atMost) < Math.Abs(other.Excess)
                    ? atMost
                : other.Excess;
        var sum = 0m;
        foreach (var part in named.Series.Parts)
            if (part.Figures.Count >= other.End && part.IsIn(other.Series))
                sum += other.ExcessIn(part);
        return sum;
    }

    /// <summary>What a commitment did not use is also a rise of its own lines, and a fall where it was used.</summary>
    private static bool IsMirror(Oddity one, Oddity other)
    {
        var (unused, cost) = one.Series.Of == SeriesOf.Unused ? (one, other) : (other, one);
        var isSameProvider =
            cost.Series.Place.Count == 0
            || unused.Series.Place.Count == 0
            || cost.Series.Place[0].Values[0] == unused.Series.Place[0].Values[0];
        return isSameProvider
            && Math.Abs(unused.Start - cost.Start) <= DaysApart
            && Math.Abs(cost.Excess / unused.Excess) is >= MirrorsFrom and <= MirrorsTo;
    }

    /// <summary>Back to what it was before is no new anomaly.</summary>
    private static bool IsItsEnd(Oddity before, Oddity after) =>
        before.Excess * after.Excess < 0
        && before.Series.Of == after.Series.Of
        && before.Series.Currency == after.Series.Currency
        && Math.Abs(after.Start - before.End) <= DaysApart
        && Explained(before, after) / after.Excess >= SameCause;

    /// <summary>The widest place whose parts are all gone, or all counted twice: the data, not the spend.</summary>
    private static Oddity? DataDefect(Oddity seed)
    {
        if (seed.Series.Of != SeriesOf.Cost || seed.Kind is AnomalyKind.Drift or AnomalyKind.LostDiscount)
            return null;
        return Around(seed.Series, seed.End)
            .Concat(seed.Series.Inside())
            .Distinct()
            .Where(series =>
                series.Place.Count > 0
                && series.Figures.Count >= seed.End
                && seed.ExcessIn(series) / seed.Excess >= Explains
            )
            .OrderBy(series => series.Place.Count)
            .Select(series => Defect(seed.At(series)) ?? (Peak(seed.At(series)) is { } peak ? Defect(peak) : null))
            .FirstOrDefault(defect => defect is not null);
    }

    /// <summary>The days of a rise that stand far above its others; null where all are alike.</summary>
    private static Oddity? Peak(Oddity seed)
    {
        if (seed.Excess <= 0 || seed.End - seed.Start < 2)
            return null;
        var usual = seed.Series.ExpectFrom(seed.Start);
        var day = Days(seed).MaxBy(Ratio);
        var (start, end) = (day, day + 1);
        while (start > seed.Start && Ratio(start - 1) >= AlikeFrom * Ratio(day))
            start--;
        while (end < seed.End && Ratio(end) >= AlikeFrom * Ratio(day))
            end++;
        return (start, end) == (seed.Start, seed.End)
            ? null
            : new Oddity(seed.Series, seed.Kind, start, end, Math.Max(start, seed.Told), seed.Score);

        decimal Ratio(int at) => usual.On(at) is > 0 and var one ? (seed.Series.Figures[at] - one) / one : 0;
    }

    private static Oddity? Defect(Oddity seed)
    {
        var usual = seed.Series.Parts.Where(part => IsUsual(part, seed)).ToList();
        if (seed.Excess < 0)
        {
            var gone = usual.Where(part => Days(seed).All(day => part.Figures[day] == 0)).ToList();
            var isAll = gone.Sum(seed.ExcessIn) / seed.Excess >= Explains;
            // A provider has no other parts whose staying would say that its data came.
            var isEnough = gone.Count >= FewestGone || (seed.Series.Place.Count == 1 && seed.Actual == 0);
            return isAll && isEnough && gone.Count > 0 && gone.Count >= Explains * usual.Count
                ? seed.As(AnomalyKind.MissingData)
                : null;
        }
        return usual.Count >= FewestDoubled && IsCountedTwice(seed, usual) ? seed.As(AnomalyKind.Doubled) : null;
    }

    /// <summary>
    /// Whether nearly every part has twice its usual charges and costs about twice as much; where nobody knows how many
    /// charges there are, by its cost alone.
    /// </summary>
    private static bool IsCountedTwice(Oddity seed, List<DaySeries> usual)
    {
        if (seed.Expected <= 0)
            return false;
        var all = seed.Excess / seed.Expected;
        var counts = usual.Select(part => Charges(part, seed)).OfType<decimal>().ToList();
        if (counts.Count >= Explains * usual.Count)
            return all is >= PartTwiceFrom and <= PartTwiceTo
                && counts.Count(times => times is >= CountTwiceFrom and <= CountTwiceTo) >= Explains * counts.Count;
        var ratios = usual
            .Select(part => (Excess: seed.ExcessIn(part), Actual: part.Sum(seed.Start, seed.End)))
            .Where(part => part.Actual > part.Excess)
            .Select(part => part.Excess / (part.Actual - part.Excess))
            .ToList();
        return ratios.Count(ratio => ratio is >= PartTwiceFrom and <= PartTwiceTo) >= Explains * usual.Count
            && all is >= AllTwiceFrom and <= AllTwiceTo
            && (all is >= TwiceFrom and <= TwiceTo || AnomalyMath.Median(ratios) is >= TwiceFrom and <= TwiceTo);
    }

    /// <summary>How many times the charges of a usual day its days have; null where that is not known.</summary>
    private static decimal? Charges(DaySeries part, Oddity seed)
    {
        if (part.Charges.Count < seed.End)
            return null;
        var before = Enumerable
            .Range(Math.Max(0, seed.Start - UsualDays), Math.Min(UsualDays, seed.Start))
            .Select(day => (decimal)part.Charges[day])
            .ToList();
        var usual = AnomalyMath.Median(before);
        return usual > 0 ? Days(seed).Average(day => (decimal)part.Charges[day]) / usual : null;
    }

    private static IEnumerable<int> Days(Oddity seed) => Enumerable.Range(seed.Start, seed.End - seed.Start);

    /// <summary>Whether nearly every day of the four weeks before had a charge.</summary>
    private static bool IsUsual(DaySeries part, Oddity seed)
    {
        if (part.Figures.Count < seed.End)
            return false;
        var days = 0;
        for (var day = Math.Max(0, seed.Start - UsualDays); day < seed.Start; day++)
            days += part.Figures[day] != 0 ? 1 : 0;
        return days >= FewestUsual;
    }
}
