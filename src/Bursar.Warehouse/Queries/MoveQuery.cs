using Bursar.Core.Amounts;

namespace Bursar.Warehouse.Queries;

/// <summary>To whom the same charges belong by two rulebooks: a question about cost that moves.</summary>
public sealed record MoveQuery
{
    /// <summary>A cost; quantities move with it.</summary>
    public CostMeasure Measure { get; init; } = CostMeasure.EffectiveCost;

    /// <summary>The shared fields that are compared.</summary>
    public required IReadOnlyList<string> By { get; init; }

    /// <summary>The first day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The day after the last.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The currency of the answer; null for every amount in the currency it is billed in.</summary>
    public Conversion? Conversion { get; init; }
}

/// <summary>Cost that has the same place and rules before, and the same place and rules after.</summary>
/// <param name="Before">The values of the fields by the one rulebook; null is "no value".</param>
/// <param name="RulesBefore">The rules that set them; null where nothing did.</param>
/// <param name="After">The values by the other.</param>
/// <param name="RulesAfter">The rules that set those.</param>
/// <param name="Currency">The currency of the cost.</param>
/// <param name="Cost">How much it is.</param>
/// <param name="Charges">How many charges it sums; a charge of several days counts on its first.</param>
public sealed record MovedCost(
    IReadOnlyList<string?> Before,
    IReadOnlyList<string?> RulesBefore,
    IReadOnlyList<string?> After,
    IReadOnlyList<string?> RulesAfter,
    Currency Currency,
    Amount Cost,
    long Charges
)
{
    /// <summary>Whether it belongs to somebody else afterwards.</summary>
    public bool IsMoved => !Before.SequenceEqual(After);
}
