using Bursar.Core.Amounts;

namespace Bursar.Manage.Contracts;

/// <summary>What was promised for a year, and what was spent that may count.</summary>
/// <param name="Committed">The promise.</param>
/// <param name="Eligible">What counts in full.</param>
/// <param name="Capped">What counts up to a percentage of the promise.</param>
internal sealed record YearOfSpend(
    Amount Committed,
    Amount Eligible,
    IReadOnlyList<(Amount Spent, decimal MaxPercent)> Capped
);

/// <summary>A contract year settled.</summary>
/// <param name="Needed">The promise and what was carried into the year.</param>
/// <param name="Counted">What counts towards it.</param>
/// <param name="Shortfall">What is missing.</param>
/// <param name="Rolled">The part of the shortfall that is carried into the next year.</param>
internal sealed record SettledYear(Amount Needed, Amount Counted, Amount Shortfall, Amount Rolled)
{
    /// <summary>The part of the shortfall that has to be paid.</summary>
    public Amount Paid => Shortfall - Rolled;
}

/// <summary>The arithmetic of a promise by contract year.</summary>
internal static class ContractMath
{
    /// <summary>
    /// Year by year: eligible spend and capped spend up to its cap count; a shortfall is paid, or carried up to a
    /// percentage of the year's promise. Out of the last year nothing can be carried.
    /// </summary>
    public static IReadOnlyList<SettledYear> Settle(IReadOnlyList<YearOfSpend> years, decimal rolloverPercent)
    {
        var settled = new List<SettledYear>();
        var carried = Amount.Zero;
        for (var i = 0; i < years.Count; i++)
        {
            var year = years[i];
            var counted = year.Capped.Aggregate(
                year.Eligible,
                (sum, one) => sum + Least(one.Spent, year.Committed.Times(one.MaxPercent / 100))
            );
            var needed = year.Committed + carried;
            var shortfall = counted < needed ? needed - counted : Amount.Zero;
            carried =
                i == years.Count - 1 ? Amount.Zero : Least(shortfall, year.Committed.Times(rolloverPercent / 100));
            settled.Add(new SettledYear(needed, counted, shortfall, carried));
        }
        return settled;
    }

    private static Amount Least(Amount one, Amount other) => one < other ? one : other;
}
