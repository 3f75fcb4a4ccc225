using Bursar.Understand.Deliveries;

namespace Bursar.Understand.Quality;

/// <summary>One part of a trust score.</summary>
/// <param name="Name">"allocation", "freshness", "reconciliation", "completeness".</param>
/// <param name="Weight">How much it counts, of 100.</param>
/// <param name="Score">0 to 1; null when it was not measured.</param>
/// <param name="Sentence">What it rests on, or why it was not measured.</param>
public sealed record TrustPart(string Name, int Weight, decimal? Score, string Sentence);

/// <summary>The arithmetic of trust.</summary>
internal static class TrustMath
{
    public const int AllocationWeight = 30;
    public const int FreshnessWeight = 20;
    public const int ReconciliationWeight = 30;
    public const int CompletenessWeight = 20;

    /// <summary>A gap of so much of the invoices, or more, counts as nothing.</summary>
    public const decimal GapMax = 0.05m;

    /// <summary>
    /// The mean of the parts by their weights, 0 to 1. What was not measured is left out, and is never taken for
    /// whole.
    /// </summary>
    public static decimal? Score(IEnumerable<TrustPart> parts)
    {
        var measured = parts.Where(part => part.Score is not null).ToList();
        var weight = measured.Sum(part => part.Weight);
        return weight == 0 ? null : measured.Sum(part => part.Score!.Value * part.Weight) / weight;
    }

    /// <summary>1 for a source within its promise; one that is later scores promise ÷ age.</summary>
    public static decimal Freshness(TimeSpan age, TimeSpan promise) =>
        age <= promise ? 1 : (decimal)promise.Ticks / age.Ticks;

    /// <summary>
    /// The lesser of its two promises, delivery and age of data; null for a source that promises nothing.
    /// </summary>
    public static decimal? Freshness(SourceTimeliness source)
    {
        decimal? byInterval = source.PromisedInterval is { } interval
            ? Freshness(source.SinceDelivery, interval)
            : null;
        decimal? byAge = source.PromisedAge is { } age ? Freshness(source.DataAge ?? TimeSpan.MaxValue, age) : null;
        return byInterval is { } one && byAge is { } other ? Math.Min(one, other) : byInterval ?? byAge;
    }

    /// <summary>1 without a gap, 0 from <see cref="GapMax"/> on, straight between.</summary>
    public static decimal Reconciliation(decimal gapRatio) => 1 - Math.Min(1, Math.Abs(gapRatio) / GapMax);

    /// <summary>A share that credits took below nothing or above the whole stays between them.</summary>
    public static decimal? Clamped(decimal? share) => share is { } known ? Math.Clamp(known, 0, 1) : null;
}
