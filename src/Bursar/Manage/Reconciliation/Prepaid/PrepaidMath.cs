using Bursar.Core.Amounts;
using Bursar.Core.Time;

namespace Bursar.Manage.Reconciliation.Prepaid;

/// <summary>The arithmetic of a prepaid term: every day the same, the whole to the last digit.</summary>
internal static class PrepaidMath
{
    /// <summary>The cost of the days of a term that lie before a day; of one that has not begun, nothing.</summary>
    public static Amount UsedBefore(Amount paid, DateRange term, DateOnly day)
    {
        var days = Math.Clamp(day.DayNumber - term.Start.DayNumber, 0, term.Days);
        var (each, left) = Int128.DivRem(paid.Units, term.Days);
        // What does not divide goes to the first days, a unit each, as the daily sums have it.
        var extra = Int128.Min(Int128.Abs(left), days) * (left < 0 ? -1 : 1);
        return Amount.FromUnits((each * days) + extra);
    }

    /// <summary>What some days cost when so many of the same term cost so much; rounded at the 18th decimal.</summary>
    public static Amount SameDays(Amount cost, int days, int wanted)
    {
        var (each, left) = Int128.DivRem(cost.Units, days);
        return Amount.FromUnits((each * wanted) + (left * wanted / days));
    }

    /// <summary>What is left of a payment at the end of a day.</summary>
    public static Amount BalanceAt(Amount paid, DateRange term, DateOnly day) =>
        paid - UsedBefore(paid, term, day.AddDays(1));

    /// <summary>The cost of every month of a term; they sum to what was paid.</summary>
    public static IReadOnlyList<(BillingPeriod Month, Amount Cost)> ByMonth(Amount paid, DateRange term)
    {
        var months = new List<(BillingPeriod, Amount)>();
        for (var month = BillingPeriod.Containing(term.Start); month.Start < term.End; month = month.Next)
            months.Add((month, UsedBefore(paid, term, month.End) - UsedBefore(paid, term, month.Start)));
        return months;
    }
}
