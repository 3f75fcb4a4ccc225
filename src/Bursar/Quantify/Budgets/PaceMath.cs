using Bursar.Core.Amounts;

namespace Bursar.Quantify.Budgets;

/// <summary>How fast a budget is used (BUD-03). Shares are 0–1; a share of nothing is not known, never 0.</summary>
/// <param name="Amount">What may be spent in all its periods.</param>
/// <param name="Spent">What was spent so far.</param>
/// <param name="Planned">What the plan meant to have spent by now.</param>
/// <param name="Elapsed">Periods that are over, with a part of one: 5.5 of 12.</param>
/// <param name="Periods">How many periods there are.</param>
internal sealed record Pace(Amount Amount, Amount Spent, Amount Planned, decimal Elapsed, int Periods)
{
    public decimal? UsedShare => Spent.ShareOf(Amount);

    public decimal? ElapsedShare => Periods == 0 ? null : Elapsed / Periods;

    /// <summary>Used by elapsed: above 1 the budget ends before its time.</summary>
    public decimal? BurnRatio =>
        Elapsed == 0 || Amount.IsZero
            ? null
            : Spent.TimesRatio(Amount.From(Periods), Amount.Times(Elapsed)).ToDecimal();

    /// <summary>Spent by what the plan meant to have spent: a plan need not be even.</summary>
    public decimal? PlanRatio => Spent.ShareOf(Planned);

    /// <summary>Estimate at completion if every period costs what the past ones did.</summary>
    public Amount? AtCompletion => Elapsed == 0 ? null : Spent.TimesRatio(Amount.From(Periods), Amount.From(Elapsed));

    public Amount? Over => AtCompletion - Amount;

    public decimal? OverShare => Over?.ShareOf(Amount);

    /// <summary>The period, from 0 on, in which nothing is left at that pace; null when it never comes.</summary>
    public decimal? RunOutPeriod => Spent > Amount.Zero && Elapsed > 0 ? Amount.Times(Elapsed).ShareOf(Spent) : null;
}

/// <summary>The arithmetic of pace, run-out and earned value.</summary>
internal static class PaceMath
{
    /// <summary>So many periods are over on the evening of a day: whole ones, and a part by days.</summary>
    public static decimal Elapsed(IReadOnlyList<BudgetPeriod> periods, DateOnly day) =>
        periods.Sum(period =>
            day >= period.Days.End ? 1m
            : day < period.Days.Start ? 0m
            : (day.DayNumber - period.Days.Start.DayNumber + 1m) / period.Days.Days
        );

    /// <summary>The day on which that many periods are over; null when it lies behind the last one.</summary>
    public static DateOnly? DayOf(IReadOnlyList<BudgetPeriod> periods, decimal elapsed)
    {
        if (elapsed >= periods.Count)
            return null;
        var whole = (int)decimal.Floor(elapsed);
        var days = periods[whole].Days;
        return days.Start.AddDays((int)decimal.Floor((elapsed - whole) * days.Days));
    }

    /// <summary>
    /// The day on which a sum that grows by what is expected of each period passes the amount; null when it does not.
    /// </summary>
    /// <param name="amount">What may be spent.</param>
    /// <param name="spent">What was spent up to the first day of what is expected.</param>
    /// <param name="expected">What each stretch of days to come is expected to cost, even over its days.</param>
    public static DateOnly? RunOut(Amount amount, Amount spent, IEnumerable<PlannedPart> expected)
    {
        var left = amount - spent;
        foreach (var part in expected)
        {
            if (part.Amount > left)
                return left <= Amount.Zero
                    ? part.Days.Start
                    : part.Days.Start.AddDays((int)decimal.Floor((left.ShareOf(part.Amount) ?? 0) * part.Days.Days));
            left -= part.Amount;
        }
        return null;
    }

    /// <summary>
    /// The chance that an outcome is above an amount, read off what outcomes stay below with each probability; between
    /// two of them even, beyond the last as sure as the last.
    /// </summary>
    public static decimal? ChanceAbove(IReadOnlyList<(decimal Probability, Amount Value)> quantiles, Amount amount)
    {
        if (quantiles.Count == 0)
            return null;
        if (amount < quantiles[0].Value)
            return quantiles[^1].Value == quantiles[0].Value ? 1 : 1 - (quantiles[0].Probability / 2);
        for (var i = 1; i < quantiles.Count; i++)
        {
            var (low, high) = (quantiles[i - 1], quantiles[i]);
            if (amount >= high.Value)
                continue;
            var share = (amount - low.Value).ShareOf(high.Value - low.Value) ?? 0;
            return 1 - (low.Probability + (share * (high.Probability - low.Probability)));
        }
        return quantiles[^1].Value == quantiles[0].Value ? 0 : (1 - quantiles[^1].Probability) / 2;
    }
}
