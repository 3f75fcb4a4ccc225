using Bursar.Core.Amounts;

namespace Bursar.Understand.Validation.Evaluation;

/// <summary>What the scan of a file found, ready to be asked.</summary>
/// <param name="alikeRows">The kinds of row.</param>
internal sealed class Measured(IReadOnlyList<AlikeRows> alikeRows)
{
    public long Rows { get; } = alikeRows.Sum(alike => alike.Rows);

    /// <summary>The rows of which a formula holds.</summary>
    public long Count(Formula formula) => alikeRows.Where(alike => formula.Holds(alike.Bits)).Sum(alike => alike.Rows);

    /// <summary>What they cost.</summary>
    public IReadOnlyList<AffectedCost> Cost(Formula formula) =>
        [
            .. alikeRows
                .Where(alike => formula.Holds(alike.Bits))
                .GroupBy(alike => alike.Currency)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new AffectedCost(
                    group.Key,
                    Sum(group.Select(alike => alike.BilledCost)),
                    Sum(group.Select(alike => alike.EffectiveCost))
                )),
        ];

    private static Amount? Sum(IEnumerable<Amount?> amounts)
    {
        Amount? sum = null;
        foreach (var amount in amounts.OfType<Amount>())
            sum = sum is { } before ? before + amount : amount;
        return sum;
    }
}
