using Bursar.Core.Amounts;
using Bursar.Core.Time;

namespace Bursar.Quantify.Benefits;

/// <summary>A month of a benefit.</summary>
/// <param name="Month">Which one.</param>
/// <param name="Value">The figure of the series; null where it has none.</param>
/// <param name="Cost">What the charges that it is laid against cost from its first day on; null without
/// charges.</param>
internal sealed record BenefitInputs(BillingPeriod Month, Amount? Value, Amount? Cost);

/// <summary>What a benefit came to, so far.</summary>
/// <param name="Months">The months since it began, ascending.</param>
/// <param name="Gain">How much better the newest month with a figure was than the baseline.</param>
/// <param name="Realised">Gains of all months times their worth; null where no worth is claimed.</param>
/// <param name="Cost">What was spent for it; null where it is laid against no charges.</param>
/// <param name="ReachedOn">The end of the first month that met the target; null so far, or without a target.</param>
internal sealed record BenefitResult(
    IReadOnlyList<BenefitInputs> Months,
    Amount? Gain,
    Amount? Realised,
    Amount? Cost,
    DateOnly? ReachedOn
)
{
    /// <summary>(Benefit − cost) ÷ cost (EX-UNT-3); null where either is not known, or nothing was spent.</summary>
    public decimal? ReturnOnInvestment => BenefitMath.ReturnOnInvestment(Realised, Cost);
}

/// <summary>The arithmetic of the value register.</summary>
internal static class BenefitMath
{
    /// <summary>(Benefit − cost) ÷ cost; null where either is not known, or the cost is not above zero.</summary>
    public static decimal? ReturnOnInvestment(Amount? benefit, Amount? cost) =>
        benefit is { } brought && cost is { } spent && spent > Amount.Zero ? (brought - spent).ShareOf(spent) : null;

    /// <summary>Days from the first day on which it was spent for to the day on which the value was there.</summary>
    public static int? DaysToValue(DateOnly from, DateOnly? reached) => reached?.DayNumber - from.DayNumber;

    /// <summary>
    /// A month without a figure adds nothing, and is told; a month worse than the baseline takes away.
    /// </summary>
    public static BenefitResult Of(Benefit benefit, IReadOnlyList<BenefitInputs> months)
    {
        var known = months.Where(month => month.Value is not null).ToList();
        var costs = months.Where(month => month.Cost is not null).ToList();
        var reached = benefit.Target is { } target
            ? known.Find(month => benefit.Meets(month.Value!.Value, target))
            : null;
        return new BenefitResult(
            months,
            known.Count == 0 ? null : benefit.Gain(known[^1].Value!.Value),
            benefit.Worth is { } worth && known.Count > 0
                ? known.Aggregate(
                    Amount.Zero,
                    (sum, month) => sum + benefit.Gain(month.Value!.Value).Times(worth.ToDecimal())
                )
                : null,
            costs.Count == 0 ? null : costs.Aggregate(Amount.Zero, (sum, month) => sum + month.Cost!.Value),
            reached?.Month.End.AddDays(-1)
        );
    }
}
