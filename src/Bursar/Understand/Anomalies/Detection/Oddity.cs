namespace Bursar.Understand.Anomalies.Detection;

/// <summary>Where a series of days is odd, and by how much.</summary>
/// <param name="Series">The series.</param>
/// <param name="Kind">In what way.</param>
/// <param name="Start">The index of its first day.</param>
/// <param name="End">The index after its last one.</param>
/// <param name="Told">The index of the day that told.</param>
/// <param name="Score">How odd that day was.</param>
internal sealed record Oddity(DaySeries Series, AnomalyKind Kind, int Start, int End, int Told, double Score)
{
    private decimal? expected;
    private decimal? actual;

    public decimal Actual => actual ??= Series.Sum(Start, End);

    public decimal Expected => expected ??= ExpectedUntil(End);

    public decimal Excess => Actual - Expected;

    public bool IsOverlapping(Oddity other, int apart) => Start <= other.End + apart && End >= other.Start - apart;

    /// <summary>What was expected of its days before another.</summary>
    public decimal ExpectedUntil(int end) => Expect(Series, end);

    /// <summary>What a part of it has beyond what it had before, in the same days.</summary>
    public decimal ExcessIn(DaySeries part) => part.Sum(Start, End) - Expect(part, End);

    /// <summary>The same of another place.</summary>
    public Oddity At(DaySeries place) => new(place, Kind, Start, End, Told, Score);

    /// <summary>The same days as another kind, which may expect other figures.</summary>
    public Oddity As(AnomalyKind kind) => new(Series, kind, Start, End, Told, Score);

    private decimal Expect(DaySeries series, int end)
    {
        end = Math.Min(end, series.Figures.Count);
        if (Kind != AnomalyKind.LostDiscount)
            return series.ExpectFrom(Start).Sum(Start, end);
        // What was used at list prices, times the part of them that used to be paid.
        if (series.RateBefore(Start) is not { } rate)
            return series.Sum(Start, end);
        var sum = 0m;
        for (var day = Start; day < end; day++)
            sum += series.List[day] * rate;
        return sum;
    }
}
