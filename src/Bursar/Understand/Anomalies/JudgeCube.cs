using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Understand.Anomalies.Detection;
using Bursar.Understand.Unallocated;

namespace Bursar.Understand.Anomalies;

/// <summary>Judges the cost of days: what is odd, each cause once.</summary>
/// <param name="cube">The series.</param>
/// <param name="history">What people said before.</param>
internal sealed class JudgeCube(SeriesCube cube, AnomalyHistory history)
{
    private const int DaysOfFloor = 90;
    private const int DaysOfShift = 7;

    // What began before still explains what is seen afterwards.
    private const int DaysBefore = 60;
    private const decimal FloorShare = 0.01m;
    private const decimal Most = 0.5m;

    private readonly Dictionary<Currency, decimal> floors = cube
        .All.Where(series => series is { Of: SeriesOf.Cost, Place.Count: 0 })
        .ToDictionary(
            series => series.Currency,
            series => FloorShare * AnomalyMath.Median([.. series.Figures.TakeLast(DaysOfFloor)])
        );

    /// <summary>A hundredth of what a usual day costs in a currency, over the last 90.</summary>
    public IReadOnlyList<Money> Floors { get; private set; } = [];

    /// <param name="from">The first day on which one may begin.</param>
    /// <param name="through">The last day that is looked at; null is the newest.</param>
    /// <param name="cancel">Ends the work.</param>
    public List<Anomaly> Of(DateOnly from, DateOnly? through, CancellationToken cancel)
    {
        Floors = [.. floors.OrderBy(floor => floor.Key).Select(floor => new Money(Rounded(floor.Value), floor.Key))];
        var end = (through ?? cube.Through).AddDays(1).DayNumber - cube.First.DayNumber;
        var bar = new Bar(
            from.DayNumber - cube.First.DayNumber - DaysBefore,
            end,
            series => floors.GetValueOrDefault(series.Currency),
            (series, day) => history.Raised(series.Title, series.Currency, cube.First.AddDays(day))
        );
        var odd = cube
            .All.AsParallel()
            .AsOrdered()
            .WithCancellation(cancel)
            .SelectMany(series => FindOddities.In(series, bar))
            .ToList();
        return [.. FindCauses.Of(odd, bar).Select(cause => Anomaly(cause, end)).Where(one => one.Days.Start >= from)];
    }

    private static Amount Rounded(decimal figure) =>
        Amount.From(decimal.Round(figure, 2, MidpointRounding.AwayFromZero));

    private Anomaly Anomaly(Cause cause, int end)
    {
        var named = cause.Named;
        var days = new DateRange(cube.First.AddDays(named.Start), cube.First.AddDays(named.End));
        var kind = Kind(named);
        var key = new[]
        {
            named.Series.Currency.Code,
            named.Series.Of.ToString(),
            named.Series.Title,
            $"{days.Start:yyyy-MM-dd}",
        };
        return new Anomaly(
            "a" + WorkScope.IdOf(key)[1..],
            kind,
            named.Series,
            days,
            Rounded(named.Actual),
            Rounded(named.Expected)
        )
        {
            Score = decimal.Round(
                (decimal)Math.Clamp(named.Score, 0, DaySeries.MostOdd),
                1,
                MidpointRounding.AwayFromZero
            ),
            ToldOn = cube.First.AddDays(cause.Told),
            IsOngoing = named.End == Math.Min(end, named.Series.Figures.Count),
            ShareOfWhole = cause.Share,
            Because = kind == AnomalyKind.LostDiscount ? "discount" : null,
        };
    }

    private static AnomalyKind Kind(Oddity named) =>
        named.Series.Of == SeriesOf.Unused ? AnomalyKind.IdleCommitment
        : named.Kind is AnomalyKind.MissingData or AnomalyKind.Doubled or AnomalyKind.LostDiscount ? named.Kind
        : named.Excess < 0 ? AnomalyKind.Drop
        : IsOfDiscount(named) ? AnomalyKind.LostDiscount
        : named.Kind == AnomalyKind.Drift ? AnomalyKind.Drift
        : named.End - named.Start >= DaysOfShift ? AnomalyKind.Shift
        : AnomalyKind.Spike;

    /// <summary>
    /// Whether at least half of it would not be there at the part of the list price that used to be paid.
    /// </summary>
    private static bool IsOfDiscount(Oddity named)
    {
        if (named.Series.List.Count == 0)
            return false;
        return named.As(AnomalyKind.LostDiscount).Excess / named.Excess >= Most;
    }
}
