using Bursar.Core.Amounts;

namespace Bursar.Understand.Allocation.SharedCosts;

/// <summary>A line of a rate card, and what it has to bring in.</summary>
/// <param name="Meter">The meter.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Cost">The cost of its own; null for a part of what no line names.</param>
internal sealed record RatedLineCost(string Meter, string? Unit, Amount? Cost);

/// <summary>The arithmetic of rates: charged + under-recovery = real cost, for every line and in all.</summary>
internal static class RecoveryMath
{
    /// <summary>What is left of the cost once the rates are charged.</summary>
    public const string UnderRecovery = "(under-recovery)";

    /// <summary>What the rates charged beyond the cost; below zero.</summary>
    public const string OverRecovery = "(over-recovery)";

    /// <summary>Digits of a suggested rate that say something.</summary>
    private const int RateDigits = 6;

    /// <summary>Quantity × rate ÷ units of a rate, to 18 decimals.</summary>
    public static decimal Charge(decimal quantity, decimal rate, int per) =>
        decimal.Round(quantity * rate / per, Amount.Scale, MidpointRounding.AwayFromZero);

    /// <summary>
    /// Every line beside its cost. Lines without a cost of their own share the rest by what they charged; a rest that
    /// no line is for stands by itself.
    /// </summary>
    public static IReadOnlyList<RatedMeter> Meters(
        IReadOnlyList<RatedLineCost> lines,
        IReadOnlyList<RatedUse> uses,
        Amount cost,
        int per,
        bool makesUp
    )
    {
        var charged = lines.ToDictionary(
            line => line.Meter,
            line => uses.Where(use => use.Meter == line.Meter).Sum(use => use.Charged)
        );
        var rest = lines.Aggregate(cost, (left, line) => left - (line.Cost ?? Amount.Zero));
        var sharing = lines
            .Where(line => line.Cost is null && charged[line.Meter] > 0)
            .Select(line => KeyValuePair.Create(line.Meter, Amount.From(charged[line.Meter])))
            .ToList();
        var parts = sharing.Count == 0 ? [] : LargestRemainder.Split(rest, sharing, Amount.Scale).ToDictionary();
        var meters = lines
            .Select(line =>
            {
                var own = (line.Cost ?? parts.GetValueOrDefault(line.Meter)).ToDecimal();
                var quantity = uses.Where(use => use.Meter == line.Meter).Sum(use => use.Quantity);
                var wanted = makesUp ? own + own - charged[line.Meter] : own;
                return new RatedMeter(
                    line.Meter,
                    line.Unit,
                    quantity,
                    charged[line.Meter],
                    own,
                    quantity <= 0 || wanted < 0 ? null : Rounded(wanted * per / quantity)
                );
            })
            .ToList();
        if (sharing.Count == 0 && !rest.IsZero)
            meters.Add(new RatedMeter(null, null, 0, 0, rest.ToDecimal(), null));
        return meters;
    }

    private static decimal Rounded(decimal rate)
    {
        var decimals = RateDigits;
        for (var size = rate; size is > 0 and < 0.1m && decimals < Amount.Scale; size *= 10)
            decimals++;
        for (var size = rate; size >= 1 && decimals > 2; size /= 10)
            decimals--;
        return decimal.Round(rate, decimals, MidpointRounding.ToEven);
    }

    /// <summary>
    /// By what the pool is divided: what each was charged, and the difference to the cost; or, spread, what each was
    /// charged with its part of the difference of every line.
    /// </summary>
    public static IReadOnlyList<PoolWeight> Weights(string by, RatedPool rated, decimal cost, bool spread)
    {
        var all = rated.Uses.Sum(use => use.Charged);
        var lines = rated.Meters.Where(meter => meter is { Meter: not null, Charged: not 0 }).ToList();
        var besides = rated.Meters.Except(lines).Sum(meter => meter.Cost);
        var factors = lines.ToDictionary(
            meter => meter.Meter!,
            meter => spread ? (meter.Cost / meter.Charged) + (besides / all) : 1
        );
        var weights = rated
            .Uses.GroupBy(use => use.Receiver)
            .Select(own => new PoolWeight(
                new Receiver(by, own.Key),
                own.Where(use => factors.ContainsKey(use.Meter)).Sum(use => use.Charged * factors[use.Meter])
            ))
            .Where(weight => weight.Weight != 0)
            .OrderBy(weight => weight.Receiver.Value, StringComparer.Ordinal)
            .ToList();
        var difference = cost - all;
        if (!spread && difference != 0)
            weights.Add(
                new PoolWeight(new Receiver("", difference > 0 ? UnderRecovery : OverRecovery, Keeps: true), difference)
            );
        return weights;
    }
}
