using System.Globalization;
using Bursar.Core.Amounts;
using Bursar.Core.Time;
using Bursar.Rulebooks;

namespace Bursar.Quantify.Budgets;

/// <summary>The arithmetic of budgets: which months an amount is for, and how much of it each month has.</summary>
internal static class BudgetMath
{
    /// <summary>The months of a budget period: "2026-03", "2026-Q1" or "2026"; none when the text is no
    /// period.</summary>
    public static IReadOnlyList<BillingPeriod> MonthsOf(string period)
    {
        if (BillingPeriod.TryParse(period, out var month))
            return [month];
        if (
            period.Length is not (4 or 7)
            || !int.TryParse(period[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || year < 1990
        )
            return [];
        if (period.Length == 4)
            return Months(new BillingPeriod(year, 1), 12);
        return period[4..6] == "-Q" && period[6] is >= '1' and <= '4'
            ? Months(new BillingPeriod(year, ((period[6] - '1') * 3) + 1), 3)
            : [];
    }

    /// <summary>The amount of each month that the budget speaks of; they sum to its amounts, to the last
    /// digit.</summary>
    public static IReadOnlyDictionary<BillingPeriod, Amount> ByMonth(Budget budget)
    {
        var amounts = new SortedDictionary<BillingPeriod, Amount>();
        var decimals = new Currency(budget.Currency).Decimals;
        foreach (var (period, amount) in budget.Amounts)
        {
            var months = MonthsOf(period);
            if (months.Count == 0)
                continue;
            var shares = months.Select(month => KeyValuePair.Create(month.ToString(), Amount.From(1))).ToList();
            var parts = LargestRemainder.Split(amount, shares, decimals);
            for (var i = 0; i < months.Count; i++)
                amounts[months[i]] = amounts.GetValueOrDefault(months[i]) + parts[i].Value;
        }
        return amounts;
    }

    /// <summary>Findings for keys that are no period, and for months that two periods speak of.</summary>
    internal static void CheckPeriods(Budget budget, RulebookCheck check)
    {
        if (budget.At("amounts") is not YamlMap map)
            return;
        var spokenFor = new Dictionary<BillingPeriod, string>();
        foreach (var (key, _) in map.Entries)
        {
            var months = MonthsOf(key.Text);
            if (months.Count == 0)
                check.Findings.Error(
                    key,
                    "bad-period",
                    $"\"{key.Text}\" is not a period.",
                    "Write a month (2026-03), a quarter (2026-Q1) or a year (2026)."
                );
            var taken = months.Where(month => !spokenFor.TryAdd(month, key.Text)).ToList();
            if (taken.Count > 0)
            {
                check.Findings.Error(
                    key,
                    "overlapping-periods",
                    $"{taken[0]} is in \"{key.Text}\" and in \"{spokenFor[taken[0]]}\".",
                    "Give every month one amount."
                );
            }
        }
    }

    private static List<BillingPeriod> Months(BillingPeriod first, int count) =>
        [.. Enumerable.Range(0, count).Select(first.Plus)];
}
