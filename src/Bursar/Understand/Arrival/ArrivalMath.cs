using Bursar.Core.Amounts;

namespace Bursar.Understand.Arrival;

/// <summary>What a delivery said of a usage day, and what the same day amounts to now.</summary>
/// <param name="Age">So many days lay between it and the newest day of the delivery.</param>
/// <param name="Then">What the delivery said.</param>
/// <param name="Final">What is known of it now.</param>
internal readonly record struct ArrivalObservation(int Age, Amount Then, Amount Final);

/// <summary>Which share of a day's cost has usually arrived when the data reaches so many days beyond it.</summary>
/// <param name="ByAge">The share of the newest day, of the day before it, and so on; never falling.</param>
/// <param name="Observations">How many days of how many deliveries it was learned from; 0 when it is assumed.</param>
internal sealed record ArrivalCurve(IReadOnlyList<decimal> ByAge, int Observations)
{
    /// <summary>Nothing is known: what the newest day holds is provisional, and all before it is there.</summary>
    public static ArrivalCurve Assumed { get; } = new([0m], 0);

    /// <summary>Nothing comes day by day: what a delivery covers is there.</summary>
    public static ArrivalCurve AtOnce { get; } = new([], 0);

    public bool IsLearned => Observations > 0;

    /// <summary>The share that has arrived of a day of that age; none of a day that the data has not reached.</summary>
    public decimal Share(int age) =>
        age < 0 ? 0
        : age < ByAge.Count ? ByAge[age]
        : 1;
}

/// <summary>The arithmetic of arrival.</summary>
internal static class ArrivalMath
{
    /// <summary>A day is looked at until the data reaches so many days beyond it.</summary>
    public const int AgeMax = 14;

    /// <summary>Fewer days of one age say nothing.</summary>
    private const int ObservationsMin = 3;

    /// <summary>
    /// The median share by age, never falling with age; an age that nobody saw is as the one before it, and the newest
    /// day counts as not arrived when nobody saw one.
    /// </summary>
    public static ArrivalCurve Learn(IEnumerable<ArrivalObservation> seen)
    {
        var byAge = seen.Where(one => one.Age is >= 0 and < AgeMax && one.Final > Amount.Zero)
            .GroupBy(one => one.Age)
            .Where(same => same.Count() >= ObservationsMin)
            .ToDictionary(same => same.Key, same => same.ToList());
        if (byAge.Count == 0)
            return ArrivalCurve.Assumed;
        var shares = new List<decimal>();
        for (var age = 0; age < AgeMax; age++)
        {
            var before = age == 0 ? 0 : shares[^1];
            shares.Add(Math.Max(before, byAge.TryGetValue(age, out var same) ? Median(same) : before));
        }
        return new ArrivalCurve(shares, byAge.Values.Sum(same => same.Count));
    }

    /// <summary>What is still to come of a day, from what arrived: arrived × (1 − share) ÷ share.</summary>
    public static Amount? Missing(Amount arrived, decimal share) =>
        share is > 0 and < 1 ? arrived.TimesRatio(Amount.From(1 - share), Amount.From(share))
        : share >= 1 ? Amount.Zero
        : null;

    private static decimal Median(List<ArrivalObservation> same)
    {
        var shares = same.Select(one => Math.Clamp(one.Then.ShareOf(one.Final) ?? 1, 0, 1)).Order().ToList();
        return shares[(shares.Count - 1) / 2];
    }
}
