namespace Bursar.Understand.Anomalies;

/// <summary>The formulas of anomalies: how odd, what it cost, how well they are found.</summary>
internal static class AnomalyMath
{
    // Makes the median distance from the median comparable to a standard deviation.
    private const decimal Normal = 0.67449m;

    /// <summary>
    /// How far a figure lies from the median of those before, in median distances from it; null where none ever moved.
    /// </summary>
    public static decimal? RobustScore(IReadOnlyList<decimal> history, decimal figure)
    {
        var median = Median(history);
        var distance = Median([.. history.Select(one => Math.Abs(one - median))]);
        return distance == 0 ? null : Normal * (figure - median) / distance;
    }

    /// <summary>The middle figure, or the mean of the two in the middle; 0 of none.</summary>
    public static decimal Median(IReadOnlyList<decimal> figures)
    {
        if (figures.Count == 0)
            return 0;
        var sorted = figures.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>
    /// What an anomaly cost until it was mended, and what it would have cost by the day of the review.
    /// </summary>
    public static (decimal Incurred, decimal Avoided) Cost(decimal excessPerDay, int mendedOnDay, int reviewOnDay) =>
        (excessPerDay * mendedOnDay, excessPerDay * Math.Max(0, reviewOnDay - mendedOnDay));

    /// <summary>The share of the alerts that were true; null without any.</summary>
    public static decimal? Precision(int trueAlerts, int alerts) => alerts == 0 ? null : (decimal)trueAlerts / alerts;

    /// <summary>The share of the true events that were found; null without any.</summary>
    public static decimal? Recall(int trueAlerts, int events) => events == 0 ? null : (decimal)trueAlerts / events;

    /// <summary>The mean of times; null without any.</summary>
    public static decimal? Mean(IReadOnlyList<decimal> times) => times.Count == 0 ? null : times.Average();
}
