using Bursar.Understand.Anomalies;
using Bursar.Understand.Anomalies.Detection;

namespace Bursar.Tests.Anomalies;

/// <summary>The formulas of anomalies, and what the detector sees in made series (ANO-01, ANO-04).</summary>
public sealed class AnomalyMathTests
{
    private static readonly DateTime Monday = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void EX_ANO_1_a_figure_far_from_the_median_scores_26_9796() =>
        Assert.Equal(26.9796m, AnomalyMath.RobustScore([100, 102, 98, 101, 99, 100, 103], 140));

    [Fact]
    public void EX_ANO_2_what_was_incurred_and_avoided() =>
        Assert.Equal((1_200m, 10_800m), AnomalyMath.Cost(400, 3, 30));

    [Fact]
    public void EX_ANO_3_precision_recall_and_mean_time()
    {
        Assert.Equal(0.75m, AnomalyMath.Precision(18, 24));
        Assert.Equal(0.9m, AnomalyMath.Recall(18, 20));
        Assert.Equal(10m, AnomalyMath.Mean([4, 10, 16]));
    }

    [Fact]
    public void A_series_that_never_moves_is_never_odd()
    {
        var detector = new AnomalyDetector(TimeSpan.FromDays(1));
        for (var day = 0; day < 500; day++)
            Assert.False(detector.Read(Monday.AddDays(day), 100).IsAlert);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_doubled_level_is_told_within_two_days(int seed)
    {
        var detector = new AnomalyDetector(TimeSpan.FromDays(1));
        var random = new Random(seed);
        var told = Enumerable
            .Range(0, 320)
            .Where(day =>
                detector
                    .Read(
                        Monday.AddDays(day),
                        (day % 7 < 5 ? 1_000 : 700) * (day < 300 ? 1 : 2) * (0.95 + (0.1 * random.NextDouble()))
                    )
                    .IsAlert
            )
            .ToList();
        Assert.Contains(told, day => day is 300 or 301);
        Assert.InRange(told.Count(day => day < 300), 0, 2);
    }

    [Fact]
    public void What_comes_later_changes_no_reading()
    {
        var one = new AnomalyDetector(TimeSpan.FromDays(1));
        var other = new AnomalyDetector(TimeSpan.FromDays(1));
        var random = new Random(4);
        var figures = Enumerable.Range(0, 300).Select(_ => 100 + (10 * random.NextDouble())).ToList();
        var whole = figures.Select((figure, day) => one.Read(Monday.AddDays(day), figure)).ToList();
        var part = figures.Take(200).Select((figure, day) => other.Read(Monday.AddDays(day), figure)).ToList();
        Assert.Equal(part, whole.Take(200));
    }
}
