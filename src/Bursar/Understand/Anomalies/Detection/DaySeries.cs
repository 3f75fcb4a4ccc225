using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Anomalies.Detection;

/// <summary>What the figures of a series are.</summary>
internal enum SeriesOf
{
    /// <summary>The cost of use.</summary>
    Cost,

    /// <summary>The part of commitments that nobody used.</summary>
    Unused,
}

/// <summary>The cost of a place, day by day, up to its newest day that is not provisional.</summary>
/// <param name="of">What its figures are.</param>
/// <param name="place">The place: columns and values; none is everything.</param>
/// <param name="currency">The currency.</param>
/// <param name="first">The day of the first figure.</param>
/// <param name="figures">The cost of each day; 0 without charges.</param>
/// <param name="list">The same at list prices; empty where nobody tells them.</param>
/// <param name="charges">How many charges each day has; empty where it is not known.</param>
internal sealed class DaySeries(
    SeriesOf of,
    IReadOnlyList<CostFilter> place,
    Currency currency,
    DateOnly first,
    IReadOnlyList<decimal> figures,
    IReadOnlyList<decimal> list,
    IReadOnlyList<long> charges
)
{
    /// <summary>The score of what never was, beside which no scale is left.</summary>
    public const double MostOdd = 99;

    private double[]? scores;
    private DaysAbove? above;
    private decimal?[]? rates;

    public SeriesOf Of { get; } = of;

    public IReadOnlyList<CostFilter> Place { get; } = place;

    public Currency Currency { get; } = currency;

    public DateOnly First { get; } = first;

    public IReadOnlyList<decimal> Figures { get; } = figures;

    public IReadOnlyList<decimal> List { get; } = list;

    public IReadOnlyList<long> Charges { get; } = charges;

    /// <summary>The finest series inside it; itself when it is one of them.</summary>
    public List<DaySeries> Parts { get; } = [];

    /// <summary>The series that hold it, itself among them; of the finest ones only.</summary>
    public List<DaySeries> Wholes { get; } = [];

    /// <summary>"AWS, EC2, claims-core"; "" is everything.</summary>
    public string Title { get; } = string.Join(", ", place.Select(filter => filter.Values[0] ?? "(none)").Distinct());

    /// <summary>How odd each day is, judged from those before it alone.</summary>
    public double[] Scores => scores ??= Scored();

    /// <summary>How far each day lies above the weeks before it.</summary>
    public DaysAbove Above => above ??= new DaysAbove(Figures, First);

    /// <summary>The same figures without the series around it, which need not be kept for them.</summary>
    public DaySeries Alone() => new(Of, Place, Currency, First, Figures, List, Charges);

    /// <summary>All series of the same figures inside this place, itself among them.</summary>
    public IEnumerable<DaySeries> Inside() =>
        Parts.SelectMany(part => part.Wholes).Distinct().Where(one => one.IsIn(this)).DefaultIfEmpty(this);

    public bool IsIn(DaySeries whole) =>
        Of == whole.Of
        && Currency == whole.Currency
        && whole.Place.All(filter =>
            Place.Any(own => own.Column == filter.Column && own.Values[0] == filter.Values[0])
        );

    /// <summary>What may be expected from a day on, by the days before it.</summary>
    public Expectation ExpectFrom(int start) => Expectation.Of(Figures, First, start);

    public decimal Sum(int from, int to)
    {
        var sum = 0m;
        for (var day = Math.Max(0, from); day < Math.Min(to, Figures.Count); day++)
            sum += Figures[day];
        return sum;
    }

    /// <summary>Which part of the list price was paid on each day; null without one.</summary>
    public decimal?[] Rates =>
        rates ??= [
            .. Figures.Select(
                (figure, day) =>
                    List.Count > 0 && List[day] > 0
                        ? decimal.Round(figure / List[day], 6, MidpointRounding.AwayFromZero)
                        : (decimal?)null
            ),
        ];

    /// <summary>Which part of the list price was paid, as a usual day of the weeks before had it; null without list
    /// prices.</summary>
    public decimal? RateBefore(int start)
    {
        var known = RatesBefore(start);
        return known.Count >= FindOddities.FewestRates ? AnomalyMath.Median(known) : null;
    }

    public List<decimal> RatesBefore(int start)
    {
        var known = new List<decimal>();
        for (var day = Math.Max(0, start - FindOddities.DaysOfRates); day < start; day++)
        {
            if (Rates[day] is { } rate)
                known.Add(rate);
        }
        return known;
    }

    private double[] Scored()
    {
        var detector = new AnomalyDetector(TimeSpan.FromDays(1));
        var all = new double[Figures.Count];
        for (var day = 0; day < all.Length; day++)
        {
            var score = detector
                .Read(First.AddDays(day).ToDateTime(TimeOnly.MinValue), decimal.ToDouble(Figures[day]))
                .Score;
            all[day] = double.IsFinite(score) ? score : MostOdd;
        }
        return all;
    }
}
