using System.Numerics;
using Bursar.Core.Amounts;
using Bursar.Warehouse.Queries;

namespace Bursar.Understand.Currencies;

/// <summary>The days on which a published rate holds.</summary>
/// <param name="Start">The first day.</param>
/// <param name="End">The day after the last.</param>
/// <param name="Published">The day it was published for.</param>
/// <param name="Rate">How much of the currency one unit of the base is.</param>
internal readonly record struct HeldRate(DateOnly Start, DateOnly End, DateOnly Published, Amount Rate);

/// <summary>A rate of a day, and for how many days it may hold.</summary>
internal readonly record struct DatedRate(DateOnly Date, int MaxAgeDays, Amount Rate);

/// <summary>The arithmetic of exchange rates: how long one holds, and what it makes of two currencies.</summary>
internal static class RateMath
{
    /// <summary>
    /// Each rate holds from its day until the next that has one, and no longer than it may.
    /// </summary>
    public static IReadOnlyList<HeldRate> Held(IEnumerable<DatedRate> rates)
    {
        var held = new List<HeldRate>();
        foreach (var rate in rates.OrderBy(rate => rate.Date))
        {
            if (held.Count > 0 && held[^1].End > rate.Date)
                held[^1] = held[^1] with { End = rate.Date };
            held.Add(new HeldRate(rate.Date, rate.Date.AddDays(rate.MaxAgeDays), rate.Date, rate.Rate));
        }
        return held;
    }

    /// <summary>The base itself: one, on every day.</summary>
    public static IReadOnlyList<HeldRate> OfBase { get; } =
    [new HeldRate(DateOnly.MinValue, DateOnly.MaxValue, DateOnly.MinValue, Amount.From(1))];

    /// <summary>
    /// What one unit of a currency is worth in another, through the base that both have rates for: the quotient of the
    /// two, rounded half to even at the 18th decimal.
    /// </summary>
    /// <param name="currency">The currency that is converted.</param>
    /// <param name="target">The currency it is converted to.</param>
    /// <param name="codes">Their codes, and that of the base.</param>
    /// <param name="source">Who published the rates.</param>
    public static IReadOnlyList<ConversionRate> Cross(
        IReadOnlyList<HeldRate> currency,
        IReadOnlyList<HeldRate> target,
        (string Currency, string Target, string Base) codes,
        string source
    )
    {
        var rates = new List<ConversionRate>();
        for (int i = 0, j = 0; i < currency.Count && j < target.Count; )
        {
            var (one, other) = (currency[i], target[j]);
            var start = one.Start > other.Start ? one.Start : other.Start;
            var end = one.End < other.End ? one.End : other.End;
            if (start < end)
                rates.Add(
                    new ConversionRate(new Currency(codes.Currency), start, end, Quotient(other.Rate, one.Rate))
                    {
                        Source = source,
                        Basis = Basis(one, other, codes),
                    }
                );
            if (one.End <= end)
                i++;
            if (other.End <= end)
                j++;
        }
        return rates;
    }

    /// <summary>The earlier ranges, and what the later ones add on days that none of them covers.</summary>
    public static IReadOnlyList<ConversionRate> Preferring(
        IReadOnlyList<ConversionRate> first,
        IReadOnlyList<ConversionRate> then
    ) => [.. first.Concat(then.SelectMany(rate => Left(rate, first))).OrderBy(rate => rate.Start)];

    /// <summary>The ranges as far as they lie between two days.</summary>
    public static IEnumerable<ConversionRate> Within(IEnumerable<ConversionRate> rates, DateOnly first, DateOnly end) =>
        rates
            .Select(rate =>
                rate with
                {
                    Start = rate.Start < first ? first : rate.Start,
                    End = rate.End > end ? end : rate.End,
                }
            )
            .Where(rate => rate.Start < rate.End);

    /// <summary>A quotient to the 18th decimal, half to even.</summary>
    public static Amount Quotient(Amount dividend, Amount divisor)
    {
        var units = BigInteger.DivRem(
            (BigInteger)dividend.Units * Amount.UnitsPerOne,
            divisor.Units,
            out var remainder
        );
        var half = BigInteger.Abs(remainder * 2).CompareTo(BigInteger.Abs(divisor.Units));
        if (half > 0 || (half == 0 && !units.IsEven))
            units += dividend.Units < 0 == divisor.Units < 0 ? 1 : -1;
        return Amount.FromUnits((Int128)units);
    }

    /// <summary>The parts of a range that none of the others covers; those are in order and do not overlap.</summary>
    private static IEnumerable<ConversionRate> Left(ConversionRate rate, IReadOnlyList<ConversionRate> taken)
    {
        var start = rate.Start;
        foreach (var other in taken.Where(other => other.End > rate.Start && other.Start < rate.End))
        {
            if (start < other.Start)
                yield return rate with
                {
                    Start = start,
                    End = other.Start,
                };
            start = other.End;
        }
        if (start < rate.End)
            yield return rate with
            {
                Start = start,
            };
    }

    /// <summary>"1 EUR = 1.0823 USD of 2026-03-02", with both published rates where it is a cross rate.</summary>
    private static string Basis(
        HeldRate currency,
        HeldRate target,
        (string Currency, string Target, string Base) codes
    ) =>
        string.Join(
            ", ",
            new[] { (codes.Currency, currency), (codes.Target, target) }
                .Where(side => side.Item1 != codes.Base)
                .Select(side => $"1 {codes.Base} = {side.Item2.Rate} {side.Item1} of {side.Item2.Published:yyyy-MM-dd}")
        );
}
