using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Anomalies.Detection;
using Bursar.Understand.Unallocated;
using Bursar.Warehouse.Queries;
using Bursar.Workspaces;

namespace Bursar.Understand.Anomalies;

/// <summary>Finds where cost is not what it was, and names each cause once.</summary>
internal sealed class FindAnomalies(BooksView view)
{
    private const int DaysShown = 90;
    private const int DaysApart = 3;
    private const decimal FloorShare = 0.01m;
    private const decimal SmallestChange = 0.2m;
    private const decimal SameCause = 0.6m;
    private const decimal Explains = 0.8m;
    private const double RaisedByFalse = 0.4;

    /// <summary>The anomalies that began since a day (90 days before the newest, unless given); null without charges.</summary>
    public AnomalyReview? Of(DateOnly? since, CancellationToken cancel)
    {
        if (SeriesCube.Of(view, cancel) is not { } cube)
            return null;
        var history = AnomalyHistory.Of(view.State);
        var from = since ?? cube.Through.AddDays(-DaysShown);
        var floors = Floors(cube);
        var odd = cube
            .All.AsParallel()
            .AsOrdered()
            .WithCancellation(cancel)
            .SelectMany(series =>
                series.Odd(
                    from.DayNumber - cube.First.DayNumber,
                    AnomalyDetector.Threshold + (RaisedByFalse * history.FalseAt(Title(series)))
                )
            )
            .Where(oddity => IsWorthTelling(oddity, floors[oddity.Series.Currency]))
            .ToList();
        var explain = new ExplainAnomaly(view, cube.Measure);
        return new AnomalyReview(
            from,
            cube.Through,
            [
                .. Causes(cube, odd)
                    .Select(cause => explain.Of(Anomaly(cause, cube), cancel))
                    .Select(anomaly => Decided(anomaly, history))
                    .OrderBy(anomaly => anomaly.Currency)
                    .ThenByDescending(anomaly => anomaly.Excess.Abs()),
            ],
            [.. floors.OrderBy(floor => floor.Key).Select(floor => new Money(Rounded(floor.Value), floor.Key))],
            cube.All.Count
        )
        {
            Quality = history.Quality(),
            IsDraft = view.IsDraft,
        };
    }

    private static Amount Rounded(decimal figure) =>
        Amount.From(decimal.Round(figure, 2, MidpointRounding.AwayFromZero));

    private static string Title(DaySeries series) =>
        string.Join(", ", series.Place.Select(filter => filter.Values[0] ?? "(none)"));

    /// <summary>A hundredth of what a usual day costs in that currency, over the last 90.</summary>
    private static Dictionary<Currency, decimal> Floors(SeriesCube cube) =>
        cube
            .All.Where(series => series.Place.Count == 0)
            .ToDictionary(
                series => series.Currency,
                series => FloorShare * AnomalyMath.Median([.. series.Figures.TakeLast(DaysShown)])
            );

    private static bool IsWorthTelling(Oddity oddity, decimal floor) =>
        Math.Abs(oddity.Excess) >= floor
        && Math.Abs(oddity.Excess) >= SmallestChange * Math.Abs(oddity.Expected);

    /// <summary>
    /// One cause is seen at many levels at once: the largest of them stands for all, and is named by its lowest part
    /// that explains at least four fifths of it.
    /// </summary>
    private static IEnumerable<(Oddity Named, decimal Share)> Causes(SeriesCube cube, List<Oddity> odd)
    {
        var left = odd.Select(oddity => (Oddity: oddity, Parts: Parts(cube, oddity)))
            .OrderByDescending(one => Math.Abs(one.Oddity.Excess))
            .ToList();
        var told = new List<Oddity>();
        while (left.Count > 0)
        {
            var (seed, parts) = left[0];
            left.RemoveAll(one => one.Oddity == seed || IsSameCause(seed, parts, one.Oddity, one.Parts));
            if (told.Any(before => IsItsEnd(before, seed)))
                continue;
            told.Add(seed);
            yield return Lowest(cube, seed);
        }
    }

