using Bursar.Core.Amounts;

namespace Bursar.Understand.Services;

/// <summary>Charges of one currency that the same parts claim.</summary>
/// <param name="Parts">The places of the parts, ascending.</param>
/// <param name="Cost">What the charges cost.</param>
internal sealed record ClaimedCost(IReadOnlyList<int> Parts, Amount Cost);

/// <summary>The arithmetic of services: shares of bundles, and charges that several parts claim.</summary>
internal static class ServiceMath
{
    private static readonly Amount Hundred = Amount.From(100);

    /// <summary>What of a bundle's cost is the part's.</summary>
    /// <param name="method">How.</param>
    /// <param name="cost">The bundle.</param>
    /// <param name="used">Units of the service; null where nobody counted.</param>
    /// <param name="of">Units of all; null where nobody counted.</param>
    /// <returns>Null when something that the method needs is not known.</returns>
    public static Amount? Figure(ServiceMethod method, Amount cost, Amount? used, Amount? of) =>
        method.Method switch
        {
            ServiceMethodKind.Percentage => cost.TimesRatio(Amount.From(method.Percent!.Value), Hundred),
            ServiceMethodKind.PriceUplift => cost.TimesRatio(
                Amount.From(method.Bundle!.Value - method.Without!.Value),
                Amount.From(method.Bundle.Value)
            ),
            ServiceMethodKind.StandAlonePrice => cost.TimesRatio(
                Amount.From(method.Part!.Value),
                Amount.From(method.Part.Value + method.Rest!.Value)
            ),
            ServiceMethodKind.UsageShare => used is { } own && of is { IsZero: false } all
                ? cost.TimesRatio(own, all)
                : null,
            _ => used?.Times(method.Price!.Value),
        };

    /// <summary>Why the figures of a method cannot be; null when they can.</summary>
    public static string? Impossible(ServiceMethod method) =>
        method.Method switch
        {
            ServiceMethodKind.PriceUplift
                when method.Bundle <= 0 || method.Without < 0 || method.Without > method.Bundle =>
                "A bundle costs something, and no less than the same without the part.",
            ServiceMethodKind.StandAlonePrice
                when method.Part < 0 || method.Rest < 0 || method.Part + method.Rest <= 0 =>
                "Prices by themselves are zero or more, and not all zero.",
            ServiceMethodKind.UsageShare
                when method is { Used: { } used, Of: { } of } && (used < 0 || of <= 0 || used > of) =>
                "A share of use is between nothing and all of it.",
            ServiceMethodKind.MeteredCredit when method.Price < 0 || method.Used < 0 =>
                "Credits and their price are zero or more.",
            _ => null,
        };

    /// <summary>
    /// What each part claims of each set of charges: in proportion to the charges, the last set with what is left, so
    /// that the claims of a part sum to its figure.
    /// </summary>
    /// <param name="costs">The charges, by who claims them.</param>
    /// <param name="figures">What each part has of its charges; null for none.</param>
    public static IReadOnlyList<IReadOnlyDictionary<int, Amount>> Claims(
        IReadOnlyList<ClaimedCost> costs,
        IReadOnlyDictionary<int, Amount?> figures
    )
    {
        var claims = costs.Select(_ => new Dictionary<int, Amount>()).ToList();
        foreach (var (part, figure) in figures.Where(pair => pair.Value is not null))
        {
            var own = Enumerable.Range(0, costs.Count).Where(i => costs[i].Parts.Contains(part)).ToList();
            var all = Sum(own.Select(i => costs[i].Cost));
            var left = figure!.Value;
            foreach (var i in own)
            {
                var claim =
                    i == own[^1] ? left
                    : all.IsZero ? Amount.Zero
                    : figure.Value.TimesRatio(costs[i].Cost, all);
                claims[i][part] = claim;
                left -= claim;
            }
        }
        return claims;
    }

    /// <summary>What of a day's charges is a part's: the same share as of the whole month.</summary>
    public static Amount OfDay(Amount day, Amount? cost, Amount charges) =>
        cost is not { } figure || charges.IsZero ? Amount.Zero : day.TimesRatio(figure, charges);

    /// <summary>What several claims on the same charges count together: never more than the charges.</summary>
    public static Amount Once(Amount cost, Amount claimed, int claims) =>
        claims > 1 && claimed.Abs() > cost.Abs() ? cost : claimed;

    public static Amount Sum(IEnumerable<Amount> amounts) =>
        amounts.Aggregate(Amount.Zero, (sum, amount) => sum + amount);
}
