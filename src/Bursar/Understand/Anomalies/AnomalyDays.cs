using Bursar.Core.Amounts;

namespace Bursar.Understand.Anomalies;

/// <summary>A day of a place: what it cost, and what was expected of it.</summary>
internal sealed record AnomalyDay(DateOnly Day, Amount Actual, Amount Expected);

/// <summary>The days of an anomaly and the four weeks before it.</summary>
internal static class AnomalyDays
{
    public const int DaysBefore = 28;

    public static IReadOnlyList<AnomalyDay> Of(Anomaly anomaly)
    {
        var series = anomaly.Series;
        var start = anomaly.Days.Start.DayNumber - series.First.DayNumber;
        var end = Math.Min(series.Figures.Count, anomaly.Days.End.DayNumber - series.First.DayNumber);
        var usual = series.ExpectFrom(start);
        var rate = anomaly.Kind == AnomalyKind.LostDiscount ? series.RateBefore(start) : null;
        var first = Math.Max(0, start - DaysBefore);
        return
        [
            .. Enumerable
                .Range(first, Math.Max(0, end - first))
                .Select(day => new AnomalyDay(
                    series.First.AddDays(day),
                    Rounded(series.Figures[day]),
                    Rounded(rate is { } known ? series.List[day] * known : usual.On(day))
                )),
        ];

        Amount Rounded(decimal figure) => Amount.From(decimal.Round(figure, 2, MidpointRounding.AwayFromZero));
    }
}