    private static (Oddity, decimal) Lowest(SeriesCube cube, Oddity seed)
    {
        if (IsMissing(seed))
            return (seed, 1);
        var named = cube.Inside(seed.Series)
            .Where(series => series.Figures.Count >= seed.End)
            .Select(series => (Oddity: seed with { Series = series }, Share: seed.ExcessIn(series) / seed.Excess))
            .Where(one => one.Share >= Explains)
            .OrderByDescending(one => one.Oddity.Series.Place.Count)
            .ThenByDescending(one => Math.Min(one.Share, 1))
            .First();
        return (named.Oddity, Math.Min(named.Share, 1));
    }

    /// <summary>What the finest parts have of it, each to the same side.</summary>
    private static Dictionary<DaySeries, decimal> Parts(SeriesCube cube, Oddity oddity) =>
        cube.PartsOf(oddity.Series)
            .Where(part => part.Figures.Count >= oddity.End)
            .Select(part => (part, Excess: oddity.ExcessIn(part)))
            .Where(one => one.Excess * oddity.Excess > 0)
            .ToDictionary(one => one.part, one => Math.Abs(one.Excess), ReferenceEqualityComparer.Instance as IEqualityComparer<DaySeries>);

    private static bool IsSameCause(
        Oddity seed,
        Dictionary<DaySeries, decimal> seedParts,
        Oddity other,
        Dictionary<DaySeries, decimal> otherParts
    )
    {
        if (
            seed.Series.Currency != other.Series.Currency
            || seed.Excess * other.Excess < 0
            || other.Start > seed.End + DaysApart
            || other.End < seed.Start - DaysApart
        )
            return false;
        var common = otherParts.Sum(part => Math.Min(part.Value, seedParts.GetValueOrDefault(part.Key)));
        return common >= SameCause * Math.Min(Math.Abs(other.Excess), Math.Abs(seed.Excess));
    }

    /// <summary>Back to what it was before is no new anomaly.</summary>
    private static bool IsItsEnd(Oddity before, Oddity after) =>
        before.Excess * after.Excess < 0
        && before.Series.Currency == after.Series.Currency
        && Math.Abs(after.Start - before.End) <= DaysApart
        && before.Series.Place.Take(1).SequenceEqual(after.Series.Place.Take(1), PlaceComparer.Instance);

    private static bool IsMissing(Oddity oddity) =>
        oddity is { Series.Place.Count: 1, Actual: 0 } && oddity.Expected > 0;

    private static Anomaly Anomaly((Oddity Named, decimal Share) cause, SeriesCube cube)
    {
        var (named, share) = cause;
        var days = new DateRange(cube.First.AddDays(named.Start), cube.First.AddDays(named.End));
        var kind =
            IsMissing(named) ? AnomalyKind.MissingData
            : named.Excess < 0 ? AnomalyKind.Drop
            : named.End - named.Start >= 7 ? AnomalyKind.Shift
            : AnomalyKind.Spike;
        return new Anomaly(
            "a" + WorkScope.IdOf([named.Series.Currency.Code, Title(named.Series), $"{days.Start:yyyy-MM-dd}"])[1..],
            kind,
            named.Series.Place,
            named.Series.Currency,
            days,
            Rounded(named.Actual),
            Rounded(named.Expected)
        )
        {
            Score = decimal.Round((decimal)Math.Min(named.Score, 99), 1, MidpointRounding.AwayFromZero),
            ToldOn = cube.First.AddDays(named.Told),
            IsOngoing = named.End == named.Series.Figures.Count,
            ShareOfWhole = share,
        };
    }

    private static Anomaly Decided(Anomaly anomaly, AnomalyHistory history) =>
        history.Last(anomaly.Id) is { } made
            ? anomaly with
            {
                Decision = made,
                State = made.Fact.As is null ? AnomalyState.Acknowledged : AnomalyState.Resolved,
            }
            : anomaly;

    private sealed class PlaceComparer : IEqualityComparer<CostFilter>
    {
        public static PlaceComparer Instance { get; } = new();

        public bool Equals(CostFilter? x, CostFilter? y) => x?.Column == y?.Column && x?.Values[0] == y?.Values[0];

        public int GetHashCode(CostFilter obj) => HashCode.Combine(obj.Column, obj.Values[0]);
    }
}
