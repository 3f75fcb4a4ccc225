using Bursar.Core.Amounts;

namespace Bursar.Quantify.Forecasts.Models;

/// <summary>A planned event as it stands in a period: how likely it is, and what it adds by its odds.</summary>
internal readonly record struct EventOdds(decimal Probability, Amount Adds)
{
    /// <summary>Whether it may come or not; what is sure moves a band and widens nothing.</summary>
    public bool IsUncertain => Probability is > 0 and < 1;
}

/// <summary>One way in which uncertain events may turn out.</summary>
/// <param name="Weight">How likely.</param>
/// <param name="Shift">What comes of it, beside what is expected of all ways.</param>
internal readonly record struct EventCase(double Weight, double Shift);

/// <summary>
/// Bands with events that may come or not: the distribution is the mixture of the band with each combination of them,
/// weighed by its odds; a quantile is that of the mixture.
/// </summary>
internal static class EventMixture
{
    /// <summary>Of more events, the smaller ones only move the band.</summary>
    public const int EventsMax = 8;

    private const int Halvings = 60;

    /// <summary>Between these probabilities a band is a straight line.</summary>
    private static readonly double[] Grid =
    [
        0.001,
        0.002,
        0.005,
        .. Enumerable.Range(1, 99).Select(i => i / 100.0),
        0.995,
        0.998,
        0.999,
    ];

    /// <summary>Every combination of the events, in the order of their happening; none of no uncertain event.</summary>
    public static IReadOnlyList<EventCase> Cases(IReadOnlyList<EventOdds> events)
    {
        var uncertain = events.Where(one => one.IsUncertain).ToList();
        if (uncertain.Count == 0)
            return [];
        var cases = new List<EventCase> { new(1, 0) };
        foreach (var one in uncertain)
        {
            var (odds, expected) = ((double)one.Probability, (double)one.Adds.ToDecimal());
            cases =
            [
                .. cases.Select(before => new EventCase(before.Weight * (1 - odds), before.Shift - expected)),
                .. cases.Select(before => new EventCase(
                    before.Weight * odds,
                    before.Shift - expected + (expected / odds)
                )),
            ];
        }
        return cases;
    }

    /// <summary>
    /// How far the quantile of the mixture lies from that of the band alone, for each probability; both around what is
    /// expected.
    /// </summary>
    public static IReadOnlyDictionary<decimal, decimal> Moves(
        Band band,
        IReadOnlyList<EventCase> cases,
        IEnumerable<decimal> probabilities
    )
    {
        var reach = Array.ConvertAll(Grid, band.Reach);
        var (low, high) = (reach[0] + cases.Min(one => one.Shift), reach[^1] + cases.Max(one => one.Shift));
        return probabilities.ToDictionary(
            probability => probability,
            probability =>
            {
                var (from, to) = (low, high);
                for (var i = 0; i < Halvings && from < to; i++)
                {
                    var middle = from + ((to - from) / 2);
                    if (cases.Sum(one => one.Weight * Below(reach, middle - one.Shift)) >= (double)probability)
                        to = middle;
                    else
                        from = middle;
                }
                return (decimal)(to - band.Reach((double)probability));
            }
        );
    }

    /// <summary>The share of outcomes below a distance from the point.</summary>
    private static double Below(double[] reach, double distance)
    {
        if (distance < reach[0])
            return 0;
        if (distance >= reach[^1])
            return 1;
        var at = Array.BinarySearch(reach, distance);
        if (at < 0)
            at = ~at - 1;
        while (at < reach.Length - 2 && reach[at + 1] <= distance)
            at++;
        var width = reach[at + 1] - reach[at];
        return Grid[at] + ((Grid[at + 1] - Grid[at]) * (width > 0 ? (distance - reach[at]) / width : 1));
    }
}
